"""The report: values, totals, snapshots, editing with undo, and the report JSON.

The names below are loaded when first used: the window paints its start page before it needs a report.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gkdesk.report.issue import Issue
    from gkdesk.report.report import Report
    from gkdesk.report.session import Changes, Patch, ReportSession, UnknownKeyError, View
    from gkdesk.report.values import Invalid, Number, Value, parse, spell

__all__ = [
    "Changes",
    "Invalid",
    "Issue",
    "Number",
    "Patch",
    "Report",
    "ReportSession",
    "UnknownKeyError",
    "Value",
    "View",
    "parse",
    "spell",
]

_HOME = {
    "Issue": "issue",
    "Report": "report",
    "Changes": "session",
    "Patch": "session",
    "ReportSession": "session",
    "UnknownKeyError": "session",
    "View": "session",
    "Invalid": "values",
    "Number": "values",
    "Value": "values",
    "parse": "values",
    "spell": "values",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
