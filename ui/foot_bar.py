"""The bar under the wizard: back and next, what is selected, last year's figure, the size of the tables."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gkdesk.i18n import _
from ui import icons, theme
from ui.widgets.elided_label import ElidedLabel

NOTE_SHOWN = 8000
"""Milliseconds for which it is said what was done."""


class FootBar(QWidget):
    """``stepped(distance)`` on 上一步 and 下一步."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QPushButton(_("上一步"), self)
        self.back.clicked.connect(self._on_back)
        icons.bind(self.back, "arrow-left")
        self.next = QPushButton(_("下一步"), self)
        theme.set_role(self.next, "primary")
        self.next.clicked.connect(self._on_next)
        self._note = ElidedLabel("", self)
        self._note.setProperty("role", "secondary")
        self._over = QTimer(self, singleShot=True, interval=NOTE_SHOWN)
        self._over.timeout.connect(self._note.clear)
        self._selection = QLabel(self)
        self._last_year = QLabel(self)
        self._zoom = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(12), theme.gap(4), theme.gap(12), theme.gap(4))
        row.setSpacing(theme.gap(16))
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addWidget(self._note, 1)
        for label in (self._selection, self._last_year, self._zoom):
            row.addWidget(label)

    def show_status(self, selection: str, last_year: str) -> None:
        """Count and sum of the selection, and last year's figure of the current cell."""
        self._selection.setText(selection)
        self._last_year.setText(last_year)

    def show_note(self, words: str) -> None:
        """What has just been done, for a while; nothing for an empty text."""
        if not words and not self._note.text():
            return
        self._note.setText(words)
        self._over.start()
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._note, words))

    def note(self) -> str:
        """What is said to have been done; empty after a while."""
        return self._note.text()

    def show_zoom(self, percent: int) -> None:
        self._zoom.setText(_("缩放 {percent} %").format(percent=percent))

    def allow(self, *, back: bool, forward: bool) -> None:
        """Which of the buttons lead anywhere."""
        self.back.setEnabled(back)
        self.next.setEnabled(forward)

    def _on_back(self) -> None:
        self.stepped.emit(-1)

    def _on_next(self) -> None:
        self.stepped.emit(1)
