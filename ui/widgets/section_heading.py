"""The heading of a page or of a part of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.elided_label import ElidedLabel

FACTORS = {1: 1.45, 2: 1.15, 3: 1.0}


class SectionHeading(QWidget):
    """Bold heading, on the right a quieter note, below a line (level 1 only).

    Level 1 heads a page, 2 a part of it, 3 a group of fields.
    """

    def __init__(self, text: str, parent: QWidget | None = None, *, level: int = 1, note: str = "") -> None:
        super().__init__(parent)
        self._level = level
        self._buttons = False
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(level == 1)
        self._note = ElidedLabel("", self)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.set_role(self._note, "secondary")
        self._line = QFrame(self)
        self._line.setFixedHeight(1)
        self._line.setVisible(level == 1)
        self._row = QHBoxLayout()
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._note)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self._line)
        self.set_text(text)
        self.set_note(note)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def text(self) -> str:
        """The heading."""
        return self._text.text()

    def set_text(self, text: str) -> None:
        """Change the heading."""
        self._text.setText(text)
        self.setAccessibleName(text)

    def set_note(self, note: str) -> None:
        """Change the words on the right; none when empty."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_buttons(self, buttons: Sequence[QWidget]) -> None:
        """Put what can be done with the page at the right end of its heading, above the line."""
        for button in buttons:
            self._row.addWidget(button)
        self._buttons = True
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._text.setFont(theme.font(FACTORS[self._level], bold=True))
        self._row.setSpacing(theme.gap(12))
        self._column.setSpacing(theme.gap(4 if self._buttons else 8))
        bottom = {1: 8, 2: 4, 3: 0}[self._level]
        self._column.setContentsMargins(0, 0, 0, theme.gap(bottom))
        self._line.setStyleSheet(f"background: {theme.current().line};")
