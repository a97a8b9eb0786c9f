"""Rules about amounts of money: the unit, and the decimals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gkdesk.checks.check import Check, Outcome, Verdict, both_sides, number, place
from gkdesk.formats.model import MONEY_UNITS, Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import Patch, View
from gkdesk.report.values import MAX_DECIMALS, Value, spell


class MoneyUnit(Check):
    """An amount so large that its unit must be wrong: 元 typed where the form wants 万元.

    Broken when it is ``times`` last year's or more, or, with no last year (or nothing then), ``most`` or more.
    """

    kind = "money_unit"
    reads_last_year = True

    @property
    def reads(self) -> tuple[str, ...]:
        (cell,) = self.instance.operands["cell"]
        return (cell, f"units.{cell}")

    def evaluate(self, view: View) -> Outcome:
        (cell,) = self.instance.operands["cell"]
        here = self._amount(view.values[cell], view.fields, view.form)
        if here is None:
            return Verdict.NOT_EVALUATED
        # an older format may not have the cell: then there is no last year to compare with
        last = (
            self._amount(view.last.get(cell), view.last_fields, view.form) if view.last is not None else None
        )
        settings = self.rule.settings
        if here < (settings["times"] * last if last else settings["most"]):
            return Verdict.HOLDS
        return self.issue(
            cells=(cell,),
            left=here,
            right=last or None,
        )

    def _amount(self, value: Value, fields: Mapping[str, str], form: Format) -> Decimal | None:
        (cell,) = self.instance.operands["cell"]
        given = fields.get(f"units.{cell}") or form.cells[cell].units[0]
        figure = number(value)
        return (
            None if figure is None else figure * MONEY_UNITS[given] / MONEY_UNITS[self.rule.settings["unit"]]
        )

    def explain(self, issue: Issue, form: Format) -> str:
        assert issue.left is not None
        figure = spell(issue.left)
        cell, unit = form.cells[issue.cells[0]], self.rule.settings["unit"]
        if issue.right is None:
            return _("{place}：{figure} {unit}太大，是不是按“{other}”填的？表中单位是{unit}").format(
                place=place(cell, form), figure=figure, unit=unit, other=self.rule.settings["mistaken"]
            )
        return _(
            "{place}：{figure} {unit}是去年 {last} {unit}的 {times} 倍，是不是按“{other}”填的？表中单位是{unit}"
        ).format(
            place=place(cell, form),
            figure=figure,
            unit=unit,
            last=spell(issue.right),
            times=spell(round(Decimal(issue.left) / Decimal(issue.right))),
            other=self.rule.settings["mistaken"],
        )

    def fix(self, issue: Issue, view: View) -> Patch | None:
        (cell,) = issue.cells
        figure = number(view.values[cell])
        mistaken = self.rule.settings["mistaken"]
        if view.form.cells[cell].prints_unit:
            return {f"units.{cell}": mistaken}
        if figure is None:
            return None
        amount = spell(figure * MONEY_UNITS[mistaken] / MONEY_UNITS[self.rule.settings["unit"]])
        return {cell: amount} if len(amount.partition(".")[2]) <= MAX_DECIMALS else None


class Decimals(Check):
    """An amount has not more decimals than usual."""

    kind = "decimals"

    @property
    def reads(self) -> tuple[str, ...]:
        return self.instance.operands["cell"]

    def evaluate(self, view: View) -> Outcome:
        figure = number(view.values[self.reads[0]])
        if figure is None:
            return Verdict.NOT_EVALUATED
        text = spell(figure)
        count = len(text.partition(".")[2])
        if count <= self.rule.settings["most"]:
            return Verdict.HOLDS
        return self.issue(
            cells=self.reads,
            left=count,
            right=self.rule.settings["most"],
            params=(("text", text),),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        count, most = both_sides(issue)
        return _("{place}：{text} 有 {count} 位小数，一般保留 {most} 位").format(
            place=place(form.cells[issue.cells[0]], form),
            text=dict(issue.params)["text"],
            count=count,
            most=most,
        )
