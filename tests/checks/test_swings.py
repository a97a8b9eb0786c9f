"""This year's figures against last year's: what vanished, and what changed much."""

from __future__ import annotations

import pytest

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, outcome, report_of, the_issue, words

TOTAL = "t3.new.total"


def new(count, year=2024):
    return report_of(year=year, t3__new__total=count)


@pytest.mark.parametrize(
    ("here", "before", "expected"),
    [
        (60, 40, HOLDS),
        (61, 41, HOLDS),
        (20, 0, HOLDS),
        (150, 100, HOLDS),
        (50, 100, HOLDS),
        (None, 100, NOT_EVALUATED),
        (100, None, NOT_EVALUATED),
    ],
)
def test_small_changes(here, before, expected):
    assert outcome(new(here), "year.swing", TOTAL, new(before, 2023)) == expected


@pytest.mark.parametrize(
    ("here", "before", "end"),
    [
        (151, 100, "今年 151，去年 100，增加 51%"),
        (49, 100, "减少 51%"),
        (0, 100, "减少 100%"),
        (3, 88283, "今年 3，去年 88283，减少 99% 以上，变化较大"),
        (1, 200, "减少 99% 以上"),
        (2, 200, "减少 99%，"),
        (21, 0, "今年 21，去年 0，变化较大，请核对"),
    ],
)
def test_swings(here, before, end):
    issue = the_issue(new(here), "year.swing", TOTAL, new(before, 2023))
    assert (issue.severity, issue.left, issue.right) == ("hint", here, before)
    assert end in words(issue)


def test_no_last_year():
    assert outcome(new(500), "year.swing", TOTAL) == NOT_EVALUATED
    assert outcome(new(500), "year.pending", "review") == NOT_EVALUATED


@pytest.mark.parametrize(("total", "expected"), [(3, HOLDS), (7, HOLDS), (None, NOT_EVALUATED)])
def test_pending_reviews_turn_up(total, expected):
    before = report_of(year=2023, t4__review__pending=3)
    assert outcome(report_of(t4__review__total=total), "year.pending", "review", before) == expected


def test_pending_reviews_vanished():
    before = report_of(year=2023, t4__review__pending=3)
    issue = the_issue(report_of(t4__review__total=1), "year.pending", "review", before)
    assert words(issue) == "行政复议：今年总计是 1，少于去年年报的尚未审结 3，相差 2"


def test_published_total_does_not_shrink():
    def report(total, year):
        return report_of("2019", year, t2__normative__total=total)

    assert outcome(report(40, 2020), "year.published_total", "normative", report(40, 2019)) == HOLDS
    issue = the_issue(report(39, 2020), "year.published_total", "normative", report(40, 2019))
    assert (issue.severity, issue.left, issue.right) == ("warning", 39, 40)
    assert outcome(report(39, 2020), "year.published_total", "normative", report(None, 2019)) == NOT_EVALUATED
