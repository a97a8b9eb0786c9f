"""Every candidate, put in, makes the balance hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.checks.balancing import candidates, suspect
from tests.builders import balanced, balanced_reports


@given(balanced_reports(("2021",)), st.integers(-9, 9).filter(bool))
def test_each_candidate_mends_its_column(report, change):
    session = open_session(report)
    start = report.values["t3.new.business"]
    session.edit({"t3.new.business": str(max(0, start + change))})
    issues = [issue for issue in session.issues if issue.rule == "t3.balance"]
    for issue in issues:
        for candidate in candidates(issue, session):
            assert session.value(candidate.cell) == candidate.before
            session.edit({candidate.cell: str(candidate.after)})
            assert not session.issues
            session.undo()


def test_what_is_offered():
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170))
    assert session.issues == ()
    session.edit({"t3.new.business": "49"})
    business, total = session.issues
    assert [candidate.cell for candidate in candidates(business, session)][:2] == [
        "t3.new.business",
        "t3.granted.business",
    ]
    assert candidates(total, session) == []
    session.edit({"unit.phone": None})
    assert candidates(session.issues[-1], session) == []


def test_other_sums_are_no_balance():
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170, stated=True))
    session.edit({"t3.carried_out.total": "15"})
    sums = [issue for issue in session.issues if issue.rule != "t3.balance"]
    assert sums
    assert [candidates(issue, session) for issue in sums] == [[]] * len(sums)


def test_a_cell_may_be_left_with_nothing_but_not_with_less():
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170))
    for more, offered in (("2", True), ("3", False)):
        session.edit({"t3.new.business": str(session.value("t3.new.business") - int(more))})
        business = session.issues[0]
        assert ("t3.granted.business" in {each.cell for each in candidates(business, session)}) is offered
        session.undo()


@pytest.mark.parametrize("text", [None, "两件"])
def test_a_cell_without_a_figure_is_left_out_of_an_issue_found_before(text):
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170))
    session.edit({"t3.new.business": "49"})
    business = session.issues[0]
    session.edit({"t3.granted.business": text})
    cells = [candidate.cell for candidate in candidates(business, session)]
    assert cells[:2] == ["t3.new.business", "t3.partial.business"]


def test_a_stated_total_hides_its_operands():
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170, stated=True))
    session.edit({"t3.total.business": "43"})
    issue = next(issue for issue in session.issues if issue.rule == "t3.balance" and issue.each == "business")
    assert {candidate.cell for candidate in candidates(issue, session)} == {
        "t3.new.business",
        "t3.carried_in.business",
        "t3.carried_out.business",
    }


@pytest.mark.parametrize(
    ("cell", "right", "wrong"),
    [
        ("t3.refused_law.natural", "12", "21"),
        ("t3.other_rest.natural", "12", "132"),
    ],
)
def test_a_slip_of_the_keys_is_suspected(cell, right, wrong):
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170))
    session.edit({cell: right, "t3.carried_out.natural": "0", "t3.new.natural": "50"})
    column = next(issue for issue in session.issues if issue.each == "natural")
    session.edit({"t3.new.natural": str(50 - (column.left - column.right))})
    assert session.issues == ()
    session.edit({cell: wrong})
    column, total = session.issues
    assert (column.each, total.each) == ("natural", "total")
    assert suspect(column, session) == cell
    assert suspect(total, session) == cell
    session.edit({"t3.new.business": "9"})
    column, *_others = session.issues
    assert (column.each, suspect(column, session)) == ("natural", cell)


def test_twenty_in_an_empty_row_is_no_slip():
    session = open_session(balanced(formats.load("2021"), 2024, [53] * 170))
    session.edit({"t3.granted.natural": "0", "t3.new.natural": str(session.value("t3.new.natural") - 53)})
    assert session.issues == ()
    session.edit({"t3.new.natural": str(session.value("t3.new.natural") + 20)})
    column = session.issues[0]
    assert ("t3.granted.natural", 0, 20) in {
        (each.cell, each.before, each.after) for each in candidates(column, session)
    }
    assert suspect(column, session) is None


def test_nothing_is_suspected_without_a_reason():
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170))
    session.edit({"t3.new.business": "9"})
    column, total = session.issues
    assert suspect(column, session) is None
    assert suspect(total, session) == "t3.new.business"
    session.edit({"t3.new.natural": "9"})
    assert suspect(session.issues[-1], session) is None, "two columns are off"
    session.edit({"unit.phone": None})
    assert suspect(session.issues[-1], session) is None
