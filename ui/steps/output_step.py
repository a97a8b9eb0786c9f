"""预览与导出: the pages as they will be printed, and the files to hand in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gkdesk.errors import KnownError
from gkdesk.exports import KINDS, file_name
from gkdesk.i18n import _
from gkdesk.report import Changes
from gkdesk.storage.history import FINAL
from ui import icons, theme
from ui.editing import Editing
from ui.printed_copy import PrintedCopy
from ui.settings import Settings
from ui.steps.preview import Preview
from ui.steps.step import Step
from ui.tasks import Background
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inline_message import InlineMessage
from ui.widgets.section_heading import SectionHeading
from ui.widgets.states import State


class OutputStep(Step):
    """Preview at the left, what to make at the right."""

    def __init__(
        self, editing: Editing, settings: Settings, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._settings = settings
        self._background = background
        self._folder = settings.export_folder or _documents()
        self.preview = Preview(background, self)
        self._boxes: dict[str, QCheckBox] = {}
        self.copies = self._copies(final=editing.state == FINAL)
        self.button = QPushButton(_("导出"), self)
        theme.set_role(self.button, "primary")
        self.button.clicked.connect(self._on_export)
        self.print_button = QPushButton(_("打印…"), self)
        self.print_button.clicked.connect(self._on_print)
        icons.bind(self.print_button, "print")
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.hide()
        self._result = InlineMessage(self)
        self._result.acted.connect(self._on_open_folder)
        side = self._side()
        body = QHBoxLayout()
        body.setSpacing(theme.gap(12))
        body.addWidget(self.preview, 1)
        holder = QScrollArea(self)
        holder.setWidgetResizable(True)
        holder.setFrameShape(QFrame.Shape.NoFrame)
        holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder.setFixedWidth(theme.gap(264))
        holder.setWidget(side)
        body.addWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(16), theme.gap(12), theme.gap(16), theme.gap(8))
        layout.setSpacing(theme.gap(8))
        layout.addWidget(SectionHeading(_("预览与导出"), self, note=_("打印出来就是这个样子")))
        layout.addWidget(self._result)
        layout.addLayout(body, 1)
        editing.changed.connect(self._on_changed)

    def _copy(self) -> PrintedCopy:
        return PrintedCopy.of(self._editing, self.copies.currentData())

    def _copies(self, *, final: bool) -> QComboBox:
        """公布用, 送审稿, and 正式稿 once the report is 定稿."""
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
        model.item(box.findData("final")).setEnabled(final)
        box.setCurrentIndex(box.findData("final" if final else "plain"))
        box.currentIndexChanged.connect(self._on_copy_chosen)
        return box

    def _side(self) -> QWidget:
        side = QFrame(self)
        side.setProperty("role", "paper")
        column = QVBoxLayout(side)
        column.setContentsMargins(*[theme.gap(12)] * 4)
        column.setSpacing(theme.gap(4))
        which = QLabel(_("哪一种"), side)
        which.setFont(theme.font(bold=True))
        column.addWidget(which)
        column.addWidget(self.copies)
        column.addSpacing(theme.gap(8))
        title = QLabel(_("导出哪些文件"), side)
        title.setFont(theme.font(bold=True))
        column.addWidget(title)
        for kind in KINDS:
            box = QCheckBox("　".join(_words(kind)), side)
            box.setChecked(kind in ("pdf", "xlsx"))
            box.toggled.connect(self._on_toggled)
            self._boxes[kind] = box
            column.addWidget(box)
        where = QLabel(_("存到"), side)
        where.setFont(theme.font(bold=True))
        column.addSpacing(theme.gap(8))
        column.addWidget(where)
        self._place = ElidedLabel(str(self._folder), side, mode=Qt.TextElideMode.ElideMiddle)
        column.addWidget(self._place)
        change = QPushButton(_("换个文件夹…"), side)
        change.clicked.connect(self._on_change_folder)
        icons.bind(change, "folder")
        column.addWidget(change)
        column.addSpacing(theme.gap(8))
        column.addWidget(self.button)
        column.addWidget(self.print_button)
        column.addWidget(self._busy)
        column.addStretch(1)
        return side

    def shown(self) -> None:
        self.preview.show_copy(self._copy())
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_page(self) -> str:
        return "export.md"

    def help_text(self) -> str:
        return _(
            "预览与导出\n"
            "左边是打印出来的样子，和导出的 PDF 完全一样。\n"
            "PDF 用来打印、签字、公布；Excel 用来上报、汇总。\n"
            "同名文件会被新的替换；正被别的程序打开的文件要先关闭。"
        )

    # ------------------------------------------------------------ slots

    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.preview.show_copy(self._copy())

    def _on_copy_chosen(self, _index: int) -> None:
        if self.isVisible():
            self.preview.show_copy(self._copy())

    def _on_toggled(self) -> None:
        self.button.setEnabled(any(box.isChecked() for box in self._boxes.values()))

    def _on_change_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("存到哪个文件夹"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self._settings.export_folder = self._folder
            self._place.setText(str(self._folder))

    def _on_export(self) -> None:
        kinds = [kind for kind, box in self._boxes.items() if box.isChecked()]
        work = _Export(self._copy(), kinds, self._folder)
        self.button.setEnabled(False)
        self._busy.show()
        self._result.clear()
        task = self._background.run(self, work.run)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    def _on_done(self, written: object) -> None:
        assert isinstance(written, list)
        self._rest()
        names = "、".join(path.name for path in written)
        words = _("已导出到“{folder}”：{names}").format(folder=self._folder, names=names)
        self._result.show_message(State.DONE, words, [("open", _("打开所在文件夹"))])

    def _on_failed(self, error: object) -> None:
        self._rest()
        if not isinstance(error, KnownError):
            assert isinstance(error, BaseException)
            raise error
        self._result.show_message(State.ERROR, str(error))

    def _on_print(self) -> None:
        from ui import printing

        copy = self._copy()
        printer = printing.make_printer(copy)
        if not printing.ask(printer, max(1, self.preview.pages()), self):
            return
        # the job outlives this page: the clerk may go on while it prints
        job = printing.PrintJob(copy, printer, self._background, self.window())
        job.progressed.connect(self._on_printed)
        job.finished.connect(self._on_print_finished)
        job.failed.connect(self._on_print_failed)
        self.print_button.setEnabled(False)
        self._busy.setRange(0, 0)
        self._busy.show()
        self._result.clear()
        job.start()

    def _on_printed(self, done: int, of: int) -> None:
        self._busy.setRange(0, of)
        self._busy.setValue(done)

    def _on_print_finished(self) -> None:
        self._rest()
        self._result.show_message(State.DONE, _("已送到打印机。"))

    def _on_print_failed(self, words: str) -> None:
        self._rest()
        self._result.show_message(State.ERROR, words)

    def _rest(self) -> None:
        self._busy.setRange(0, 0)
        self.print_button.setEnabled(True)
        self._busy.hide()
        self._on_toggled()

    def _on_open_folder(self, _action: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


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


def _documents() -> Path:
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


class _Export:
    """One copy into several files; runs on the background thread."""

    def __init__(self, copy: PrintedCopy, kinds: list[str], folder: Path) -> None:
        self._copy = copy
        self._kinds = kinds
        self._folder = folder

    def run(self) -> list[Path]:
        written = []
        for kind in self._kinds:
            path = self._folder / file_name(self._copy.report, kind)
            self._copy.write(kind, path)
            written.append(path)
        return written
