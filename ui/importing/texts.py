"""The texts that were read, each in an editor of its own, to be corrected before they are kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gkdesk.i18n import _
from gkdesk.imports.review import Review
from gkdesk.report.history_words import name_of
from ui import theme
from ui.importing.words import STATES, word
from ui.widgets.states import State

LINES = 5


class TextsPage(QScrollArea):
    """The texts of a review."""

    changed = Signal()

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.editors: dict[str, QPlainTextEdit] = {}
        self._words: dict[str, QLabel] = {}
        self._confirm: dict[str, QPushButton] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setSpacing(theme.gap(4))
        for key in review.texts:
            if review.found(key) or review.mark(key) == "missing":
                self._add(key, column)
        column.addStretch(1)
        self.setWidget(page)
        self.refresh()

    def refresh(self) -> None:
        """Marks have changed."""
        for key, label in self._words.items():
            mark = self._review.mark(key)
            state = STATES[mark]
            label.setText(word(mark))
            label.setStyleSheet(f"color: {theme.colour(state.colour).name()}")
            self._confirm[key].setVisible(state is State.WARNING)

    def show_key(self, key: str) -> None:
        editor = self.editors.get(key)
        if editor is not None:
            self.ensureWidgetVisible(editor)
            editor.setFocus()

    def _add(self, key: str, column: QVBoxLayout) -> None:
        name = name_of(key, self._review.imported.form)
        title = QLabel(name, self)
        theme.bind_font(title, bold=True)
        self._words[key] = QLabel(self)
        confirm = self._confirm[key] = QPushButton(_("确认"), self)
        confirm.setProperty("key", key)
        confirm.setAutoDefault(False)
        confirm.setAccessibleName(_("确认{field}").format(field=name))
        confirm.clicked.connect(self._on_confirmed)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addWidget(self._words[key])
        row.addStretch(1)
        row.addWidget(confirm)
        editor = self.editors[key] = QPlainTextEdit(self._review.text(key), self)
        editor.setAccessibleName(name)
        editor.setTabChangesFocus(True)
        editor.setProperty("key", key)
        lines = min(LINES, 1 + len(self._review.text(key)) // 30)
        editor.setFixedHeight(editor.fontMetrics().lineSpacing() * (lines + 1) + theme.gap(12))
        editor.textChanged.connect(self._on_typed)
        column.addLayout(row)
        column.addWidget(editor)

    def _on_typed(self) -> None:
        editor = self.sender()
        assert isinstance(editor, QPlainTextEdit)
        self._review.correct(editor.property("key"), editor.toPlainText())
        self.refresh()
        self.changed.emit()

    def _on_confirmed(self) -> None:
        self._review.confirm([self.sender().property("key")])
        self.refresh()
        self.changed.emit()
