"""The rule that a text calls the unit by its name: what is left over from another unit's text shows here."""

from __future__ import annotations

from collections.abc import Iterator

from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import TextCheck, answer
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_HAN = r"[\u3400-\u9fff]"
_SAYS_WHO = Pattern(
    rf"(?:报告|年报)(?:是|系)?由([\u3400-\u9fff（）]{{2,40}}?)(?:根据|按照|依据|编制)"
    rf"|[请可](?:直接|径)?(?:与|向|致电|联系)([\u3400-\u9fff（）]{{2,40}}?)(?:联系|咨询|反映|[，,。；（(])"
    rf"|(?:联系|编制|填报|报送|发布)(?:单位|机关|部门)[：:]\s?({_HAN}{{2,40}})"
)
"""Names that stand where only the unit's own can."""
_CALLS_ITSELF = Pattern(
    r"[（(]\s?以下(?:简称|称)[：:]?\s?[“\"]?[我本]"
    r"|(?P<year>(?:19|20)[0-9]{2})年?度?政府信息公开(?:工作)?(?:年度)?(?:报告|年报)"
    r"|(?:编制|形成)了?本(?:年度)?(?:报告|年报)"
)
"""What only the unit says of itself: （以下简称“我局”）, the title of the report, 编制本报告."""
_NAME = Pattern(rf"({_HAN}{{2,40}}?)(?:现|特|将|公布|发布|公开|编制|了|向社会|予以)*$")
"""A name in front of it."""
_LONGEST = 40
"""Characters of a name, and the verbs behind it."""
_BEGINS = Pattern(
    r"\s*(?:(?:19|20)[0-9]{2}年(?:度|来)?[，,])?"
    rf"({_HAN}{{4,30}}?)(?:(?:19|20)[0-9]{{2}}年(?:度|全年)?(?=共?(?:收到|受理)))?(?:高度重视|根据|按照|依据|依照|遵照|认真|坚持|严格|扎实|深入|积极|紧紧|全面|共?收到|共?受理|主动公开|政府信息公开工作"
    rf"|在{_HAN}{{2,10}}[、]?{_HAN}{{2,10}}领导下)"
)
"""Who acts at the very start of a text."""
_BEFORE_NAME = Pattern(r"^.*(?:公布|发布|公开|编制|形成|将|由|是|为|的|经|现|及|和|向)")
_CLAUSE = "，。；：、！？\n\t （）()“”《》,;:!?\u3000"
_NO_NAME = Pattern(r"[全各县市区省州旗镇乡上]|根据|按照|参照|对照|结合|详?见")
"""How words begin that are no full name of a unit."""
_PLACE = 2
"""Characters of the unit's name that are its place's, at least."""
_KIND = 3
"""Characters in which the names of units of one kind end: 档案局."""
_ABOVE = ("委", "政府", "人大", "政协", "人民政府办公室", "政府办公室")
"""How those are called who lead the unit, or ask it for the report."""
_INSIDE = ("政务公开", "信息公开", "领导小组")
"""Words in the names of offices that every unit has for this work."""
_OWN_START = 4
"""Characters with which an office inside the unit begins like the unit."""
_OUTSIDE = Pattern(r"(?:局|厅|委|委员会|政府|院|所|会|署|镇|乡|政协|大队|支队|学校|中学|小学|公司|馆|站)$")
_ORGANS = Pattern(
    r"(?:局|厅|委|委员会|政府|办公室|中心|院|处|会|所|办|署|镇|乡|街道|管委会|大队|支队|学校|中学|小学|公司|馆|站)$"
)


class OwnName(TextCheck):
    """Where the text says who made the report, whom to ask, or who it speaks for, it is this unit."""

    kind = "own_name"
    also_reads = ("unit.name",)

    def read(self, text: str, view: View) -> Outcome:
        name = _plain(view.fields.get("unit.name", ""))
        if not name:
            return Verdict.NOT_EVALUATED
        spans = [match.span(match.lastindex or 0) for match in _SAYS_WHO.re.finditer(text)]
        spans += _calls_itself(text, name, view.year)
        spans += _begins(text, name)
        named = sorted({(start, end) for start, end in spans if _ORGANS.re.search(text[start:end])})
        if not named:
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
    """Names in front of what only the unit says of itself, where it is clear that they begin."""
    for match in _CALLS_ITSELF.re.finditer(text):
        if match["year"] not in (None, str(year)):
            continue
        before = max(match.start() - _LONGEST, 0)
        named = _NAME.re.search(text[before : match.start()].rstrip())
        if named is None:
            continue
        words = named[1]
        start, end = before + named.start(1), before + named.end(1)
        at = words.rfind(name[:_PLACE])
        lead = _BEFORE_NAME.re.match(words)
        if at >= 0:
            start += at
        elif lead:
            start += lead.end()
        elif start and text[start - 1] not in _CLAUSE:
            continue
        if not _NO_NAME.re.match(text, start):
            yield start, end


def _begins(text: str, name: str) -> Iterator[tuple[int, int]]:
    """A unit of the same place or of the same kind that acts at the start of the text.

    A government speaks of its units there.
    """
    match = _BEGINS.re.match(text)
    if match is None or name.endswith("政府"):
        return
    said = match[1]
    alike = said.startswith(name[:_PLACE]) or (said[-_KIND:] == name[-_KIND:] and not _NO_NAME.re.match(said))
    if alike and not said.endswith(_ABOVE):
        yield match.span(1)


def _plain(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def _same(said: str, name: str) -> bool:
    """True for the name, a part of it (县 left out), an office inside the unit, and words for oneself."""
    said, name = (text.replace("人民政府", "政府") for text in (said, name))
    if name in said or said in name or said.startswith(("我", "本", "各")) or _is_called(said, name):
        return True
    if said.removesuffix("办公室") in name or any(word in said for word in _INSIDE):
        return True
    # 东林街道党政办 of 东林街道办事处, 石门乡党政办 of 石门乡政府
    place = name.removesuffix("政府")
    inside = said[:_OWN_START] in name or (place != name and said.startswith(place))
    return inside and not _OUTSIDE.re.search(said.removesuffix("办公室"))


def _is_called(said: str, name: str) -> bool:
    """True for 区卫健委 of 清河区卫生健康委员会, with its place or without."""
    # read when a name is not the unit's in full, not when the program starts
    from gkdesk.checks.reading.names import hide_names
    from gkdesk.checks.reading.tokens import OWN

    hidden = hide_names(said, name)
    place = hidden.rstrip(OWN)
    return place != hidden and OWN not in place and name.startswith(place)
