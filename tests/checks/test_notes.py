"""A note explains a warning until its figures change."""

from __future__ import annotations

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.checks.notes import explained, may_be_final, note_patch, open_issues, result_words
from gkdesk.checks.progress import INFO, State, progress
from gkdesk.report import Report, report_json
from gkdesk.report.history_words import compare
from tests.builders import balanced

FORM = formats.load("2021")


def session_with_warning():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    session.edit({"unit.postcode": "12"})
    (issue,) = session.issues
    return session, issue


def test_a_note_silences_until_the_figures_change():
    session, issue = session_with_warning()
    assert not may_be_final(session)
    session.edit(note_patch(issue, " 军队信箱，没有邮编 "), "说明")
    assert session.issues == (issue,)
    assert open_issues(session) == ()
    assert explained(session.issues, session.view.fields) == {issue: "军队信箱，没有邮编"}
    assert may_be_final(session)
    assert progress(session)[INFO].state == State.DONE
    session.edit({"unit.postcode": "123"})
    assert len(open_issues(session)) == 1
    session.edit({"unit.postcode": "12"})
    assert may_be_final(session)


def test_a_note_can_be_taken_away_and_undone():
    session, issue = session_with_warning()
    session.edit(note_patch(issue, "说明"))
    session.edit(note_patch(issue, "  "))
    assert not may_be_final(session)
    session.undo()
    assert may_be_final(session)


def test_errors_cannot_be_explained():
    session = open_session(Report(FORM, 2024))
    error = next(issue for issue in session.issues if issue.severity == "error")
    session.edit(note_patch(error, "没有办法"))
    assert explained(session.issues, session.view.fields) == {}
    assert not may_be_final(session)


def test_notes_stay_in_the_document():
    session, issue = session_with_warning()
    before = session.snapshot()
    session.edit(note_patch(issue, "说明"))
    after = session.snapshot()
    assert Report.from_entries(FORM, 2024, after.entries()) == after
    assert report_json.canonical(after) == report_json.canonical(before)
    (line,) = compare(before.entries(), after.entries(), FORM)
    assert "例外说明（联系方式齐全）" in line


def test_hints_do_not_stand_against_final():
    session = open_session(balanced(FORM, 2024, [1] * 170))
    session.edit({"text.overview": session.text("text.overview") + "全年共办结 3 件,其中 2 件。"})
    session.check_texts()
    assert [issue.severity for issue in open_issues(session)] == ["hint"]
    assert may_be_final(session)


def test_what_the_checks_found_is_told_in_counts():
    session, issue = session_with_warning()
    session.edit(note_patch(issue, "军队信箱"))
    session.edit({"text.overview": session.text("text.overview") + "全年共办结 3 件,其中 2 件。"})
    session.check_texts()
    assert result_words(session) == "核对：错误 0，已说明 1，提示 1，没有对照上年"
    session.edit({"t3.new.natural": "/"})
    session.set_previous(balanced(FORM, 2023, [1] * 170))
    errors = sum(each.severity == "error" for each in session.issues)
    hints = sum(each.severity == "hint" for each in session.issues)
    assert errors
    assert result_words(session) == f"核对：错误 {errors}，已说明 1，提示 {hints}"


def test_an_empty_note_is_none():
    _session, issue = session_with_warning()
    assert set(note_patch(issue, " ").values()) == {None}
