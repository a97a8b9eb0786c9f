"""The panel at the right: what is wrong now, by step, with a jump and, where there is one, a fix."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks.notes import explained, open_issues
from gkdesk.checks.progress import INFO, by_step, counts
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue
from gkdesk.report.report import NOTE
from ui import icons, theme
from ui.editing import Editing
from ui.issue_list import IssueList
from ui.mending_bar import MendingBar
from ui.widgets.empty_state import EmptyState

WIDTH = 300


class IssuePanel(QFrame):
    """``jumped(issue)`` when the clerk wants to see the place of an issue."""

    jumped = Signal(object)
    rule_wanted = Signal(str)
    """The clerk asks what a rule means: its id."""
    fold_wanted = Signal()
    refused = Signal(str)
    """Why what was to mend an issue could not be done."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self._editing = editing
        self._counts = QLabel(self)
        theme.bind_font(self._counts, bold=True)
        self._counts.setWordWrap(True)
        self.list = IssueList(editing.form, self)
        self.list.setAccessibleName(_("问题清单"))
        self.list.jumped.connect(self.jumped)
        self.list.issue_selected.connect(self._on_issue_selected)
        self._none = EmptyState(
            "state-done", _("没有问题"), _("填写时这里会列出不平的合计、空格和漏写的文字。"), parent=self
        )
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        self.mending = MendingBar(editing, self)
        self.mending.rule_wanted.connect(self.rule_wanted)
        self.mending.refused.connect(self.refused)
        self.filter = QComboBox(self)
        for key, words in (
            ("all", _("全部")),
            ("error", _("错误")),
            ("warning", _("提醒")),
            ("hint", _("提示")),
        ):
            self.filter.addItem(words, key)
        self.filter.setAccessibleName(_("只看哪一类问题"))
        self.filter.activated.connect(self._on_filter_changed)
        self._copy = QPushButton(_("复制清单"), self)
        self._copy.setToolTip(_("把清单作为文字复制，可以发给同事"))
        self._copy.clicked.connect(self._on_copy)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(8), theme.gap(4), theme.gap(8), theme.gap(8))
        foot.setSpacing(theme.gap(4))
        foot.addWidget(self.mending, 1)
        foot.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        head = QHBoxLayout()
        head.setContentsMargins(theme.gap(8), theme.gap(8), theme.gap(8), theme.gap(4))
        head.setSpacing(theme.gap(4))
        head.addWidget(self._counts, 1)
        head.addWidget(self.filter)
        fold = self._fold_button()
        head.addWidget(fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(holder, 1)
        layout.addLayout(foot)
        # Tab goes through the panel from top to bottom
        buttons = self.mending.findChildren(QPushButton)
        for before, after in pairwise([self.filter, fold, self.list, *buttons, self._copy]):
            self.setTabOrder(before, after)
        self.setMinimumWidth(theme.gap(220))
        # the list follows after the paint of what was typed, never before it
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        editing.changed.connect(self._on_changed)
        self.refresh()

    def take_focus(self) -> None:
        """Have the clerk go on in the list; where it is empty, at the choice of what is listed."""
        (self.list if self.list.isVisible() else self.filter).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold_button(self) -> QToolButton:
        fold = QToolButton(self)
        fold.setToolTip(_("收起问题清单（F9）"))
        fold.setAccessibleName(fold.toolTip())
        fold.clicked.connect(self.fold_wanted)
        icons.bind(fold, "close", "secondary", 16)
        return fold

    def refresh(self) -> None:
        session, form = self._editing.session, self._editing.form
        issues = [issue for issue in session.issues if self._passes(issue)]
        titles = {INFO: _("基本信息")} | {section.id: section.step for section in form.sections}
        steps = by_step(issues, form)
        notes = explained(issues, session.view.fields)
        self.list.set_groups(((titles[step], listed) for step, listed in steps.items()), notes)
        self._stack.setCurrentIndex(0 if issues else 1)
        found = counts(open_issues(session), form)
        words = [_("错误 {count}").format(count=found.errors)]
        if found.gaps:
            words.append(_("待填 {count}").format(count=found.gaps))
        words.append(_("提醒 {count}").format(count=found.warnings))
        self._counts.setText(" · ".join(words))
        self._copy.setEnabled(bool(issues))
        self._on_issue_selected(self.list.current_issue())

    def _passes(self, issue: Issue) -> bool:
        wanted = self.filter.currentData()
        return wanted in ("all", issue.severity)

    def _on_filter_changed(self, _index: int) -> None:
        self.refresh()

    def show_issue(self, issue: Issue) -> None:
        """Choose an issue in the list, so that what can be done about it is offered."""
        self._soon.stop()
        self.refresh()
        self.list.select(issue)

    def ordered(self) -> list[Issue]:
        """The issues in the order of the list."""
        form = self._editing.form
        return [issue for found in by_step(self._editing.issues, form).values() for issue in found]

    def _on_changed(self, changes: Changes) -> None:
        noted = any(key.startswith(NOTE) for key in changes.fields)
        if changes.issues_added or changes.issues_removed or noted:
            self._soon.start()

    def _on_issue_selected(self, issue: Issue | None) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.mending.isAncestorOf(focused)
        self.mending.show_issue(issue)
        if inside and focused is not None and not focused.isVisible():
            # the button has done its work and is gone: on with the next issue
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.list.lines()))
