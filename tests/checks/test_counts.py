"""Issues counted by what the clerk has to do about them."""

from __future__ import annotations

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.checks.balancing import candidates
from gkdesk.checks.progress import Counts, counts, is_gap
from gkdesk.report import Report
from tests.builders import balanced

FORM = formats.load("2021")


def test_gaps_are_no_errors():
    session = open_session(Report(FORM, 2024))
    gaps = [issue for issue in session.issues if is_gap(issue, FORM)]
    assert {issue.rule for issue in gaps} == {"cell.blank", "text.missing"}
    assert counts(session.issues, FORM) == Counts(0, len(gaps), 3)
    session = open_session(balanced(FORM, 2024, [1] * 170))
    session.edit(
        {"t3.new.natural": "/", "t4.review.upheld": None, "text.overview": "未收到政府信息公开申请. "}
    )
    session.edit({"t2.licence.decisions": "6", "text.overview": "行政许可5件。" + "长" * 1000})
    session.check_texts()
    assert counts(session.issues, FORM) == Counts(1, 1, 1)


def test_a_cell_without_a_figure_cannot_hold_the_difference():
    session = open_session(balanced(FORM, 2024, [2] * 170, stated=True))
    session.edit({"t3.new.business": "49"})
    issue = next(issue for issue in session.issues if issue.rule == "t3.balance" and issue.each == "business")
    session.edit({"t3.carried_in.business": None})
    assert "t3.carried_in.business" not in {candidate.cell for candidate in candidates(issue, session)}
