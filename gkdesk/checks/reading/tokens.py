"""From characters to tokens: words, figures, percentages, years and marks; what is not known is a gap.

Places are those of the text given: everything that is folded keeps its length. All patterns are linear: no
repetition stands inside another one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from gkdesk.checks.reading import POINTS
from gkdesk.checks.reading.vocabulary import DOMAINS, FILLER, KIND, Word, vocabulary

MARK, WORD, FIGURE, PERCENT, POINT, YEAR, DAY, GAP, ORDINAL, CARRY = (
    "mark",
    "word",
    "figure",
    "percent",
    "point",
    "year",
    "day",
    "gap",
    "ordinal",
    "carry",
)

_UNITS = (
    "件次 人次 件 条 份 起 宗 例 项 个 次 封 笔 部 篇 张 家 户 名 位 人 期 场 批 册 则 幅 只 处 台 辆 段 组 页 字 天 倍"
    " 个工作日 工作日 个月 个百分点 小时 分钟 平方米 公里 亩 余年 年 号 楼 室 类 种 级 层 届 版 岁 度 部分"
)
MONEY = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
UNITS = "|".join(sorted({*MONEY, *_UNITS.split()}, key=lambda unit: (-len(unit), unit)))
"""All units, longest first, as alternatives."""
_FOLD = str.maketrans(
    "０１２３４５６７８９％．；：？！（）［］～－",
    "0123456789%.;:?!()[]~-",
)
_SILENT = frozenset(" \t\r\u3000“”‘’\"'")
_CHINESE_DIGITS = {
    digit: value for value, digits in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for digit in digits
}
OWN = "\ue000"
"""Stands for each character of the unit's own name."""
_LARGEST, _FINEST = Decimal(10**14), Decimal("0.0001")
_SPOKEN = frozenset("十百千万亿")
"""What a numeral has that is no row of digits."""
_TELLS = KIND["explicit"] | KIND["foreign"]
_ITEMS = frozenset({"ordinal", "number_of_list"})
_PLAIN = {"title": GAP, "docno": GAP, "ordinal": ORDINAL, "number_of_list": ORDINAL, "day": DAY}
"""Groups that make tokens of their own text; titles and numbers of documents are no words of ours."""
_INDENT = 4
"""White space before the number of a list."""
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {**_CHINESE_SCALES, "万": 10**4, "亿": 10**8}
_MARKS = r".,;:?!。、，；：？！()\[\]【】“”‘’\"'…\n\r\t \u3000—~/·-"
CHINESE = "零〇一二两三四五六七八九十百千万亿"


@dataclass(slots=True, eq=False)
class Figure:
    """A figure as written. ``value`` counts the unit itself (yuan for money); ``step`` is the last printed digit."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str
    money: bool = False
    approximate: bool = False
    percent: bool = False
    unit_end: int = 0
    scale: Decimal = Decimal(1)

    def holds(self, value: Decimal) -> bool:
        """True where this figure is the value, rounded half up to what is printed."""
        return self.rounded(value) == self.value

    def rounded(self, value: Decimal) -> Decimal:
        """The value rounded half up to the printed digits."""
        return (value / self.step).quantize(Decimal(1), ROUND_HALF_UP) * self.step


class Token:
    """A piece of the text. ``flags`` are the kinds of its word; ``number`` the year of a YEAR or CARRY."""

    __slots__ = ("end", "figure", "flags", "kind", "number", "start", "text", "word")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        text: str,
        word: Word | None = None,
        figure: Figure | None = None,
        number: int = 0,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.word = word
        self.figure = figure
        self.number = number
        self.flags = 0 if word is None else word.flags


def fold(text: str) -> str:
    """Full-width digits, signs and marks as half-width ones, one character for one."""
    return text.translate(_FOLD)


@cache
def _master() -> re.Pattern[str]:
    words = vocabulary()
    starts = re.escape("".join(sorted({word[0] for word in words.words})))
    # what can begin no token is passed over in one step; what can begin a word is tried only there
    return re.compile(
        rf"(?P<gap>[^{starts}{CHINESE}0-9第百结《〔【{OWN}{_MARKS}]+)"
        rf"|(?P<own>{OWN}+)"
        r"|(?P<carry>(?:(?P<carry_in>(?:19|20)[0-9]{2})年度?(?:年?[末底])?(?:结转|转结|转入|转来|延续|遗留|未办结)"
        r"(?:(?:至|到)?(?:20[0-9]{2}年度?|本年度?|今年|当年)|(?!至|到|下|20))"
        r"|(?:年末|年底|期末|年终)?(?:结转|转结|顺延|延续|延|留待|留|转入|转)(?:至|到|入)?(?P<carry_out>20[0-9]{2})年度?(?:继续)?(?:办理|答复|处理)?))"
        rf"|(?=[{starts}])(?P<word>{words.pattern})"
        r"|(?=[0-9])(?:"
        r"(?:^|(?<=[。;:,，\n\s(]))(?P<number_of_list>[0-9]{1,2}[.、])(?=[\u3400-\u9fff《“])"
        # several years are a part of time as days are: 2022 至 2024 年
        r"|(?P<day>(?:19|20)[0-9]{2}年?[-~至到—–](?:19|20)[0-9]{2}年|(?:[0-9]{1,2}[-~至到—])?[0-9]{1,2}月(?:[0-9]{1,2}日|份|底|末)?|(?<![0-9.])[0-9]{1,2}日)"
        r"|(?P<year>(?:19|20)[0-9]{2})年度?"
        r"|(?P<points>[0-9]{1,6}(?:\.[0-9]{1,6})?)\s?(?:个百分点|百分点)"
        r"|(?P<percent>[0-9]{1,6}(?:\.[0-9]{1,6})?)\s?%"
        r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])(?:\.[0-9]{1,40})?|[0-9]{1,40}(?:\.[0-9]{1,40})?)"
        rf"[ \t\u3000]{{0,3}}(?P<scale>[十百千万亿]{{0,2}})(?P<more>[余多]?)[ \t\u3000]{{0,3}}(?P<unit>{UNITS})?"
        r")"
        r"|(?P<title>《[^《》\n]{0,120}》)"
        r"|(?P<docno>[〔\[(【]\s?[0-9]{4}\s?[〕\])】]\s?第?[0-9]{1,4}号)"
        rf"|(?P<ordinal>\([{CHINESE}0-9]{{1,3}}\)|第[0-9{CHINESE}]{{1,6}}[条款项届次章批期号名位类部]"
        rf"|[{CHINESE}]{{1,3}}是(?!否))"
        rf"|百分之(?P<percent_words>[{CHINESE}]{{1,6}}(?:点[{CHINESE}]{{1,4}})?)"
        rf"|(?P<chinese>[{CHINESE}]{{1,20}})(?P<chinese_more>[余多]?)(?P<chinese_unit>{UNITS})"
        rf"|(?P<mark>[{_MARKS}])"
    )


def about(text: str, first: int, last: int) -> tuple[bool, list[Word]]:
    """Whether a part of a folded text begins with a number of a list, and its words that tell what it is about."""
    known = vocabulary().words
    is_item = False
    found = []
    for match in _master().finditer(text, first, last):
        group = match.lastgroup
        if group == "word":
            word = known[match[0]]
            if word.flags & _TELLS:
                found.append(word)
        is_item = is_item or (group in _ITEMS and not found and match.start() <= first + _INDENT)
    return is_item, found


def tokens(text: str, first: int = 0, last: int | None = None) -> Iterator[Token]:
    """The tokens of a part of a folded text, in order, without white space and quotation marks."""
    known = vocabulary().words
    end = first
    last = len(text) if last is None else last
    for match in _master().finditer(text, first, last):
        group = match.lastgroup
        if group == "gap":
            continue
        start = match.start()
        if start > end:
            yield Token(GAP, end, start, text[end:start])
        end = match.end()
        if group == "word":
            found = match[0]
            yield Token(WORD, start, end, found, known[found])
        elif group == "own":
            yield Token(WORD, start, end, OWN, _own())
        elif group == "mark":
            if (found := match[0]) not in _SILENT:
                yield Token(MARK, start, end, found)
        elif group in _PLAIN:
            yield Token(_PLAIN[group], start, end, match[0])
        else:
            yield _MAKERS[group](match)  # type: ignore[index]
    if end < last:
        yield Token(GAP, end, last, text[end:last])


@cache
def _own() -> Word:
    """The unit's own name: a word like 我局."""
    return Word(OWN, KIND["own"], roles=dict.fromkeys(DOMAINS, FILLER))


def _year(match: re.Match[str]) -> Token:
    return Token(YEAR, match.start(), match.end(), match[0], number=int(match["year"]))


def _carry(match: re.Match[str]) -> Token:
    number = int(match["carry_in"] or match["carry_out"])
    return Token(CARRY, match.start(), match.end(), "in" if match["carry_in"] else "out", number=number)


def _percent(match: re.Match[str]) -> Token:
    return _relative(match, "percent", PERCENT, "%")


def _points(match: re.Match[str]) -> Token:
    return _relative(match, "points", POINT, POINTS)


def _relative(match: re.Match[str], name: str, kind: str, unit: str) -> Token:
    """A percentage or percentage points."""
    number = match[name]
    step = Decimal(1).scaleb(-len(number.partition(".")[2]))
    figure = Figure(
        match.start(), match.end(name), Decimal(number), step, unit, percent=True, unit_end=match.end()
    )
    return Token(kind, match.start(), match.end(), match[0], figure=figure)


def _percent_words(match: re.Match[str]) -> Token:
    value, step = _words_value(match["percent_words"])
    figure = Figure(match.start(), match.end(), value, step, "%", percent=True, unit_end=match.end())
    return Token(PERCENT, match.start(), match.end(), match[0], figure=figure)


def _counted(match: re.Match[str], figure: Figure) -> Token:
    """The token of a figure. One that no table and no budget holds is none: shares of it have too many digits."""
    if figure.value >= _LARGEST or figure.step < _FINEST:
        return Token(GAP, match.start(), match.end(), match[0])
    return Token(FIGURE, match.start(), match.end(), match[0], figure=figure)


def _number(match: re.Match[str]) -> Token:
    number, unit = match["number"], match["unit"] or ""
    scale = Decimal(math.prod(_SCALES[character] for character in match["scale"]) * MONEY.get(unit, 1))
    plain = number.replace(",", "")
    step = Decimal(1).scaleb(-len(plain.partition(".")[2])) * scale
    figure = Figure(
        match.start(),
        match.end("number"),
        Decimal(plain) * scale,
        step,
        "元" if unit in MONEY else unit,
        money=unit in MONEY,
        approximate=bool(match["more"]),
        unit_end=match.end(),
        scale=scale,
    )
    return _counted(match, figure)


def _chinese(match: re.Match[str]) -> Token:
    words, unit = match["chinese"], match["chinese_unit"]
    value, step = _words_value(words)
    scale = Decimal(MONEY.get(unit, 1))
    figure = Figure(
        match.start(),
        match.end("chinese"),
        value * scale,
        step * scale,
        "元" if unit in MONEY else unit,
        money=unit in MONEY,
        approximate=bool(match["chinese_more"]),
        unit_end=match.end(),
        scale=scale,
    )
    return _counted(match, figure)


# the last group that matched -> what makes the token
_MAKERS: dict[str, Callable[[re.Match[str]], Token]] = {
    "carry": _carry,
    "year": _year,
    "points": _points,
    "percent": _percent,
    "percent_words": _percent_words,
    "unit": _number,
    "more": _number,
    "chinese_unit": _chinese,
}


def _words_value(words: str) -> tuple[Decimal, Decimal]:
    """The value of a Chinese numeral and its last printed digit: 一千二百零三, 二〇三, 三点五."""
    whole, _point, decimals = words.partition("点")
    if _SPOKEN.isdisjoint(whole):
        value = Decimal("".join(str(_CHINESE_DIGITS[character]) for character in whole))
    else:
        value = _spoken(whole)
    tail = "".join(str(_CHINESE_DIGITS.get(character, 0)) for character in decimals)
    return value + Decimal(f"0.{tail}"), Decimal(1).scaleb(-len(tail))


def _spoken(words: str) -> Decimal:
    """一千二百零三, 三万二千, 一亿二千万."""
    total = section = digit = 0
    for character in words:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_SCALES:
            section += (digit or 1) * _CHINESE_SCALES[character]
            digit = 0
        elif character == "万":
            total += (section + digit or 1) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit or 1) * 10**8
            section = digit = 0
    return Decimal(total + section + digit)
