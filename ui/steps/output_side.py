"""What to make of the report: which copy, which files, where to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gkdesk.exports import KINDS
from gkdesk.i18n import _
from gkdesk.storage.history import FINAL, REVIEW
from gkdesk.words import spaced
from ui import asking, icons, theme
from ui.asking import Purpose
from ui.settings import Settings
from ui.widgets.elided_label import ElidedLabel

ARCHIVE = "pdfa"


class OutputSide(QFrame):
    """The choices at the right of the preview. Copy, files and folder are remembered."""

    copy_chosen = Signal()
    export_wanted = Signal()
    print_wanted = Signal()
    cancelled = Signal()

    def __init__(self, settings: Settings, *, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self._settings = settings
        self.folder = asking.beginning(settings, Purpose.EXPORT)
        self.copies = self._copies(state)
        self.boxes = {kind: self._box(kind) for kind in KINDS}
        self._place = ElidedLabel(str(self.folder), self, mode=Qt.TextElideMode.ElideMiddle)
        self.change = QPushButton(_("换个文件夹…"), self)
        self.change.clicked.connect(self._on_change_folder)
        icons.bind(self.change, "folder")
        self.export = QPushButton(_("导出"), self)
        theme.set_role(self.export, "primary")
        self.export.clicked.connect(self.export_wanted)
        self.print = QPushButton(_("打印…"), self)
        self.print.clicked.connect(self.print_wanted)
        icons.bind(self.print, "print")
        self.progress = QProgressBar(self)
        self.cancel = QPushButton(_("取消"), self)
        self.cancel.clicked.connect(self.cancelled)
        self._pressed = self.export
        self._allow_archive()
        self._lay_out()
        self.rest()

    def _lay_out(self) -> None:
        choices = QWidget(self)
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(4))
        column.addWidget(self._title(_("哪一种")))
        column.addWidget(self.copies)
        column.addSpacing(theme.gap(8))
        column.addWidget(self._title(_("导出哪些文件")))
        for box in self.boxes.values():
            column.addWidget(box)
        column.addSpacing(theme.gap(8))
        column.addWidget(self._title(_("存到")))
        column.addWidget(self._place)
        column.addWidget(self.change)
        column.addStretch(1)
        # where there is little room the choices are scrolled; the buttons stay in sight
        holder = QScrollArea(self)
        holder.setWidgetResizable(True)
        holder.setFrameShape(QFrame.Shape.NoFrame)
        holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder.setWidget(choices)
        for part in (holder.viewport(), choices):
            part.setAutoFillBackground(False)  # the paper under them is seen
        busy = QHBoxLayout()
        busy.addWidget(self.progress, 1)
        busy.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(12)] * 4)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(holder, 1)
        layout.addWidget(self.export)
        layout.addWidget(self.print)
        layout.addLayout(busy)

    def _title(self, words: str) -> QLabel:
        title = QLabel(words, self)
        theme.bind_font(title, bold=True)
        return title

    def _copies(self, state: str) -> QComboBox:
        """公布用, 送审稿, and 正式稿 once the report is 定稿. What comes first goes by the state, else by last time."""
        box = QComboBox(self)
        box.setAccessibleName(_("哪一种"))
        for kind, words, explanation in (
            ("plain", _("公布用"), _("只有年报本身")),
            ("review", _("送审稿"), _("首页是签批单，每页有“送审稿”字样和核对码")),
            ("final", _("正式稿"), _("定稿以后才能出；每页有核对码")),
        ):
            box.addItem(words, kind)
            box.setItemData(box.count() - 1, explanation, Qt.ItemDataRole.ToolTipRole)
        model = box.model()
        assert isinstance(model, QStandardItemModel)
        model.item(box.findData("final")).setEnabled(state == FINAL)
        first = {FINAL: "final", REVIEW: "review"}.get(state, self._settings.export_copy)
        box.setCurrentIndex(box.findData(first))
        box.currentIndexChanged.connect(self._on_copy_chosen)
        return box

    def _box(self, kind: str) -> QCheckBox:
        box = QCheckBox(spaced(_words(kind)), self)
        box.setChecked(kind in self._settings.export_kinds)
        box.toggled.connect(self._on_toggled)
        return box

    def _on_copy_chosen(self) -> None:
        chosen = self.copies.currentData()
        if chosen != "final":  # that one goes by the state alone
            self._settings.export_copy = chosen
        self._allow_archive()
        self._allow_export()
        self.copy_chosen.emit()

    def _allow_archive(self) -> None:
        """What is kept for good is the report, not a draft of it with 送审稿 across each page."""
        review, box = self.copies.currentData() == "review", self.boxes[ARCHIVE]
        name, use = _words(ARCHIVE)
        box.setText(spaced((name, _("送审稿不归档") if review else use)))
        box.setEnabled(not review)

    def kinds(self) -> list[str]:
        """The kinds of file to make."""
        return [kind for kind, box in self.boxes.items() if box.isChecked() and box.isEnabled()]

    def work(self, *, of: int = 0) -> None:
        """Show that something is being made, in `of` pieces (0: nobody knows how many)."""
        pressed = self.export if self.export.hasFocus() else self.print if self.print.hasFocus() else None
        self.export.setEnabled(False)
        self.print.setEnabled(False)
        self.progress.setRange(0, of)
        self.progress.setValue(0)
        self.progress.show()
        self.cancel.setEnabled(True)
        self.cancel.show()
        if pressed is not None:
            self._pressed = pressed
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def advance(self, done: int) -> None:
        """So many pieces are made."""
        self.progress.setValue(done)

    def rest(self) -> None:
        """Nothing is being made any more."""
        at_work = self.cancel.hasFocus()
        self.print.setEnabled(True)
        self.export.setEnabled(bool(self.kinds()))
        if at_work:
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.hide()
        self.cancel.hide()

    def _on_toggled(self) -> None:
        self._settings.export_kinds = [kind for kind, box in self.boxes.items() if box.isChecked()]
        self._allow_export()

    def _allow_export(self) -> None:
        if self.progress.isHidden():
            self.export.setEnabled(bool(self.kinds()))

    def _on_change_folder(self) -> None:
        chosen = asking.ask_folder(self, _("存到哪个文件夹"), self.folder)
        if chosen:
            self.folder = chosen
            self._settings.keep_folder(Purpose.EXPORT, chosen)
            self._place.setText(str(self.folder))


def _words(kind: str) -> tuple[str, str]:
    """A kind's name and what it is for."""
    words = {
        "pdf": ("PDF", _("打印、签字、公布用")),
        "pdfa": ("PDF/A", _("归档用")),
        "xlsx": ("Excel", _("上报、汇总用")),
        "docx": ("Word", _("送审、修改用")),
        "html": (_("网页 HTML"), _("网站公布用")),
        "json": (_("数据文件"), _("备份、交换用")),
    }
    return words.get(kind, (kind, ""))
