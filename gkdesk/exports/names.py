"""The names of output files."""

from __future__ import annotations

from gkdesk.files import safe_name
from gkdesk.report import Report

ENDINGS = {"pdfa": "（归档）.pdf"}
"""What a file's name ends with, where that is not its kind."""


def file_name(report: Report, kind: str) -> str:
    """``<单位><年>年政府信息公开工作年度报告.<kind>`` (the report's title), with nothing a file system refuses."""
    return safe_name(report.title, ENDINGS.get(kind, f".{kind}"))
