"""读入年报: what was read beside its source, cell by cell, to confirm and correct before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks import check, explain
from gkdesk.i18n import _
from gkdesk.imports.importing import Imported
from gkdesk.imports.review import Review
from gkdesk.report import Issue, Report
from gkdesk.words import clauses, named
from ui import clock, icons, theme
from ui.editing import PAUSE
from ui.importing.cells import CellList
from ui.importing.source import SourceView
from ui.importing.texts import TextsPage
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

PLACE = Qt.ItemDataRole.UserRole
FIRST_YEAR, LAST_YEAR = 2019, 2099
MOST_LINES = 6
"""Of the message above; the rest is told cell by cell."""
_SEVERITY = {"error": State.ERROR, "warning": State.WARNING, "hint": State.HINT}


class ImportDialog(QDialog):
    """Shows an import. ``report()`` is what the clerk agreed to, ``start_next`` whether a new year begins from it.

    ``previous`` finds the report of a year for the checks against it; None where there is none.
    """

    def __init__(
        self,
        imported: Imported,
        parent: QWidget | None = None,
        *,
        previous: Callable[[int], Report | None] = lambda _year: None,
    ) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.review = Review(imported)
        self.start_next = False
        self._previous = previous
        self._before: Report | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._show_issues)
        name = Path(imported.name).name
        self.setWindowTitle(_("读入年报：{name}").format(name=name) if name else _("读入年报"))
        self.message = InlineMessage(self)
        self.message.acted.connect(self._on_message_acted)
        self.year = QSpinBox(self)
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(imported.year or clock.today().year - 1)
        self.year.setAccessibleName(_("报告年度"))
        self.only_open = QCheckBox(_("只看要核对的"), self)
        self.list = CellList(self.review, self)
        self.texts = TextsPage(self.review, self)
        self.issues = QListWidget(self)
        self.issues.setWordWrap(True)
        self.issues.setAccessibleName(_("核对结果"))
        self.source = SourceView(self.review, self)
        self.confirm = self._button(_("确认选中的"))
        self.confirm.setToolTip(_("选中的几行都和原文对过了，没有错"))
        self.confirm_all = self._button(_("全部确认"))
        self.keep = self._button("")
        self.next = self._button("")
        theme.set_role(self.next, "primary")
        self.cancel = self._button(_("不读入"))
        self._lay_out()
        self._wire()
        self._summarise()
        self._on_year_changed(self.year.value())
        lines = len(self.list.cells.keys)
        waiting = len(self.review.open) + len(self.review.lacking)
        self.only_open.setChecked(0 < waiting < lines)
        if self.review.open:
            self._go_to(self.review.open[0])

    def report(self) -> Report:
        """The report as looked over and corrected."""
        return self.review.report(self.year.value())

    # ------------------------------------------------------------ inside

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)  # Enter in a field must not keep the report
        return button

    def _wire(self) -> None:
        self.year.valueChanged.connect(self._on_year_changed)
        self.only_open.toggled.connect(self._on_filtered)
        self.list.key_chosen.connect(self.source.show_key)
        self.list.cells.corrected.connect(self._on_said)
        self.list.cells.refused.connect(self._on_refused)
        self.list.selectionModel().selectionChanged.connect(self._show_confirming)
        self.source.key_chosen.connect(self._on_source_chosen)
        self.texts.changed.connect(self._on_typed)
        self.issues.itemActivated.connect(self._on_issue_chosen)
        self.issues.itemClicked.connect(self._on_issue_chosen)
        self.confirm.clicked.connect(self._on_confirm)
        self.confirm_all.clicked.connect(self._on_confirm_all)
        self.keep.clicked.connect(self._on_keep)
        self.next.clicked.connect(self._on_next)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.only_open)
        head.addStretch(1)
        head.addWidget(self.confirm)
        head.addWidget(self.confirm_all)
        cells = QWidget(self)
        column = QVBoxLayout(cells)
        column.setContentsMargins(0, theme.gap(8), 0, 0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(cells, _("表格和单位信息"))
        self.tabs.addTab(self.texts, _("文字"))
        self.tabs.addTab(self.issues, _("核对结果"))
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        title = QLabel(_("原文（读到的格有底色，点一格看读成了什么）"), left)
        title.setProperty("role", "secondary")
        title.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(self.source, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.tabs)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([theme.gap(500), theme.gap(560)])
        left.setVisible(bool(self.review.imported.source))
        year = QLabel(_("报告年度"), self)
        year.setBuddy(self.year)
        foot = QHBoxLayout()
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(year)
        foot.addWidget(self.year)
        foot.addWidget(self.keep)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(self.message)
        layout.addWidget(self.splitter, 1)
        layout.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(theme.gap(1100), room.width() - 40), min(theme.gap(680), room.height() - 60))

    def _summarise(self) -> None:
        """Say what was read, and what was not."""
        imported, review = self.review.imported, self.review
        parts = [
            _("读出 {count} 格（{format}）").format(format=imported.form.called, count=len(imported.cells))
        ]
        if review.open:
            parts.append(_("{count} 处拿不准").format(count=len(review.open)))
        if review.lacking:
            parts.append(_("{count} 格没有读出").format(count=len(review.lacking)))
        refused = dict.fromkeys(named(refusal.what, refusal.reason) for refusal in imported.refused)
        lines = [_("{parts}。").format(parts=clauses(parts)), *imported.notes, *refused]
        if len(lines) > MOST_LINES:
            more = _("还有 {count} 条，见各行的说明。").format(count=len(lines) - MOST_LINES + 1)
            lines[MOST_LINES - 1 :] = [more]
        sure = not (review.open or review.lacking or refused or imported.notes)
        self.message.show_message(State.DONE if sure else State.WARNING, "\n".join(lines), closable=False)

    def _show_confirming(self) -> None:
        waiting = self.review.open
        chosen = [key for key in self.list.selected_keys() if key in waiting]
        self.confirm.setEnabled(bool(chosen))
        self.confirm_all.setEnabled(bool(waiting))
        count = len(waiting)
        self.confirm_all.setText(_("全部确认（{count}）").format(count=count) if count else _("全部确认"))

    def _show_issues(self) -> None:
        report = self.report()
        found = check(report, self._before)
        self.issues.clear()
        for issue in found:
            state = _SEVERITY[issue.severity]
            item = QListWidgetItem(icons.icon(state.icon, state.colour, 16), explain(issue, report.form))
            item.setData(PLACE, issue)
            self.issues.addItem(item)
        if not found:
            self.issues.addItem(_("没有发现问题。"))
        words = _("核对结果")
        self.tabs.setTabText(self.tabs.indexOf(self.issues), f"{words} {len(found)}" if found else words)

    def _go_to(self, key: str) -> None:
        """Show a key: its line, or its text."""
        if key in self.texts.editors:
            self.tabs.setCurrentWidget(self.texts)
            self.texts.show_key(key)
            return
        self.tabs.setCurrentIndex(0)
        if key not in self.list.cells.keys:
            self.only_open.setChecked(False)
        self.list.select_key(key)
        self.list.setFocus()

    def _finish(self, *, start_next: bool) -> None:
        if not self.review.text("unit.name").strip():
            self.message.show_message(State.WARNING, _("没有读到机关全称，请先补上。"))
            self._go_to("unit.name")
            return
        if waiting := self.review.open:
            words = _("还有 {count} 处拿不准：和左边的原文对照，改正或确认以后再存。").format(
                count=len(waiting)
            )
            self.message.show_message(State.WARNING, words, [("confirm", _("都对照过了，全部确认"))])
            self._go_to(waiting[0])
            return
        self.start_next = start_next
        self.accept()

    # ------------------------------------------------------------ slots

    def _on_filtered(self, only_open: bool) -> None:
        self.list.cells.show_all(only_open=only_open)
        self._show_confirming()

    def _on_said(self) -> None:
        """Something was corrected or confirmed."""
        self.source.refresh()
        self._show_confirming()
        self._show_issues()

    def _on_typed(self) -> None:
        """A key was typed in a text: reading all of them anew waits for a pause."""
        self._show_confirming()
        self._pause.start()

    def _on_refused(self, reason: str) -> None:
        self.message.show_message(State.WARNING, reason)

    def _on_source_chosen(self, key: str) -> None:
        self._go_to(key)

    def _on_issue_chosen(self, item: QListWidgetItem) -> None:
        issue = item.data(PLACE)
        if isinstance(issue, Issue) and (place := issue.field or next(iter(issue.cells), "")):
            self._go_to(place)

    def _on_year_changed(self, year: int) -> None:
        self.keep.setText(_("只存为 {year} 年报").format(year=year))
        self.next.setText(_("存下并开始填 {year} 年报").format(year=year + 1))
        self._before = self._previous(year - 1)
        self._on_said()

    def _on_confirm(self) -> None:
        self.review.confirm(self.list.selected_keys())
        self.list.cells.refresh()
        self._on_said()

    def _on_confirm_all(self) -> None:
        self.review.confirm(self.review.open)
        self.list.cells.refresh()
        self.texts.refresh()
        self._on_said()
        self._summarise()

    def _on_message_acted(self, _action: str) -> None:
        self._on_confirm_all()

    def _on_keep(self) -> None:
        self._finish(start_next=False)

    def _on_next(self) -> None:
        self._finish(start_next=True)
