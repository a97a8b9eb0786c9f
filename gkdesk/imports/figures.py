"""What stands in a cell of figures: a number, a number with unit or note, nothing, a mark, or several run together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from gkdesk.formats.model import Cell
from gkdesk.i18n import _
from gkdesk.report.values import Invalid, Value, is_number, parse

_FIGURE = re.compile(
    r"[+\-−–]?\d[\d,]*(?:\.\d+)?(?:元|万元|件|条|项|次|个|份|人|宗|%)?(?:\s*[(（].{0,60}[)）])?"
)
_PARTS = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(万元|元|件|条|项|次|个|份|人|宗)?\s*(\(.*\))?")
_MARKS = frozenset(("/", "\\", "-", "--", "—", "——", "–", "无", "空", "×", "*", "／", "－"))
_GLUED = re.compile(r"\d[.、]?[\u4e00-\u9fff]{2,}|[\u4e00-\u9fff]{4,}.*\d{3,}")
_YUAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Figure:
    """``text`` as found; ``unit`` of money if it says one; ``problem`` why it cannot be read, "" where it can."""

    text: str
    value: Value = None
    unit: str = ""
    certain: bool = True
    problem: str = ""


def is_figure(text: str) -> bool:
    """Whether a text is a figure or a mark that stands for one, so that it is no label."""
    folded = unicodedata.normalize("NFKC", "".join(text.split()))
    return folded in _MARKS or bool(_FIGURE.fullmatch(folded))


def read_figure(text: str, cell: Cell) -> Figure:
    """The figure in a cell. What is no number comes back as Invalid, as it would from a clerk's hand."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return Figure("")
    certain = True
    if len(lines) > 1:
        if all(len(line) == 1 and (line.isdigit() or line in "+-.元万件（）()") for line in lines):
            pass  # one character a line: the labels of such a table have it too
        elif sum(any(map(str.isdigit, line)) for line in lines) > 1 and not any(
            line[0] in "(（" for line in lines
        ):
            return Figure(text, problem=_("一格里有几个数"))
    one = "".join(lines)
    folded = unicodedata.normalize("NFKC", one).replace("−", "-").replace("–", "-")
    if re.search(r"\d\s+\d", folded):
        return Figure(one, problem=_("一格里有几个数"))
    if re.match(r"[+-]?0\d", folded):
        return Figure(one, problem=_("几个数连在一起"))
    value = parse(one, cell.kind)
    if is_number(value):
        return Figure(one, value, certain=certain)
    found = _PARTS.fullmatch(folded)
    if found and (found[2] or found[3]):
        return _with_words(one, found, cell, certain=certain and not found[3])
    if _GLUED.search(folded):
        return Figure(one, problem=_("数字和文字连在一起"))
    return Figure(one, Invalid(one), certain=certain)


def _with_words(text: str, found: re.Match[str], cell: Cell, *, certain: bool) -> Figure:
    """A figure with its unit, or with a note in brackets, which takes believing."""
    value = parse(found[1], cell.kind)
    unit = found[2] or ""
    if not is_number(value):
        return Figure(text, Invalid(text))
    if unit in ("元", "万元") and not cell.units:
        return Figure(text, Invalid(text))
    if not cell.units or unit not in ("元", "万元"):
        return Figure(text, value, certain=certain)
    if unit in cell.units:
        return Figure(text, value, unit, certain=certain)
    if unit == "元" and cell.units == ("万元",) and isinstance(value, Decimal):
        return Figure(text, parse(format(value / _YUAN, "f"), "money"), "万元", certain=False)
    return Figure(text, Invalid(text))
