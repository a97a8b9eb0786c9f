"""The panel at the right: what is wrong now, by step, with a jump and, where there is one, a fix."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks.balancing import candidates
from gkdesk.checks.progress import INFO, by_step, counts
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue, spell
from ui import theme
from ui.editing import Editing
from ui.issue_list import IssueList
from ui.widgets.empty_state import EmptyState

WIDTH = 300


class IssuePanel(QFrame):
    """``jumped(issue)`` when the clerk wants to see the place of an issue."""

    jumped = Signal(object)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self._editing = editing
        self._counts = QLabel(self)
        self._counts.setFont(theme.font(bold=True))
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
        self._adopt = QPushButton(_("采用合计"), self)
        self._adopt.setToolTip(_("去掉写上的总计，改用各项相加的结果"))
        self._adopt.clicked.connect(self._on_adopt)
        self._spread = QPushButton(_("差额放入…"), self)
        self._spread.setToolTip(_("把这一列相差的数加到哪一格，或从哪一格减去"))
        self._spread.clicked.connect(self._on_spread)
        self._copy = QPushButton(_("复制清单"), self)
        self._copy.setToolTip(_("把清单作为文字复制，可以发给同事"))
        self._copy.clicked.connect(self._on_copy)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(8), theme.gap(4), theme.gap(8), theme.gap(8))
        foot.addWidget(self._adopt)
        foot.addWidget(self._spread)
        foot.addStretch(1)
        foot.addWidget(self._copy)
        head = QHBoxLayout()
        head.setContentsMargins(theme.gap(8), theme.gap(8), theme.gap(8), theme.gap(4))
        head.addWidget(self._counts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(holder, 1)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.gap(220))
        # the list follows after the paint of what was typed, never before it
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        editing.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        form, issues = self._editing.form, self._editing.issues
        titles = {INFO: _("基本信息")} | {section.id: section.step for section in form.sections}
        steps = by_step(issues, form)
        self.list.set_groups((titles[step], listed) for step, listed in steps.items())
        self._stack.setCurrentIndex(0 if issues else 1)
        found = counts(issues, form)
        words = [_("错误 {count}").format(count=found.errors)]
        if found.gaps:
            words.append(_("待填 {count}").format(count=found.gaps))
        words.append(_("提醒 {count}").format(count=found.warnings))
        self._counts.setText(_("问题　{counts}").format(counts=" · ".join(words)))
        self._copy.setEnabled(bool(issues))
        self._on_issue_selected(self.list.current_issue())

    def ordered(self) -> list[Issue]:
        """The issues in the order of the list."""
        form = self._editing.form
        return [issue for found in by_step(self._editing.issues, form).values() for issue in found]

    def _on_changed(self, changes: Changes) -> None:
        if changes.issues_added or changes.issues_removed:
            self._soon.start()

    def _on_issue_selected(self, issue: Issue | None) -> None:
        self._adopt.setVisible(bool(issue and self._stated(issue)))
        self._spread.setVisible(bool(issue and candidates(issue, self._editing.session)))

    def _stated(self, issue: Issue) -> list[str]:
        return [cell for cell in issue.cells if self._editing.session.is_stated(cell)]

    def _on_adopt(self) -> None:
        issue = self.list.current_issue()
        if issue:
            self._editing.adopt_sums(self._stated(issue), _("采用合计"))

    def _on_spread(self) -> None:
        issue = self.list.current_issue()
        if issue is None:
            return
        menu = QMenu(self)
        cells = self._editing.form.cells
        for candidate in candidates(issue, self._editing.session):
            place = " ".join((*cells[candidate.cell].row_path[-1:], *cells[candidate.cell].column_path[-1:]))
            words = f"{place}　{spell(candidate.before)} → {spell(candidate.after)}"
            action = menu.addAction(words.replace("&", "&&"))
            action.setData((candidate.cell, spell(candidate.after)))
        menu.triggered.connect(self._on_candidate_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._spread.mapToGlobal(self._spread.rect().topLeft()))

    def _on_candidate_chosen(self, action: QAction) -> None:
        cell, text = action.data()
        self._editing.edit({cell: text}, _("差额放入"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.list.lines()))
