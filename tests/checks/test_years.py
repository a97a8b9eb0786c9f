"""This year against last year."""

from __future__ import annotations

import pytest

from gkdesk import formats
from gkdesk.checks import Checker, check, explain, fix, open_session
from gkdesk.checks.check import Verdict
from gkdesk.report import Report, View
from gkdesk.report.carry import next_report
from tests.builders import balanced
from tests.checks.outcomes import FORMS, HOLDS, YEARS, fixed, outcome, report_of, the_issue


def year_issues(report, previous):
    return [issue for issue in check(report, previous) if issue.rule.startswith("year.")]


def test_carried_in_follows_last_years_carried_out():
    form = formats.load("2021")
    last = balanced(form, 2023, [2] * 170)
    this = next_report(form, 2024, last)
    assert [this.cells[f"t3.carried_in.{column}"] for column in ("natural", "other_org")] == [2, 2]
    assert year_issues(this, last) == []
    for column in form.table("t3").column_ids:
        wrong = dict(last.values) | {f"t3.carried_out.{column}": 3}
        issues = year_issues(this, Report(form, 2023, wrong))
        assert [issue.each for issue in issues if issue.rule == "year.carried_in"] == [column]
    words = explain(
        year_issues(this, Report(form, 2023, dict(last.values) | {"t3.carried_out.natural": 3}))[0], form
    )
    assert words == "自然人：上年结转是 2，应为去年年报的结转下年度 3，相差 1"


@pytest.mark.parametrize(
    ("form", "cell", "last", "mended"),
    [
        ("2021", "t3.carried_in.natural", {"t3.carried_out.natural": 3}, "3"),
        ("2021", "t3.carried_in.natural", {"t3.carried_out.natural": 0}, "0"),
        ("2019", "t2.fees.previous", {"t2.fees.previous": 9, "t2.fees.change": -2}, "7"),
        ("2019", "t2.fees.previous", {"t2.fees.previous": 9, "t2.fees.change": -10}, None),
    ],
)
def test_what_last_years_report_says_is_offered(form, cell, last, mended):
    rule, each = {
        "t3.carried_in.natural": ("year.carried_in", "natural"),
        "t2.fees.previous": ("year.previous_items", "fees"),
    }[cell]
    previous = report_of(form, YEARS[form] - 1, **last)
    report = report_of(form, **{cell: 8})
    issue = the_issue(report, rule, each, previous)
    assert fix(issue, View.of(report, previous)) == (mended and {cell: mended})
    if mended:
        assert outcome(fixed(report, issue, previous), rule, each, previous) == HOLDS


def test_a_total_is_not_mended_but_its_parts_are():
    columns = FORMS["2021"].table("t3").column_ids
    previous = report_of("2021", 2023, **{f"t3.carried_out.{column}": 1 for column in columns[:-1]})
    report = report_of(**{f"t3.carried_in.{column}": 2 for column in columns[:-1]})
    issue = the_issue(report, "year.carried_in", "total", previous)
    assert fixed(report, issue, previous) is None
    (cell, *_more) = the_issue(report, "year.carried_in", columns[0], previous).cells
    assert cell in report.form.table("t3").inputs


def test_in_force_may_be_right_and_what_was_made_wrong():
    """Three figures of this year meet there: only the clerk knows which one to mend."""
    previous = report_of("2021", 2023, t2__normative__in_force=18)
    cells = {"t2.normative.made": 4, "t2.normative.repealed": 2, "t2.normative.in_force": 22}
    report = report_of(**cells)
    issue = the_issue(report, "year.in_force", "normative", previous)
    assert issue.right == 20
    assert fixed(report, issue, previous) is None


def test_in_force():
    form = formats.load("2021")
    last = Report(form, 2023, {"t2.normative.in_force": 18})
    cells = {"t2.normative.made": 4, "t2.normative.repealed": 2, "t2.normative.in_force": 20}
    assert year_issues(Report(form, 2024, cells), last) == []
    (issue,) = year_issues(Report(form, 2024, cells | {"t2.normative.in_force": 22}), last)
    assert explain(issue, form) == (
        "行政规范性文件：现行有效件数是 22，应为去年现行有效 18 + 本年制发 4 − 本年废止 2 = 20，相差 2"
    )


def test_previous_items():
    form = formats.load("2019")
    last = Report(form, 2019, {"t2.fees.previous": 9, "t2.fees.change": -2})
    assert year_issues(Report(form, 2020, {"t2.fees.previous": 7}), last) == []
    (issue,) = year_issues(Report(form, 2020, {"t2.fees.previous": 9}), last)
    assert issue.rule == "year.previous_items"
    assert next_report(form, 2020, last).cells["t2.fees.previous"] == 7


def test_an_operand_that_the_older_format_lacks_is_not_evaluated():
    older, form = formats.load("2019"), formats.load("2021")
    last = balanced(older, 2020, [5] * 170)
    report = Report(
        form, 2021, {"t2.normative.in_force": 99, "t2.normative.made": 1, "t2.normative.repealed": 0}
    )
    assert year_issues(report, last) == []
    assert next_report(form, 2021, last).cells["t3.carried_in.natural"] == 5


@pytest.mark.parametrize("rule", ["year.carried_in", "year.in_force"])
def test_without_last_year_nothing_is_evaluated(rule):
    form = formats.load("2021")
    checker = Checker(form)
    outcomes = checker.outcomes(View.of(balanced(form, 2024, [1] * 170)))
    assert {
        outcome for check, outcome in zip(checker.checks, outcomes, strict=True) if check.rule.id == rule
    } == {Verdict.NOT_EVALUATED}


def test_another_last_year_changes_only_the_year_checks():
    form = formats.load("2021")
    session = open_session(balanced(form, 2024, []))
    changes = session.set_previous(balanced(form, 2023, [1] * 170))
    added = {issue.rule for issue in changes.issues_added}
    assert added == {"year.carried_in", "year.in_force", "year.swing", "year.pending"}
    assert session.set_previous(None).issues_removed == changes.issues_added
