"""The grid of one statutory table: looks like the printed form, types like a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QTableView,
    QWidget,
)

from gkdesk.formats import Box
from gkdesk.i18n import _
from ui import theme
from ui.grid import keys
from ui.grid.editor import FigureDelegate
from ui.grid.headers import FormCorner, FormHeader, paint_box
from ui.grid.model import GridModel
from ui.grid.painting import FormPainter
from ui.grid.places import Area
from ui.grid.sizes import Fonts, measure
from ui.grid.speech import CellSpeech

Index = QModelIndex | QPersistentModelIndex
Trigger = QAbstractItemView.EditTrigger
ZOOM_MIN = 50
ZOOM_MAX = 200
ZOOM_STEP = 10


class FormTableView(QTableView):
    """The view of a :class:`GridModel`. Everything it changes goes through the model's ``Editing``."""

    current_moved = Signal(str)
    """The cell id that is current now; empty for none."""
    selection_moved = Signal()
    zoom_changed = Signal(int)
    sizes_changed = Signal()
    """Columns, font or colours are new."""
    told = Signal(str)
    """Something to tell the user in one line, such as why a key did nothing."""
    done = Signal(str)
    """What a command has done to many cells at once, to be told with a way back."""
    asked = Signal(str, str, object)
    """A question before something is done: its words, those of the button that says yes, and what to call then."""
    pasted = Signal(object)
    """A :class:`ui.grid.clipboard.PasteReport`."""
    help_asked = Signal(str)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self.enter_moves_right = False
        self.opened_by_typing = False
        self.tab_start: int | None = None
        self.current_place = (-1, -1)
        self.area_boxes = {area: model.places.area_boxes(area) for area in Area}
        self._zoom = 100
        self._room_below = 0
        self._with_last = False
        self.form = self._measured()
        self._figures = FigureDelegate(self)
        self._corner = FormCorner(self)
        self._set_up()
        self.setModel(model)
        for row, column, rows, columns in model.places.spans():
            self.setSpan(row, column, rows, columns)
        self._take_sizes()
        model.marks_changed.connect(self._on_marks_changed)
        model.refused.connect(self.told)
        self._speech = CellSpeech(self)
        theme.signals().changed.connect(self.rebuild)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        first = model.places.next_input(-1, -1, 1)
        if first:
            self.setCurrentIndex(model.index(*first))

    def _set_up(self) -> None:
        self.setHorizontalHeader(FormHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(FormHeader(Qt.Orientation.Vertical, self))
        self.horizontalHeader().setVisible(self.grid.places.top > 0)
        self.verticalHeader().setVisible(self.grid.places.left > 0)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(self._figures)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(Trigger.AnyKeyPressed | Trigger.EditKeyPressed | Trigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.grid.table.name)

    # ------------------------------------------------------------ sizes

    def _measured(self) -> FormPainter:
        """The table as wide as the pane, without the scroll bar's room where all rows are seen anyway."""
        whole = self.width() - 2 * self.frameWidth()
        form = self._fitted(whole)
        if form.sizes.y[-1] > self.height() - 2 * self.frameWidth():
            form = self._fitted(whole - self.verticalScrollBar().sizeHint().width())
        return form

    def _fitted(self, available: int) -> FormPainter:
        fonts = Fonts.at(self._zoom)
        sizes = measure(self.grid.places, fonts, available, with_last=self._with_last)
        if sizes.x[-1] > available:
            fonts = fonts.narrowed()
            sizes = measure(self.grid.places, fonts, available, with_last=self._with_last)
        return FormPainter(self.grid.places, sizes, fonts, with_last=self._with_last)

    def rebuild(self) -> None:
        """Measure and paint anew: the pane, font, zoom or colours have changed."""
        self.commit_pending()
        self.form = self._measured()
        self._take_sizes()
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        self._corner.update()
        self.sizes_changed.emit()

    def _take_sizes(self) -> None:
        sizes, places = self.form.sizes, self.grid.places
        for column in range(places.columns):
            self.horizontalHeader().resizeSection(column, sizes.width(column + places.left))
        for row in range(places.rows):
            self.verticalHeader().resizeSection(row, sizes.height(row + places.top))
        self.updateGeometries()

    def set_room_below(self, pixels: int) -> None:
        """Let the table be scrolled so far beyond its end: a message lies over its last rows."""
        if pixels != self._room_below:
            self._room_below = pixels
            self.updateGeometries()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._room_below:
            beyond = self.verticalHeader().length() + self._room_below - self.viewport().height()
            self.verticalScrollBar().setMaximum(max(0, beyond))
        margins = self.viewportMargins()
        visible = margins.left() > 0 and margins.top() > 0
        self._corner.setVisible(visible)
        if visible:
            corner = self.viewport().geometry().topLeft() - QPoint(margins.left(), margins.top())
            self._corner.setGeometry(QRect(corner, QSize(margins.left(), margins.top())))
            self._corner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            form = self._measured()
            if form.sizes != self.form.sizes:
                self.form = form
                self._take_sizes()
            self.sizes_changed.emit()
        if event.size().height() < event.oldSize().height() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def sizeHint(self) -> QSize:
        return QSize(self.form.sizes.x[-1], self.form.sizes.y[-1])

    @property
    def zoom(self) -> int:
        """Size in per cent of the program's own."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show the table larger or smaller; brought into ZOOM_MIN … ZOOM_MAX."""
        percent = min(ZOOM_MAX, max(ZOOM_MIN, percent))
        if percent != self._zoom:
            self._zoom = percent
            self.rebuild()
            self.zoom_changed.emit(percent)

    def show_last_year(self, shown: bool) -> None:
        """Last year's figure under each figure, or not."""
        if shown != self._with_last:
            self._with_last = shown
            self.rebuild()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.tab_start = None
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            up = event.angleDelta().y()
            if up:
                self.set_zoom(self._zoom + (ZOOM_STEP if up > 0 else -ZOOM_STEP))
            event.accept()
            return
        super().wheelEvent(event)

    # ------------------------------------------------------------ painting

    @property
    def scrolled(self) -> QPoint:
        """Pixels by which the body is scrolled."""
        return QPoint(self.horizontalHeader().offset(), self.verticalHeader().offset())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        # texts of merged boxes stay where they can be read: what Qt has moved is painted anew
        if dx:
            self.horizontalHeader().viewport().update()
            if self.grid.places.straddles:
                self.viewport().update()
        if dy or self.grid.places.straddles:
            self.verticalHeader().viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            self._paint(painter, event.region())

    def _paint(self, painter: QPainter, region: QRegion) -> None:
        scrolled = self.scrolled
        form, grid, places = self.form, self.grid, self.grid.places
        selected = self._selected_cells()
        current = places.owner(*self.current_place)
        line = form.inks.back["line"]
        dirty: dict[tuple[int, int], Box] = {}
        # by its parts: two far cells have a large rectangle around them
        for part in region:
            painter.fillRect(part, form.inks.back["window"])
            dirty |= self._boxes_in(part)
        for box in dirty.values():
            rect = form.box_rect(box, scrolled)
            if box.cell is None:
                paint_box(self, painter, box, rect)
            else:
                painter.fillRect(rect.adjusted(0, 0, 1, 1), line)
                form.figure(
                    painter,
                    rect,
                    grid.look(box.cell),
                    selected=box.cell in selected,
                    current=box.cell == current,
                )

    def _boxes_in(self, rect: QRect) -> dict[tuple[int, int], Box]:
        places = self.grid.places
        top, bottom = self.rowAt(max(0, rect.top())), self.rowAt(rect.bottom())
        left, right = self.columnAt(max(0, rect.left())), self.columnAt(rect.right())
        if top < 0 or left < 0:
            return {}
        rows = range(top, (places.rows if bottom < 0 else bottom + 1))
        columns = range(left, (places.columns if right < 0 else right + 1))
        found: dict[tuple[int, int], Box] = {}
        for row in rows:
            for column in columns:
                box = places.box_at(row + places.top, column + places.left)
                if box is not None:
                    found[box.row, box.column] = box
        return found

    def _selected_cells(self) -> set[str]:
        owners = self.grid.places.owners
        return {
            cell
            for part in self.selectionModel().selection()
            for row in range(part.top(), part.bottom() + 1)
            for cell in owners[row][part.left() : part.right() + 1]
            if cell is not None
        }

    def _on_marks_changed(self, rows: frozenset[int], columns: frozenset[int]) -> None:
        for row in rows:
            self._update_label(row)
        for column in columns:
            self._update_header(column)

    # ------------------------------------------------------------ current cell and selection

    @property
    def current_cell(self) -> str | None:
        """The id of the current cell."""
        return self.grid.cell_at(self.currentIndex())

    def selected(self) -> list[str]:
        """Ids of the selected cells in print order."""
        chosen = self._selected_cells()
        return [cell for cell in self.grid.table.cells if cell in chosen]

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        before, self.current_place = self.current_place, (current.row(), current.column())
        for place in (before, self.current_place):
            if place[0] >= 0:
                self._update_label(place[0])
                self._update_header(place[1])
                self.viewport().update(self.visualRect(self.grid.index(*place)))
        self.current_moved.emit(self.grid.cell_at(current) or "")

    def _update_label(self, row: int) -> None:
        """Repaint the innermost label of a row."""
        places = self.grid.places
        box = places.box_at(row + places.top, places.left - 1)
        if box is not None:
            rect = self.form.box_rect(box, self.scrolled).translated(self.form.sizes.x[places.left], 0)
            self.verticalHeader().viewport().update(rect)

    def _update_header(self, column: int) -> None:
        """Repaint the lowest header of a column."""
        places = self.grid.places
        box = places.box_at(places.top - 1, column + places.left)
        if box is not None:
            rect = self.form.box_rect(box, self.scrolled).translated(0, self.form.sizes.y[places.top])
            self.horizontalHeader().viewport().update(rect)

    def _on_selection_changed(self) -> None:
        self.selection_moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._take_focus(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._take_focus(event)

    def _take_focus(self, event: QFocusEvent) -> None:
        """Qt's own handlers repaint the whole form at each key that opens or closes an editor."""
        index = self.currentIndex()
        editable = bool(self.grid.flags(index) & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, editable)
        self.viewport().update(self.visualRect(index))
        event.accept()

    def select_under(self, box: Box, area: Area, *, extend: bool) -> None:
        """Select the figures that a header or label stands for."""
        keys.select_under(self, box, area, extend=extend)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        return keys.move_cursor(self, action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Typing a figure must not jump to a cell that begins with it."""

    def go_to(self, cell: str) -> bool:
        """Make a cell current and show it; False for a cell of another table."""
        index = self.grid.index_of(cell)
        if not index.isValid():
            return False
        self.commit_pending()
        self.tab_start = None
        # setCurrentIndex() would add to the selection while Ctrl or Shift is held
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # ------------------------------------------------------------ editing

    def edit(self, index: Index, trigger: Trigger | None = None, event: QEvent | None = None) -> bool | None:
        """Open the editor, and remember whether typing did it."""
        if trigger is None:
            self.opened_by_typing = False
            super().edit(index)
            return None
        if trigger != Trigger.NoEditTriggers:
            self.opened_by_typing = trigger == Trigger.AnyKeyPressed
        return super().edit(index, trigger, event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        closed = self._figures.editor is None
        super().inputMethodEvent(event)
        editor = self._figures.editor
        # Qt opens the editor for a text without composition (a full-width digit) but does not pass it on
        if closed and editor is not None and event.commitString() and not editor.touched:
            QApplication.sendEvent(editor, event)

    def commit_pending(self) -> None:
        """Write and close an open editor. To be called before saving, leaving, undo and paste."""
        editor = self._figures.editor
        if editor is not None:
            self._figures.close(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # moving on is ours: Qt's own hints know nothing of totals and labels
        revert = hint == QAbstractItemDelegate.EndEditHint.RevertModelCache
        plain = QAbstractItemDelegate.EndEditHint.NoHint
        here = self.window().focusWidget() is editor
        super().closeEditor(editor, hint if revert else plain)
        if here:
            # Qt sees to it only while no menu is open: the focus would go to the window's first button
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_unit(self, cell: str, unit: str) -> None:
        """Give an amount of money another unit; the figure stays."""
        definition = self.grid.table.cells[cell]
        name = _("{cell}单位改为{unit}").format(cell=definition.column_path[-1], unit=unit)
        self.grid.apply({f"units.{cell}": unit}, name)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Ctrl with a key moves far; Qt would leave the selection behind, and Del would empty another cell
        if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def event(self, event: QEvent) -> bool:
        # Qt hands Tab on to the next widget before keyPressEvent sees it
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if tab and not event.modifiers() & keys.COMMANDS:
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.press(self, event):
            event.accept()
            return
        typed = event.text()
        if typed and typed.isprintable() and not event.modifiers() & keys.COMMANDS:
            self._say_why_not()
        super().keyPressEvent(event)

    def _say_why_not(self) -> None:
        cell = self.current_cell
        if cell is None:
            return
        if self.grid.editing.read_only:
            self.told.emit(self.grid.editing.why_read_only())
        elif cell not in self.grid.places.inputs:
            self.told.emit(_("总计由各项自动相加，不用填写；请改各项的数。"))

    def leave(self, *, forward: bool) -> None:
        """Give the focus to the widget after (or before) the table: Tab beyond its last cell."""
        self.focusNextPrevChild(forward)

    def move_by_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Go where Enter, Tab or an arrow leads from the current cell."""
        keys.move(self, key, modifiers)
