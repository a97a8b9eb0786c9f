"""Exports: a report as PDF, Excel or JSON. Each kind is a pure function of the report."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from gkdesk.exports.names import file_name
from gkdesk.files import atomic_write
from gkdesk.report import Report, report_json

__all__ = ["KINDS", "file_name", "write"]

KINDS = ("pdf", "xlsx", "json")

_EXPORTERS = {"pdf": "gkdesk.exports.pdf", "xlsx": "gkdesk.exports.xlsx"}
"""Kind -> module with ``write(report, path)``; loaded when used, for they are slow to import."""


def write(
    kind: str, report: Report, path: Path, *, copy: str = "review", previous: Report | None = None
) -> None:
    """Write a report in one of KINDS, whole or not at all.

    ``copy`` is review or final (the PDF shows which); ``previous`` last year's report (for the workbook's checks).
    Raises KnownError where the file cannot be written, and KeyError for another kind.
    """
    if kind == "json":
        data = report_json.dumps(report).encode()
        atomic_write(path, lambda temporary: _put(temporary, data))
        return
    exporter = import_module(_EXPORTERS[kind])
    options = {"copy": copy} if kind == "pdf" else {"previous": previous}
    atomic_write(path, lambda temporary: exporter.write(report, temporary, **options))


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
