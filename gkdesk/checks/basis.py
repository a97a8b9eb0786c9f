"""Rules about what a text says it rests on: the notice, the law, and the unit's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdesk import formats
from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import TextCheck, answer, plain_digits, quoted
from gkdesk.formats.model import Format, Instance, Rule
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_NUMBER = r"\s?[〔\[（(【［]?\s?([0-9]{4})\s?年?[〕\]）)】］]?\s?第?\s?([0-9]{1,4})\s?号"
_DECREE = Pattern(r"(?:国务院令|国令)\s?[（(]?\s?第?\s?([0-9]{1,4})\s?号")
_MADE_LAW = Pattern(r"\s?(?:公布|颁布|发布)")
_NEAR = 40
"""Characters after the law's name within which its number stands."""

_SAYS_WHO = Pattern(
    r"(?:报告|年报)(?:是|系)?由([\u3400-\u9fff（）]{2,40}?)(?:根据|按照|依据|编制)"
    r"|[请可](?:直接|径)?(?:与|向|致电)([\u3400-\u9fff（）]{2,40}?)(?:联系|咨询|反映)"
)
_CALLS_ITSELF = Pattern(
    r"([\u3400-\u9fff]{2,40})\s?(?:[（(]\s?以下(?:简称|称)[：:]?\s?[“\"]?(?:我|本)|"
    r"((?:19|20)[0-9]{2})年?度?政府信息公开(?:工作)?(?:年度)?(?:报告|年报))"
)
"""A name before （以下简称“我局”） or before the report's title."""
_BEFORE_NAME = Pattern(r"^.*(?:公布|发布|公开|编制|形成|将|由|是|为|的|经|现|及|和|向)")
_CLAUSE = "，。；：、！？\n\t （）()“”《》,;:!?\u3000"
_NO_NAME = (
    "全",
    "各",
    "县",
    "市",
    "区",
    "省",
    "州",
    "旗",
    "镇",
    "乡",
    "根据",
    "按照",
    "参照",
    "对照",
    "结合",
    "见",
    "详见",
    "上",
)
"""How words before a title begin that are no full name of a unit."""
_PLACE = 2
"""Characters of the unit's name that are its place's, at least."""
_INSIDE = ("政务公开", "信息公开", "领导小组")
"""Words in the names of offices that every unit has for this work."""
_OWN_START = 4
"""Characters with which an office inside the unit begins like the unit."""
_OUTSIDE = Pattern(r"(?:局|厅|委|委员会|政府|院|会|署|镇|乡|学校|中学|小学|公司|馆|站)$")
_ORGANS = Pattern(
    r"(?:局|厅|委|委员会|政府|办公室|中心|院|处|会|所|办|署|镇|乡|街道|管委会|大队|支队|学校|中学|小学|公司|馆|站)$"
)


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
        self._notices = Pattern(re.escape(self.series) + _NUMBER)

    def read(self, text: str, view: View) -> Outcome:
        folded = plain_digits(text)
        own = view.form.notice
        numbers = list(self._notices.re.finditer(folded))
        right = self._notices.re.fullmatch(own)
        assert right is not None
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
        """Notices of other formats that are cited by their title."""
        issues = []
        for form in formats.available():
            at = text.find(form.notice_title) if form is not view.form else -1
            if at >= 0:
                span = (at, at + len(form.notice_title))
                own = view.form.notice
                instead = view.form.notice_title
                issues.append(self.found(span, text, part="title", instead=instead, params=[("own", own)]))
        return issues

    def _decrees(self, folded: str, text: str) -> list[Issue]:
        issues = []
        decrees = list(_DECREE.re.finditer(folded))
        for match in decrees:
            if match[1] == self.decree or self._is_history(match, decrees, folded):
                continue
            before = folded[max(match.start() - _NEAR, 0) : match.start()]
            at = before.rfind(self.law)
            if at >= 0 and "《" not in before[at + len(self.law) :]:
                issues.append(
                    self.found(
                        match.span(1), text, part="decree", instead=self.decree, params=[("own", self.decree)]
                    )
                )
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
            missing = [names[name] for word, name in issue.params if word == "missing"]
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


class OwnName(TextCheck):
    """Where the text says who made the report or whom to ask, it is this unit."""

    kind = "own_name"
    also_reads = ("unit.name",)

    def read(self, text: str, view: View) -> Outcome:
        name = _plain(view.fields.get("unit.name", ""))
        said = [match.span(match.lastindex or 0) for match in _SAYS_WHO.re.finditer(text)]
        said += _calls_itself(text, name, view.year)
        named = sorted({(start, end) for start, end in said if _ORGANS.re.search(text[start:end])})
        if not name or not named:
            return Verdict.NOT_EVALUATED
        return answer(
            self.found((start, end), text, part="name", instead=name, params=[("own", name)])
            for start, end in named
            if not _same(_plain(text[start:end]), name)
        )

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        return _("单位写成了“{text}”，基本信息里是“{own}”").format(text=params["text"], own=params["own"])


def _calls_itself(text: str, name: str, year: int) -> Iterator[tuple[int, int]]:
    """Names before （以下简称“我局”） and before the title of this year's report, where it is clear that they begin."""
    for match in _CALLS_ITSELF.re.finditer(text):
        if match[2] not in (None, str(year)):
            continue
        start, end = match.span(1)
        words = match[1]
        at = words.rfind(name[:_PLACE])
        lead = _BEFORE_NAME.re.match(words)
        if at >= 0:
            start += at
        elif lead and lead.end() < len(words):
            start += lead.end()
        elif start and text[start - 1] not in _CLAUSE:
            continue
        if not text[start:end].startswith(_NO_NAME):
            yield start, end


def _plain(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def _same(said: str, name: str) -> bool:
    """True for the name, a part of it (县 left out), an office inside the unit, and words for oneself."""
    said, name = (text.replace("人民政府", "政府") for text in (said, name))
    if name in said or said in name or said.startswith(("我", "本", "各")):
        return True
    if said.removesuffix("办公室") in name or any(word in said for word in _INSIDE):
        return True
    # 东林街道党政办 of 东林街道办事处
    return said[:_OWN_START] in name and not _OUTSIDE.re.search(said)
