"""Editing one text of the report: plain text, set as it will be printed, kept at every pause."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from gkdesk.checks.notes import open_issues
from gkdesk.errors import KnownError
from gkdesk.formats import TextField
from gkdesk.i18n import _
from gkdesk.report import Changes
from ui import theme
from ui.editing import Editing
from ui.utf16 import to_utf16

PAUSE = 400
"""Milliseconds after the last key until what was typed becomes a step and is saved."""
LINE_HEIGHT = 1.7
"""Height of a line in characters."""
INDENT = 2


class TextEditor(QTextEdit):
    """An editor bound to one text field.

    Undo belongs to the whole report, so the editor keeps no history of its own.
    """

    count_changed = Signal(int)
    """Characters without white space, after each change."""
    refused = Signal(str)
    """Why the text could not be taken; it stays in the editor."""

    def __init__(self, editing: Editing, field: TextField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._editing = editing
        self._filling = False
        self._pending = False
        self._text = ""
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(field.label)
        self.setReadOnly(editing.read_only)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.commit_pending)
        self.textChanged.connect(self._on_text_changed)
        editing.changed.connect(self._on_changed)
        theme.signals().changed.connect(self._on_theme_changed)
        self._set_font()
        self._fill(editing.session.text(field.key))
        self.show_issues()

    def commit_pending(self) -> None:
        """Hand what was typed to the report now."""
        self._timer.stop()
        if not self._pending:
            return
        self._pending = False
        name = _("输入“{field}”").format(field=self.field.label)
        try:
            self._editing.edit({self.field.key: self.toPlainText()}, name)
        except KnownError as error:
            self._pending = True
            self.refused.emit(str(error))

    def select_span(self, start: int, end: int) -> None:
        """Select [start, end) in code points and scroll there."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(to_utf16(text, start))
        cursor.setPosition(to_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def line_height(self) -> int:
        """Height of a line in pixels."""
        return round(self._style.lineHeight())

    def show_issues(self) -> None:
        """Underline the words of open issues. The marks lie over the text: they never touch it."""
        text = self.toPlainText()
        marks = []
        for issue in open_issues(self._editing.session):
            if issue.field != self.field.key or issue.span is None or issue.span[1] > len(text):
                continue
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(to_utf16(text, issue.span[0]))
            mark.cursor.setPosition(to_utf16(text, issue.span[1]), QTextCursor.MoveMode.KeepAnchor)
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            mark.format.setUnderlineColor(theme.colour(issue.severity))
            marks.append(mark)
        self.setExtraSelections(marks)

    def count(self) -> int:
        """Characters, as the rule on a text's length counts them."""
        return len(self.toPlainText())

    # ------------------------------------------------------------ Qt

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text, without the blanks that indent paragraphs elsewhere."""
        lines = source.text().replace("\r\n", "\n").split("\n")
        self.textCursor().insertText("\n".join(line.lstrip("\u3000 \t") for line in lines))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_pending()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            event.ignore()  # undo of the whole report, by the window's action
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------ inside

    def _set_font(self) -> None:
        self.setFont(theme.text_font(14))
        margin = theme.gap(16)
        self.document().setDocumentMargin(margin)
        em = QFontMetricsF(self.font()).horizontalAdvance("国")
        self.setMaximumWidth(round(em * 40 + 2 * margin + theme.gap(24)))
        style = QTextBlockFormat()
        # not proportional: the fallback fonts for Chinese differ much in their own line height
        style.setLineHeight(em * LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        style.setTextIndent(em * INDENT)
        self._style = style

    def _fill(self, text: str) -> None:
        self._filling = True
        self._text = text
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self._style)
        self._filling = False
        self.count_changed.emit(self.count())

    def _replace(self, text: str) -> None:
        """Put a text that came from elsewhere, touching only what differs, so that the cursor stays."""
        old, self._text = self.toPlainText(), text
        head = 0
        while head < min(len(old), len(text)) and old[head] == text[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(text)) - head and old[-1 - tail] == text[-1 - tail]:
            tail += 1
        self._filling = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_utf16(old, head))
        cursor.setPosition(to_utf16(old, len(old) - tail), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[head : len(text) - tail])
        self._filling = False
        self.count_changed.emit(self.count())

    def _on_text_changed(self) -> None:
        # the signal also comes for changes of font and margin
        text = self.toPlainText()
        if self._filling or text == self._text:
            return
        self._text = text
        self._pending = True
        self._timer.start()
        self.count_changed.emit(self.count())

    def _on_changed(self, changes: Changes) -> None:
        if self.field.key in changes.fields and not self._pending:
            text = self._editing.session.text(self.field.key)
            if text != self.toPlainText():
                self._replace(text)
        if changes.issues_added or changes.issues_removed:
            self.show_issues()

    def _on_theme_changed(self) -> None:
        self._set_font()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._filling = True
        cursor.mergeBlockFormat(self._style)
        self._filling = False
