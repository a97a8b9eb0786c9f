"""Printing to a file printer: the pages that were asked for, on A4, as the PDF has them."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from gkdesk import formats
from gkdesk.exports import pdf
from gkdesk.report import Report
from tests.builders import balanced
from ui.printed_copy import PrintedCopy
from ui.printing import PrintJob, chosen_pages, make_printer
from ui.tasks import Background


@pytest.fixture
def background():
    made = Background()
    yield made
    made.close()


@pytest.fixture
def copy():
    return PrintedCopy(balanced(formats.load("2021"), 2024, [3] * 170))


def file_printer(copy, path):
    printer = make_printer(copy)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def ink(page):
    """Mean darkness of a page, 0 … 1: the same however finely its lines were drawn."""
    histogram = page.render(scale=1, grayscale=True).to_pil().histogram()
    return sum((255 - level) * count for level, count in enumerate(histogram)) / (255 * sum(histogram))


def test_all_pages(copy, tmp_path, qtbot, background, qapp):
    printer = file_printer(copy, tmp_path / "out.pdf")
    job = PrintJob(copy, printer, background, qapp)
    done = []
    job.progressed.connect(lambda number, of: done.append((number, of)))
    with qtbot.waitSignal(job.finished, timeout=60_000):
        job.start()
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    wanted = pypdfium2.PdfDocument(pdf.to_bytes(copy.report))
    assert len(printed) == len(wanted) == len(done)
    for one, other in zip(printed, wanted, strict=True):
        assert [round(side) for side in one.get_size()] == [round(side) for side in other.get_size()]
        assert ink(one) == pytest.approx(ink(other), rel=0.3)  # hairlines differ


def test_a_range(copy, tmp_path, qtbot, background, qapp):
    printer = file_printer(copy, tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    job = PrintJob(copy, printer, background, qapp)
    with qtbot.waitSignal(job.finished, timeout=60_000):
        job.start()
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) == 1


def test_pages_that_are_asked_for(copy):
    printer = make_printer(copy)
    assert chosen_pages(printer, 3) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert chosen_pages(printer, 3) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 3) == [2, 1]
    printer.setFromTo(5, 6)
    assert chosen_pages(printer, 3) == []


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer(copy, tmp_path, qtbot, background, qapp):
    printer = file_printer(copy, tmp_path / "no" / "such" / "folder" / "out.pdf")
    job = PrintJob(copy, printer, background, qapp)
    with qtbot.waitSignal(job.failed, timeout=60_000) as told:
        job.start()
    assert "打印机" in told.args[0]


def test_a_range_beyond_the_report_is_said(tmp_path, qtbot, background, qapp):
    copy = PrintedCopy(Report(formats.load("2021"), 2024, {}, {"unit.name": "甲局"}))
    printer = file_printer(copy, tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(50, 60)
    job = PrintJob(copy, printer, background, qapp)
    with qtbot.waitSignal(job.failed, timeout=60_000) as told:
        job.start()
    assert "共" in told.args[0]


def test_cancelled_while_pages_are_set_nothing_is_printed(copy, tmp_path, qtbot, background, qapp):
    target = tmp_path / "out.pdf"
    job = PrintJob(copy, file_printer(copy, target), background, qapp)
    progress, over = [], []
    job.progressed.connect(lambda *done: progress.append(done))
    job.destroyed.connect(lambda: over.append(True))
    with qtbot.waitSignal(job.failed, timeout=60_000):
        job.start()
        job.abort()
    qtbot.waitUntil(lambda: bool(over), timeout=20_000)
    assert progress == []
    assert not target.exists()
