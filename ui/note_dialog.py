"""例外说明: the clerk says why a warning is right after all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gkdesk.checks.notes import LONGEST
from gkdesk.i18n import _
from ui import dialogs, theme


def ask_note(parent: QWidget, issue: str, note: str) -> str | None:
    """Ask for the note of an issue, given in words; None when the clerk thinks better of it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(_("例外说明"))
    words = QLabel(issue, dialog)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setFont(theme.font(bold=True))
    hint = QLabel(_("写明为什么数字没有错。说明会列在送审稿后面；数字改动后要重新说明。"), dialog)
    hint.setWordWrap(True)
    hint.setProperty("role", "secondary")
    text = QPlainTextEdit(note, dialog)
    text.setTabChangesFocus(True)
    text.setAccessibleName(_("例外说明"))
    text.setPlaceholderText(_("最多 {count} 字；清空表示取消说明").format(count=LONGEST))
    buttons = QDialogButtonBox(dialog)
    buttons.addButton(_("记下说明"), QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(words)
    layout.addWidget(hint)
    layout.addWidget(text, 1)
    layout.addWidget(buttons)
    dialogs.fit(dialog, 480, 300)
    text.setFocus()
    accepted = dialogs.run(dialog) == QDialog.DialogCode.Accepted
    return text.toPlainText() if accepted else None
