"""One check: a rule of the format bound to one column, row, group, table or field."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from gkdesk.formats.model import Cell, Format, Instance, Rule
from gkdesk.report.issue import Issue
from gkdesk.report.session import Patch, View
from gkdesk.report.values import Number, Value, is_number, spell
from gkdesk.words import in_quotes


class Verdict(Enum):
    """A check that found nothing to mend: the rule holds, or an operand is missing."""

    HOLDS = "holds"
    NOT_EVALUATED = "not evaluated"


Outcome = Issue | tuple[Issue, ...] | Verdict
"""A check of a text may find several things; it never answers with none of them."""


class Check(ABC):
    """A bound rule: evaluates a view, and puts its issue into words. Pure: no state, no side effects."""

    kind: ClassVar[str]
    reads_last_year: ClassVar[bool] = False
    deferred: ClassVar[bool] = False
    """True for checks that read texts: they wait until typing pauses."""

    def __init__(self, rule: Rule, instance: Instance) -> None:
        self.rule = rule
        self.instance = instance

    @classmethod
    def bind(cls, rule: Rule, form: Format) -> list[Check]:
        """The checks of a rule, one an instance unless a kind splits further."""
        return [cls(rule, instance) for instance in rule.instances]

    @property
    @abstractmethod
    def reads(self) -> tuple[str, ...]:
        """Keys whose change makes the check run again."""

    @abstractmethod
    def evaluate(self, view: View) -> Outcome:
        """The issue or issues, or why there is none. A missing or invalid operand is never taken as 0."""

    @abstractmethod
    def explain(self, issue: Issue, form: Format) -> str:
        """What is wrong, where, and by how much, in one sentence of the current language."""

    def fix(self, issue: Issue, view: View) -> Patch | None:
        """What mends the issue, as a patch; None where only the clerk can know, or the place has changed."""
        return None

    def issue(
        self,
        *,
        cells: tuple[str, ...] = (),
        field: str | None = None,
        left: Number | None = None,
        right: Number | None = None,
        params: tuple[tuple[str, str], ...] = (),
    ) -> Issue:
        """An issue of this rule for this instance."""
        return Issue(
            self.rule.id,
            self.rule.severity,
            each=self.instance.each,
            cells=cells,
            field=field,
            left=left,
            right=right,
            params=params,
        )

    def name(self, word: str, index: int = 0) -> str:
        """The word for an operand, as the format gives it."""
        names = self.rule.names.get(f"{word}_names") or self.rule.names.get(f"{word}_name") or ("",)
        return names[min(index, len(names) - 1)]


def figures(values: list[Value]) -> list[Number] | None:
    """The values as numbers, or None when any of them is blank or invalid."""
    if all(value.__class__ is int or is_number(value) for value in values):
        return values  # type: ignore[return-value]
    return None


def number(value: Value) -> Number | None:
    """A value as a number, or None when it is blank or invalid."""
    return value if isinstance(value, (int, Decimal)) else None


def both_sides(issue: Issue) -> tuple[Number, Number]:
    """Both sides of a broken sum."""
    assert issue.left is not None
    assert issue.right is not None
    return issue.left, issue.right


def difference(issue: Issue) -> str:
    """By how much the sides of a broken sum differ, as text."""
    left, right = both_sides(issue)
    return spell(abs(Decimal(left) - Decimal(right)))


def plus(names: list[str], values: list[Number]) -> str:
    """``第一项 12 + 第二项 3``."""
    return " + ".join(f"{name} {spell(value)}".strip() for name, value in zip(names, values, strict=True))


def place(cell: Cell, form: Format) -> str:
    """Where a cell is, in the words of the form: ``表三“一、本年新收…”商业企业``."""
    row = in_quotes(cell.row_path[-1]) if cell.row_path else ""
    column = " ".join(cell.column_path[1:] if row and len(cell.column_path) > 1 else cell.column_path)
    return f"{form.table(cell.table).name}{row}{column}"
