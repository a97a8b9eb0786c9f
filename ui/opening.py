"""Opening whatever the clerk points at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QObject

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Report, report_json
from ui.documents import OpenDocument
from ui.places import default_path


def open_any(path: Path, parent: QObject) -> tuple[OpenDocument, int | None]:
    """Open a document, or the document of a report JSON's unit with that year in it.

    Returns the year to show, None for the start page. A year that the document has already is left as
    it is: nothing of the clerk's is overwritten. Raises KnownError.
    """
    if path.suffix.lower() != ".json":
        document = OpenDocument.open(path, parent)
        with closed_on_failure(document):
            years = document.years()
        return document, years[-1] if len(years) == 1 else None
    report = report_json.read_file(path)
    document = document_of(report, parent)
    with closed_on_failure(document):
        if report.year not in document.years():
            document.add(report, _("读入“{file}”").format(file=path.name), read_in=True)
    return document, report.year


@contextmanager
def closed_on_failure(document: OpenDocument) -> Iterator[None]:
    """Close a document again when its first use fails: left open it would stay locked."""
    try:
        yield
    except KnownError:
        document.close(discard=True)
        document.deleteLater()
        raise


def new_document(path: Path, unit: str, year: int, parent: QObject) -> OpenDocument:
    """A new document with its first year. Raises KnownError, and leaves nothing behind then."""
    document = OpenDocument.create(path, unit, parent)
    try:
        with closed_on_failure(document):
            document.add_year(year)
    except KnownError:
        with suppress(OSError):  # a disk that hangs still has it open
            path.unlink()
        raise
    return document


def document_of(report: Report, parent: QObject) -> OpenDocument:
    """The unit's document in the data folder, made when it is not there. Raises KnownError."""
    target = default_path(report.unit_name)
    if target.exists():
        return OpenDocument.open(target, parent)
    return OpenDocument.create(target, report.unit_name, parent)
