"""The issues of a report as JSON, for other programs (`gkdesk check --json`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, get_args

from gkdesk.checks.checker import explain
from gkdesk.formats.model import Severity
from gkdesk.report.issue import Issue
from gkdesk.report.report import Report
from gkdesk.report.values import Number, spell


def to_json(report: Report, issues: Iterable[Issue]) -> dict[str, Any]:
    """One object: unit, year, format, how many issues of each severity, and the issues in their order.

    ``cells`` are the operands in the rule's order. ``field`` is a text's id (``overview``) or a key of the
    unit (``unit.postcode``); ``span`` is [start, end) in its code points. Sums are whole numbers, or decimal
    texts where they are not whole; messages are in the language chosen.
    """
    listed = [_issue(issue, report) for issue in issues]
    summary = {name: sum(issue["severity"] == name for issue in listed) for name in get_args(Severity)}
    return {
        "unit": report.unit_name,
        "year": report.year,
        "format": report.form.id,
        "summary": summary,
        "issues": listed,
    }


def dumps(report: Report, issues: Iterable[Issue]) -> str:
    """The same as indented text that ends with a line break."""
    return json.dumps(to_json(report, issues), ensure_ascii=False, indent=1) + "\n"


def _issue(issue: Issue, report: Report) -> dict[str, Any]:
    return {
        "rule": issue.rule,
        "severity": issue.severity,
        "cells": list(issue.cells),
        "field": None if issue.field is None else issue.field.removeprefix("text."),
        "span": None if issue.span is None else list(issue.span),
        "left": _number(issue.left),
        "right": _number(issue.right),
        "message": explain(issue, report.form),
    }


def _number(number: Number | None) -> int | str | None:
    if number is None:
        return None
    return int(number) if number == int(number) else spell(number)
