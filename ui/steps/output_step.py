"""预览与导出: the pages as they will be printed, and the files to hand in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gkdesk.checks.progress import counts
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue
from gkdesk.words import in_quotes, listed
from ui import theme
from ui.editing import Editing
from ui.exporting import ExportJob
from ui.preview.drawing import Drawn
from ui.preview.preview import Preview
from ui.printed_copy import PrintedCopy
from ui.settings import Settings
from ui.steps.output_side import OutputSide
from ui.steps.step import Step
from ui.tasks import Background
from ui.widgets.inline_message import InlineMessage
from ui.widgets.section_heading import SectionHeading
from ui.widgets.states import State


class OutputStep(Step):
    """Preview at the left, what to make at the right."""

    mend_wanted = Signal(object)
    """The issue that is pointed out is to be mended."""

    def __init__(
        self, editing: Editing, settings: Settings, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._settings = settings
        self._background = background
        self._job: ExportJob | None = None
        self._issue: Issue | None = None
        self._made_in = Path()
        self.preview = Preview(background, self)
        self.preview.drawn.connect(self._on_drawn)
        self.side = OutputSide(settings, state=editing.state, parent=self)
        self.side.copy_chosen.connect(self._show_copy)
        self.side.export_wanted.connect(self._on_export)
        self.side.print_wanted.connect(self._on_print)
        self.side.cancelled.connect(self._on_cancelled)
        self.missing = InlineMessage(self)
        self.pointer = InlineMessage(self)
        self.pointer.acted.connect(self._on_mend)
        self.result = InlineMessage(self)
        self.result.acted.connect(self._on_open_folder)
        self._lay_out()
        editing.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(theme.gap(12))
        body.addWidget(self.preview, 1)
        self.side.setFixedWidth(theme.gap(264))
        body.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(16), theme.gap(12), theme.gap(16), theme.gap(8))
        layout.setSpacing(theme.gap(8))
        layout.addWidget(SectionHeading(_("预览与导出"), self, note=_("打印出来就是这个样子")))
        for message in (self.missing, self.pointer, self.result):
            layout.addWidget(message)
        layout.addLayout(body, 1)

    def _copy(self) -> PrintedCopy:
        return PrintedCopy.of(self._editing, self._settings, self.side.copies.currentData())

    def shown(self) -> None:
        self._show_copy()
        self.side.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, issue: Issue) -> bool:
        page = self.preview.show_issue(issue)
        if page is None:
            return False
        self._issue = issue
        words = _("这处问题在第 {page} 页。").format(page=page)
        self.pointer.show_message(State.HINT, words, [("mend", _("去修改"))])
        return True

    def find(self) -> bool:
        self.preview.search.begin()
        return True

    def find_again(self, distance: int) -> bool:
        self.preview.search_on(distance)
        return True

    def help_page(self) -> str:
        return "export.md"

    def help_text(self) -> str:
        return _(
            "预览与导出\n"
            "左边是打印出来的样子，和导出的 PDF 完全一样。可以查找文字；点右边的问题，会指出它在第几页。\n"
            "PDF 用来打印、签字、公布；Excel 用来上报、汇总。\n"
            "这里导出的同名文件会被新的替换；别人改过的不动，新文件名带编号。正被别的程序打开的文件要先关闭。"
        )

    # ------------------------------------------------------------ preview

    def _show_copy(self) -> None:
        if self.isVisible():
            self.pointer.clear()
            self.preview.show_copy(self._copy())

    def _on_changed(self, _changes: Changes) -> None:
        self._show_copy()

    def _on_drawn(self, drawn: Drawn) -> None:
        missing = drawn.pages.missing
        if not missing:
            self.missing.clear()
            return
        words = _("没有字体能印出“{characters}”，会印成〓。请在“设置”的“打印字体”里选一种有这些字的字体。")
        self.missing.show_message(State.WARNING, words.format(characters=listed(missing)))

    def _on_mend(self, _action: str) -> None:
        if self._issue is not None:
            self.mend_wanted.emit(self._issue)

    # ------------------------------------------------------------ files

    def _on_export(self) -> None:
        kinds = self.side.kinds()
        copy, folder = self._copy(), self.side.folder
        # as printing does, it outlives this page
        self._job = ExportJob(copy, kinds, folder, self._settings, self._background, self.window())
        self._job.progressed.connect(self.side.advance)
        self._job.finished.connect(self._on_exported)
        self.side.work(of=len(kinds))
        self.pointer.clear()
        self.result.clear()
        self._job.start()

    def _on_cancelled(self) -> None:
        self.side.cancel.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    def _on_exported(self) -> None:
        job, self._job = self._job, None
        assert job is not None
        self.side.rest()
        sentences = list(job.problems)
        if job.written:
            names = listed(path.name for path in job.written)
            sentences.append(_("已导出到“{folder}”：{names}").format(folder=job.folder, names=names))
        if job.spared:
            words = _("文件夹里原来的{names}不是这里导出的，或者后来改过，没有覆盖；新的文件名带编号。")
            sentences.append(words.format(names=listed(in_quotes(name) for name in job.spared)))
        if job.cancelled:
            sentences.append(_("已取消。"))
        state = State.ERROR if job.problems else State.HINT if job.cancelled else State.DONE
        errors = counts(self._editing.session.issues, self._editing.form)
        if job.written and (errors.errors or errors.gaps):
            words = _("年报里还有 {count} 处错误或没填的内容，这些文件只供审核时对照，改好以后再导出上报。")
            sentences.append(words.format(count=errors.errors + errors.gaps))
            state = State.WARNING if state == State.DONE else state
        self._made_in = job.folder
        actions = [("open", _("打开所在文件夹"))] if job.written else []
        self.result.show_message(state, "\n".join(sentences), actions)

    def _on_open_folder(self, _action: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made_in)))

    # ------------------------------------------------------------ printing

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
        self.side.cancelled.connect(job.abort)
        self.side.work()
        self.result.clear()
        job.start()

    def _on_printed(self, done: int, of: int) -> None:
        self.side.progress.setRange(0, of)
        self.side.advance(done)

    def _on_print_finished(self) -> None:
        from ui.printing import PrintJob

        self.side.rest()
        job = self.sender()
        assert isinstance(job, PrintJob)
        words = _("已印成文件“{file}”。").format(file=job.file) if job.file else _("已送到打印机。")
        self.result.show_message(State.DONE, words)

    def _on_print_failed(self, words: str) -> None:
        self.side.rest()
        self.result.show_message(State.ERROR, words)
