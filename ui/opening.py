"""Where documents lie, and opening whatever the clerk points at."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject

from gkdesk import paths
from gkdesk.i18n import _
from gkdesk.report import Report, report_json
from ui.documents import OpenDocument

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def default_path(unit: str) -> Path:
    """The document of a unit in the user's data folder."""
    name = _UNSAFE.sub("", unit).strip(" .")[:80] or "年报"
    return paths.data_folder() / f"{name}.gkd"


def sample_path() -> Path:
    """The sample report that comes with the program."""
    return paths.resources() / "samples" / "sample-2021.json"


def open_any(path: Path, parent: QObject) -> tuple[OpenDocument, int | None]:
    """Open a document, or the document of a report JSON's unit with that year in it.

    Returns the year to show, None for the start page. A year that the document has already is left as
    it is: nothing of the clerk's is overwritten. Raises KnownError.
    """
    if path.suffix.lower() != ".json":
        document = OpenDocument.open(path, parent)
        years = document.years()
        return document, years[-1] if len(years) == 1 else None
    report = report_json.read_file(path)
    document = _document_of(report, parent)
    if report.year not in document.years():
        document.add(report, _("读入“{file}”").format(file=path.name))
    return document, report.year


def _document_of(report: Report, parent: QObject) -> OpenDocument:
    target = default_path(report.unit_name)
    if target.exists():
        return OpenDocument.open(target, parent)
    return OpenDocument.create(target, report.unit_name, parent)
