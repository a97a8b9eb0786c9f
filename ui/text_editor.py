"""Editing one text of the report: plain text, set as it will be printed, kept at every pause."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
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
from gkdesk.report import Changes, draft
from gkdesk.report.session import MAX_TEXT
from ui import theme
from ui.editing import Editing
from ui.pasted_text import TooLargeError, holds_files, paragraphs
from ui.undo_keys import UndoKeys, offer_undo
from ui.utf16 import from_utf16, to_utf16

PAUSE = 400
"""Milliseconds after the last key until what was typed becomes a step and is saved."""
LINE_HEIGHT = 1.6
"""Height of a line in characters."""
FRAME = 6
"""Pixels of the editor's frame, both sides together, and one to be sure."""
INDENT = 2
"""Characters by which the first line of a paragraph is set in, on screen as on paper; they are not in the text."""
MENU_COMMANDS = ("find_text", "replace_text")
"""Commands of the window that the editor's own menu offers too."""
SHORTEST, LONGEST = 28, 40
"""Characters of a line that are read well."""


class TextEditor(QTextEdit):
    """An editor bound to one text field.

    Undo belongs to the whole report, so the editor keeps no history of its own.
    """

    count_changed = Signal(int)
    """Characters without white space, after each change."""
    told = Signal(str)
    """Why a key does nothing."""
    refused = Signal(str)
    """Why the text could not be taken; it stays in the editor."""

    def __init__(
        self,
        editing: Editing,
        field: TextField,
        parent: QWidget | None = None,
        *,
        measured: bool = True,
    ) -> None:
        """``measured`` keeps lines to a length that is read well; without, they are as long as there is room."""
        super().__init__(parent)
        self.field = field
        self._editing = editing
        self._measured = measured
        self._found: list[tuple[int, int]] = []
        self._filling = False
        self._pending = False
        self._step = ""
        self._text = ""
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        UndoKeys(self)
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
        name = self._step or _("输入“{field}”").format(field=self.field.label)
        self._step = ""
        try:
            self._editing.edit({self.field.key: self.toPlainText()}, name)
        except KnownError as error:
            self._pending = True
            self._editing.hold(self.field.key, str(error))
            self.refused.emit(str(error))
        else:
            self._editing.release(self.field.key)

    def select_span(self, start: int, end: int) -> None:
        """Select [start, end) in code points and scroll there."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(to_utf16(text, start))
        cursor.setPosition(to_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selected_span(self) -> tuple[int, int]:
        """What is selected, or where the cursor stands: [start, end) in code points."""
        text, cursor = self.toPlainText(), self.textCursor()
        return from_utf16(text, cursor.selectionStart()), from_utf16(text, cursor.selectionEnd())

    def selected(self) -> str:
        """The words that are selected, paragraphs separated by line ends."""
        return self.textCursor().selection().toPlainText()

    def width_of(self, characters: int) -> int:
        """Pixels that the editor needs for lines of so many characters, with frame and scroll bar."""
        around = 2 * self.document().documentMargin() + theme.gap(12) + FRAME
        return ceil(self._em * characters + around)

    def show_found(self, spans: list[tuple[int, int]]) -> None:
        """Mark places that were found: [start, end) in code points; none for an empty list."""
        if spans != self._found:
            self._found = spans
            self.show_issues()

    def line_height(self) -> int:
        """Height of a line in pixels."""
        return round(self._style.lineHeight())

    def show_issues(self) -> None:
        """Mark last year's words and the words of open issues. The marks lie over the text: they never touch it."""
        text = self.toPlainText()
        marks = []
        for start, end in draft.marks(self._editing.session.view.fields, self.field.key):
            if end <= len(text):
                mark = self._mark(text, start, end)
                mark.format.setBackground(theme.colour("warning_back"))
                mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
                mark.format.setUnderlineColor(theme.colour("warning"))
                marks.append(mark)
        for start, end in self._found:
            mark = self._mark(text, start, end)
            mark.format.setBackground(theme.colour("found"))
            marks.append(mark)
        for issue in open_issues(self._editing.session):
            if issue.field != self.field.key or issue.span is None or issue.span[1] > len(text):
                continue
            mark = self._mark(text, *issue.span)
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            mark.format.setUnderlineColor(theme.colour(issue.severity))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _mark(self, text: str, start: int, end: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self.document())
        mark.cursor.setPosition(to_utf16(text, start))
        mark.cursor.setPosition(to_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        return mark

    def count(self) -> int:
        """Characters, as the rule on a text's length counts them."""
        return len(self.toPlainText())

    # ------------------------------------------------------------ Qt

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # pictures too, so that it can be said why they do not go in; a file is dropped on the window, which reads it in
        return not holds_files(source) and (source.hasText() or source.hasHtml() or source.hasImage())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain paragraphs, as a step of its own."""
        try:
            text = paragraphs(source, MAX_TEXT - len(self.toPlainText()) + len(self.selected()))
        except TooLargeError:
            self.refused.emit(_("没有粘贴：太长了，一处文字最多 {count} 字。").format(count=MAX_TEXT))
            return
        if holds_files(source) or not text.strip("\ufffc\n"):
            self.refused.emit(_("剪贴板里没有文字（可能是图片或文件），没有粘贴。"))
        else:
            self.commit_pending()
            self.textCursor().insertText(text)
            self.ensureCursorVisible()
            self._step = _("粘贴到“{field}”").format(field=self.field.label)
            self.commit_pending()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        window = self.window()
        offer_undo(menu, window)
        commands = [window.findChild(QAction, name) for name in MENU_COMMANDS]
        if any(commands):
            menu.addSeparator()
            menu.addActions([command for command in commands if isinstance(command, QAction)])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_pending()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() and event.text().isprintable() and event.text():
            self.told.emit(self._editing.why_read_only())
        super().keyPressEvent(event)

    # ------------------------------------------------------------ inside

    def _set_font(self) -> None:
        self.setFont(theme.text_font(14))
        self.document().setDocumentMargin(theme.gap(16))
        self._em = QFontMetricsF(self.font()).horizontalAdvance("国")
        if self._measured:
            self.setMaximumWidth(self.width_of(LONGEST))
        style = QTextBlockFormat()
        # not proportional: the fallback fonts for Chinese differ much in their own line height
        style.setLineHeight(self._em * LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        style.setTextIndent(self._em * INDENT)
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
        head, tail = _same_ends(old, text)
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
        if len(text) > MAX_TEXT:
            self._replace(self._text)  # what does not fit is not taken in; it must not look as if it were
            self.refused.emit(_("没有输入：太长了，一处文字最多 {count} 字。").format(count=MAX_TEXT))
            return
        self._text = text
        self._pending = True
        self._editing.hold(self.field.key)
        self._timer.start()
        self.count_changed.emit(self.count())

    def _on_changed(self, changes: Changes) -> None:
        if self.field.key in changes.fields and not self._pending:
            text = self._editing.session.text(self.field.key)
            if text != self.toPlainText():
                self._replace(text)
        if changes.issues_added or changes.issues_removed or draft.key_of(self.field.key) in changes.fields:
            self.show_issues()

    def _on_theme_changed(self) -> None:
        self._set_font()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._filling = True
        cursor.mergeBlockFormat(self._style)
        self._filling = False


def changed_end(old: str, new: str) -> int:
    """Where, in code points, the part of a text ends that is not as it was."""
    return len(new) - _same_ends(old, new)[1]


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """How many code points two texts share at their beginnings, and then at their ends."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail
