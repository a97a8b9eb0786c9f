"""Opening a SOURCE: whatever a report can be read from, told apart by name and content.

A document (`.gkd`), report JSON, a workbook that GKDesk wrote, or a report made with anything else (Excel, Word, web
page, PDF, text). Everything but report JSON is read in the limited process of :mod:`gkdesk.imports.gate`, for it may
come from anybody. No document is opened in this process but
by storage: closing a second open file of the same document would drop the locks that this process holds on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gkdesk import files, formats
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import gate
from gkdesk.imports.importing import Imported, import_foreign
from gkdesk.report import Report, report_json
from gkdesk.storage import Document, foreign
from gkdesk.words import listed

DOCUMENT_SUFFIX = ".gkd"
FINAL = "final"
"""State of a report in a document that may be issued as the final copy (定稿)."""

_SQLITE = b"SQLite format 3\0"


class Readable(Protocol):
    """What is read of a document: of an open one, or of a copy."""

    @property
    def path(self) -> Path: ...
    def years(self) -> list[int]: ...
    def format_of(self, year: int) -> str: ...
    def entries(self, year: int) -> dict[str, str]: ...
    def state_of(self, year: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A report as read. ``previous`` is last year's where the same source has it.

    ``imported`` tells how a report that was made with other programs was read.
    """

    path: Path
    report: Report
    previous: Report | None = None
    final: bool = False
    imported: Imported | None = None


def read(path: Path, year: int | None = None) -> Source:
    """The report of a year in a source, the latest without one.

    Raises KnownError that names the file: missing, unreadable, no report, damaged, open elsewhere, no such year.
    """
    if is_document(path):
        return _from_document(path, year)
    imported = _import(path, year)
    report = report_json.read_file(path) if imported is None else imported.report
    if report is None:
        raise KnownError(_("“{file}”里没有写明是哪一年的年报，请用 --year 指明。").format(file=path))
    if year not in (None, report.year):
        raise no_such_year(path, year, [report.year])
    return Source(path, report, imported=imported)


def read_previous(path: Path, year: int) -> Report:
    """The report of the year before ``year``. Raises KnownError as read()."""
    return read(path, year - 1).report


def report_of(document: Readable, year: int) -> Report:
    """The report of a year in an open document. Raises KnownError for what this version does not know."""
    try:
        return Report.from_entries(formats.load(document.format_of(year)), year, document.entries(year))
    except KeyError as error:
        message = _("“{file}”里有本版本不认识的项“{key}”，请升级本软件。")
        raise KnownError(message.format(file=document.path, key=str(error.args[0])[:60])) from error


def previous_of(document: Readable, year: int) -> Report | None:
    """Last year's report in the same document, if it has one."""
    return report_of(document, year - 1) if year - 1 in document.years() else None


def pick_year(document: Readable, path: Path, year: int | None) -> int:
    """The year asked for, or the latest. Raises KnownError where the document has no report of it."""
    years = document.years()
    if not years:
        raise KnownError(_("“{file}”里还没有年报。").format(file=path))
    if year is None:
        return years[-1]
    if year not in years:
        raise no_such_year(path, year, years)
    return year


def is_document(path: Path) -> bool:
    """Whether storage should open this source. Raises KnownError where it cannot be looked at."""
    if path.suffix.lower() == DOCUMENT_SUFFIX:
        return True
    try:
        if not path.is_file():
            what = _("“{file}”不是文件。") if path.exists() else _("找不到文件“{file}”。")
            raise KnownError(what.format(file=path))
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        message = _("读不了“{file}”：{reason}。").format(file=path, reason=files.reason(error))
        raise KnownError(message) from error


def is_report_json(path: Path) -> bool:
    """Whether a source that is no document holds report JSON. Raises KnownError where it cannot be looked at."""
    return path.suffix.lower() == ".json" or gate.load(path).kind == "json"


def no_such_year(path: Path, year: int | None, years: list[int]) -> KnownError:
    """The refusal of a year that a source does not have."""
    known = listed(years)
    message = _("“{file}”里没有 {year} 年的年报，只有：{years}。")
    return KnownError(message.format(file=path, year=year, years=known))


def _from_document(path: Path, year: int | None) -> Source:
    """Read in the limited process, without touching the file; by storage where that has to deal with it first."""
    if not path.is_file() or not foreign.is_at_rest(path):
        with Document.open(path) as document:
            return _of_year(document, path, year)
    try:
        answer = gate.run_limited(foreign.READER, b"", arguments={"path": str(path)})
    except KnownError as error:
        raise gate.named(path, error) from error
    return _of_year(foreign.ReadDocument.of(path, answer), path, year)


def _of_year(document: Readable, path: Path, year: int | None) -> Source:
    chosen = pick_year(document, path, year)
    return Source(
        path,
        report_of(document, chosen),
        previous_of(document, chosen),
        final=document.state_of(chosen) == FINAL,
    )


def _import(path: Path, year: int | None) -> Imported | None:
    """What was read of a file that is no document; None for report JSON.

    Report JSON stays in this process: its parser has caps of its own and builds nothing but plain data.
    """
    if path.suffix.lower() == ".json":
        return None
    loaded = gate.load(path)
    if loaded.kind == "json":
        return None
    imported = import_foreign(loaded)
    return imported.with_year(year) if imported.year is None and year is not None else imported
