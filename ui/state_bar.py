"""填报中 → 送审 → 定稿: where the report is on its way through the office, and the next move."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from gkdesk.i18n import _
from gkdesk.storage.history import FILLING, FINAL, REVIEW
from ui import theme

READ_IN = "read_in"
"""Shown for 填报中 where a report of a year past was made elsewhere."""


def state_word(state: str) -> str:
    """A state in the words of the office."""
    return {FILLING: _("填报中"), READ_IN: _("已读入"), REVIEW: _("送审"), FINAL: _("定稿")}[state]


class StateBar(QFrame):
    """``wanted(state, reason)`` when the clerk moves the report on or back; why it goes back is asked in the bar."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self.review = QPushButton(_("送审"), self)
        self.review.setToolTip(_("打印送审稿，送领导审签；还可以继续修改"))
        self.review.clicked.connect(self._on_review)
        self.final = QPushButton(_("定稿"), self)
        self.final.setToolTip(_("审签完毕，锁定这份年报"))
        self.final.clicked.connect(self._on_final)
        self.back = QPushButton(_("退回修改…"), self)
        self.back.clicked.connect(self._on_back)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(_("为什么退回（记在历史里）"))
        self.reason.setAccessibleName(_("为什么退回（记在历史里）"))
        # later: the same key must not press the button that has the focus by then
        self.reason.returnPressed.connect(self._on_back, Qt.ConnectionType.QueuedConnection)
        self.reason.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(12), theme.gap(8), theme.gap(12), theme.gap(8))
        row.setSpacing(theme.gap(8))
        row.addWidget(self._label, 1)
        row.addWidget(self.reason, 1)
        for button in (self.back, self.review, self.final):
            row.addWidget(button)

    def show_state(self, state: str, *, may_be_final: bool, read_only: bool = False) -> None:
        """Show a state and what can follow."""
        words = {
            FILLING: _("状态：填报中。填好以后送审，审签完毕再定稿。"),
            READ_IN: _("状态：已读入。这是往年的年报，用来对照，不用再送审、定稿。"),
            REVIEW: _("状态：送审。领导要求修改的，直接改；审签完毕再定稿。"),
            FINAL: _("状态：定稿。内容已锁定，可以导出正式稿。"),
        }[state]
        if state not in (FINAL, READ_IN) and not may_be_final:
            words += _("还有错误或没有说明的提醒，不能定稿。")
        if read_only:
            words += _("这是只读的副本，不能送审、定稿或退回。")
        self._label.setText(words)
        self._ask_reason(asking=False)
        filling = state in (FILLING, READ_IN)
        self.review.setVisible(filling)
        self.final.setVisible(state != FINAL)
        self.final.setEnabled(may_be_final and not read_only)
        self.review.setEnabled(not read_only)
        self.back.setEnabled(not read_only)
        self.back.setVisible(not filling)
        # what usually comes next stands out; a small office may do without 送审
        theme.set_role(self.review, "primary" if state == FILLING else "")
        theme.set_role(self.final, "primary" if state == REVIEW else "")

    def focus_order(self) -> list[QWidget]:
        """What takes the focus, from left to right."""
        return [self.reason, self.back, self.review, self.final]

    def next_move(self) -> QPushButton | None:
        """The button that moves the report on; else the one that moves it back."""
        buttons = (self.review, self.final, self.back)
        return next((button for button in buttons if button.isEnabled() and not button.isHidden()), None)

    def _on_review(self) -> None:
        self.wanted.emit(REVIEW, "")

    def _on_final(self) -> None:
        self.wanted.emit(FINAL, "")

    def _on_back(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.wanted.emit(FILLING, reason)
        else:
            self._ask_reason(asking=True)

    def _ask_reason(self, *, asking: bool) -> None:
        """Have the reason written in place of the words, or not."""
        had_focus = self.reason.hasFocus()
        self.reason.clear()
        self.reason.setVisible(asking)
        self._label.setVisible(not asking)
        if asking:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.reason.isVisible():
            self._ask_reason(asking=False)
            return
        super().keyPressEvent(event)
