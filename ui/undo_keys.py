"""Undo is the whole report's: fields and texts that would take its keys for themselves leave them to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

Standard = QKeySequence.StandardKey
OF_QT = {"edit-undo": "undo", "edit-redo": "redo"}
"""Names of Qt's own actions in the menu of a field, and of the window's that take their places."""


class UndoKeys(QObject):
    """Watches a field or a text. Qt's take the keys of undo even where they have no history of their own."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _KEYS and isinstance(event, QKeyEvent) and _means_undo(event):
            event.ignore()  # on to the window's actions
            return True
        return super().eventFilter(watched, event)


def offer_undo(menu: QMenu, window: QWidget) -> None:
    """Put the window's undo and redo in the places of Qt's own in a field's menu."""
    for own in menu.actions():
        action = window.findChild(QAction, OF_QT.get(own.objectName(), ""))
        if own.objectName() in OF_QT:
            if isinstance(action, QAction):
                menu.insertAction(own, action)
            menu.removeAction(own)


def _means_undo(event: QKeyEvent) -> bool:
    return event.matches(Standard.Undo) or event.matches(Standard.Redo)


_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
