"""例外说明: the clerk says why a warning is right after all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gkdesk.checks.notes import LONGEST
from gkdesk.i18n import _
from ui import dialogs, theme


class NoteDialog(QDialog):
    """The issue in words and its note, of which nothing is cut off: one that is too long cannot be kept."""

    def __init__(self, issue: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("例外说明"))
        words = QLabel(issue, self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setFont(theme.font(bold=True))
        hint = QLabel(_("写明为什么数字没有错。说明会列在送审稿后面；数字改动后要重新说明。"), self)
        hint.setWordWrap(True)
        hint.setProperty("role", "secondary")
        self.text = QPlainTextEdit(note, self)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("例外说明"))
        self.text.setPlaceholderText(_("最多 {count} 字；清空表示取消说明").format(count=LONGEST))
        self.text.textChanged.connect(self._show_length)
        self.length = QLabel(self)
        self.length.setStyleSheet(f"color: {theme.colour('error').name()};")
        buttons = QDialogButtonBox(self)
        self.keep = buttons.addButton(_("记下说明"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(hint)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.length)
        layout.addWidget(buttons)
        dialogs.fit(self, 480, 300)
        self._show_length()
        self.text.setFocus()

    def note(self) -> str:
        """What was written."""
        return self.text.toPlainText()

    def _show_length(self) -> None:
        beyond = len(self.note().strip()) - LONGEST
        self.keep.setEnabled(beyond <= 0)
        self.length.setVisible(beyond > 0)
        if beyond > 0:
            self.length.setText(
                _("最多 {count} 字，请删去 {beyond} 字。").format(count=LONGEST, beyond=beyond)
            )


def ask_note(parent: QWidget, issue: str, note: str) -> str | None:
    """Ask for the note of an issue, given in words; None when the clerk thinks better of it."""
    dialog = NoteDialog(issue, note, parent)
    accepted = dialogs.run(dialog) == QDialog.DialogCode.Accepted
    return dialog.note() if accepted else None
