"""The start page: the unit's reports by year, a new one, and documents opened lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gkdesk.i18n import _
from gkdesk.report.deadline import deadline
from gkdesk.storage.history import FINAL
from ui import icons, theme
from ui.due import due_words, edited_words
from ui.state_bar import READ_IN, state_word
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inline_message import InlineMessage
from ui.widgets.section_heading import SectionHeading
from ui.widgets.states import State

COLUMNS = 3
BRING_BACK = "bring_back"


@dataclass(frozen=True, slots=True)
class YearSummary:
    """What a card says about a year's report.

    ``state`` names a State, ``percent`` is completeness, ``step`` where the report is on its way (填报中, 送审,
    定稿, or 已读入 for a year past that was made elsewhere), ``edited`` when it was changed last.
    """

    year: int
    unit: str
    format_name: str
    state: str
    errors: int
    gaps: int
    warnings: int
    percent: int
    kind: str
    step: str
    edited: datetime | None


class StartPage(QWidget):
    """Chosen things are signalled; the window does them."""

    new_document = Signal(str, int)
    """Unit and year."""
    new_year = Signal(int)
    year_chosen = Signal(int)
    remove_wanted = Signal(int)
    bring_back_wanted = Signal(int)
    """A year that was removed is wanted again."""
    open_wanted = Signal()
    import_wanted = Signal()
    paste_wanted = Signal()
    """The clipboard holds a report that was copied from a page or from Word."""
    sample_wanted = Signal()
    recent_chosen = Signal(object)

    def __init__(self, due_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due_year = due_year
        self.message = InlineMessage(self)
        self.message.acted.connect(self._on_acted)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._holder = QWidget(scroll)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(theme.gap(24), theme.gap(16), theme.gap(24), theme.gap(16))
        self._column.setSpacing(theme.gap(16))
        self._holder.setMaximumWidth(theme.gap(1080))
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(self._holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.message)
        layout.addWidget(scroll, 1)
        self.unit: QLineEdit | None = None
        self.year: QSpinBox | None = None
        self._focus: QWidget | None = None
        self._years: dict[int, Card] = {}
        self._removed = 0
        self._recent: list[QPushButton] = []

    def show_welcome(self, recent: list[tuple[Path, str]]) -> None:
        """No document is open: go on with one, start one, open one, or look at the sample.

        ``recent`` are documents and the units whose they are, empty where that is not known.
        """
        self._clear()
        self._column.addWidget(
            SectionHeading(_("政府信息公开工作年度报告"), self._holder, note=_("填报助手"))
        )
        self._add_recent(recent)
        self._column.addWidget(self._new_document_form())
        if self._recent:
            self._focus = self._recent[0]
        self._column.addWidget(SectionHeading(_("已有文件"), self._holder, level=2))
        grid = self._grid()
        for number, card in enumerate(
            (
                self._card(
                    _("打开年报文件…"),
                    _("以前用本程序填的 .gkd 文件，或年报数据文件"),
                    "open",
                    self.open_wanted,
                ),
                self._card(
                    _("读入以前的年报…"),
                    _("Word、Excel、PDF、网页都可以，也可以把文件拖进来"),
                    "import",
                    self.import_wanted,
                ),
                self._card(
                    _("粘贴年报"),
                    _("在网页或 Word 里全选、复制，再在这里按 Ctrl+V"),
                    "paste",
                    self.paste_wanted,
                ),
                self._card(
                    _("看看示例"), _("一份填好的虚构单位年报，可以随意改"), "document", self.sample_wanted
                ),
            )
        ):
            grid.addWidget(card, number // COLUMNS, number % COLUMNS)
        self._column.addLayout(grid)
        self._column.addStretch(1)

    def show_document(
        self,
        unit: str,
        years: list[YearSummary],
        today: date,
        recent: list[tuple[Path, str]],
        own_due: str = "",
        *,
        removed: Sequence[int] = (),
        read_only: bool = False,
    ) -> None:
        """A document is open: its years as cards, newest first. ``own_due`` is the unit's own day, MM-DD.

        ``removed`` years are offered to be brought back. ``read_only`` for a copy to read, in which no year can be
        begun or removed.
        """
        self._clear()
        self._column.addWidget(
            SectionHeading(unit or _("（单位名称未填）"), self._holder, note=_("各年年报"))
        )
        grid = self._grid()
        cards: list[Card] = []
        known = [summary.year for summary in years]
        newest_first = sorted(years, key=lambda item: -item.year)
        at_work = bool(newest_first) and newest_first[0].step not in (FINAL, READ_IN)
        if self._due_year not in known and not read_only:
            words = (
                _("将带入上年单位信息、结转数，文字作底稿")
                if self._due_year - 1 in known
                else _("将带入单位信息")
            )
            card = Card(
                _("新建 {year} 年报").format(year=self._due_year),
                words,
                self._holder,
                icon="add",
                primary=not at_work,
            )
            kind = newest_first[0].kind if years else ""
            card.set_note(due_words(deadline(self._due_year, kind, own_due), today)[0])
            card.setProperty("year", self._due_year)
            card.clicked.connect(self._on_new_year)
            cards.append(card)
        for summary in newest_first:
            card = self._year_card(summary, today, own_due)
            if summary.step == READ_IN and summary.year + 1 in known:
                card.set_note(_("{year} 年报的上年对照").format(year=summary.year + 1), "secondary")
            if not read_only:
                self._add_menu(card, summary)
            self._years[summary.year] = card
            cards.append(card)
        for number, card in enumerate(cards):
            grid.addWidget(card, number // COLUMNS, number % COLUMNS)
        # one goes on with what is at work before the next year is begun
        self._focus = self._years[newest_first[0].year] if at_work else next(iter(cards), None)
        self._column.addLayout(grid)
        row = QHBoxLayout()
        open_other = QPushButton(_("打开其他文件…"), self._holder)
        open_other.clicked.connect(self.open_wanted)
        icons.bind(open_other, "open")
        row.addWidget(open_other)
        read_in = QPushButton(_("读入以前的年报…"), self._holder)
        read_in.clicked.connect(self.import_wanted)
        icons.bind(read_in, "import")
        row.addWidget(read_in)
        paste = QPushButton(_("粘贴年报"), self._holder)
        paste.clicked.connect(self.paste_wanted)
        icons.bind(paste, "paste")
        row.addWidget(paste)
        if read_only:
            for button in (read_in, paste):
                button.setEnabled(False)
                button.setToolTip(_("这是只读的副本，读入的年报没有地方存"))
        else:
            row.addWidget(self._other_year(known))
        row.addStretch(1)
        self._column.addLayout(row)
        if not read_only:
            self._add_removed(removed)
        self._add_recent(recent)
        self._column.addStretch(1)

    def show_removed(self, year: int, words: str) -> None:
        """Tell that a year was removed, with the way back."""
        self._removed = year
        self.message.show_message(State.DONE, words, [(BRING_BACK, _("撤销"))])
        # not on the first card, where one Enter too many would begin a year
        (self._focus,) = self.message.buttons()
        self.focus_first()

    def focus_year(self, year: int) -> None:
        """The keyboard to the card of a year."""
        self._focus = self._years.get(year, self._focus)
        self.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # a whole report that is pasted into the field of the name is no name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.unit:
            from ui.importing.pasted import holds_report

            if event.matches(QKeySequence.StandardKey.Paste) and holds_report(
                QGuiApplication.clipboard().mimeData()
            ):
                self.paste_wanted.emit()
                return True
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        if self._focus is not None:
            # a window that is not active again after a dialog forgets what is not shown yet
            self._focus.show()
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ parts

    def _new_document_form(self) -> QWidget:
        frame = QFrame(self._holder)
        frame.setProperty("role", "paper")
        self.unit = QLineEdit(frame)
        self.unit.setAcceptDrops(False)  # a file is the window's; Qt would put its path here
        self.unit.setPlaceholderText(_("机关全称，与印章一致"))
        self.unit.setAccessibleName(_("机关全称"))
        self.unit.returnPressed.connect(self._on_new_document)
        self.unit.installEventFilter(self)
        self.year = QSpinBox(frame)
        self.year.setRange(2019, 2099)
        self.year.setValue(self._due_year)
        self.year.setAccessibleName(_("报告年度"))
        self.year.setSuffix(_(" 年"))
        self.year.lineEdit().returnPressed.connect(self._on_new_document)
        start = QPushButton(_("开始填报"), frame)
        theme.set_role(start, "primary")
        start.clicked.connect(self._on_new_document)
        words = QLabel(_("新建年报"), frame)
        theme.bind_font(words, 1.15, bold=True)
        note = QLabel(_("填写时自动保存在本机，不需要联网。"), frame)
        note.setProperty("role", "secondary")
        row = QHBoxLayout()
        row.setSpacing(theme.gap(8))
        row.addWidget(self.unit, 1)
        row.addWidget(self.year)
        row.addWidget(start)
        column = QVBoxLayout(frame)
        column.setContentsMargins(*[theme.gap(16)] * 4)
        column.setSpacing(theme.gap(8))
        column.addWidget(words)
        column.addLayout(row)
        column.addWidget(note)
        self._focus = self.unit
        return frame

    def _year_card(self, summary: YearSummary, today: date, own_due: str) -> Card:
        words = [
            _("错误 {count}").format(count=summary.errors) if summary.errors else "",
            _("待填 {count}").format(count=summary.gaps) if summary.gaps else "",
            _("提醒 {count}").format(count=summary.warnings) if summary.warnings else "",
        ]
        edited = edited_words(summary.edited, today) if summary.edited else ""
        lines = [summary.format_name, " · ".join(filter(None, words)), edited]
        title = _("{year} 年报 · {step}").format(year=summary.year, step=state_word(summary.step))
        card = Card(title, "\n".join(filter(None, lines)), self._holder)
        due = deadline(summary.year, summary.kind, own_due)
        card.set_note(*due_words(due, today, final=summary.step in (FINAL, READ_IN)))
        card.set_state(State(summary.state))
        card.set_completeness(summary.percent, 100)
        card.setProperty("year", summary.year)
        card.clicked.connect(self._on_year)
        return card

    def _add_menu(self, card: Card, summary: YearSummary) -> None:
        """What can be done with a year besides going on with it."""
        menu = card.add_menu(_("{year} 年报的其他操作").format(year=summary.year))
        go_on = menu.addAction(_("打开"))
        icons.bind(go_on, "open")
        go_on.triggered.connect(card.click)
        final = summary.step == FINAL
        remove = menu.addAction(_("移除…（已定稿，要先退回修改）") if final else _("移除…"))
        icons.bind(remove, "remove")
        remove.setEnabled(not final)
        remove.setProperty("year", summary.year)
        remove.triggered.connect(self._on_remove)

    def _add_removed(self, years: Sequence[int]) -> None:
        if not years:
            return
        row = QHBoxLayout()
        row.setSpacing(theme.gap(8))
        words = QLabel(_("移除过的年报："), self._holder)
        words.setProperty("role", "secondary")
        row.addWidget(words)
        for year in reversed(years):
            button = QPushButton(_("找回 {year} 年报").format(year=year), self._holder)
            theme.set_role(button, "link")
            button.setToolTip(_("内容和修改记录都和移除前一样"))
            button.setProperty("brings_back", year)
            button.clicked.connect(self._on_bring_back)
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)

    def _other_year(self, known: list[int]) -> QPushButton:
        later = max([self._due_year, *known]) + 1
        year = self._due_year - 1
        while year in known and year >= 2019:
            year -= 1
        button = QPushButton(_("补建 {year} 年报").format(year=year if year >= 2019 else later), self._holder)
        button.setToolTip(_("补上以前年度的年报，作为对照"))
        button.setProperty("year", year if year >= 2019 else later)
        button.clicked.connect(self._on_new_year)
        return button

    def _add_recent(self, recent: list[tuple[Path, str]]) -> None:
        if not recent:
            return
        self._column.addWidget(SectionHeading(_("最近打开"), self._holder, level=2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(16))
        grid.setVerticalSpacing(theme.gap(4))
        for row, (path, unit) in enumerate(recent):
            button = QPushButton((unit or path.stem).replace("&", "&&"), self._holder)
            theme.set_role(button, "link")
            button.setToolTip(str(path))
            button.setAccessibleName(_("打开 {path}").format(path=path))
            button.setProperty("path", str(path))
            button.clicked.connect(self._on_recent)
            place = path if unit else path.parent
            folder = ElidedLabel(str(place), self._holder, mode=Qt.TextElideMode.ElideMiddle)
            theme.set_role(folder, "secondary")
            self._recent.append(button)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(folder, row, 1)
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)

    def _card(self, title: str, body: str, icon: str, signal: object) -> Card:
        card = Card(title, body, self._holder, icon=icon)
        card.clicked.connect(signal)
        return card

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.gap(12))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _clear(self) -> None:
        self.message.clear()
        self._focus = None
        self._years = {}
        self._recent = []
        _empty(self._column)

    # ------------------------------------------------------------ slots

    def _on_new_document(self) -> None:
        assert self.unit is not None
        assert self.year is not None
        unit = self.unit.text().strip()
        if not unit:
            self.message.show_message(State.WARNING, _("请先写机关全称，再开始填报。"))
            self.unit.setFocus()
            return
        self.new_document.emit(unit, self.year.value())

    def _on_new_year(self) -> None:
        self.new_year.emit(int(self.sender().property("year")))

    def _on_year(self) -> None:
        self.year_chosen.emit(int(self.sender().property("year")))

    def _on_remove(self) -> None:
        self.remove_wanted.emit(int(self.sender().property("year")))

    def _on_bring_back(self) -> None:
        self.bring_back_wanted.emit(int(self.sender().property("brings_back")))

    def _on_acted(self, action: str) -> None:
        if action == BRING_BACK:
            self.bring_back_wanted.emit(self._removed)

    def _on_recent(self) -> None:
        self.recent_chosen.emit(Path(str(self.sender().property("path"))))


def _empty(layout: QVBoxLayout | QGridLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            _empty(inner)  # type: ignore[arg-type]
