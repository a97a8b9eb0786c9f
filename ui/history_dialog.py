"""历史: what was changed when, by day; compare with now, go back to a moment, name a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report.history_words import compare, describe
from gkdesk.storage.content import Revision
from gkdesk.storage.history import StateChange, Version
from ui import dialogs, icons, theme
from ui.documents import OpenDocument
from ui.state_bar import state_word
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

REVISION = Qt.ItemDataRole.UserRole
LIMIT = 2000
"""Revisions that are listed; older ones stay in the document."""


class HistoryDialog(QDialog):
    """The history of the year being edited. Going back is one step that can be undone."""

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert document.editing is not None
        self._document = document
        self._editing = document.editing
        self._revisions: dict[int, Revision] = {}
        self.setWindowTitle(_("历史"))
        self.message = InlineMessage(self)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("修改记录"))
        self.tree.currentItemChanged.connect(self._on_current_changed)
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setFont(theme.font(bold=True))
        self.with_now = QCheckBox(_("与现在对照"), self)
        self.with_now.toggled.connect(self._show)
        self.lines = QListWidget(self)
        self.lines.setWordWrap(True)
        self.lines.setAccessibleName(_("改了什么"))
        self.restore = QPushButton(_("恢复到这一刻"), self)
        self.restore.setToolTip(_("把这份年报改回当时的样子，可以撤销"))
        self.restore.clicked.connect(self._on_restore)
        icons.bind(self.restore, "history")
        self.name = QPushButton(_("给这一版起名…"), self)
        self.name.clicked.connect(self._on_name)
        self._lay_out()
        self.load()

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.gap(8), 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.with_now)
        column.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addWidget(self.restore)
        row.addWidget(self.name)
        row.addStretch(1)
        column.addLayout(row)
        splitter = QSplitter(self)
        splitter.addWidget(self.tree)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addWidget(splitter, 1)
        layout.addWidget(buttons)
        dialogs.fit(self, 860, 560)

    def load(self) -> None:
        """Read the history anew; what is still being saved is waited for."""
        year = self._editing.session.year
        try:
            revisions, versions, states = self._document.history(year, LIMIT)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self._revisions = {revision.number: revision for revision in revisions}
        self.tree.clear()
        named = {version.revision: version.name for version in versions}
        self._add_versions(versions)
        self._add_states(states)
        days: dict[str, QTreeWidgetItem] = {}
        for revision in revisions:
            moment = datetime.fromisoformat(revision.time)
            day = _("{year} 年 {month} 月 {day} 日").format(
                year=moment.year, month=moment.month, day=moment.day
            )
            if day not in days:
                days[day] = QTreeWidgetItem(self.tree, [day])
            words = f"{moment:%H:%M}　{revision.name or _('修改')}"
            if revision.number in named:
                words += f"　★ {named[revision.number]}"
            item = QTreeWidgetItem(days[day], [words])
            item.setData(0, REVISION, revision.number)
        for index, item in enumerate(days.values()):
            item.setExpanded(index == 0)
        newest = next(iter(days.values()), None)
        if newest is not None:
            self.tree.setCurrentItem(newest.child(0))
        self._show()

    def _add_versions(self, versions: Sequence[Version]) -> None:
        if not versions:
            return
        top = QTreeWidgetItem(self.tree, [_("起过名的版本")])
        for version in versions:
            item = QTreeWidgetItem(top, [f"★ {version.name}"])
            item.setData(0, REVISION, version.revision)
        top.setExpanded(True)

    def _add_states(self, states: Sequence[StateChange]) -> None:
        if not states:
            return
        top = QTreeWidgetItem(self.tree, [_("送审、定稿、退回")])
        for change in states:
            moment = datetime.fromisoformat(change.time)
            words = f"{moment:%Y-%m-%d %H:%M}　{state_word(change.state)}　{change.user}"
            item = QTreeWidgetItem(top, [words + (f"　{change.reason}" if change.reason else "")])
            item.setToolTip(0, change.reason)
            item.setData(0, REVISION, change.revision)
        top.setExpanded(True)

    def current(self) -> Revision | None:
        """The chosen revision."""
        item = self.tree.currentItem()
        return self._revisions.get(item.data(0, REVISION)) if item else None

    def _on_current_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        revision = self.current()
        self.lines.clear()
        for button in (self.restore, self.name):
            button.setEnabled(revision is not None)
        self.restore.setEnabled(revision is not None and not self._editing.read_only)
        if revision is None:
            self._title.setText(_("选一处修改，看看改了什么。"))
            return
        moment = datetime.fromisoformat(revision.time)
        self._title.setText(
            _("{time}　{user}　{name}").format(
                time=f"{moment:%Y-%m-%d %H:%M}", user=revision.user, name=revision.name
            )
        )
        form = self._editing.form
        if self.with_now.isChecked():
            try:
                then = self._document.entries_after(revision.year, revision.number)
            except KnownError as error:
                self.message.show_message(State.ERROR, str(error))
                return
            words = compare(then, self._editing.session.snapshot().entries(), form)
            self.lines.addItems(words or [_("和现在一样。")])
        else:
            self.lines.addItems(describe(revision, form) or [_("没有改动内容。")])

    def _on_restore(self) -> None:
        revision = self.current()
        if revision is None:
            return
        moment = datetime.fromisoformat(revision.time)
        try:
            then = self._document.entries_after(revision.year, revision.number)
            self._editing.restore(then, _("恢复到 {time}").format(time=f"{moment:%m-%d %H:%M}"))
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.load()
        self.message.show_message(State.DONE, _("已恢复。不合适可以按 Ctrl+Z 撤销。"))

    def _on_name(self) -> None:
        revision = self.current()
        if revision is None:
            return
        name, accepted = QInputDialog.getText(self, _("给这一版起名"), _("名称，如“送分管领导审”："))
        if not accepted or not name.strip():
            return
        try:
            self._document.name_version(revision.year, name.strip(), revision.number)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.load()
