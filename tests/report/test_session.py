"""Edits, totals that came from outside, undo, and what is refused."""

from __future__ import annotations

import pytest

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.errors import KnownError
from gkdesk.report import Invalid, Report
from gkdesk.report.session import MAX_TEXT, clean_text
from tests.builders import balanced

FORM = formats.load("2021")


@pytest.fixture
def session():
    return open_session(balanced(FORM, 2024, [2] * 170))


@pytest.fixture
def stated():
    return open_session(balanced(FORM, 2024, [2] * 170, stated=True))


def test_an_edit_says_what_changed(session):
    changes = session.edit({"t4.review.upheld": "１０"}, "输入")
    assert changes.patch == {"t4.review.upheld": "10"}
    assert changes.inverse == {"t4.review.upheld": "2"}
    assert set(changes.cells) == {"t4.review.upheld", "t4.review.total"}
    assert session.value("t4.review.total") == 16
    assert (changes.revision, changes.name) == (1, "输入")


def test_what_is_the_same_is_no_edit(session):
    same = session.text("text.other_matters")
    assert not session.edit({"t4.review.upheld": " 2 ", "text.other_matters": same})
    assert session.edit({}, "输入").name == "输入"
    assert session.revision == 0
    assert session.undo() is None


def test_only_what_is_to_be_shown_anew_is_named(session):
    changes = session.edit({"t4.review.upheld": "3", "t4.review.corrected": "1", "t4.review.other": "2"})
    assert changes.cells == ("t4.review.upheld", "t4.review.corrected"), "their total is the same"
    assert not session.is_stated("t4.review.upheld")


def test_what_is_blank_is_not_in_the_report(session):
    session.edit({"t4.review.upheld": None})
    assert "t4.review.upheld" not in session.snapshot().cells


def test_a_blank_operand_leaves_its_total_open(session):
    session.edit({"t4.review.upheld": ""})
    assert session.value("t4.review.total") is None
    assert session.computed("t4.review.total") is None
    assert session.running("t4.review.total") == (6, 1)


def test_an_edit_drops_stated_totals_that_agreed(stated):
    changes = stated.edit({"t3.granted.natural": "5"})
    dropped = ["t3.granted.total", "t3.total.natural", "t3.total.total"]
    assert changes.patch == {"t3.granted.natural": "5", **dict.fromkeys(dropped)}
    assert [stated.value(cell) for cell in dropped] == [15, 45, 255]
    stated.undo()
    assert all(stated.is_stated(cell) for cell in dropped)


def test_an_edit_keeps_a_stated_total_that_did_not_agree(stated):
    stated.edit({"t4.review.total": "99"})
    assert stated.value("t4.review.total") == 99
    stated.edit({"t4.review.upheld": "7"})
    assert stated.value("t4.review.total") == 99
    assert "t4.total" in {issue.rule for issue in stated.issues}
    changes = stated.adopt_sums(["t4.review.total"], "采用合计")
    assert changes.patch == {"t4.review.total": None}
    assert stated.value("t4.review.total") == 13


def test_a_given_total_that_agrees_is_not_kept(session):
    assert not session.edit({"t4.review.total": "8"})
    assert session.edit({"t4.review.upheld": "3", "t4.review.total": "9"}).patch == {"t4.review.upheld": "3"}
    assert not session.is_stated("t4.review.total")
    assert session.edit({"t4.review.total": "10", "t4.review.upheld": "4"}).patch == {"t4.review.upheld": "4"}


def test_only_totals_are_adopted(session):
    assert not session.adopt_sums(["t4.review.upheld"])
    assert session.text("t4.review.upheld") == "2"


def test_invalid_text_is_kept(session):
    session.edit({"t2.licence.decisions": "１2a"})
    assert session.value("t2.licence.decisions") == Invalid("１2a")
    assert session.text("t2.licence.decisions") == "１2a"
    assert session.snapshot().entries()["t2.licence.decisions"] == "１2a"


@pytest.mark.parametrize(
    "patch",
    [
        {"t9.new.natural": "1"},
        {"text.nothing": "x"},
        {"unit.nothing": "x"},
        {"units.t3.new.natural": "元"},
        {"date": "昨天"},
        {"unit.kind": "company"},
        {"unit.rule_power": "yes"},
        {"units.t2.fees.amount": "元"},
        {"text.overview": "字" * (MAX_TEXT + 1)},
    ],
)
def test_a_refused_patch_changes_nothing(session, patch):
    before = session.snapshot()
    with pytest.raises(KnownError):
        session.edit({"t4.review.upheld": "1", **patch})
    assert session.snapshot() == before
    assert session.revision == 0


def test_texts_are_cleaned_of_what_no_file_can_hold(session):
    session.edit({"text.overview": "一\r\n二\x00\x07三\ud800\u2029四\uffff𬭎\u200b"})
    assert session.text("text.overview") == "一\n二三\n四𬭎\u200b"


def test_named_undo_and_redo(session):
    session.edit({"t4.review.upheld": "3"}, "输入")
    session.edit({"text.overview": "新的"}, "写总体情况")
    assert session.undo_stack.undo_name == "写总体情况"
    session.undo()
    assert (session.undo_stack.undo_name, session.undo_stack.redo_name) == ("输入", "写总体情况")
    assert session.redo().patch == {"text.overview": "新的"}
    assert session.text("text.overview") == "新的"
    session.undo()
    session.edit({"t4.review.upheld": "4"}, "再输入")
    assert session.undo_stack.redo_name is None
    assert session.redo() is None


def test_money_unit_and_print():
    form = formats.load("2019")
    session = open_session(Report(form, 2020, {"t2.procurement.amount": 5}))
    assert session.snapshot().shown("t2.procurement.amount") == "5元"
    session.edit({"units.t2.procurement.amount": "万元"})
    assert session.snapshot().shown("t2.procurement.amount") == "5万元"
    session.edit({"t2.procurement.amount": "0"})
    assert session.snapshot().shown("t2.procurement.amount") == "0"
    assert Report(FORM, 2024, {"t2.fees.amount": 5}).shown("t2.fees.amount") == "5"


def test_restoring_the_same_changes_nothing(session):
    assert not session.restore(session.snapshot().entries(), "恢复")
    assert session.undo() is None


def test_restoring_takes_away_and_brings_back(session):
    before = session.snapshot().entries()
    session.edit({"t4.review.upheld": "9", "text.problems": "", "text.requests_note": "新写的。"}, "输入")
    changes = session.restore(before, "恢复")
    assert changes.patch == {
        "t4.review.upheld": "2",
        "text.problems": before["text.problems"],
        "text.requests_note": None,
    }
    assert session.snapshot().entries() == before
    session.undo()
    assert session.text("text.requests_note") == "新写的。"


def test_restoring_keeps_totals_that_agree(stated):
    before = stated.snapshot().entries()
    stated.edit({"t4.review.upheld": "9"})
    stated.restore(before, "恢复")
    assert stated.snapshot().entries() == before
    stated.undo()
    assert not stated.is_stated("t4.review.total")
    stated.redo()
    assert stated.snapshot().entries() == before


def test_restoring_keeps_a_total_that_no_longer_agrees(stated):
    entries = stated.snapshot().entries() | {"t4.review.upheld": "9"}
    stated.restore(entries, "恢复")
    assert stated.snapshot().entries() == entries


def test_a_text_that_stays_does_not_hide_the_next(session):
    same = session.text("text.overview")
    assert session.edit({"text.overview": same, "text.problems": "新写的。"}).patch == {
        "text.problems": "新写的。"
    }


def test_last_years_figures(session):
    assert session.last_value("t3.new.natural") is None
    with_last = open_session(balanced(FORM, 2024, [2] * 170), balanced(FORM, 2023, [3] * 170))
    assert with_last.last_value("t4.review.upheld") == 3


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三\u2028四\u2029五", "一\n二\n三\n四\n五"),
        ("甲\u00a0乙", "甲 乙"),
        ("甲\t乙\n丙", "甲\t乙\n丙"),
        ("甲\x00\x1f\x7f\x9f\ud800\udfff\ufffe\uffff乙", "甲乙"),
        ("甲~\u00a1\ufffd😀\u200f乙", "甲~¡�😀\u200f乙"),
        ("甲 ⁂\x00乙", "甲 ⁂乙"),
    ],
)
def test_texts_as_they_are_kept(typed, kept):
    assert clean_text(typed) == kept


def test_the_longest_text(session):
    assert session.edit({"text.problems": "长" * MAX_TEXT})
    with pytest.raises(KnownError):
        session.edit({"text.problems": "长" * (MAX_TEXT + 1)})


def test_contact_data_are_kept_in_half_width(session):
    wide = {"unit.postcode": "１２３４５６", "unit.phone": "０１２３－4567890", "unit.email": "Ａ＿b＠ｃ．ｄ"}
    session.edit({**wide, "unit.address": "人民路１号"})
    assert [session.text(key) for key in wide] == ["123456", "0123-4567890", "A_b@c.d"]
    assert session.text("unit.address") == "人民路１号"


def test_only_the_date_is_read_as_one(session):
    session.edit({"date": "2025年1月20日", "text.problems": "2025年1月20日"})
    assert (session.text("date"), session.text("text.problems")) == ("2025-01-20", "2025年1月20日")
