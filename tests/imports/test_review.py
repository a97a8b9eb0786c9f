"""Looking an import over: guesses wait for a word, corrections stand, what is missing is blank."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk.imports.importing import import_source
from gkdesk.imports.reading import Refusal
from gkdesk.imports.review import Review
from gkdesk.report.report import FieldValueError

PLAIN = Path(__file__).with_name("plain-2019.txt")
NEW, TOTAL, FEES = "t3.new.natural", "t3.new.total", "t2.procurement.amount"


@pytest.fixture(scope="module")
def plain():
    return import_source(PLAIN)


@pytest.fixture
def review(plain):
    """One guess, one missing cell, one refused, one total that is not stated."""
    cells = dict(plain.cells)
    cells[NEW] = cells[NEW].guessed("行名认不准")
    for id in ("t3.granted.natural", "t3.partial.natural", TOTAL):
        del cells[id]
    refused = (Refusal("x", "几个数连在一起", "第 3 行", ("t3.partial.natural",)),)
    return Review(replace(plain, cells=cells, refused=refused))


def test_marks(review):
    marks = {id: review.mark(id) for id in (NEW, "t3.granted.natural", "t3.partial.natural", TOTAL, FEES)}
    assert list(marks.values()) == ["guessed", "missing", "refused", "computed", "certain"]
    assert (review.doubt(NEW), review.doubt("t3.partial.natural")) == ("行名认不准", "几个数连在一起")
    assert review.lacking == ("t3.granted.natural", "t3.partial.natural")


def test_guesses_wait(review):
    assert NEW in review.open
    assert "unit.phone" in review.open, "the contact was found in running text"
    review.confirm([NEW])
    assert NEW not in review.open
    assert review.mark(NEW) == "confirmed"
    review.confirm(review.open)
    assert review.open == ()


def test_a_correction_stands_and_needs_no_word(review):
    review.correct(NEW, "９９")
    assert (review.mark(NEW), NEW in review.open) == ("corrected", False)
    assert review.report(2019).values[NEW] == 99
    review.correct(NEW, "21")
    assert review.mark(NEW) == "confirmed", "typed as it was read"


def test_what_is_missing_can_be_filled_in(review):
    assert "t3.granted.natural" not in review.report(2019).cells
    review.correct("t3.granted.natural", "12")
    review.correct("t3.partial.natural", "1")
    assert review.lacking == ()
    report = review.report(2019)
    assert report.cells["t3.granted.natural"] == 12
    assert TOTAL not in report.cells
    assert report.values[TOTAL] == 25


def test_passing_over_what_is_missing_confirms_nothing(review):
    review.correct("t3.granted.natural", "")
    assert review.mark("t3.granted.natural") == "missing"


def test_nothing_else_is_changed(plain):
    review = Review(plain)
    review.confirm(review.open)
    report = review.report(2019)
    assert dict(report.cells) == dict(plain.report.cells)
    assert dict(report.fields) == dict(plain.report.fields)
    assert report.values[FEES] == Decimal(251000)


def test_a_date_must_be_one(review):
    review.correct("date", "2020年1月20日")
    assert review.report(2019).fields["date"] == "2020-01-20"
    with pytest.raises(FieldValueError):
        review.correct("date", "去年")


def test_a_text_that_is_missing_or_taken_away(review):
    assert review.mark("text.overview") == "certain"
    review.correct("text.overview", "")
    assert "text.overview" not in review.report(2019).fields


def test_cells_know_their_place_in_the_source(plain):
    review = Review(plain)
    for id in review.cells:
        block, row, column = review.place(id)
        assert review.found(id) in plain.source[block].get("text", "") or row >= 0
        if row >= 0:
            text = plain.source[block]["rows"][row][column]["text"]
            assert review.found(id) == text
