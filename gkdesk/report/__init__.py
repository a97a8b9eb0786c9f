"""The report: values, totals, snapshots, editing with undo, and the report JSON."""

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
