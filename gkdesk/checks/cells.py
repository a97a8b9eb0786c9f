"""Rules about single cells of a table: nothing left empty, every figure a number."""

from __future__ import annotations

import re

from gkdesk.checks.check import Check, Outcome, Verdict, place
from gkdesk.formats.model import Cell, Format, Instance, Rule
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import Patch, View
from gkdesk.report.values import Invalid, likely, why_invalid
from gkdesk.words import in_quotes, listed

NAMED_CELLS = 3
"""An issue about empty cells names up to this many of them."""
NAMED_LENGTH = 16
"""Characters that their names may have together; one is always named."""
ROW_LENGTH = 12
"""Characters of a row's label that tell it from others; some are sentences."""

_REMARK = re.compile(r"(?<=.)（[^（）]*）$")


class Filled(Check):
    """No typed cell of a table is empty: one issue a table, so that a new report is not drowned in them."""

    kind = "filled"

    def __init__(self, rule: Rule, instance: Instance, inputs: tuple[str, ...]) -> None:
        super().__init__(rule, instance)
        self.inputs = inputs

    @classmethod
    def bind(cls, rule: Rule, form: Format) -> list[Check]:
        return [
            cls(rule, instance, form.table(instance.operands["tables"][0]).inputs)
            for instance in rule.instances
        ]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.inputs

    def evaluate(self, view: View) -> Outcome:
        values = view.values
        blank = tuple([cell for cell in self.inputs if values[cell] is None])
        if not blank:
            return Verdict.HOLDS
        return self.issue(cells=blank)

    def explain(self, issue: Issue, form: Format) -> str:
        table = form.table(issue.each)
        if len(issue.cells) == len(self.inputs):
            return _("{table}还没有填写：没有发生的填 0").format(table=table.name)
        names = [_short(table.cells[cell]) for cell in issue.cells[:NAMED_CELLS]]
        while len(names) > 1 and sum(map(len, names)) > NAMED_LENGTH:
            names.pop()
        named = listed(names)
        return _("{table}还有 {count} 格没有填（{cells}）：没有发生的填 0").format(
            table=table.name,
            count=len(issue.cells),
            cells=named if len(names) == len(issue.cells) else _("{cells}等").format(cells=named),
        )


class IsNumber(Check):
    """A cell holds a number of its kind, or nothing."""

    kind = "number"

    def __init__(self, rule: Rule, cell: Cell) -> None:
        super().__init__(rule, Instance(cell.id, "", {}))
        self.cell = cell

    @classmethod
    def bind(cls, rule: Rule, form: Format) -> list[Check]:
        tables = [form.table(table) for instance in rule.instances for table in instance.operands["tables"]]
        return [cls(rule, cell) for table in tables for cell in table.cells.values()]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.cell.id,)

    def evaluate(self, view: View) -> Outcome:
        value = view.values[self.cell.id]
        if value.__class__ is not Invalid:
            return Verdict.NOT_EVALUATED if value is None else Verdict.HOLDS
        assert isinstance(value, Invalid)
        return self.issue(
            cells=(self.cell.id,),
            params=(("text", value.text[:200]),),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        reason = why_invalid(dict(issue.params)["text"], self.cell.kind)
        return _("{place}：{reason}").format(place=place(self.cell, form), reason=reason.rstrip("。."))

    def fix(self, issue: Issue, view: View) -> Patch | None:
        """The figure that was meant, where that is plain: 0 for a stroke, 12 for 12件. A total follows its sum."""
        value = view.values[self.cell.id]
        if self.cell.computed or not isinstance(value, Invalid):
            return None
        meant = likely(value.text, self.cell.kind)
        return None if meant is None else {self.cell.id: meant}


def _short(cell: Cell) -> str:
    """A cell by the last of its labels, without their remarks: “2.申请人逾期未按收费通…”自然人."""
    row, column = (_REMARK.sub("", "".join(path[-1:])) for path in (cell.row_path, cell.column_path))
    if len(row) > ROW_LENGTH:
        row = f"{row[:ROW_LENGTH]}…"
    return f"{in_quotes(row) if row else ''}{column}"
