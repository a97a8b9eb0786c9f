"""What was read, one line a cell: its mark, its place, what the source says, and the figure that will be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports.review import Review
from gkdesk.report.history_words import name_of
from gkdesk.words import clauses
from ui import icons, theme
from ui.importing.words import STATES, TO_SEE, sentence, word
from ui.widgets.states import State

MARK, PLACE, FOUND, VALUE = range(4)
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOTHING = QModelIndex()
_PLAIN = (State.DONE, State.FILLING, State.HINT, State.EMPTY)
"""States whose lines have no ground of their own."""


class CellModel(QAbstractTableModel):
    """The cells and one-line fields of a review; the last column is edited."""

    corrected = Signal()
    refused = Signal(str)
    """Why what was typed could not be taken."""

    def __init__(self, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self._review = review
        self.keys: tuple[str, ...] = ()
        form = review.imported.form
        self._names = {key: name_of(key, form) for key in (*review.cells, *review.lines)}
        self._roles: dict[int, Callable[[str, int], Any]] = {
            Role.DisplayRole: self._words,
            Role.EditRole: self._words,
            Role.DecorationRole: self._icon,
            Role.BackgroundRole: self._ground,
            Role.ToolTipRole: self._explanation,
            Role.AccessibleTextRole: self._spoken,
        }
        self.show_all(only_open=False)

    def show_all(self, *, only_open: bool) -> None:
        """Show every line, or those that the clerk should look at."""
        keys = (*self._review.lines, *self._review.cells)
        self.beginResetModel()
        self.keys = tuple(key for key in keys if not only_open or self._review.mark(key) in TO_SEE)
        self.endResetModel()

    def refresh(self) -> None:
        """Marks or figures have changed."""
        if self.keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.keys) - 1, VALUE))

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else VALUE + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == VALUE else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("标记"), _("位置"), _("原文"), _("读作（可改）"))[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        answer = self._roles.get(role)
        return answer(self.keys[index.row()], index.column()) if answer else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole:
            return False
        try:
            self._review.correct(self.keys[index.row()], str(value))
        except KnownError as error:
            self.refused.emit(str(error))
            return False
        self.dataChanged.emit(index.siblingAtColumn(0), index.siblingAtColumn(VALUE))
        self.corrected.emit()
        return True

    def _words(self, key: str, column: int) -> str:
        if column == MARK:
            return word(self._review.mark(key))
        if column == PLACE:
            return self._names[key]
        return self._review.found(key) if column == FOUND else self._review.text(key)

    def _icon(self, key: str, column: int) -> Any:
        if column != MARK:
            return None
        state = STATES[self._review.mark(key)]
        return icons.icon(state.icon, state.colour, 16)

    def _ground(self, key: str, _column: int) -> Any:
        state = STATES[self._review.mark(key)]
        return None if state in _PLAIN else theme.colour(state.ground)

    def _explanation(self, key: str, _column: int) -> str:
        review = self._review
        lines = [self._names[key], sentence(review.mark(key), review.doubt(key)), review.where(key)]
        return "\n".join(line for line in lines if line)

    def _spoken(self, key: str, column: int) -> str:
        review = self._review
        if column != VALUE:
            return self._words(key, column)
        parts = (self._names[key], review.text(key), word(review.mark(key)), review.doubt(key))
        return clauses(parts)


class CellList(QTableView):
    """The table of :class:`CellModel`."""

    key_chosen = Signal(str)
    """The line that the clerk is on now."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = CellModel(review, self)
        self.setModel(self.cells)
        self.setAccessibleName(_("逐格核对"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.gap(28))
        header = self.horizontalHeader()
        header.setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((MARK, 92), (FOUND, 96), (VALUE, 120)):
            self.setColumnWidth(column, theme.gap(width))
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def select_key(self, key: str) -> None:
        """Go to the line of a key; to nothing where it is not shown."""
        if key in self.cells.keys:
            # said outright: the view would toggle the line while Ctrl is held
            flags = QItemSelectionModel.SelectionFlag
            index = self.cells.index(self.cells.keys.index(key), VALUE)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def selected_keys(self) -> list[str]:
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.cells.keys[row] for row in rows]

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            if current.column() != VALUE:
                self.setCurrentIndex(current.siblingAtColumn(VALUE))  # typing always goes to the figure
                return
            self.key_chosen.emit(self.cells.keys[current.row()])
