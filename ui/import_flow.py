"""From a file of last year to this year's draft: read, look over, keep, go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Report
from ui.import_dialog import ImportDialog, read_file
from ui.opening import document_of
from ui.widgets.states import State

if TYPE_CHECKING:
    from ui.documents import OpenDocument
    from ui.main_window import MainWindow


def choose(window: MainWindow) -> None:
    """Ask for the file and read it in."""
    kinds = "*.docx *.xlsx *.html *.htm *.mht *.mhtml *.pdf *.txt *.json"
    chosen, _filter = QFileDialog.getOpenFileName(
        window, _("读入以前的年报"), "", _("年报 ({kinds});;所有文件 (*)").format(kinds=kinds)
    )
    if chosen:
        window.desk.open_path(Path(chosen))


def read_in(window: MainWindow, path: Path) -> None:
    """Read a file, let the clerk look it over, keep it, and go on with it or with the year after it."""
    message = window.message_shown
    try:
        imported = read_file(path, window.background, window)
    except KnownError as error:
        message.show_message(State.ERROR, str(error))
        return
    if imported is None:
        return
    dialog = ImportDialog(imported, window)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    report, start_next = dialog.report(), dialog.start_next
    dialog.deleteLater()
    if not accepted:
        return
    try:
        keep(window, report, _("读入“{file}”").format(file=path.name), start_next=start_next)
    except KnownError as error:
        message.show_message(State.ERROR, str(error))


def keep(window: MainWindow, report: Report, name: str, *, start_next: bool) -> None:
    """Store a report in the unit's document and open it, or the year after it. Raises KnownError."""
    document = window.document
    if document is None or not _is_of(document, report.unit_name):
        opened = document_of(report, window)
        if not window.desk.close():
            opened.close()
            return
        document = opened
        window.desk.take(document)
    kept = report.year in document.years()
    if not kept:
        document.add(report, name)
    year = report.year
    if start_next:
        year += 1
        if year not in document.years():
            document.add_year(year)
    window.desk.open_year(year)
    if kept:
        words = _("文档里已经有 {year} 年报，没有覆盖。").format(year=report.year)
        window.message.show_message(State.HINT, words)


def _is_of(document: OpenDocument, unit: str) -> bool:
    years = document.years()
    return not years or document.report(years[-1]).unit_name in ("", unit)
