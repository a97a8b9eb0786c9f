"""What stands where there is nothing yet: an icon, what to do, and a button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme

ICON_SIZE = 48


class EmptyState(QWidget):
    """Icon, a title, a sentence and, where there is something to do, its button; `acted` when it is pressed."""

    acted = Signal()

    def __init__(
        self, icon: str, title: str, words: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel(self)
        self._title = QLabel(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        theme.set_role(self._words, "secondary")
        for label in (self._picture, self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(self)
        theme.set_role(self.button, "primary")
        self.button.clicked.connect(self._on_clicked)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._picture)
        self._column.addWidget(self._title)
        # Aligned in the column it would get the height of its narrowest shape; between stretches it wraps well.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._words, 100)
        middle.addStretch(1)
        self._column.addLayout(middle)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.set_words(title, words, action)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_words(self, title: str, words: str = "", action: str = "") -> None:
        """Change title, sentence and the button's words; the button is hidden without any."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    def _on_clicked(self) -> None:
        self.acted.emit()

    def _on_theme_changed(self) -> None:
        side = theme.gap(ICON_SIZE)
        self._picture.setPixmap(icons.pixmap(self._icon, "secondary", side, self.devicePixelRatioF()))
        self._title.setFont(theme.font(1.15, bold=True))
        self._words.setMaximumWidth(theme.gap(480))
        margin = theme.gap(24)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme.gap(12))
