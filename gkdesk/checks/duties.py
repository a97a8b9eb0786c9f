"""Rules about what a report has to mention."""

from __future__ import annotations

from gkdesk.checks.check import Outcome, Verdict, number
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import MAX_READ, TextCheck, quoted
from gkdesk.formats.model import Format, Instance, Rule
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_CHARGED = Pattern(
    r"收取[^。；;\n0-9]{0,30}处理费[^。；;\n0-9]{0,12}(?P<after>[0-9][0-9,.]{0,15})\s?(?:万|百|千)?元"
    r"|信息处理费[^。；;，,\n0-9]{0,12}(?:[0-9]{1,4}[件份笔][，,]?(?:金额|合计|共计|共|计)[^。；;，,\n0-9]{0,6})?(?P<sum>[0-9][0-9,.]{0,15})\s?(?:万|百|千)?元"
)


_NO_NOTICE = Pattern(
    r"(?:未|没有|无)[^。；;，,\n]{0,16}?(?:发出|开具|出具|产生|送达|下达|发送)[^。；;，,\n]{0,12}?(?:处理费|收费)(?:收费通知|通知)?"
    r"|无(?:信息)?处理费收费通知"
)
_NO_FEE = Pattern(
    r"(?:未|没有|无)[^。；;，,\n]{0,16}?(?:收取|产生|发生)[^。；;，,\n]{0,12}?处理费|无信息处理费"
)


class FeeReported(TextCheck):
    """Fees that were charged are reported in 六 (国办函〔2020〕109号, 国办公开办函〔2021〕30号).

    They were charged where applicants did not pay in time (表三), or where another text says so.
    """

    kind = "fee_reported"

    def __init__(self, rule: Rule, instance: Instance, form: Format) -> None:
        super().__init__(rule, instance, form)
        self.cells = instance.operands["parts"]
        self.elsewhere: tuple[str, ...] = tuple(rule.settings["found_in"])
        self._reads = (self.key, *self.elsewhere, *self.cells)

    def evaluate(self, view: View) -> Outcome:
        text = self.text(view)
        if text.strip() or self._charged_elsewhere(view):
            return self.read(text, view)
        return Verdict.NOT_EVALUATED

    def read(self, text: str, view: View) -> Outcome:
        unpaid = number(view.values[self.cells[0]])
        charged = self._charged_elsewhere(view)
        denial = (_NO_NOTICE.re.search(text) if unpaid else None) or (
            _NO_FEE.re.search(text) if charged else None
        )
        reported = any(word in text for word in self.rule.settings["words"]) and denial is None
        if reported or not (unpaid or charged):
            return Verdict.NOT_EVALUATED if unpaid is None and not reported else Verdict.HOLDS
        span = denial.span() if denial else None
        denied = "denied_" if denial else ""
        if unpaid:
            why = [("why", f"{denied}unpaid")]
            return self.found(span, text, cells=self.cells, left=unpaid, params=why)
        return self.found(span, text, params=[("why", f"{denied}charged"), ("charged", charged or "")])

    def _charged_elsewhere(self, view: View) -> str | None:
        """The words of another text that say that a fee was charged."""
        return next((found for key in self.elsewhere if (found := _charged(view.fields.get(key, "")))), None)

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        if params["why"] == "denied_unpaid":
            return _("“{words}”：表三却有 {count} 件逾期未按收费通知缴费").format(
                words=quoted(params["text"]), count=issue.left
            )
        if params["why"] == "denied_charged":
            return _("“{words}”：前面的文字却写了“{charged}”").format(
                words=quoted(params["text"]), charged=params["charged"]
            )
        if params["why"] == "unpaid":
            return _("表三有 {count} 件逾期未缴费，“{field}”没有报告收取信息处理费的情况").format(
                count=issue.left, field=self.field.label
            )
        return _("文字写了“{charged}”，“{field}”没有报告收取信息处理费的情况").format(
            charged=params["charged"], field=self.field.label
        )


class Topics(TextCheck):
    """A unit of some kinds mentions certain matters, each in one of several words.

    《条例》第五十条第一款第（四）项: 工作考核、社会评议和责任追究结果.
    """

    kind = "topics"
    also_reads = ("unit.kind",)

    def read(self, text: str, view: View) -> Outcome:
        kind = view.fields.get("unit.kind")
        if kind is None:
            return Verdict.NOT_EVALUATED
        if kind not in self.rule.settings["kinds"]:
            return Verdict.HOLDS
        missing = [
            words[0] for words in self.rule.settings["topics"] if not any(word in text for word in words)
        ]
        if not missing:
            return Verdict.HOLDS
        return self.found(None, text, params=[("missing", word) for word in missing])

    def explain(self, issue: Issue, form: Format) -> str:
        missing = _("、").join(text for _name, text in issue.params)
        return _("“{field}”没有写{missing}：政府的年报应当报告").format(
            field=self.field.label, missing=missing
        )


def _charged(text: str) -> str | None:
    """The words that say that a fee above 0 was charged."""
    for match in _CHARGED.re.finditer(text[:MAX_READ]):
        if (match["after"] or match["sum"]).strip("0.,"):
            return match[0]
    return None
