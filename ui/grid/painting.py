"""Painting the form: one way of drawing a box for the headers, the corner and the body of the grid."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon, QStaticText

from gkdesk.formats import Box
from ui import theme
from ui.grid.look import Look
from ui.grid.places import Places
from ui.grid.sizes import Fonts, Sizes, balanced_width

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
KEPT_FIGURES = 2_000
SMALLEST = 0.6
"""A figure that is too long for its column is drawn smaller, down to this part of its size."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Brushes and pens of the colour set in force, made once."""

    back: dict[str, QBrush]
    pen: dict[str, QPen]

    @classmethod
    def now(cls) -> Inks:
        """Inks of the current theme."""
        colours = theme.current()
        backs = {
            "plain": colours.paper,
            "computed": colours.computed,
            "selected": colours.selection,
            "error": colours.error_back,
            "warning": colours.warning_back,
            "label": colours.label,
            "here": colours.hover,
            "line": colours.line,
            "window": colours.window,
            "error_mark": colours.error,
            "warning_mark": colours.warning,
            "stated_mark": colours.hint,
        }
        pens = {
            "plain": colours.text,
            "computed": colours.computed_text,
            "partial": colours.disabled,
            "secondary": colours.secondary,
            "error": colours.error,
            "warning": colours.warning,
            "line": colours.line,
            "accent": colours.accent,
        }
        current = QPen(QColor(colours.accent), 2)
        current.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return cls(
            {name: QBrush(QColor(value)) for name, value in backs.items()},
            {name: QPen(QColor(value)) for name, value in pens.items()} | {"current": current},
        )


class FormPainter:
    """Draws boxes of one table. The view keeps it, and makes another when sizes, font or theme change."""

    def __init__(self, places: Places, sizes: Sizes, fonts: Fonts, *, with_last: bool) -> None:
        self.places = places
        self.sizes = sizes
        self.fonts = fonts
        self.inks = Inks.now()
        self.with_last = with_last
        self._figure = QFontMetrics(fonts.figure)
        self._label = QFontMetrics(fonts.label)
        self._texts: dict[Box, QRect] = {}
        self._figures: dict[str, QStaticText] = {}
        self._small_height = QFontMetrics(fonts.small).height()
        self._mark = max(5, self._figure.height() // 3)

    def box_rect(self, box: Box, scrolled: QPoint) -> QRect:
        """A box in coordinates of the body, scrolled by so many pixels.

        Edges that lie in the frozen part do not scroll; a box over both parts reaches from one to the other.
        """
        x, y = self.sizes.x, self.sizes.y
        left, top = self.places.left, self.places.top
        right_edge, bottom_edge = box.column + box.colspan, box.row + box.rowspan
        x0 = x[box.column] - x[left] - (scrolled.x() if box.column >= left else 0)
        x1 = x[right_edge] - x[left] - (scrolled.x() if right_edge > left else 0)
        y0 = y[box.row] - y[top] - (scrolled.y() if box.row >= top else 0)
        y1 = y[bottom_edge] - y[top] - (scrolled.y() if bottom_edge > top else 0)
        # the last pixel in each direction is the line between boxes
        return QRect(x0, y0, x1 - x0 - 1, y1 - y0 - 1)

    def words(
        self, painter: QPainter, rect: QRect, box: Box, body: QSize, *, here: bool, broken: bool
    ) -> None:
        """A header, band or label with its text; ``here`` when it heads the current cell.

        The text of a merged box stays where the box is not scrolled away; ``body`` is the size of the body.
        """
        painter.fillRect(rect, self.inks.back["error" if broken else "here" if here else "label"])
        painter.setFont(self.fonts.label)
        painter.setPen(self.inks.pen["error" if broken else "plain"])
        # a line of the form begins at the left; titles and what stands for several rows are centred
        if box.role == "label" and box.rowspan == 1:
            pad = self.fonts.pad
            painter.drawText(rect.adjusted(pad, 0, -pad, 0), _LEFT, box.text)
        else:
            text = self._text_of(box, rect)
            x0 = 0 if box.column >= self.places.left else rect.left()
            y0 = 0 if box.row >= self.places.top else rect.top()
            x = _middle(rect.left(), rect.right(), x0, body.width(), text.width())
            y = _middle(rect.top(), rect.bottom(), y0, body.height(), text.height())
            painter.drawText(QRect(x, y, text.width(), text.height()), _CENTRE, box.text)
        if broken:
            self._corner(painter, rect, "error_mark")

    def _text_of(self, box: Box, rect: QRect) -> QRect:
        """Width and height of a centred text, its lines of even length."""
        size = self._texts.get(box)
        if size is None:
            width = balanced_width(self._label, box.text, rect.width() - 2 * self.fonts.pad)
            size = self._label.boundingRect(QRect(0, 0, width, 0), _CENTRE, box.text)
            self._texts[box] = size = QRect(0, 0, width, size.height())
        return size

    def figure(self, painter: QPainter, rect: QRect, look: Look, *, selected: bool, current: bool) -> None:
        """One figure with its ground, unit and marks."""
        inks = self.inks
        ground = look.tone if look.tone != "plain" else "computed" if look.computed else "plain"
        painter.fillRect(rect, inks.back["selected" if selected and not current else ground])
        pad = self.fonts.pad
        inner = rect.adjusted(pad, 0, -pad, 0)
        if self.with_last:
            inner = self._last_year(painter, inner, look)
        if look.unit:
            inner = self._unit(painter, inner, look)
        if look.text:
            self._text(painter, inner, look)
        if look.tone != "plain":
            self._corner(painter, rect, f"{look.tone}_mark")
        if look.stated:
            self._stated(painter, rect)
        if current:
            painter.setPen(inks.pen["current"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _text(self, painter: QPainter, rect: QRect, look: Look) -> None:
        name = (
            "partial"
            if look.partial
            else look.tone
            if look.tone != "plain"
            else "computed"
            if look.computed
            else "plain"
        )
        painter.setPen(self.inks.pen[name])
        text = self._figures.get(look.text)
        if text is None:
            text = self._laid_out(look.text)
        size = text.size()
        if size.width() <= rect.width():
            painter.setFont(self.fonts.figure)
            y = rect.top() + (rect.height() - size.height()) / 2
            painter.drawStaticText(QPointF(rect.right() + 1 - size.width(), y), text)
        else:
            self._squeeze(painter, rect, look.text, size.width())

    def _laid_out(self, text: str) -> QStaticText:
        """A figure laid out once; drawing it again takes a third of the time."""
        if len(self._figures) > KEPT_FIGURES:
            self._figures.clear()
        made = QStaticText(text)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        made.prepare(font=self.fonts.figure)
        self._figures[text] = made
        return made

    def _squeeze(self, painter: QPainter, rect: QRect, text: str, needed: float) -> None:
        """A figure that is too long for its column: smaller, and shortened if that is not enough."""
        font = QFont(self.fonts.figure)
        font.setPointSizeF(font.pointSizeF() * max(SMALLEST, rect.width() / needed))
        painter.setFont(font)
        shortened = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _RIGHT, shortened)

    def _unit(self, painter: QPainter, rect: QRect, look: Look) -> QRect:
        painter.setFont(self.fonts.label)
        painter.setPen(self.inks.pen["secondary" if look.text else "partial"])
        painter.drawText(rect, _RIGHT, look.unit)
        return rect.adjusted(0, 0, -self.unit_width(look.unit), 0)

    def unit_width(self, unit: str) -> int:
        """Pixels that a unit of money takes beside its figure."""
        return self._label.horizontalAdvance(unit) + self.fonts.gap

    def _last_year(self, painter: QPainter, rect: QRect, look: Look) -> QRect:
        height = self._small_height
        if look.last:
            painter.setFont(self.fonts.small)
            painter.setPen(self.inks.pen["secondary"])
            below = QRect(rect.left(), rect.bottom() - height, rect.width(), height)
            painter.drawText(below, _RIGHT, look.last)
        return rect.adjusted(0, 0, 0, -height)

    def _corner(self, painter: QPainter, rect: QRect, ink: str) -> None:
        right, top, size = rect.right() + 1, rect.top(), self._mark
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.inks.back[ink])
        painter.drawPolygon(
            QPolygon([QPoint(right - size, top), QPoint(right, top), QPoint(right, top + size)])
        )

    def _stated(self, painter: QPainter, rect: QRect) -> None:
        """A small corner below at the left: this total came from outside."""
        left, bottom, size = rect.left(), rect.bottom() + 1, self._mark * 2 // 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.inks.back["stated_mark"])
        corner = [QPoint(left, bottom - size), QPoint(left, bottom), QPoint(left + size, bottom)]
        painter.drawPolygon(QPolygon(corner))


def _middle(start: int, end: int, seen_start: int, seen_end: int, length: int) -> int:
    """Where a text begins that stands in the middle of what is seen of its box, and never leaves the box."""
    low, high = max(start, seen_start), min(end, seen_end)
    if high - low < length:
        return end - length if low > start else start if high < end else (start + end - length) // 2
    return low + (high - low - length) // 2
