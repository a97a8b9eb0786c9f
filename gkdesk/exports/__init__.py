"""Exports: a report as PDF, PDF/A, Excel, Word, web page or JSON. Each kind is a pure function of the report."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.exports.names import file_name, free_name
from gkdesk.files import atomic_write
from gkdesk.report import Report, report_json

if TYPE_CHECKING:
    from gkdesk.paper import Copy
    from gkdesk.paper.faces import Wishes

__all__ = ["KINDS", "file_name", "free_name", "write"]

KINDS = ("pdf", "pdfa", "xlsx", "docx", "html", "json")
"""pdfa is the PDF as archive copy (PDF/A-2b)."""

_EXPORTERS = {
    "pdf": ("gkdesk.exports.pdf", "write"),
    "pdfa": ("gkdesk.exports.pdf", "write_archive"),
    "xlsx": ("gkdesk.exports.xlsx", "write"),
    "docx": ("gkdesk.exports.docx", "write"),
    "html": ("gkdesk.exports.html", "write"),
}
"""Kind -> module and its function; loaded when used, for they are slow to import."""


def write(
    kind: str,
    report: Report,
    path: Path,
    *,
    copy: Copy = "plain",
    previous: Report | None = None,
    fonts: Wishes = (),
) -> None:
    """Write a report in one of KINDS, whole or not at all.

    ``copy`` is plain (the bare report), review or final, and ``fonts`` the user's choice, both for the PDF kinds;
    ``previous`` is last year's report (for the checks of workbook and sign-off sheet). Raises KnownError where the
    file cannot be written, and KeyError for another kind.
    """
    if kind == "json":
        data = report_json.dumps(report).encode()
        atomic_write(path, lambda temporary: _put(temporary, data))
        return
    module, function = _EXPORTERS[kind]
    exporter = getattr(import_module(module), function)
    if kind in ("pdf", "pdfa"):
        from gkdesk.paper import Options, chosen_faces

        options = Options(faces=chosen_faces(fonts), copy=copy, previous=previous)
        atomic_write(path, lambda temporary: exporter(report, temporary, options))
    elif kind == "xlsx":
        atomic_write(path, lambda temporary: exporter(report, temporary, previous=previous))
    else:
        atomic_write(path, lambda temporary: exporter(report, temporary))


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
