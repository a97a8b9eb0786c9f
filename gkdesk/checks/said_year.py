"""Where a text says which year it is of: its period, its title, and sentences that begin with a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdesk.checks.pattern import Pattern

_PLAIN = "0123456789"
_WIDE = "０１２３４５６７８９"
_CHINESE = "〇一二三四五六七八九"
# one character for one, so that places stay
_FOLD = str.maketrans(_WIDE + _CHINESE + "○零至到—–－～~", _PLAIN + _PLAIN + "00-------")

YEAR = r"((?:19|20)[0-9]{2})"
_PERIOD = Pattern(
    rf"{YEAR}[年.]0?1[月.]0?1日?(?:起|开始)?[，,]?-{{1,2}}(?:{YEAR}[年.]|当年|同年|本年)?12[月.]31日?"
    rf"|(?:统计(?:期限|时限|时段|时间|周期|区间)|报告期限?|报告时段)(?:为|是|系|[：:])?{YEAR}年(?!0?1月0?1日)"
)
_TITLE = Pattern(rf"{YEAR}年?度?政府信息公开(?:工作)?(?:年度)?报告")
_START = Pattern(
    rf"(?:^|[。！？；!?;\n])[ \t\u3000]*(?:[（(]?[0-9十]{{1,3}}[）).、．是][ ]?)?(?:在|截-|截止-?)?{YEAR}年"
    r"(?:度|全年|来|底|末|年底|年末|12月31日|(?:的?工作)中)?"
    r"(?:[，,]|(?=我|本|全[市县区局]|各|共|累计|未|没有|无|(?:公开|主动|受理|新收|办理|办结|发布|答复|制发|政府信息公开|依申请|开展)(?![^，,。]{0,8}的)))"
)
SENTENCE_END = Pattern(r"[。！？!?\n]")
_LOOKS_BACK = Pattern(
    r"上年|去年|同比|相比|增长|下降|成立|组建|颁布|施行|以来|年报|年度报告|规划|改革|提出|整改|曾|当年|次年|此前|遗留|结转|转结|转来|起，"
)
_LOOKS_AHEAD = Pattern(r"将|下一步|计划|今后|继续|力争|争取|努力|要|拟|工作打算|应|着力")
_FAR = 3
"""A year further back than this is history, not last year's text."""


def fold(text: str) -> str:
    """The text with years in plain digits and dashes as one, one character for one."""
    return text.translate(_FOLD)


def said(folded: str, year: int, *, titles: bool) -> Iterator[tuple[str, re.Match[str], bool]]:
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


def years(match: re.Match[str]) -> list[int]:
    """The groups of a match that hold a year."""
    return [group for group, year in enumerate(match.groups(), start=1) if year]


def wrong(folded: str, year: int, *, titles: bool) -> Iterator[tuple[int, int]]:
    """The places of the years that are not the report's where the text says its year."""
    for _name, match, _right in said(folded, year, titles=titles):
        yield from (match.span(group) for group in years(match) if match[group] != str(year))


def put_right(text: str, start: int, end: int, years: list[tuple[int, int]], year: int) -> str:
    """The words with the years put right, in the digits that they were written in."""
    for first, last in reversed(years):
        said = text[first:last]
        digits = next((digits for digits in (_PLAIN, _WIDE) if set(said) <= set(digits)), _CHINESE)
        text = text[:first] + "".join(digits[int(digit)] for digit in str(year)) + text[last:]
    return text[start:end]


def _sentence(text: str, at: int) -> str:
    """The sentence from that place on."""
    end = SENTENCE_END.re.search(text, at)
    return text[at : end.start() if end else len(text)]
