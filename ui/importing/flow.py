"""From a file or a clipboard of last year to this year's draft: read, look over, keep, go on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports.importing import Imported, import_paste, import_source
from gkdesk.report import Report
from ui import asking
from ui.asking import Purpose
from ui.importing import waiting
from ui.importing.dialog import ImportDialog
from ui.importing.pasted import file_of
from ui.opening import closed_on_failure, document_of
from ui.settings import Settings
from ui.widgets.states import State

if TYPE_CHECKING:
    from ui.documents import OpenDocument
    from ui.main_window import MainWindow


def choose(window: MainWindow, settings: Settings) -> None:
    """Ask for the file and read it in."""
    kinds = "*.docx *.xlsx *.html *.htm *.mht *.mhtml *.pdf *.txt *.json"
    filters = _("年报 ({kinds});;所有文件 (*)").format(kinds=kinds)
    chosen = asking.ask_file(window, settings, Purpose.IMPORT, _("读入以前的年报"), filters)
    if chosen:
        window.desk.open_path(chosen)


def _may_keep(window: MainWindow) -> bool:
    """Whether there is a place for what is read in; told where there is none."""
    if window.document is None or not window.document.read_only:
        return True
    words = _("这是只读的副本，读入的年报没有地方存。请先打开可以修改的年报，再读入。")
    window.message_shown.show_message(State.HINT, words)
    return False


def paste(window: MainWindow) -> None:
    """Read in what the clipboard holds: a page, a text, or a file that was copied."""
    source = QGuiApplication.clipboard().mimeData()
    path = file_of(source)
    if path is not None:
        window.desk.open_path(path)
        return
    html, text = source.html() if source.hasHtml() else "", source.text() if source.hasText() else ""
    if not html.strip() and not text.strip():
        words = _("剪贴板里没有文字。先在网页或 Word 里选中整篇年报（Ctrl+A），复制（Ctrl+C），再来粘贴。")
        window.message_shown.show_message(State.HINT, words)
        return
    name = _("剪贴板")
    window.commit_pending()
    _bring_in(window, name, lambda stop: import_paste(html, text, stop=stop), _("粘贴以前的年报"))


def read_in(window: MainWindow, path: Path) -> None:
    """Read a file, let the clerk look it over, keep it, and go on with it or with the year after it."""
    step = _("读入“{file}”").format(file=path.name)
    _bring_in(window, path.name, lambda stop: import_source(path, stop=stop), step)


def _bring_in(window: MainWindow, name: str, work: Callable[[threading.Event], Imported], step: str) -> None:
    """The same for any source; what goes wrong is told in the window."""
    if not _may_keep(window):
        return
    try:
        imported = waiting.read(name, work, window.background, window)
    except KnownError as error:
        window.message_shown.show_message(State.ERROR, str(error))
        return
    if imported is None:
        return
    dialog = ImportDialog(imported, window, previous=lambda year: _report_of(window, imported, year))
    while dialog.exec() == QDialog.DialogCode.Accepted:
        try:
            if keep(window, dialog.report(), step, start_next=dialog.start_next):
                break
            reason = _("现在打开的年报还有没存上的修改，读入的内容还没有存。")
        except KnownError as error:
            reason = str(error)
        # what was corrected by hand stays on the screen until it is kept or given up
        dialog.message.show_message(State.ERROR, reason)
    dialog.deleteLater()


def keep(window: MainWindow, report: Report, name: str, *, start_next: bool) -> bool:
    """Store a report in the unit's document and open it, or the year after it. Raises KnownError.

    False when the clerk stays with another document that could not be saved: nothing is stored then. A year that is
    there already is not overwritten: the year after it can be begun, else that is what is raised.
    """
    document = window.document
    other = document is None or not _is_of(document, report.unit_name)
    target = document_of(report, window) if document is None or other else document
    with closed_on_failure(target) if other else nullcontext():
        kept = report.year in target.years()
        if kept and not start_next:
            words = _("文档里已经有 {year} 年报，不会覆盖。请改“报告年度”，或者点“不读入”。")
            raise KnownError(words.format(year=report.year))
    if other:
        if not window.desk.close():
            target.close()
            target.deleteLater()
            return False
        window.desk.take(target)
    if not kept:
        target.add(report, name, read_in=True)
    year = report.year
    if start_next:
        year += 1
        if year not in target.years():
            target.add_year(year)
    window.desk.open_year(year)
    if kept:
        words = _("文档里已经有 {year} 年报，没有覆盖。").format(year=report.year)
        window.message.show_message(State.HINT, words)
    return True


def _report_of(window: MainWindow, imported: Imported, year: int) -> Report | None:
    """The report of a year in the open document, where that is of the same unit and can be read."""
    document = window.document
    unit = imported.fields.get("unit.name", "")
    with suppress(KnownError):
        if document is not None and year in document.years() and _is_of(document, unit):
            return document.report(year)
    return None


def _is_of(document: OpenDocument, unit: str) -> bool:
    years = document.years()
    return not years or document.report(years[-1]).unit_name in ("", unit)
