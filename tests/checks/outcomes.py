"""What one rule says of a report: for tests that show it holding, broken and not evaluated."""

from __future__ import annotations

from gkdesk import formats
from gkdesk.checks import checker_for, explain, fix
from gkdesk.checks.check import Verdict
from gkdesk.report import Issue, Report, View

HOLDS, NOT_EVALUATED = Verdict.HOLDS, Verdict.NOT_EVALUATED
FORMS = {"2019": formats.load("2019"), "2021": formats.load("2021")}
YEARS = {"2019": 2020, "2021": 2024}


def report_of(form="2021", year=None, **entries):
    """A report with only these entries; ``__`` in a name is a dot."""
    spelled = {name.replace("__", "."): str(value) for name, value in entries.items() if value is not None}
    return Report.from_entries(FORMS[form], year or YEARS[form], spelled)


def with_entries(report, entries):
    """The report with other entries; None takes one away."""
    merged = report.entries() | entries
    return Report.from_entries(
        report.form, report.year, {k: str(v) for k, v in merged.items() if v is not None}
    )


def outcome(report, rule, each, previous=None):
    """A verdict, or the issues as a tuple."""
    checker = checker_for(report.form)
    check = next(check for check in checker.checks if (check.rule.id, check.instance.each) == (rule, each))
    found = check.evaluate(View.of(report, previous))
    return (found,) if isinstance(found, Issue) else found


def the_issue(report, rule, each, previous=None):
    """The only issue."""
    (issue,) = outcome(report, rule, each, previous)
    assert (issue.rule, issue.each) == (rule, each)
    return issue


def words(issue, form="2021"):
    return explain(issue, FORMS[form])


def fixed(report, issue, previous=None):
    """The report after the issue's fix, or None where there is none."""
    patch = fix(issue, View.of(report, previous))
    return None if patch is None else with_entries(report, patch)


def said(report, issue):
    """The words that the issue points at."""
    return report.fields[issue.field][slice(*issue.span)]
