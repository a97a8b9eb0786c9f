"""Figures of a table against each other, and against what the unit may do."""

from __future__ import annotations

import pytest

from gkdesk.checks.notes import note_of, note_patch
from tests.checks.outcomes import HOLDS, NOT_EVALUATED, outcome, report_of, the_issue, with_entries, words


def published(made, published, total):
    cells = {"made": made, "published": published, "total": total}
    return report_of("2019", **{f"t2__normative__{name}": value for name, value in cells.items()})


@pytest.mark.parametrize(
    ("made", "new", "expected"),
    [(4, 4, HOLDS), (4, 0, HOLDS), (None, 4, NOT_EVALUATED), (4, "/", NOT_EVALUATED)],
)
def test_published_is_at_most_made(made, new, expected):
    assert outcome(published(made, new, 9), "t2.published_made", "normative") == expected


def test_more_published_than_made():
    issue = the_issue(published(3, 5, 9), "t2.published_made", "normative")
    assert (issue.severity, issue.left, issue.right) == ("warning", 5, 3)
    assert issue.cells == ("t2.normative.published", "t2.normative.made")
    assert words(issue, "2019") == "规范性文件：本年新公开数量 5 比本年新制作数量 3 多出 2"


@pytest.mark.parametrize(
    ("made", "new", "total", "expected"),
    [
        (9, 9, 9, HOLDS),
        (0, 0, 0, HOLDS),
        (9, 0, 1, HOLDS),
        (None, 3, 4, NOT_EVALUATED),
        (3, None, 4, NOT_EVALUATED),
        (3, 3, None, NOT_EVALUATED),
    ],
)
def test_total_holds_what_was_published(made, new, total, expected):
    assert outcome(published(made, new, total), "t2.published_total", "normative") == expected


def test_total_below_what_was_published():
    issue = the_issue(published(9, 8, 7), "t2.published_total", "normative")
    assert (issue.left, issue.right) == (7, 8)
    assert (
        words(issue, "2019") == "规范性文件：对外公开总数量 7 少于本年新公开数量 8，总数量应包括本年新公开的"
    )


def test_something_was_made_and_nothing_is_open():
    issue = the_issue(published(9, 0, 0), "t2.published_total", "normative")
    assert (issue.left, issue.right) == (0, 9)
    assert words(issue, "2019") == "规范性文件：本年新制作数量 9 件，对外公开总数量却是 0，请核对"


def test_a_broken_side_is_told_even_where_the_other_is_missing():
    assert the_issue(published(None, 8, 7), "t2.published_total", "normative").right == 8
    assert the_issue(published(2, None, 0), "t2.published_total", "normative").right == 2


def rules(power, *figures):
    names = ("made", "repealed", "in_force")
    cells = {f"t2__regulations__{name}": figure for name, figure in zip(names, figures, strict=True)}
    return report_of(**cells, unit__rule_power=power)


@pytest.mark.parametrize(
    ("power", "figures", "expected"),
    [
        ("false", (0, 0, 0), HOLDS),
        ("true", (1, 0, 11), HOLDS),
        (None, (1, 0, 11), NOT_EVALUATED),
        ("false", (0, None, 0), NOT_EVALUATED),
    ],
)
def test_rules_are_for_those_who_may_make_them(power, figures, expected):
    assert outcome(rules(power, *figures), "t2.rule_power", "regulations") == expected


def test_rules_of_a_unit_without_the_power():
    issue = the_issue(rules("false", 2, None, 3), "t2.rule_power", "regulations")
    assert issue.cells == ("t2.regulations.made", "t2.regulations.in_force")
    assert (issue.left, issue.right) == (5, 0)
    assert words(issue) == (
        "规章：本单位没有规章制定权，本年制发件数 2、现行有效件数 3 应为 0；"
        "如果是规范性文件，请填到“行政规范性文件”一行"
    )


def test_a_note_on_rules_of_such_a_unit_lapses_with_other_figures():
    """One who explained 2 has not explained 20."""
    report = rules("false", 2, 0, 2)
    issue = the_issue(report, "t2.rule_power", "regulations")
    noted = with_entries(report, note_patch(issue, "承接原市政府规章"))
    assert note_of(the_issue(noted, "t2.rule_power", "regulations"), noted.fields)
    other = with_entries(noted, {"t2.regulations.made": 20})
    assert note_of(the_issue(other, "t2.rule_power", "regulations"), other.fields) is None
