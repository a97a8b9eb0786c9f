"""Rules that compare figures of a table with each other, or with a condition of the unit."""

from __future__ import annotations

from gkdesk.checks.check import Check, Outcome, Verdict, both_sides, difference, figures, number
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import Number, spell
from gkdesk.words import listed


class AtMost(Check):
    """A figure is not above another one of the same row (2019: 新公开 is at most 新制作)."""

    kind = "at_most"

    @property
    def reads(self) -> tuple[str, ...]:
        return self.instance.operands["cell"] + self.instance.operands["limit"]

    def evaluate(self, view: View) -> Outcome:
        operands = figures([view.values[cell] for cell in self.reads])
        if operands is None:
            return Verdict.NOT_EVALUATED
        figure, limit = operands
        if figure <= limit:
            return Verdict.HOLDS
        return self.issue(
            cells=self.reads,
            left=figure,
            right=limit,
        )

    def explain(self, issue: Issue, form: Format) -> str:
        figure, limit = both_sides(issue)
        return _("{subject}：{cell} {figure} 比{limit_name} {limit} 多出 {difference}").format(
            subject=self.instance.subject,
            cell=self.name("cell"),
            figure=spell(figure),
            limit_name=self.name("limit"),
            limit=spell(limit),
            difference=difference(issue),
        )


class PublishedTotal(Check):
    """2019 table 二: 对外公开总数量 is at least 新公开, and not 0 where something was made."""

    kind = "published_total"

    @property
    def reads(self) -> tuple[str, ...]:
        operands = self.instance.operands
        return operands["total"] + operands["published"] + operands["made"]

    def evaluate(self, view: View) -> Outcome:
        total, published, made = (number(view.values[cell]) for cell in self.reads)
        if total is None:
            return Verdict.NOT_EVALUATED
        if published is not None and total < published:
            return self._issue(total, published, "published")
        if made is not None and total == 0 < made:
            return self._issue(total, made, "made")
        return Verdict.NOT_EVALUATED if published is None or made is None else Verdict.HOLDS

    def _issue(self, total: Number, other: Number, against: str) -> Issue:
        return self.issue(
            cells=self.reads,
            left=total,
            right=other,
            params=(("against", against),),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        total, other = both_sides(issue)
        against = dict(issue.params)["against"]
        message = (
            _("{subject}：{total_name} {total} 少于{other_name} {other}，总数量应包括本年新公开的")
            if against == "published"
            else _("{subject}：{other_name} {other} 件，{total_name}却是 {total}，请核对")
        )
        return message.format(
            subject=self.instance.subject,
            total_name=self.name("total"),
            total=spell(total),
            other_name=self.name(against),
            other=spell(other),
        )


class ZeroWithout(Check):
    """Figures are 0 for a unit without the power that its field denies (规章 without rule-making power).

    《立法法》: only 国务院部门, 省级 and 设区的市、自治州的人民政府 make 规章.
    """

    kind = "zero_without"

    @property
    def reads(self) -> tuple[str, ...]:
        return self.instance.operands["parts"] + self.instance.operands["fields"]

    def evaluate(self, view: View) -> Outcome:
        operands = self.instance.operands
        power = view.fields.get(operands["fields"][0])
        if power is None:
            return Verdict.NOT_EVALUATED
        if power != "false":
            return Verdict.HOLDS
        values = {cell: number(view.values[cell]) for cell in operands["parts"]}
        wrong = {cell: value for cell, value in values.items() if value}
        if wrong:
            return self.issue(
                cells=tuple(wrong),
                left=sum(wrong.values()),
                right=0,
                params=tuple(("figure", spell(value)) for value in wrong.values()),
            )
        return Verdict.NOT_EVALUATED if None in values.values() else Verdict.HOLDS

    def explain(self, issue: Issue, form: Format) -> str:
        figures = zip(issue.cells, issue.params, strict=True)
        return _(
            "{subject}：本单位没有规章制定权，{cells} 应为 0；如果是规范性文件，请填到“{other}”一行"
        ).format(
            subject=self.instance.subject,
            cells=listed(f"{form.cells[cell].column_path[-1]} {text}" for cell, (_name, text) in figures),
            other=self.name("other"),
        )
