"""Characters on PDF pages -> lines -> paragraphs: what belongs together by where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Char = dict[str, Any]

_GAP = 0.9
"""Of the font size: a wider gap without a blank character parts two words."""
_COLUMN_GAP = 1.6
_INDENT = 0.9
_RAGGED = 2.2
"""Characters by which a full line may be short of the right edge."""
_REACH = 12.0
_FEWEST_FULL = 3
"""Lines that must end within _REACH points of the right edge for that to be one."""
_LATIN_END, _LATIN_START = re.compile(r"[!-~]+$"), re.compile(r"[!-~]+")
_STOPS = ("。", "！", "？")
_MOSTLY = 0.6
_LEAST_WIDTH = 0.8
"""Of the page, to which its text reaches at least."""
_FOOT = re.compile(
    r"[-—–―－_\s]*\d{1,3}[-—–―－_\s]*|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}|核对码\s*[0-9A-Za-z\- ]+"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; lengths in points, ``y`` downwards. ``columns`` when it has gaps like a row of a table."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    columns: bool = False


def lines_of(chars: Iterable[Char], page: int) -> list[TextLine]:
    """The lines of these characters, from top to bottom."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda each: (_middle(each), each["x0"])):
        same = rows[-1] if rows else None
        if same is not None and abs(_middle(char) - _middle(same[0])) < 0.45 * max(
            char["size"], same[0]["size"]
        ):
            same.append(char)
        else:
            rows.append([char])
    return [line for row in rows if (line := _line(row, page)).text]


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(chars: list[Char], page: int) -> TextLine:
    chars = sorted(chars, key=lambda each: float(each["x0"]))
    size = Counter(round(float(char["size"]), 1) for char in chars).most_common(1)[0][0] or 1.0
    parts: list[str] = []
    gaps = 0
    end: float | None = None
    for char in chars:
        if end is not None and not char["text"].isspace():
            gap = float(char["x0"]) - end
            if gap > _COLUMN_GAP * size:
                gaps += 1
            if gap > _GAP * size and not (parts and parts[-1].isspace()):
                parts.append(" ")
        parts.append(str(char["text"]))
        if not char["text"].isspace():
            end = float(char["x1"])
    written = [char for char in chars if not char["text"].isspace()] or chars
    text = "".join(parts).replace("\u00a0", " ").strip(" \u3000")
    return TextLine(
        text,
        float(written[0]["x0"]),
        float(written[-1]["x1"]),
        min(float(char["top"]) for char in chars),
        max(float(char["bottom"]) for char in chars),
        size,
        page,
        columns=gaps >= 2,
    )


def without_feet(pages: Sequence[tuple[Sequence[TextLine], float]]) -> list[list[TextLine]]:
    """The lines of each page (with its height) but page numbers and what stands at the edge of every page."""
    edges: Counter[str] = Counter()
    for lines, height in pages:
        edges.update({_mask(line.text) for line in lines if _at_edge(line, height)})
    kept = []
    for lines, height in pages:
        kept.append(
            [
                line
                for line in lines
                if not (
                    _at_edge(line, height)
                    and (
                        _FOOT.fullmatch(line.text)
                        or (len(pages) > 2 and edges[_mask(line.text)] == len(pages))
                    )
                )
            ]
        )
    return kept


def _at_edge(line: TextLine, height: float) -> bool:
    return line.bottom < 0.09 * height or line.top > 0.87 * height


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", text)


class Paragraphs:
    """Joins lines that go on.

    ``left`` and ``right`` are the edges of the text of the whole document, ``width`` is that of a page in points.
    """

    def __init__(self, lines: Sequence[TextLine], width: float) -> None:
        body = [line for line in lines if not line.columns]
        lefts = Counter(round(line.x0) for line in body)
        common = [x for x, count in lefts.items() if count >= max(2, len(body) // 50)]
        self.left = float(min(common or lefts or [0]))
        # paragraphs begin two characters in: a line that does not goes on
        self.indents = (
            sum(1.5 * line.size < line.x0 - self.left < 2.5 * line.size for line in body) >= _FEWEST_FULL
        )
        rights = sorted((line.x1 for line in body), reverse=True)
        self.right = rights[min(len(rights) // 20, len(rights) - 1)] if rights else 0.0
        if sum(x > self.right - _REACH for x in rights) < _FEWEST_FULL:
            # nothing but short lines: the longest of them is no full one
            self.right = max(self.right, _LEAST_WIDTH * width)

    def joined(self, lines: Sequence[TextLine]) -> list[tuple[str, int]]:
        """The paragraphs of lines in reading order, each with the page where it begins."""
        result: list[tuple[str, int]] = []
        before: TextLine | None = None
        for line in lines:
            if before is not None and self._goes_on(before, line):
                text, page = result[-1]
                result[-1] = (_glue(text, line.text), page)
            else:
                result.append((line.text, line.page))
            before = line
        return result

    def _goes_on(self, before: TextLine, line: TextLine) -> bool:
        if before.columns or line.columns or abs(before.size - line.size) > 0.15 * before.size:
            return False
        if line.x0 > self.left + _INDENT * line.size:
            return False
        full = before.x1 > self.right - _RAGGED * before.size
        # the lines of one paragraph lie close together, unless a page lies between
        apart = line.page == before.page and line.top - before.bottom > 2.0 * before.size
        # an address or a number that is not broken leaves a line short
        broken = before.text[-1:] not in _STOPS and before.x1 - self.left > _MOSTLY * (self.right - self.left)
        return (full or (self.indents and broken)) and not apart


def _glue(one: str, other: str) -> str:
    """Two lines of a paragraph; words of Latin letters get their blank back, addresses (a@b.cn) have none."""
    before, after = _LATIN_END.search(one), _LATIN_START.match(other)
    if before and after and before[0][-1:].isalpha() and after[0][:1].isalpha():
        word = before[0] + after[0]
        return one + other if any(mark in word for mark in "@./:") else f"{one} {other}"
    return one + other
