"""Rules about sums inside the report: totals, the balance of table 三, and ranges."""

from __future__ import annotations

from gkdesk.checks.check import Check, Outcome, Verdict, both_sides, difference, figures, plus
from gkdesk.formats.model import Format, Instance, Rule
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell

LISTED_PARTS = 5
"""A sum of up to this many parts is written out in its message."""


class SumEquals(Check):
    """The parts add up to the total. Only a *stated* total can be wrong; a computed one holds."""

    kind = "sum_equals"

    def __init__(self, rule: Rule, instance: Instance) -> None:
        super().__init__(rule, instance)
        self.parts = instance.operands["parts"]
        (self.total,) = instance.operands["total"]
        self._cells = (*self.parts, self.total)

    @property
    def reads(self) -> tuple[str, ...]:
        return self._cells

    def evaluate(self, view: View) -> Outcome:
        values = view.values
        parts = figures([values[part] for part in self.parts])
        stated = figures([values[self.total]])
        if parts is None or stated is None:
            return Verdict.NOT_EVALUATED
        left, right = sum(parts), stated[0]
        if left == right:
            return Verdict.HOLDS
        return self.issue(
            cells=self._cells,
            left=left,
            right=right,
            params=tuple(("part", spell(part)) for part in parts) if len(parts) <= LISTED_PARTS else (),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        left, right = both_sides(issue)
        listed = " + ".join(text for _name, text in issue.params)
        added = _("{parts} {listed} = {sum}") if listed else _("{parts}相加为 {sum}")
        return _("{subject}：{added}，{total}写的是 {stated}，相差 {difference}").format(
            subject=self.instance.subject,
            added=added.format(parts=self.name("parts"), listed=listed, sum=spell(left)),
            total=self.name("total"),
            stated=spell(right),
            difference=difference(issue),
        )


class Balance(Check):
    """勾稽关系: the left side adds up to the right side."""

    kind = "balance"

    def __init__(self, rule: Rule, instance: Instance) -> None:
        super().__init__(rule, instance)
        self.left = instance.operands["left"]
        self.right = instance.operands["right"]
        self._cells = self.left + self.right

    @property
    def reads(self) -> tuple[str, ...]:
        return self._cells

    def evaluate(self, view: View) -> Outcome:
        values = view.values
        operands = figures([values[cell] for cell in self._cells])
        if operands is None:
            return Verdict.NOT_EVALUATED
        left, right = sum(operands[: len(self.left)]), sum(operands[len(self.left) :])
        if left == right:
            return Verdict.HOLDS
        return self.issue(
            cells=self._cells,
            left=left,
            right=right,
            params=tuple(("operand", spell(value)) for value in operands),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        left, right = both_sides(issue)
        texts = [text for _name, text in issue.params]
        middle = len(self.left)
        return _("{subject}：{left} = {left_sum}，{right} = {right_sum}，相差 {difference}").format(
            subject=self.instance.subject,
            left=self._side("left", texts[:middle]),
            left_sum=spell(left),
            right=self._side("right", texts[middle:]),
            right_sum=spell(right),
            difference=difference(issue),
        )

    def _side(self, side: str, texts: list[str]) -> str:
        return " + ".join(f"{self.name(side, index)} {text}" for index, text in enumerate(texts))


class NotNegative(Check):
    """The sum of the parts is not below zero (2019 table 二: what there was, plus 增/减)."""

    kind = "not_negative"

    @property
    def reads(self) -> tuple[str, ...]:
        return self.instance.operands["parts"]

    def evaluate(self, view: View) -> Outcome:
        parts = figures([view.values[part] for part in self.reads])
        if parts is None:
            return Verdict.NOT_EVALUATED
        total = sum(parts)
        if total >= 0:
            return Verdict.HOLDS
        names = [self.name("parts", index) for index in range(len(parts))]
        return self.issue(
            cells=self.reads,
            left=total,
            right=0,
            params=(("sum", plus(names, parts)),),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        total, _zero = both_sides(issue)
        return _("{subject}：{sum} = {total}，不能小于 0").format(
            subject=self.instance.subject, sum=dict(issue.params)["sum"], total=spell(total)
        )
