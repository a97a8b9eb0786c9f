"""读入年报: what was read from a Word, Excel, PDF, web or text file, cell by cell, to look over before it is kept."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressDialog,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks import check, explain
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports.importing import Imported, import_source
from gkdesk.report import Report, parse, spell
from gkdesk.report.history_words import name_of
from gkdesk.words import clauses, named
from ui import clock, dialogs, theme
from ui.tasks import Background
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

CELL = Qt.ItemDataRole.UserRole
PLACE, FOUND, VALUE, WHERE = range(4)


class ImportDialog(QDialog):
    """Shows an import; ``report()`` is what the clerk agreed to, ``start_next`` whether a new year begins from it."""

    def __init__(self, imported: Imported, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imported = imported
        self.start_next = False
        self.setWindowTitle(_("读入年报"))
        self.message = InlineMessage(self)
        self.keep = QPushButton(self)
        self.next = QPushButton(self)
        self.unit = QLineEdit(imported.fields.get("unit.name", ""), self)
        self.unit.setAccessibleName(_("机关全称"))
        for button in (self.keep, self.next):
            button.setAutoDefault(False)  # Enter in a field must not save
        self.year = QSpinBox(self)
        self.year.setRange(2019, 2099)
        self.year.setValue(imported.year or clock.today().year - 1)
        self.year.setAccessibleName(_("报告年度"))
        self.year.valueChanged.connect(self._on_year_changed)
        self.only_open = QCheckBox(_("只看要核对的"), self)
        self.only_open.toggled.connect(self._show_rows)
        self.table = QTableWidget(0, 4, self)
        self.table.setHorizontalHeaderLabels([_("位置"), _("读到的"), _("数值（可改）"), _("出处")])
        self.table.verticalHeader().hide()
        self.table.setAccessibleName(_("逐格核对"))
        self.texts = QPlainTextEdit(self)
        self.texts.setReadOnly(True)
        self.texts.setAccessibleName(_("读到的文字"))
        self.issues = QPlainTextEdit(self)
        self.issues.setReadOnly(True)
        self.issues.setAccessibleName(_("核对结果"))
        self.keep.clicked.connect(self._on_keep)
        theme.set_role(self.next, "primary")
        self.next.clicked.connect(self._on_next)
        cancel = QPushButton(_("不读入"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._lay_out(cancel)
        self._fill()
        self.table.itemChanged.connect(self._on_item_changed)
        self._on_year_changed(self.year.value())

    def _lay_out(self, cancel: QPushButton) -> None:
        head = QHBoxLayout()
        head.addWidget(QLabel(_("机关全称"), self))
        head.addWidget(self.unit, 1)
        head.addWidget(QLabel(_("报告年度"), self))
        head.addWidget(self.year)
        tabs = QTabWidget(self)
        cells = QWidget(tabs)
        column = QVBoxLayout(cells)
        column.addWidget(self.only_open)
        column.addWidget(self.table, 1)
        tabs.addTab(cells, _("表格数字"))
        tabs.addTab(self.texts, _("文字"))
        tabs.addTab(self.issues, _("核对结果"))
        foot = QHBoxLayout()
        foot.addWidget(cancel)
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addLayout(head)
        layout.addWidget(tabs, 1)
        layout.addLayout(foot)
        dialogs.fit(self, 900, 620)

    def report(self) -> Report:
        """The report as looked over and corrected."""
        form = self._imported.form
        cells = {}
        for row in range(self.table.rowCount()):
            place, value = self.table.item(row, PLACE), self.table.item(row, VALUE)
            id = place.data(CELL)
            parsed = parse(value.text(), form.cells[id].kind)
            if parsed is not None:
                cells[id] = parsed
        fields = {**self._imported.fields, "unit.name": self.unit.text().strip()}
        return Report(form, self.year.value(), cells, {key: text for key, text in fields.items() if text})

    # ------------------------------------------------------------ inside

    def _fill(self) -> None:
        imported = self._imported
        form = imported.form
        self.table.setRowCount(len(form.cells))
        for row, id in enumerate(form.cells):
            reading = imported.cells.get(id)
            state = self._state(id)
            words = (
                name_of(id, form),
                reading.text if reading else "",
                spell(reading.value) if reading else "",
                reading.where if reading else _("没有找到"),
            )
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                if column != VALUE:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if state is not State.DONE:
                    item.setBackground(theme.colour(state.ground))
                    item.setToolTip(state_words(state))
                self.table.setItem(row, column, item)
            self.table.item(row, PLACE).setData(CELL, id)
        for column, width in ((PLACE, 380), (FOUND, 120), (VALUE, 120)):
            self.table.setColumnWidth(column, theme.gap(width))
        self.table.horizontalHeader().setStretchLastSection(True)
        lines = []
        for key, text in imported.fields.items():
            mark = _("（请核对）") if key in imported.guessed else ""
            lines.append(f"{name_of(key, form)}{mark}\n{text}\n")
        self.texts.setPlainText("\n".join(lines))
        open_cells = sum(self._state(id) is not State.DONE for id in form.cells)
        self.only_open.setChecked(bool(open_cells) and open_cells < len(form.cells))
        parts = [_("按{format}读出 {count} 格").format(format=form.name, count=len(imported.cells))]
        if imported.uncertain:
            parts.append(_("{count} 格拿不准").format(count=len(imported.uncertain)))
        if imported.missing:
            parts.append(_("{count} 格没有找到").format(count=len(imported.missing)))
        refused = [named(refusal.what, refusal.reason) for refusal in imported.refused]
        sure = not (imported.uncertain or imported.missing or refused)
        lines = [_("{parts}。").format(parts=clauses(parts)), *refused, *imported.notes]
        self.message.show_message(State.DONE if sure else State.WARNING, "\n".join(lines[:6]), closable=False)
        self._show_issues()

    def _state(self, id: str) -> State:
        reading = self._imported.cells.get(id)
        if reading is None:
            # a total that the file leaves out is added up again
            return State.DONE if id in self._imported.form.sums else State.ERROR
        return State.DONE if reading.certain else State.WARNING

    def _show_rows(self) -> None:
        for row, id in enumerate(self._imported.form.cells):
            self.table.setRowHidden(row, self.only_open.isChecked() and self._state(id) is State.DONE)

    def _show_issues(self) -> None:
        report = self.report()
        words = [explain(issue, report.form) for issue in check(report)]
        self.issues.setPlainText("\n".join(words) or _("没有发现问题。"))

    def _on_item_changed(self, _item: QTableWidgetItem) -> None:
        self._show_issues()

    def _on_year_changed(self, year: int) -> None:
        self.keep.setText(_("存为 {year} 年报").format(year=year))
        self.next.setText(_("存下并新建 {year} 年报").format(year=year + 1))

    def _on_keep(self) -> None:
        self._finish(start_next=False)

    def _on_next(self) -> None:
        self._finish(start_next=True)

    def _finish(self, *, start_next: bool) -> None:
        if not self.unit.text().strip():
            self.message.show_message(State.WARNING, _("请先写机关全称。"))
            self.unit.setFocus()
            return
        self.start_next = start_next
        self.accept()


def state_words(state: State) -> str:
    """What a colour means."""
    return {
        State.WARNING: _("拿不准，请和原文核对"),
        State.ERROR: _("原文里没有找到，请补填"),
    }.get(state, "")


def read_file(path: Path, background: Background, parent: QWidget) -> Imported | None:
    """Read a file off the interface thread, with a bar and a cancel button. None when cancelled.

    Raises KnownError for what cannot be read.
    """
    stop = threading.Event()
    waiting = QProgressDialog(_("正在读“{file}”…").format(file=path.name), _("取消"), 0, 0, parent)
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    waiting.setMinimumDuration(300)
    answer: list[object] = []
    task = background.run(parent, partial(import_source, path, stop=stop))
    task.done.connect(answer.append)
    task.failed.connect(answer.append)
    task.done.connect(waiting.accept)
    task.failed.connect(waiting.accept)
    waiting.canceled.connect(stop.set)
    waiting.exec()
    cancelled = stop.is_set()
    waiting.deleteLater()
    if cancelled or not answer:
        return None
    if isinstance(answer[0], Imported):
        return answer[0]
    assert isinstance(answer[0], BaseException)
    if isinstance(answer[0], KnownError):
        raise answer[0]
    raise answer[0]
