"""Looking for words on the pages: what, how many, and which is looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from gkdesk.i18n import _
from ui import icons, theme


class SearchBar(QWidget):
    """``searched(words)`` while the clerk types, ``stepped(±1)`` for the next or previous hit."""

    searched = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(_("在各页中查找"))
        self.words.setAccessibleName(_("在各页中查找"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.searched)
        self._count = QLabel(self)
        self._count.setProperty("role", "secondary")
        self._buttons = [
            self._button("arrow-left", _("上一处（Shift+回车）"), -1),
            self._button("arrow-right", _("下一处（回车）"), 1),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(4))
        row.addWidget(self.words, 1)
        row.addWidget(self._count)
        for button in self._buttons:
            row.addWidget(button)
        self.show_count(0, 0)

    def _button(self, icon: str, words: str, distance: int) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setProperty("distance", distance)
        button.clicked.connect(self._on_button_clicked)
        icons.bind(button, icon, size=16)
        return button

    def begin(self) -> None:
        """Let the clerk type what to look for."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def show_count(self, number: int, count: int) -> None:
        """The hit that is looked at, from 1, of how many."""
        searching = bool(self.words.text().strip())
        self._count.setVisible(searching)
        self._count.setText(f"{number}/{count}" if count else _("没有找到"))
        for button in self._buttons:
            button.setVisible(searching)
            button.setEnabled(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape and self.words.text():
            self.words.clear()
        else:
            super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        self.stepped.emit(int(self.sender().property("distance")))
