"""How much room text takes in a sheet, and how a long text is laid into rows.

Neither Excel nor LibreOffice sets the height of merged rows by itself, and no row is higher than 409 pt, so heights
are computed here and a long text is cut into rows. Widths and heights are points; a full-width character is
as wide as its font size, any other about half of that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from gkdesk.report.workbook_terms import INDENT, Piece

MAX_HEIGHT = 409.0
"""Points of the highest row that Excel has."""
LINE = 1.5
"""Line height as a multiple of the font size: enough for the faces that stand in for a missing one."""
NARROW = 0.55
"""Width of a half-width character as a multiple of the font size, likewise."""
PADDING = 6.0
"""What a cell keeps free of its width, left and right together."""

PIECE_LINES = 8
"""Lines of a row of text: rows are not cut at the end of a page, so they are kept low."""
MOST_ROWS = 150
"""A text of more rows than this is packed into few large cells, which then do not show all of it."""
PACKED = 8_000
"""Code points of a packed cell; Excel takes 32,767 UTF-16 units."""
_ENDS = "。；！？;!?"


def ems(text: str) -> float:
    """Width of a text in multiples of its font size."""
    if text.isascii():
        return len(text) * NARROW
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else NARROW


def line_count(text: str, width: float, size: float) -> int:
    """Lines that a text takes in a cell of that width."""
    room = max(1.0, (width - PADDING) / size)
    count = 0
    for line in text.split("\n"):
        taken = ems(line)
        # a line that is full holds whole characters only
        count += 1 if taken <= room else -int(-taken // int(room))
    return count


def height(text: str, width: float, size: float) -> float:
    """Points of height that a wrapped text needs in a cell of that width."""
    return line_count(text, width, size) * size * LINE + size * 0.4


def pieces(text: str, width: float, size: float, *, indent: bool) -> list[Piece]:
    """A text as rows: one a paragraph, long paragraphs cut behind a sentence. At least one row.

    ``indent`` puts INDENT before each paragraph that is not empty. What comes back from
    the rows is put together by :func:`gkdesk.report.workbook_terms.joined`.
    """
    room = int(max(1.0, (width - PADDING) / size)) * PIECE_LINES
    rows: list[Piece] = []
    for paragraph in text.split("\n"):
        rest = INDENT + paragraph if indent and paragraph else paragraph
        cuts = list(_cuts(rest, room))
        rows += [Piece(part, continued=index > 0) for index, part in enumerate(cuts)]
        if len(rows) > MOST_ROWS:
            return _packed(text, indent=indent)
    return rows


def _cuts(text: str, room: float) -> Iterator[str]:
    while (end := _fitting(text, room)) < len(text):
        sentence = max(text.rfind(mark, end // 3, end) for mark in _ENDS) + 1
        end = sentence or end
        yield text[:end]
        text = text[end:]
    yield text


def _fitting(text: str, room: float) -> int:
    used = 0.0
    for index, character in enumerate(text):
        used += _em(character)
        if used > room:
            return index
    return len(text)


def _packed(text: str, *, indent: bool) -> list[Piece]:
    """The rows of a text that is too long to be shown."""
    rows: list[Piece] = []
    continued = False
    while text or not rows:
        end = len(text)
        gap = 0
        if end > PACKED:
            newline = text.rfind("\n", PACKED // 2, PACKED)
            end, gap = (newline, 1) if newline >= 0 else (PACKED, 0)
        lines = text[:end].split("\n")
        if indent:
            lines = [
                INDENT + line if line and (number or not continued) else line
                for number, line in enumerate(lines)
            ]
        rows.append(Piece("\n".join(lines), continued))
        continued, text = not gap, text[end + gap :]
        if gap and not text:
            rows.append(Piece(""))
    return rows


def spread(heights: list[float], needs: Sequence[tuple[int, int, float]]) -> list[float]:
    """Row heights that give every box (first row, number of rows, points needed) its room."""
    result = list(heights)
    for first, count, needed in sorted(needs, key=lambda need: need[1]):
        missing = needed - sum(result[first : first + count])
        if missing > 0:
            for row in range(first, first + count):
                result[row] += missing / count
    return result
