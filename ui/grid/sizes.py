"""Widths and heights of a form's grid, from font metrics and the format's relative widths.

Worked out when the pane, font or zoom changes, never when a figure does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from gkdesk.formats import Box
from ui import theme
from ui.grid.places import Places

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter)
WIDEST = 84
"""A table grows with its pane up to so many characters; wider, the eye loses the row."""
DIGITS = 4
"""A column of figures keeps room for so many digits."""
LAST_LABEL = 9
"""The innermost label column keeps room for so many characters a line, the others for two."""
FEW_ROWS = 3
"""A table of so few rows has room for taller ones."""
_TALLEST = 10_000


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a grid at one zoom, with the distances that follow from them."""

    figure: QFont
    label: QFont
    small: QFont
    pad: int
    gap: int

    @classmethod
    def at(cls, zoom: int) -> Fonts:
        """Fonts for a zoom in per cent of the program's own size."""
        factor = zoom / 100
        return cls(
            figure=theme.figure_font(factor),
            label=theme.font(factor),
            small=theme.figure_font(factor * 0.8),
            pad=max(2, theme.gap(5 * factor)),
            gap=max(1, theme.gap(2 * factor)),
        )

    def narrowed(self) -> Fonts:
        """The same fonts with less room between figures and lines, for a pane that the table does not fit."""
        return replace(self, pad=max(2, self.pad * 2 // 5))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixel edges of the whole printed grid: ``x`` of columns, ``y`` of rows, one more than there are."""

    x: tuple[int, ...]
    y: tuple[int, ...]

    def width(self, column: int) -> int:
        return self.x[column + 1] - self.x[column]

    def height(self, row: int) -> int:
        return self.y[row + 1] - self.y[row]


def measure(places: Places, fonts: Fonts, available: int, *, with_last: bool) -> Sizes:
    """Sizes that fill ``available`` pixels where the smallest widths allow it.

    ``with_last`` leaves room for last year's figure under this year's.
    """
    widths = _widths(places, fonts, available)
    x = tuple(accumulate(widths, initial=0))
    heights = _heights(places, fonts, x, with_last=with_last)
    return Sizes(x, tuple(accumulate(heights, initial=0)))


def _widths(places: Places, fonts: Fonts, available: int) -> list[int]:
    em = QFontMetrics(fonts.label).horizontalAdvance("国")
    figure = QFontMetrics(fonts.figure).horizontalAdvance("0") * DIGITS
    smallest = [
        (2 if column < places.left - 1 else LAST_LABEL) * em + 2 * fonts.pad + 1
        if column < places.left
        else max(figure, 2 * em) + 2 * fonts.pad + 1
        for column in range(places.left + places.columns)
    ]
    relative = places.table.widths
    total = min(available, WIDEST * em)
    if total <= sum(smallest):
        return smallest
    # columns that would be too narrow keep their smallest width, the others share the rest
    fixed: set[int] = set()
    while True:
        share = total - sum(smallest[column] for column in fixed)
        weight = sum(width for column, width in enumerate(relative) if column not in fixed)
        narrow = {
            column
            for column, width in enumerate(relative)
            if column not in fixed and share * width // weight < smallest[column]
        }
        if not narrow:
            break
        fixed |= narrow
    widths = [
        smallest[column] if column in fixed else share * width // weight
        for column, width in enumerate(relative)
    ]
    for column in [column for column in range(len(widths)) if column not in fixed][: total - sum(widths)]:
        widths[column] += 1
    return widths


def _heights(places: Places, fonts: Fonts, x: tuple[int, ...], *, with_last: bool) -> list[int]:
    label, figure = QFontMetrics(fonts.label), QFontMetrics(fonts.figure)
    line = max(label.height(), figure.height()) + 2 * fonts.gap + 1
    roomy = line // 2 if len(places.table.row_ids) <= FEW_ROWS else 0
    extra = QFontMetrics(fonts.small).height() if with_last else 0
    heights = [line + (extra + roomy if row.role == "data" else fonts.gap) for row in places.table.rows]
    # boxes of one row first: a tall box only adds what its rows do not give it already
    for box in sorted((box for box in places.table.boxes if box.text), key=lambda box: box.rowspan):
        rows = range(box.row, box.row + box.rowspan)
        missing = _text_height(box, label, fonts, x) - sum(heights[row] for row in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def balanced_width(metrics: QFontMetrics, text: str, width: int) -> int:
    """The smallest width that takes no more lines than ``width``: 结果／维持 rather than 结果维／持."""
    height = _wrapped(metrics, text, width)
    low, high = metrics.horizontalAdvance("国"), width
    while low < high:
        middle = (low + high) // 2
        if _wrapped(metrics, text, middle) <= height:
            high = middle
        else:
            low = middle + 1
    return high


def _wrapped(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, _TALLEST), WRAP, text).height()


def _text_height(box: Box, metrics: QFontMetrics, fonts: Fonts, x: tuple[int, ...]) -> int:
    width = x[box.column + box.colspan] - x[box.column] - 2 * fonts.pad - 1
    return _wrapped(metrics, box.text, width) + 2 * fonts.gap + 1
