"""核对打印件: the code from the foot of a page, and below it which version was printed."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from ui import dialogs, theme
from ui.documents import OpenDocument


class VerifyDialog(QDialog):
    """Code and answer in one window: several sheets are looked up one after the other."""

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(_("核对打印件"))
        label = QLabel(_("每页下方的核对码，如 3F2A-91BC-07DE："), self)
        self.code = QLineEdit(self)
        self.code.setAccessibleName(_("核对码"))
        label.setBuddy(self.code)
        self.look_up = QPushButton(_("核对"), self)
        self.look_up.setDefault(True)
        theme.set_role(self.look_up, "primary")
        self.look_up.clicked.connect(self._on_look_up)
        self.answer = QPlainTextEdit(self)
        self.answer.setReadOnly(True)
        self.answer.setTabChangesFocus(True)
        self.answer.setAccessibleName(_("核对结果"))
        self.answer.setPlaceholderText(
            _("这里写着这份纸是不是现在的内容；不是的话，是哪一次修改后的、有哪些不同。")
        )
        close = QPushButton(_("关闭"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(8))
        row.addWidget(self.code, 1)
        row.addWidget(self.look_up)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(16)] * 4)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(label)
        layout.addLayout(row)
        layout.addWidget(self.answer, 1)
        layout.addLayout(foot)
        dialogs.fit(self, 520, 340)

    def _on_look_up(self) -> None:
        code = self.code.text().strip()
        if not code:
            self.code.setFocus()
            return
        try:
            lines = self._document.verify(code)
        except KnownError as error:
            lines = [str(error)]
        self.answer.setPlainText("\n".join(lines))
        self.code.setFocus()
        self.code.selectAll()
