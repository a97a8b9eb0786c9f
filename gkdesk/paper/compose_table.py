"""A statutory table on paper: the size of its text and the heights of its rows, from the format's boxes alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from gkdesk.formats.model import Box, Table
from gkdesk.paper.cells import Fitted, fit_cell
from gkdesk.paper.content import ITEM
from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.geometry import MM

SIZES = (12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes of a table's text, the wished one first; the first in which labels and rows fit is taken."""

SMALLEST_FIGURE = 4.0
"""Points down to which a figure shrinks that is wider than its column: twelve digits fit the narrowest one."""

SMALLEST_TEXT = 6.5
"""Points down to which shrinks what was typed into a cell and is no figure; then it takes more lines."""

ROW_HEIGHT = 9 * MM
"""Height of a row where there is room."""

LINE = 1.2
"""From line to line in a cell, in ems."""

NARROW = 18 * MM
"""Up to this width a column has thin margins, so that its labels keep a readable size."""

_PAD_NARROW, _PAD_WIDE, _PAD_HEIGHT = 1.5, 4.0, 2.0
_ANY_NUMBER = 99
_FIGURE = re.compile("[+-]?[0-9.]+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_PHRASES = re.compile("[^，：；]+[，：；]?")
_SHORT, _SHRUNK = 3, 0.9
_MOST_PAIRS = 4


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table set in one size. `cells` belong to `table.boxes`; lengths are points.

    `edges` are the x of the columns, one more than columns; `least` the heights that the rows need.
    """

    table: Table
    size: float
    cells: tuple[Fitted, ...]
    edges: tuple[float, ...]
    least: tuple[float, ...]

    def padding(self, box: Box) -> float:
        """White at the left and right of a box."""
        return _padding(self.edges[box.column + box.colspan] - self.edges[box.column])


def set_table(
    table: Table, figures: Mapping[str, str], faces: FaceSet, left: float, width: float, room: float
) -> SetTable:
    """Set a table `width` wide from x = left, in the largest size in which it is at most `room` high.

    `figures` maps cell ids to what is printed. A table that is higher in every size is not made small, as it is cut.
    """
    unit = width / sum(table.widths)
    edges = tuple(left + unit * part for part in accumulate(table.widths, initial=0))
    largest: SetTable | None = None
    for size in SIZES:
        cells, fits = _set_boxes(table.boxes, figures, faces, edges, size)
        found = SetTable(table, size, cells, edges, _least_heights(table, cells))
        if fits and sum(found.least) <= room:
            return found
        if fits and largest is None:
            largest = found
    return largest or found


def share_height(least: Sequence[float], height: float) -> list[float]:
    """Heights of rows that fill `height`: equal ones, but for rows that need more. Never less than least."""
    # The common height rises until nothing is left; the highest rows keep their own.
    rest, count = height, len(least)
    for need in sorted(least, reverse=True):
        if need * count <= rest:
            break
        rest -= need
        count -= 1
    common = rest / count if count else 0.0
    return [max(need, common) for need in least]


def role_of(box: Box) -> Role:
    """The face of a box: headers and bands 黑体, the rest 仿宋."""
    return Role.HEI if box.role in ("header", "band") else Role.FANG


@lru_cache(maxsize=4096)
def fit_label(text: str, role: Role, faces: FaceSet, width: float, size: float, balanced: bool) -> Fitted:
    """A label in one size with as many lines as it needs; labels are the same in every report, so they are kept."""
    if len(text) <= _SHORT:
        # A short word such as 自然人 rather shrinks a little than breaks.
        return fit_cell(text, role, faces, width, size, minimum=_SHRUNK * size)
    return fit_cell(text, role, faces, width, size, minimum=size, lines=_ANY_NUMBER, balanced=balanced)


@lru_cache(maxsize=4096)
def fit_figure(text: str, faces: FaceSet, width: float, size: float) -> Fitted:
    """A figure on one line, shrunk where it must be; what is no figure may need more lines."""
    smallest = SMALLEST_FIGURE if _FIGURE.fullmatch(text) else SMALLEST_TEXT
    return fit_cell(text, Role.FANG, faces, width, size, minimum=min(size, smallest))


def _set_boxes(
    boxes: Sequence[Box], figures: Mapping[str, str], faces: FaceSet, edges: Sequence[float], size: float
) -> tuple[tuple[Fitted, ...], bool]:
    """The texts of all boxes, and whether all labels are set as they should be."""
    cells: list[Fitted] = []
    all_fit = True
    for box in boxes:
        outer = edges[box.column + box.colspan] - edges[box.column]
        width = outer - 2 * _padding(outer)
        if box.cell is not None:
            cells.append(fit_figure(figures[box.cell], faces, width, size))
            continue
        balanced = not (box.role == "label" and box.rowspan == 1)
        text = _by_sense(box.text, width / size, box.rowspan) if balanced else box.text
        fitted = fit_label(text, role_of(box), faces, width, size, balanced)
        all_fit &= fitted.fits
        cells.append(fitted)
    return tuple(cells), all_fit


def _least_heights(table: Table, cells: Sequence[Fitted]) -> tuple[float, ...]:
    heights = [0.0] * len(table.rows)
    spanning: list[tuple[Box, float]] = []
    for box, fitted in zip(table.boxes, cells, strict=True):
        need = text_height(fitted) + 2 * _PAD_HEIGHT
        if box.rowspan == 1:
            heights[box.row] = max(heights[box.row], need)
        else:
            spanning.append((box, need))
    # What the rows of a box lack together is shared among them, the smaller boxes first.
    for box, need in sorted(spanning, key=lambda pair: pair[0].rowspan):
        rows = range(box.row, box.row + box.rowspan)
        lack = need - sum(heights[row] for row in rows)
        if lack > 0:
            for row in rows:
                heights[row] += lack / box.rowspan
    return tuple(heights)


def text_height(fitted: Fitted) -> float:
    """Height of the lines of a cell."""
    return len(fitted.lines) * LINE * fitted.size


def _padding(width: float) -> float:
    return _PAD_NARROW if width <= NARROW else _PAD_WIDE


def _by_sense(text: str, room: float, rows: int) -> str:
    """A centred label with line breaks where the sense has them, in a box `room` characters wide and `rows` high.

    After its number (（三） / 不予公开), between phrases, or between words of two characters (社会公益 / 组织).
    """
    if len(text) <= room:
        return text
    number = ITEM.match(text)
    if number and len(text) - number.end() <= room:
        return f"{number[0]}\n{text[number.end() :]}"
    phrases = _PHRASES.findall(text)
    if 1 < len(phrases) <= rows and all(len(phrase) <= room for phrase in phrases):
        return "\n".join(phrases)
    pair = int(room) // 2 * 2
    if len(text) % 2 or not 2 <= pair < len(text) <= _MOST_PAIRS * pair or not _HAN.fullmatch(text):
        return text
    return "\n".join(text[i : i + pair] for i in range(0, len(text), pair))
