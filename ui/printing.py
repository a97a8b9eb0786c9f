"""Printing: the finished PDF, page by page, on the printer that the system's dialog names.

Each page is drawn on the background thread and painted here, so that the window stays alive; the
dialog's range, copies, duplex and grey are the printer's business or kept here.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from ui.pdf_pages import PdfPages
from ui.printed_copy import PrintedCopy
from ui.tasks import Background

MAX_RESOLUTION = 300
"""Pixels an inch that pages are drawn at; text is still sharp and a page stays under 40 MB."""


class PrintJob(QObject):
    """One report on its way to a printer. ``progressed(done, of)``, then ``finished`` or ``failed(words)``."""

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, copy: PrintedCopy, printer: QPrinter, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._copy = copy
        self._printer = printer
        self._background = background
        self._painter = QPainter()
        self._pages: PdfPages | None = None
        self._numbers: list[int] = []
        self._done = 0
        background.closing.append(self.abort)

    @property
    def file(self) -> str:
        """The file that is printed to; empty for a printer of paper."""
        return self._printer.outputFileName()

    def abort(self) -> None:
        """Stop printing: the window is closing, and the printer must be let go first."""
        self._end(_("打印没有完成。"))

    def start(self) -> None:
        task = self._background.run(self, partial(PdfPages, self._copy), wanted=True)
        task.done.connect(self._on_opened)
        task.failed.connect(self._on_failed)

    def _on_opened(self, pages: object) -> None:
        assert isinstance(pages, PdfPages)
        if self._is_over:  # cancelled before the pages were set
            self._close(pages)
            return
        self._pages = pages
        self._numbers = chosen_pages(self._printer, len(pages))
        if not self._numbers:
            self._end(_("没有要打印的页：这份报告共 {count} 页。").format(count=len(pages)))
        elif not self._painter.begin(self._printer):
            self._end(_("打印机没有响应，请检查打印机后再试。"))
        else:
            self._draw_next()

    def _draw_next(self) -> None:
        assert self._pages is not None
        resolution = min(self._printer.resolution(), MAX_RESOLUTION)
        image = partial(self._pages.image, self._numbers[self._done], resolution)
        task = self._background.run(self, image, wanted=True)
        task.done.connect(self._on_drawn)
        task.failed.connect(self._on_failed)

    def _on_drawn(self, image: object) -> None:
        assert isinstance(image, QImage)
        if not self._painter.isActive():
            return
        if self._done and not self._printer.newPage():
            self._end(_("打印到第 {page} 页时打印机出错。").format(page=self._done + 1))
            return
        area = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(QRectF(0, 0, area.width(), area.height()), image)
        self._done += 1
        self.progressed.emit(self._done, len(self._numbers))
        if self._done < len(self._numbers):
            self._draw_next()
        else:
            self._end("")

    def _on_failed(self, error: object) -> None:
        self._end(str(error) if isinstance(error, KnownError) else _("打印没有完成：程序出错。"))
        if not isinstance(error, KnownError):
            assert isinstance(error, BaseException)
            raise error

    @property
    def _is_over(self) -> bool:
        return self.abort not in self._background.closing

    def _close(self, pages: PdfPages) -> None:
        """Let go of the pages where they were opened, then of the printer."""
        self._background.run(self, pages.close).done.connect(self.deleteLater)

    def _end(self, problem: str) -> None:
        if self._is_over:
            return
        self._background.closing.remove(self.abort)
        if self._painter.isActive():
            self._painter.end()
        if self._pages is not None:
            self._close(self._pages)
        if problem:
            self.failed.emit(problem)
        else:
            self.finished.emit()


def make_printer(copy: PrintedCopy) -> QPrinter:
    """The system's printer for a copy: A4 upright, the whole sheet."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDocName(copy.report.title)
    return printer


def ask(printer: QPrinter, pages: int, parent: QWidget) -> bool:
    """Show the system's print dialog; False when the clerk thinks better of it."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("打印"))
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Numbers of the pages to print, from 0, in the order asked for."""
    first, last = printer.fromPage(), printer.toPage()
    if printer.printRange() != QPrinter.PrintRange.PageRange or not first:
        first, last = 1, count
    numbers = list(range(first - 1, min(last or count, count)))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    return numbers
