"""历史: what was changed when, by day; two versions compared, one with now, and back to a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
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
from gkdesk.storage.history import Mark, Moment, Page, StateChange, Version
from gkdesk.words import full_day, spaced, time
from gkdesk.words import moment as in_words
from ui import dialogs, icons, theme
from ui.documents import OpenDocument
from ui.state_bar import state_word
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

NUMBER = Qt.ItemDataRole.UserRole
"""Of the revision that an item stands for."""
OLDER = Qt.ItemDataRole.UserRole + 1
"""Set on the item that brings the next page."""
PAGE = 1000
"""Revisions that are listed at a time."""
KEPT = 16
"""Moments that are kept in memory."""
ITSELF, NOW = 0, -1
"""What a revision is compared with besides other revisions: what was before it, and the report as it is."""


class HistoryDialog(QDialog):
    """The history of the year being edited. Going back is one step that can be undone."""

    def __init__(self, document: OpenDocument, parent: QWidget | None = None, *, page: int = PAGE) -> None:
        super().__init__(parent)
        assert document.editing is not None
        self._document = document
        self._editing = document.editing
        self._page = page
        # From where moments are looked up: the nearest one behind them.
        self._marks: list[Mark] = []
        self._moments: dict[int, Moment] = {}
        self._days: dict[str, QTreeWidgetItem] = {}
        self._named: dict[int, str] = {}
        self.setWindowTitle(_("历史"))
        self.message = InlineMessage(self)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setAccessibleName(_("修改记录"))
        self.tree.itemSelectionChanged.connect(self._show)
        # where a click activates as well, Qt does not tell of an item that is gone by then
        self.tree.itemClicked.connect(self._on_item_activated)
        self.tree.itemActivated.connect(self._on_item_activated)
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        theme.bind_font(self._title, bold=True)
        self.against = QComboBox(self)
        self.against.setAccessibleName(_("与哪一版对照"))
        self.against.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.against.setMinimumContentsLength(20)
        self.against.activated.connect(self._show)
        self.lines = QListWidget(self)
        self.lines.setWordWrap(True)
        self.lines.setAccessibleName(_("改了什么"))
        self.restore = QPushButton(_("恢复到这一刻"), self)
        self.restore.setToolTip(_("把这份年报改回当时的样子，可以撤销"))
        self.restore.clicked.connect(self._on_restore)
        icons.bind(self.restore, "history")
        self.name = QPushButton(_("给这一版起名…"), self)
        self.name.clicked.connect(self._on_name)
        self.naming = QLineEdit(self)
        self.naming.setPlaceholderText(_("名称，如“送分管领导审”"))
        self.naming.setAccessibleName(_("给这一版起名"))
        self.keep = QPushButton(_("记下"), self)
        self.keep.clicked.connect(self._on_keep)
        self.cancel = QPushButton(_("取消"), self)
        self.cancel.clicked.connect(self._on_cancel)
        for button in (self.restore, self.name, self.keep, self.cancel):
            button.setAutoDefault(False)
        self._ask_name(asking=False)
        self._lay_out()
        self.load()

    def _lay_out(self) -> None:
        hint = QLabel(_("按住 Ctrl 再点一处，就对照这两处。"), self)
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree, 1)
        column.addWidget(hint)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.gap(8), 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.against)
        column.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addWidget(self.restore)
        row.addWidget(self.name)
        row.addWidget(self.naming, 1)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        row.addStretch()  # the line of the name takes its room while it is there
        column.addLayout(row)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addWidget(splitter, 1)
        layout.addWidget(buttons)
        dialogs.fit(self, 860, 560)

    # ------------------------------------------------------------ the list

    def load(self) -> None:
        """Read the history anew; what is still being saved is waited for."""
        try:
            page, versions, states = self._document.history(self._editing.session.year, self._page)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self._marks.clear()
        self._moments.clear()
        self._days.clear()
        self.tree.clear()
        self._named = {version.revision: version.name for version in versions}
        self._offer(versions)
        self._add_versions(versions)
        self._add_states(states)
        self._add_page(page)
        if page.revisions:
            self._choose(page.revisions[0].number)
        self._show()

    def _offer(self, versions: Sequence[Version]) -> None:
        """What can be compared with, beside what is chosen in the list."""
        chosen = self.against.currentData()
        self.against.clear()
        self.against.addItem(_("这一步改了什么"), ITSELF)
        self.against.addItem(_("与现在对照"), NOW)
        for version in versions:
            self.against.addItem(_("与“{name}”对照").format(name=version.name), version.revision)
        self.against.setCurrentIndex(max(0, self.against.findData(chosen)))

    def _add_versions(self, versions: Sequence[Version]) -> None:
        if not versions:
            return
        top = QTreeWidgetItem(self.tree, [_("起过名的版本")])
        for version in versions:
            item = QTreeWidgetItem(top, [f"★ {version.name}"])
            item.setData(0, NUMBER, version.revision)
        top.setExpanded(True)

    def _add_states(self, states: Sequence[StateChange]) -> None:
        if not states:
            return
        top = QTreeWidgetItem(self.tree, [_("送审、定稿、退回")])
        for change in states:
            words = spaced((_time(change.time), state_word(change.state), change.user, change.reason))
            item = QTreeWidgetItem(top, [words])
            item.setToolTip(0, change.reason)
            item.setData(0, NUMBER, change.revision)
        top.setExpanded(True)

    def _add_page(self, page: Page) -> None:
        for revision in page.revisions:
            moment = datetime.fromisoformat(revision.time)
            day = full_day(moment)
            if day not in self._days:
                self._days[day] = QTreeWidgetItem(self.tree, [day])
            name = self._named.get(revision.number)
            words = (time(moment), revision.name or _("修改"), f"★ {name}" if name else "")
            item = QTreeWidgetItem(self._days[day], [spaced(words)])
            if revision.sha256:
                item.setData(0, NUMBER, revision.number)
            else:  # the report was removed: there is nothing to compare or to go back to
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if page.next is not None:
            self._marks.append(page.next)
            item = QTreeWidgetItem(self.tree, [_("更早的 {count} 处修改…").format(count=page.older)])
            item.setData(0, OLDER, True)

    def _on_item_activated(self, item: QTreeWidgetItem) -> None:
        if not item.data(0, OLDER):
            return
        try:
            page = self._document.older_history(self._editing.session.year, self._page, self._marks[-1])
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(item))
        self._add_page(page)
        self._choose(page.revisions[0].number)

    def _choose(self, number: int) -> None:
        """Bring a revision that is listed by its day into view."""
        for day in self._days.values():
            for row in range(day.childCount()):
                if day.child(row).data(0, NUMBER) == number:
                    day.setExpanded(True)
                    # a key of the shortcut that led here may still be down, and would toggle
                    self.tree.setCurrentItem(
                        day.child(row), 0, QItemSelectionModel.SelectionFlag.ClearAndSelect
                    )
                    return

    # ------------------------------------------------------------ what is chosen

    def chosen(self) -> list[int]:
        """The numbers of the chosen revisions, the oldest first."""
        numbers = {item.data(0, NUMBER) for item in self.tree.selectedItems()}
        return sorted(number for number in numbers if number is not None)

    def _moment(self, number: int) -> Moment:
        """A revision with the content after it. Raises KnownError."""
        if number not in self._moments:
            behind = [mark for mark in self._marks if mark.below > number]
            mark = min(behind, key=lambda each: each.below, default=None)
            if len(self._moments) >= KEPT:
                self._moments.clear()
            year = self._editing.session.year
            self._moments[number] = self._document.moment(year, number, mark)
        return self._moments[number]

    def _show(self) -> None:
        numbers = self.chosen()
        self.lines.clear()
        self._ask_name(asking=False)
        self.against.setEnabled(len(numbers) == 1)
        self.name.setEnabled(len(numbers) == 1 and not self._document.read_only)
        self.restore.setEnabled(len(numbers) == 1 and not self._editing.read_only)
        try:
            title, lines = self._told(numbers)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self._title.setText(title)
        self.lines.addItems(lines)

    def _told(self, numbers: list[int]) -> tuple[str, list[str]]:
        """Title and lines about the chosen revisions. Raises KnownError."""
        form = self._editing.form
        if not numbers:
            return _("选一处修改，看看改了什么。"), []
        if len(numbers) > 2:
            return _("选了 {count} 处。一次只能对照两处。").format(count=len(numbers)), []
        moments = [self._moment(number) for number in numbers]
        names = [self._words(moment.revision) for moment in moments]
        if len(moments) == 2:
            lines = compare(moments[0].entries, moments[1].entries, form)
            title = _("从 {before}\n到 {after}").format(before=names[0], after=names[1])
            return title, lines or [_("这两处的内容一样。")]
        (moment,) = moments
        other = self.against.currentData()
        if other == ITSELF:
            return names[0], describe(moment.revision, form) or [_("没有改动内容。")]
        if other == NOW:
            now = self._editing.session.snapshot().entries()
            return names[0], compare(moment.entries, now, form) or [_("和现在一样。")]
        pair = sorted((moment, self._moment(other)), key=lambda each: each.revision.number)
        lines = compare(pair[0].entries, pair[1].entries, form)
        return names[0], lines or [_("这两处的内容一样。")]

    def _words(self, revision: Revision) -> str:
        """When, who, what, and the name of the version."""
        name = self._named.get(revision.number)
        words = (_time(revision.time), revision.user, revision.name, f"★ {name}" if name else "")
        return spaced(words)

    # ------------------------------------------------------------ what is done

    def _on_restore(self) -> None:
        (number,) = self.chosen()
        try:
            moment = self._moment(number)
            name = _("恢复到 {time}").format(time=_time(moment.revision.time))
            self._editing.restore(moment.entries, name)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.load()
        self.message.show_message(State.DONE, _("已恢复。不合适可以按 Ctrl+Z 撤销。"))

    def _on_name(self) -> None:
        self._ask_name(asking=True)
        self.naming.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_keep(self) -> None:
        name = self.naming.text().strip()
        if not name:
            self.naming.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        (number,) = self.chosen()
        try:
            self._document.name_version(self._editing.session.year, name, number)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.load()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cancel(self) -> None:
        self._ask_name(asking=False)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_name(self, *, asking: bool) -> None:
        """Have the name written where the buttons were, or not."""
        self.naming.clear()
        for part in (self.naming, self.keep, self.cancel):
            part.setVisible(asking)
        for part in (self.restore, self.name):
            part.setVisible(not asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a dialog would take both keys for itself, and close
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if focused is self.naming:
                self._on_keep()
            elif isinstance(focused, QPushButton):
                focused.click()
            return
        if self.naming.isVisible() and event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
            return
        super().keyPressEvent(event)


def _time(text: str) -> str:
    """A stored time as people read it, to the minute."""
    return in_words(datetime.fromisoformat(text))
