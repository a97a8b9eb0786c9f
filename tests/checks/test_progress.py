"""States of the steps."""

from __future__ import annotations

import pytest

from gkdesk import formats
from gkdesk.checks import evaluated_rules, open_session
from gkdesk.checks.progress import (
    INFO,
    Counts,
    State,
    completeness,
    counts,
    missing_words,
    progress,
    step_of,
    summary,
    urgency,
)
from gkdesk.report import Report
from tests.builders import balanced

FORM = formats.load("2021")


def test_an_empty_report():
    session = open_session(Report(FORM, 2024))
    assert {step.state for step in progress(session).values()} == {State.EMPTY}
    assert completeness(session) == 0
    assert summary(session).state == State.EMPTY


def test_a_finished_report():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    assert {step.state for step in progress(session).values()} == {State.DONE}
    assert completeness(session) == 1
    assert summary(session).state == State.DONE


def test_one_section_is_begun():
    session = open_session(Report(FORM, 2024))
    session.edit({"text.overview": "全年平稳。"})
    assert summary(session).state == State.FILLING
    assert completeness(session) == pytest.approx(1 / len(progress(session)))
    session.edit({"t4.review.upheld": "1"})
    reviews = progress(session)["reviews"]
    assert reviews.state == State.FILLING
    assert completeness(session) == pytest.approx(
        (1 + reviews.filled / reviews.needed) / len(progress(session))
    )


def test_each_state():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    session.edit(
        {"t4.review.upheld": None, "t3.new.natural": "9", "unit.postcode": "1", "text.problems": None}
    )
    states = {id: step.state for id, step in progress(session).items()}
    assert states["reviews"] == State.FILLING
    assert states["requests"] == State.ERROR
    assert states[INFO] == State.WARNING
    assert states["problems"] == State.EMPTY
    assert states["overview"] == State.DONE
    assert progress(session)["requests"].errors == 2
    assert summary(session).state == State.ERROR
    session.edit({"t3.new.natural": "23"})
    assert {step_of(issue, FORM) for issue in session.issues} >= {INFO, "reviews", "problems"}


def test_text_that_is_refused_is_still_to_be_written():
    session = open_session(balanced(FORM, 2024, []))
    session.edit({"text.problems": "无"})
    assert progress(session)["problems"].state == State.FILLING


def test_rules_that_could_be_evaluated():
    empty = open_session(Report(FORM, 2024))
    assert evaluated_rules(empty) == {"cell.blank", "text.missing", "unit.contact"}
    full = open_session(balanced(FORM, 2024, [1] * 170))
    assert {"t3.balance", "t4.total", "cell.invalid"} <= evaluated_rules(full)
    assert "year.carried_in" not in evaluated_rules(full)


def test_what_is_missing_in_words():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    assert [missing_words(session, id) for id in progress(session)] == [""] * 8
    session.edit({"t4.review.upheld": None, "unit.postcode": None, "unit.phone": None, "text.problems": None})
    assert missing_words(session, INFO) == "还差：邮编、电话"
    assert missing_words(session, "problems") == "还没有写"
    assert missing_words(session, "reviews") == "还有 1 格没有填，共 12 格"
    assert missing_words(session, "requests") == ""
    assert missing_words(open_session(Report(FORM, 2024)), "reviews") == "还没有填"


def test_issues_are_counted_as_errors_gaps_and_warnings():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    session.edit(
        {
            "t4.review.total": "99",
            "t4.suit_direct.total": "99",
            "t3.new.natural": "/",
            "t2.fees.amount": None,
            "text.problems": None,
            "unit.postcode": "12",
            "unit.phone": "12",
            "text.overview": "好,",
        }
    )
    session.check_texts()
    assert counts(session.issues, FORM) == Counts(errors=3, gaps=2, warnings=2)
    assert counts((), FORM) == Counts(0, 0, 0)


def test_errors_are_mended_before_gaps_warnings_and_hints():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    session.edit(
        {
            "t4.review.total": "99",
            "t4.suit_direct.pending": None,
            "unit.postcode": "12",
            "text.overview": "好,",
        }
    )
    session.check_texts()
    rules = [issue.rule for issue in sorted(session.issues, key=lambda issue: urgency(issue, FORM))]
    wanted = ["t4.total", "cell.blank", "unit.contact", "text.punctuation"]
    assert sorted(wanted, key=rules.index) == wanted
    found = {issue.rule: urgency(issue, FORM) for issue in session.issues}
    assert [found[rule] for rule in wanted] == [0, 1, 2, 3]
