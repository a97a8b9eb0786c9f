"""Rules that hold this year's figures against last year's report."""

from __future__ import annotations

from gkdesk.checks.check import Check, Outcome, Verdict, both_sides, difference, figures
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell


class CarriedOver(Check):
    """A figure follows from last year's: cell = last year's cells + this year's plus − minus.

    Not evaluated without last year's report, or where its format does not have the operand.
    """

    kind = "carried_over"
    reads_last_year = True

    @property
    def reads(self) -> tuple[str, ...]:
        operands = self.instance.operands
        return operands["cell"] + operands["plus"] + operands["minus"]

    def evaluate(self, view: View) -> Outcome:
        if view.last is None:
            return Verdict.NOT_EVALUATED
        operands = self.instance.operands
        here = figures([view.values[cell] for cell in operands["cell"]])
        last = figures([view.last.get(cell) for cell in operands["last"]])
        more = figures([view.values[cell] for cell in operands["plus"]])
        less = figures([view.values[cell] for cell in operands["minus"]])
        if here is None or last is None or more is None or less is None:
            return Verdict.NOT_EVALUATED
        expected = sum(last) + sum(more) - sum(less)
        if here[0] == expected:
            return Verdict.HOLDS
        words = [(f"+{self.name('last', i)}", spell(value)) for i, value in enumerate(last)]
        words += [(f"+{self.name('plus', i)}", spell(value)) for i, value in enumerate(more)]
        words += [(f"-{self.name('minus', i)}", spell(value)) for i, value in enumerate(less)]
        return Issue(
            self.rule.id,
            self.rule.severity,
            each=self.instance.each,
            cells=self.reads,
            left=here[0],
            right=expected,
            params=tuple(words),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        figure, due = both_sides(issue)
        terms = "".join(
            f" {'−' if name[0] == '-' else '+'} {name[1:]} {text}" for name, text in issue.params
        ).removeprefix(" + ")
        expected = f"{terms} = {spell(due)}" if len(issue.params) > 1 else terms
        return _("{subject}：{cell}是 {figure}，应为{expected}，相差 {difference}").format(
            subject=self.instance.subject,
            cell=self.name("cell"),
            figure=spell(figure),
            expected=expected,
            difference=difference(issue),
        )
