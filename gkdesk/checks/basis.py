"""The rule about what a text says it rests on: the notice and the law."""

from __future__ import annotations

import re

from gkdesk import formats
from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import TextCheck, answer, plain_digits, quoted
from gkdesk.formats.model import Format, Instance, Rule
from gkdesk.formats.problems import FormatError
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_NUMBER = r"\s?[〔\[（(【［]?\s?([0-9]{4})\s?年?[〕\]）)】］]?\s?第?\s?([0-9]{1,4})\s?号"
_DECREE = Pattern(r"(?:国务院令|国令|国务院(?=第?[0-9]{1,4}号令))\s?[（(]?\s?第?\s?([0-9]{1,4})\s?号")
_MADE_LAW = Pattern(r"\s?(?:公布|颁布|发布)")
_NEAR = 40
"""Characters after the law's name within which its number stands."""


class Citation(TextCheck):
    """Only the format's own notice is cited, and the law by its right number.

    《条例》 is 国令第711号 since 15 May 2019 (before: 第492号). Where the introduction cites nothing of what the
    format wants cited, that is only a hint.
    """

    kind = "citation"

    def __init__(self, rule: Rule, instance: Instance, form: Format) -> None:
        super().__init__(rule, instance, form)
        self.series: str = rule.settings["series"]
        self.law = form.law.strip("《》").removeprefix("中华人民共和国")
        self.decree = "".join(filter(str.isdigit, form.law_number))
        if not form.notice.startswith(self.series):
            raise FormatError(f"rule {rule.id}: {form.notice} is not of the series {self.series}")
        known = formats.available()
        series = dict.fromkeys((self.series, *(other.notice.partition("〔")[0] for other in known)))
        self._notices = Pattern(f"({'|'.join(map(re.escape, series))}){_NUMBER}")
        self._known = tuple((other.notice, other.notice_title) for other in known)

    def read(self, text: str, view: View) -> Outcome:
        folded = plain_digits(text)
        own = view.form.notice
        right = self._notices.re.match(own)
        assert right is not None  # a notice has a series, a year and a number
        # of another series only a notice that is known as a format's
        known = {each.groups() for notice, _title in self._known if (each := self._notices.re.match(notice))}
        numbers = [
            match
            for match in self._notices.re.finditer(folded)
            if match[1] == self.series or match.groups() in known
        ]
        issues = [
            self.found(match.span(), text, part="notice", instead=own, params=[("own", own)])
            for match in numbers
            if match.groups() != right.groups()
        ]
        issues += self._titles(text, view)
        issues += self._decrees(folded, text)
        if issues or self.key != "text.intro":
            return answer(issues)
        cited = {"law": self.law in text or "《条例》" in text, "notice": bool(numbers)}
        missing = [name for name in self.rule.settings["needed"] if not cited[name]]
        if not missing:
            return Verdict.HOLDS
        return self.found(
            None, text, part="none", severity="hint", params=[("missing", name) for name in missing]
        )

    def _titles(self, text: str, view: View) -> list[Issue]:
        """Notices of other formats that are cited by their title, where that is another one than the format's own."""
        own, instead = view.form.notice, view.form.notice_title
        # the own one is no other's, and one title may be part of the other
        hidden = text.replace(instead, "\0" * len(instead))
        issues = []
        for _notice, title in self._known:
            at = hidden.find(title)
            if at >= 0:
                span = (at, at + len(title))
                issues.append(self.found(span, text, part="title", instead=instead, params=[("own", own)]))
        return issues

    def _decrees(self, folded: str, text: str) -> list[Issue]:
        issues = []
        decrees = list(_DECREE.re.finditer(folded))
        for match in decrees:
            if match[1] == self.decree or self._is_history(match, decrees, folded):
                continue
            before = folded[max(match.start() - _NEAR, 0) : match.start()]
            name = self.law if self.law in before else "《条例》"
            at = before.rfind(name)
            if at >= 0 and "《" not in before[at + len(name) :]:
                issues.append(self.found(match.span(1), text, part="decree", instead=self.decree))
        return issues

    def _is_history(self, match: re.Match[str], decrees: list[re.Match[str]], folded: str) -> bool:
        """第492号公布，…第711号修订: the law's first number in front of its right one."""
        return bool(_MADE_LAW.re.match(folded, match.end())) and any(
            other[1] == self.decree and "。" not in folded[match.end() : other.start()]
            for other in decrees
            if other.start() > match.start()
        )

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        if issue.part == "none":
            names = {"law": f"{form.law}（{form.law_number}）", "notice": form.notice}
            missing = [names[name] for _word, name in issue.params]
            return _("“{field}”没有写明编制依据：{missing}").format(
                field=self.field.label, missing=_("、").join(missing)
            )
        if issue.part.startswith("decree"):
            return _("《条例》的令号写成了“第{text}号”，应为{law_number}").format(
                text=params["text"], law_number=form.law_number
            )
        return _("引用了别的通知“{text}”，本年度年报应引用{own}").format(
            text=quoted(params["text"]), own=params["own"]
        )
