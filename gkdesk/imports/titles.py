"""Unit, year and date of a report: from its title, its introduction and its signature."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_TAIL = "政府信息公开(?:工作)?(?:年度)?(?:工作)?报告"
_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇○零O0]二?[〇○零O0一二三四五六七八九十]{1,2})"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<unit>.*?)(?:关于)?{_YEAR}\s*年度?{_TAIL}",
        rf"{_YEAR}\s*年度?(?P<unit>.*?){_TAIL}",
        rf"(?P<unit>.*?){_TAIL}[（(【\[]{_YEAR}年?度?[）)】\]]",
    )
)
_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起)?(?:至|到|—|-|－)")
_MAKERS = (
    re.compile(r"本(?:年度)?报告由(.{2,40}?)(?:根据|依据|按照|依照|编制|，|,)"),
    re.compile(r"与(.{2,40}?)(?:办公室|联系)"),
)
_DATE = re.compile(r"((?:19|20)\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
_CHINESE = {word: number for number, word in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0}
_LONGEST_TITLE = 90
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Title:
    """``first`` and ``end`` are the paragraphs [first, end) that it takes up; unit and year may be missing."""

    unit: str
    year: int | None
    first: int
    end: int


def title_of(text: str) -> tuple[str, int] | None:
    """Unit and year of a text that is a title as a whole; None for any other."""
    # Only white space beside Chinese is an accident of printing.
    text = re.sub(r"(?<=[^\x20-\x7e])\s+|\s+(?=[^\x20-\x7e])", "", unicodedata.normalize("NFC", text.strip()))
    if len(text) > _LONGEST_TITLE:
        return None
    for pattern in _TITLES:
        found = pattern.fullmatch(text)
        if found and (year := _year(found["year"])):
            return found["unit"].strip("：: "), year
    return None


def find_title(paragraphs: Sequence[str]) -> Title | None:
    """The last title in these paragraphs, which may be broken over a few of them."""
    for first in range(len(paragraphs) - 1, -1, -1):
        joined = ""
        for end in range(first + 1, min(first + _MOST_LINES, len(paragraphs)) + 1):
            joined += paragraphs[end - 1]
            found = title_of(joined)
            if found is None:
                continue
            start = first
            # the unit may stand on the line before
            while not found[0] and start > 0 and first - start < _MOST_LINES:
                start -= 1
                wider = title_of("".join(paragraphs[start:end]))
                if wider is None or len(paragraphs[start]) > _LONGEST_TITLE // 2:
                    break
                if wider[0]:
                    return Title(*wider, start, end)
            return Title(*found, first, end)
    return None


def period_year(text: str) -> int | None:
    """The year that an introduction says its figures are of."""
    found = _PERIOD.search("".join(text.split()))
    return int(found[1]) if found else None


def maker(text: str) -> str:
    """The unit that an introduction says made the report, empty where it does not."""
    for pattern in _MAKERS:
        found = pattern.search("".join(text.split()))
        if found:
            return re.split(r"[（(]", found[1])[0]
    return ""


def date_of(text: str) -> str:
    """The ISO date that a paragraph is as a whole, empty for any other."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    found = _DATE.fullmatch(folded)
    if found:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    chinese = re.fullmatch(
        r"([〇○零O一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日",
        folded,
    )
    if chinese:
        year = int("".join(str(_CHINESE[word]) for word in chinese[1]))
        return _iso(year, _number(chinese[2]), _number(chinese[3]))
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(text: str) -> int:
    """Chinese numerals up to 99."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE.get(text, 0)
    return (_CHINESE.get(tens, 1) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)


def _year(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    digits = "".join(str(_CHINESE[word]) for word in text if word in _CHINESE)
    return int(digits) if len(digits) == 4 else None
