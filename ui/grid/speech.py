"""What screen readers are told of a grid beyond what Qt tells them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QTableView


class CellSpeech(QObject):
    """Tells screen readers that cells are called otherwise now.

    A cell's spoken text has its figure and its problem in it, and readers keep it until they hear that it is a new
    one: without this they would read out the figure of before.
    """

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        view.model().dataChanged.connect(self._on_data_changed)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if not QAccessible.isActive():
            return
        for row in range(first.row(), last.row() + 1):
            for column in range(first.column(), last.column() + 1):
                event = QAccessibleEvent(self._view, QAccessible.Event.NameChanged)
                event.setChild(child_number(self._view, row, column))
                QAccessible.updateAccessibility(event)


def child_number(view: QTableView, row: int, column: int) -> int:
    """Which child of the table a cell is to screen readers: Qt counts the headers as row and column 0."""
    return (row + 1) * (view.model().columnCount() + 1) + column + 1
