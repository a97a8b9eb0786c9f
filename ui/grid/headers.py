"""The frozen parts of the form: top headers, row labels and the corner, with all their merges."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from gkdesk.formats import Box
from gkdesk.i18n import _
from ui.grid.places import Area

if TYPE_CHECKING:
    from ui.grid.view import FormTableView


class FormHeader(QHeaderView):
    """Top headers or row labels of the form, painted from its boxes; a click selects what a box heads."""

    def __init__(self, orientation: Qt.Orientation, view: FormTableView) -> None:
        super().__init__(orientation, view)
        self._view = view
        self.area = Area.TOP if orientation == Qt.Orientation.Horizontal else Area.SIDE
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        sizes, places = self._view.form.sizes, self._view.form.places
        if self.area is Area.TOP:
            return QSize(0, sizes.y[places.top])
        return QSize(sizes.x[places.left], 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_words(self._view, self.area, self.viewport(), event.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self._box_at(event.position().toPoint())
        if box is not None and event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._view.select_under(box, self.area, extend=extend)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._box_at(event.position().toPoint())
        if box is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._view.select_under(box, self.area, extend=True)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        model = self._view.grid
        if self.area is Area.TOP:
            problems = model.column_problems(self.logicalIndexAt(event.pos()))
        else:
            problems = model.row_problems(self.logicalIndexAt(event.pos()))
            group = model.groups.get(self._box_at(event.pos()))
            if group is not None:
                problems = [*problems, group.words(model.editing.session)]
        lines = "<br>".join(html.escape(line) for line in problems if line)
        QToolTip.showText(event.globalPos(), f"<qt>{lines}</qt>" if lines else "", self)

    def _box_at(self, point: QPoint) -> Box | None:
        places, sizes = self._view.form.places, self._view.form.sizes
        section = self.logicalIndexAt(point)
        if section < 0:
            return None
        if self.area is Area.TOP:
            row = next((row for row in range(places.top) if point.y() < sizes.y[row + 1]), places.top - 1)
            return places.box_at(row, section + places.left)
        last = places.left - 1
        column = next((column for column in range(places.left) if point.x() < sizes.x[column + 1]), last)
        return places.box_at(section + places.top, column)


class FormCorner(QWidget):
    """What the form prints above its labels, such as the rule of sums of table 三; a click selects all."""

    def __init__(self, view: FormTableView) -> None:
        super().__init__(view)
        self._view = view
        self.setAccessibleName(_("选中整张表"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_words(self._view, Area.CORNER, self, event.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._view.selectAll()
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()


def paint_words(view: FormTableView, area: Area, target: QWidget, dirty: QRect) -> None:
    """Paint the boxes of a frozen area into ``target``."""
    form, places = view.form, view.form.places
    origin = QPoint(
        form.sizes.x[places.left] if area in {Area.CORNER, Area.SIDE} else 0,
        form.sizes.y[places.top] if area in {Area.CORNER, Area.TOP} else 0,
    )
    with QPainter(target) as painter:
        painter.fillRect(dirty, form.inks.back["window"])
        painter.translate(origin)
        dirty = dirty.translated(-origin)
        for box in view.area_boxes[area]:
            rect = form.box_rect(box, view.scrolled)
            if rect.adjusted(0, 0, 1, 1).intersects(dirty):
                paint_box(view, painter, box, rect)


def paint_box(view: FormTableView, painter: QPainter, box: Box, rect: QRect) -> None:
    """One header, band or label with the line at its right and lower edge."""
    form, places, grid = view.form, view.form.places, view.grid
    painter.fillRect(rect.adjusted(0, 0, 1, 1), form.inks.back["line"])
    here = broken = False
    row, column = view.current_place
    if box.column + box.colspan == places.left and box.row >= places.top:
        rows = range(box.row - places.top, box.row - places.top + box.rowspan)
        here, broken = row in rows, not grid.broken_rows.isdisjoint(rows)
    elif box.row + box.rowspan == places.top and box.column >= places.left:
        columns = range(box.column - places.left, box.column - places.left + box.colspan)
        here, broken = column in columns, not grid.broken_columns.isdisjoint(columns)
    form.words(painter, rect, box, view.viewport().size(), here=here, broken=broken)
