"""The rule that a text speaks of the report's own year: what is left over from last year's text shows here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.figures import ReadingCheck, amounts, cells_of, values_of
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import numbered, quoted
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Fact

_PLAIN = "0123456789"
_WIDE = "０１２３４５６７８９"
_CHINESE = "〇一二三四五六七八九"
# one character for one, so that places stay
_FOLD = str.maketrans(_WIDE + _CHINESE + "○零至到—–－～~", _PLAIN + _PLAIN + "00-------")

_YEAR = r"((?:19|20)[0-9]{2})"
_PERIOD = Pattern(
    rf"{_YEAR}[年.]0?1[月.]0?1日?(?:起|开始)?[，,]?-{{1,2}}(?:{_YEAR}[年.])?12[月.]31日?"
    rf"|(?:统计(?:期限|时限|时段|时间|周期|区间)|报告期限?|报告时段)(?:为|是|系|[：:])?{_YEAR}年(?!0?1月0?1日)"
)
_TITLE = Pattern(rf"{_YEAR}年?度?政府信息公开(?:工作)?(?:年度)?报告")
_START = Pattern(
    rf"(?:^|[。！？；!?;\n])[ \t\u3000]*(?:[（(]?[0-9十]{{1,3}}[）).、．是][ ]?)?(?:在|截-|截止-?)?{_YEAR}年"
    r"(?:度|全年|来|底|末|年底|年末|12月31日|(?:的?工作)中)?"
    r"(?:[，,]|(?=我|本|全[市县区局]|各|共|累计|未|没有|无|(?:公开|主动|收到|受理|新收|办理|办结|发布|答复|制发|政府信息公开|依申请|开展)(?![^，,。]{0,8}的)))"
)
_SENTENCE_END = Pattern(r"[。！？!?\n]")
_LOOKS_BACK = Pattern(
    r"上年|去年|同比|相比|增长|下降|成立|组建|颁布|施行|以来|年报|年度报告|规划|改革|提出|整改|曾|当年|次年|此前|遗留|起，"
)
_LOOKS_AHEAD = Pattern(r"将|下一步|计划|今后|继续|力争|争取|努力|要|拟|工作打算|应|着力")
_ANY_YEAR = Pattern(rf"{_YEAR}年")
_BACK = 40
"""Characters before a figure in which its year stands."""
_TELLING = 10
"""Figures below this are alike in two years often enough."""
_FAR = 3
"""A year further back than this is history, not last year's text."""


class ReportYear(ReadingCheck):
    """Period and title are of the report's year, and so are sentences that begin with a year.

    Sentences that look back or ahead may begin with another year. Where a figure is said to be of another year and
    is this year's in the tables, but not last year's, the year is wrong.

    《条例》第四十九条、第五十条: the report is on the year before the one in which it is published.
    """

    kind = "report_year"
    reads_last_year = True

    def read(self, text: str, view: View) -> Outcome:
        folded = text.translate(_FOLD)
        said = list(_said(folded, view.year, titles=self.key == "text.intro"))
        places = {match.start(_years(match)[0]) for _name, match, _right in said}
        for match in self._misdated(text, folded, view):
            if match.start(1) not in places:
                places.add(match.start(1))
                said.append(("figure", match, False))
        if not said:
            return Verdict.NOT_EVALUATED
        wrong = [(name, match) for name, match, right in said if not right]
        if not wrong:
            return Verdict.HOLDS
        issues = []
        for name, match in wrong:
            groups = _years(match)
            start = match.start(groups[0])
            end = match.end() if name == "period" and match[1] else match.end(groups[0])
            years = [match.span(group) for group in groups]
            issues.append(
                self.found(
                    (start, end),
                    text,
                    part=name,
                    instead=_replaced(text, start, end, years, view.year),
                    left=int(next(match[group] for group in groups if match[group] != str(view.year))),
                    right=view.year,
                    params=[("words", quoted(text[start : match.end() + 8]))],
                )
            )
        return numbered(issues)

    def _misdated(self, text: str, folded: str, view: View) -> Iterator[re.Match[str]]:
        """Years that stand before figures of this year."""
        for fact in self.reading(text, view).facts:
            if (
                fact.year is None
                or fact.scoped
                or fact.figure.value < _TELLING
                or not _is_of(fact, view.year, view)
            ):
                continue
            if values_of(fact.year, view) is not None and _is_of(fact, fact.year, view):
                continue
            start = max(fact.figure.start - _BACK, 0)
            before = folded[start : fact.figure.start]
            at = before.rfind(f"{fact.year}年")
            if at >= 0 and str(view.year) not in before and not _SENTENCE_END.re.search(before, at):
                match = _ANY_YEAR.re.match(folded, start + at)
                assert match is not None
                yield match

    def explain(self, issue: Issue, form: Format) -> str:
        return _("“{words}”：本报告是 {year} 年的，这里写成了 {said} 年").format(
            words=dict(issue.params)["words"], year=issue.right, said=issue.left
        )


def _said(folded: str, year: int, *, titles: bool) -> Iterator[tuple[str, re.Match[str], bool]]:
    """Places where the text says its year: what it is, the match with its years, and whether they are right."""
    own = str(year)
    for match in _PERIOD.re.finditer(folded):
        right = all(group in (None, own) for group in match.groups())
        if titles or own in match.groups() or own not in _sentence(folded, match.start()):
            yield "period", match, right
    if titles:
        for match in _TITLE.re.finditer(folded):
            yield "title", match, match[1] == own
    for match in _START.re.finditer(folded):
        sentence = _sentence(folded, match.start(1))
        distance = year - int(match[1])
        if distance == 0:
            yield "start", match, True
        elif (
            -1 <= distance <= _FAR
            and own not in sentence
            and not (_LOOKS_BACK if distance > 0 else _LOOKS_AHEAD).re.search(sentence)
        ):
            yield "start", match, False


def _years(match: re.Match[str]) -> list[int]:
    """The groups of a match that hold a year."""
    return [group for group, year in enumerate(match.groups(), start=1) if year]


def _is_of(fact: Fact, year: int, view: View) -> bool:
    values = values_of(year, view)
    return values is not None and any(
        amount is not None and fact.figure.holds(amount)
        for _reading, amount in amounts(fact, cells_of(view.form), values, view)
    )


def _sentence(text: str, at: int) -> str:
    """The sentence from that place on."""
    end = _SENTENCE_END.re.search(text, at)
    return text[at : end.start() if end else len(text)]


def _replaced(text: str, start: int, end: int, years: list[tuple[int, int]], year: int) -> str:
    """The words with the years put right, in the digits that they were written in."""
    for first, last in reversed(years):
        said = text[first:last]
        digits = next((digits for digits in (_PLAIN, _WIDE) if set(said) <= set(digits)), _CHINESE)
        text = text[:first] + "".join(digits[int(digit)] for digit in str(year)) + text[last:]
    return text[start:end]
