"""The line editor of a cell, and the delegate that opens and reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from gkdesk.i18n import _
from ui import theme
from ui.grid import clipboard
from ui.grid.look import money_unit, name_of

if TYPE_CHECKING:
    from ui.grid.view import FormTableView

Key = Qt.Key
Index = QModelIndex | QPersistentModelIndex
LEAVING = {Key.Key_Return, Key.Key_Enter, Key.Key_Tab, Key.Key_Backtab}
ARROWS = {Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right}
MAX_LENGTH = 200


class FigureEditor(QLineEdit):
    """A line for one figure. ``typed_over`` when typing opened it: then arrows leave it, as in a spreadsheet."""

    touched_changed = Signal()
    """Text or unit have changed: they may differ from what was there, or no longer."""

    def __init__(
        self, parent: QWidget, cell: str, units: tuple[str, ...], unit: str, *, typed_over: bool
    ) -> None:
        super().__init__(parent)
        self.cell = cell
        self.typed_over = typed_over
        self.filled = False
        self.initial = ("", unit)
        self.units = units
        self.unit = unit
        self._button: QToolButton | None = None
        self.setMaxLength(MAX_LENGTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        colours = theme.current()
        self.setStyleSheet(
            f"QLineEdit {{ border: 2px solid {colours.accent}; border-radius: 0; padding: 0 1px;"
            f" background: {colours.paper}; }}"
        )
        self.textChanged.connect(self.touched_changed)
        if len(units) > 1:
            self._add_button()

    def fill(self, text: str) -> None:
        """Show a text as the one to be edited; only the first call counts, typing is never wiped."""
        if not self.filled:
            self.filled = True
            self.initial = (text, self.unit)
            self.setText(text)
            self.selectAll()

    @property
    def touched(self) -> bool:
        """True when text or unit differ from what was there."""
        return (self.text().strip(), self.unit) != self.initial

    def _add_button(self) -> None:
        self._button = QToolButton(self)
        self._button.setObjectName("unit")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.setText(self.unit)
        # without the room that the program's style gives to buttons of toolbars
        self._button.setStyleSheet("QToolButton { padding: 0; border: none; }")
        self._button.setToolTip(_("点这里换单位（元、万元也可以直接写在数后面）"))
        self._button.setAccessibleName(_("金额单位"))
        self._button.clicked.connect(self._on_unit_clicked)
        self.setTextMargins(0, 0, self._button.sizeHint().width(), 0)

    def _on_unit_clicked(self) -> None:
        place = self.units.index(self.unit)
        self.unit = self.units[(place + 1) % len(self.units)]
        if self._button:
            self._button.setText(self.unit)
            self.setTextMargins(0, 0, self._button.sizeHint().width(), 0)
            self._place_button()
        self.touched_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        if self._button:
            width = self._button.sizeHint().width()
            self._button.setGeometry(self.width() - width - 2, 2, width, self.height() - 4)


class FigureDelegate(QStyledItemDelegate):
    """Opens :class:`FigureEditor` in the grid and hands its keys to the view."""

    def __init__(self, view: FormTableView) -> None:
        super().__init__(view)
        self._view = view
        self.editor: FigureEditor | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget | None:
        cell = self._view.grid.cell_at(index)
        if cell is None:
            return None
        definition = self._view.grid.table.cells[cell]
        units = definition.units if definition.prints_unit else ()
        unit = money_unit(self._view.grid.editing.session, definition)
        editor = FigureEditor(parent, cell, units, unit, typed_over=self._view.opened_by_typing)
        editor.setFont(self._view.form.fonts.figure)
        editor.setAccessibleName(name_of(definition))
        editor.touched_changed.connect(self._on_touched_changed)
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, FigureEditor):
            editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        # what was not changed is not written: a stated figure stays stated
        if isinstance(editor, FigureEditor) and editor.touched:
            cell = self._view.grid.cell_at(index)
            if cell is not None:
                unit = editor.unit if editor.unit != editor.initial[1] else None
                self._view.grid.type_in(cell, editor.text(), unit)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
        if isinstance(editor, FigureEditor):
            self._view.grid.editing.release(editor.cell)
        super().destroyEditor(editor, index)

    def _on_touched_changed(self) -> None:
        """Nothing is called saved while a figure stands in the line only."""
        editing, editor = self._view.grid.editing, self.editor
        if editor is not None:
            (editing.hold if editor.touched else editing.release)(editor.cell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            editor = self.editor
            if editor is not None and watched is editor and self._leaves(editor, event):
                return True
        return super().eventFilter(watched, event)

    def _leaves(self, editor: FigureEditor, event: QKeyEvent) -> bool:
        key = Key(event.key())
        if key in LEAVING or (key in ARROWS and editor.typed_over and not event.modifiers() & _MODIFIED):
            self.close(editor)
            self._view.move_by_key(key, event.modifiers())
            return True
        if event.matches(QKeySequence.StandardKey.Paste) and _holds_block():
            # a block goes into the table, not into the line
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            clipboard.paste(self._view)
            return True
        if key == Key.Key_F2:
            # from typing over to editing and back, as in a spreadsheet
            editor.typed_over = not editor.typed_over
            return True
        return False

    def close(self, editor: FigureEditor) -> None:
        """Write the editor's text and close it; the current cell stays."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _holds_block() -> bool:
    """Whether the clipboard has more than one line or column."""
    text = QGuiApplication.clipboard().text().strip("\r\n ")
    return "\t" in text or "\n" in text


_MODIFIED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
