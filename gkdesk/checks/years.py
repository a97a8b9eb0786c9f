"""Rules that hold this year's figures against last year's report."""

from __future__ import annotations

from decimal import Decimal

from gkdesk.checks.check import Check, Outcome, Verdict, both_sides, difference, figures, number, place
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import Patch, View
from gkdesk.report.values import Number, spell

ALL = 100
"""Per cent by which a figure goes down to nothing."""


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
        return self.issue(
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

    def fix(self, issue: Issue, view: View) -> Patch | None:
        """What last year's report says, where nothing of this year counts with it.

        现行有效 also rests on what was made and repealed this year: any of the three may be the wrong one.
        """
        operands = self.instance.operands
        (cell,) = operands["cell"]
        _figure, due = both_sides(issue)
        if operands["plus"] or operands["minus"] or cell in view.form.sums or due < 0:
            return None
        return {cell: spell(due)}


class AgainstLast(Check):
    """A figure of this year beside one of last year's report."""

    reads_last_year = True

    @property
    def reads(self) -> tuple[str, ...]:
        return self.instance.operands["cell"]

    def here_and_last(self, view: View) -> tuple[Number | None, Number | None]:
        """Both figures; None where one is missing."""
        operands = self.instance.operands
        last = None if view.last is None else number(view.last.get(operands["last"][0]))
        return number(view.values[operands["cell"][0]]), last


class AtLeastLast(AgainstLast):
    """A figure is not below what last year's report says of another one (尚未审结 of then, results of now)."""

    kind = "at_least_last"

    def evaluate(self, view: View) -> Outcome:
        here, last = self.here_and_last(view)
        if here is None or last is None:
            return Verdict.NOT_EVALUATED
        if here >= last:
            return Verdict.HOLDS
        return self.issue(
            cells=self.reads,
            left=here,
            right=last,
        )

    def explain(self, issue: Issue, form: Format) -> str:
        figure, last = both_sides(issue)
        return _("{subject}：{cell}是 {figure}，少于{last_name} {last}，相差 {difference}").format(
            subject=self.instance.subject,
            cell=self.name("cell"),
            figure=spell(figure),
            last_name=self.name("last"),
            last=spell(last),
            difference=difference(issue),
        )


class Swing(AgainstLast):
    """A figure has not changed by more than ``percent`` of last year's, changes up to ``least`` aside."""

    kind = "swing"

    def evaluate(self, view: View) -> Outcome:
        here, last = self.here_and_last(view)
        if here is None or last is None:
            return Verdict.NOT_EVALUATED
        change = abs(Decimal(here) - last)
        if change <= self.rule.settings["least"] or 100 * change <= Decimal(
            self.rule.settings["percent"]
        ) * abs(Decimal(last)):
            return Verdict.HOLDS
        return self.issue(
            cells=self.reads,
            left=here,
            right=last,
        )

    def explain(self, issue: Issue, form: Format) -> str:
        figure, last = both_sides(issue)
        cell = form.cells[issue.cells[0]]
        percent = round(abs(Decimal(figure) - last) * 100 / last) if last else 0
        if not last:
            message = _("{place}：今年 {figure}，去年 {last}，变化较大，请核对")
        elif 0 < figure < last and percent == ALL:
            # what is left is not nothing, though rounding says so
            message = _("{place}：今年 {figure}，去年 {last}，减少 99% 以上，变化较大，请核对")
        else:
            message = _("{place}：今年 {figure}，去年 {last}，{more} {percent}%，变化较大，请核对")
        return message.format(
            place=place(cell, form),
            figure=spell(figure),
            last=spell(last),
            more=_("增加") if figure > last else _("减少"),
            percent=percent,
        )
