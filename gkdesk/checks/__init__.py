"""Checks: one pure function of the report a rule kind, three-valued, each able to explain itself."""

from gkdesk.checks.check import Verdict
from gkdesk.checks.checker import (
    CHECKS,
    Checker,
    check,
    checker_for,
    evaluated_rules,
    explain,
    fix,
    open_session,
)

__all__ = [
    "CHECKS",
    "Checker",
    "Verdict",
    "check",
    "checker_for",
    "evaluated_rules",
    "explain",
    "fix",
    "open_session",
]
