"""Tables with cells lost, doubled or moved: nothing of them is told for certain that is not so."""

from __future__ import annotations

import random

import pytest

from gkdesk import formats
from gkdesk.imports.doubts import ReadRow, slipped
from gkdesk.imports.reading import Reading
from tests.builders import balanced
from tests.imports.damaged import DAMAGES, Damaged, measure

FORM = formats.load("2021")


def test_nothing_wrong_is_certain():
    outcome, seed = Damaged(), random.randrange(2**31)
    for number in range(40):
        measure(seed + number, outcome)
    assert outcome.good, outcome.wrong
    assert outcome.certain > outcome.guessed + outcome.unread, "what is sound is still read"
    assert outcome.seen > 100


def test_every_damage_is_done():
    assert len(DAMAGES) == len({damage.__name__ for damage in DAMAGES}) >= 15


# ------------------------------------------------------------ the sums' word for it


@pytest.fixture
def figures():
    return dict(balanced(FORM, 2024, [number % 7 for number in range(180)], stated=True).cells)


def doubted(figures, *, blank=(), open_end=None):
    readings = {id: Reading(str(value), value, certain=True, where="") for id, value in figures.items()}
    readings |= {id: Reading("", None, certain=True, where="") for id in blank}
    rows = [
        ReadRow(table.id, row.cells, (open_end or {}).get(row.id, 0))
        for table in FORM.tables
        for row in table.rows
        if row.role == "data"
    ]
    return slipped(FORM, readings, rows)


def row(id):
    return set(next(row.cells for row in FORM.table("t3").rows if row.id == id))


def test_what_adds_up_is_believed(figures):
    assert doubted(figures) == set()


def test_a_row_that_does_not_add_up(figures):
    figures["t3.granted.total"] += 1
    assert doubted(figures) == row("granted")


def test_one_wrong_column_leaves_full_rows_alone(figures):
    figures["t3.new.natural"] += 1
    figures["t3.new.total"] += 1
    assert doubted(figures) == set()


def test_zeros_left_empty_are_believed(figures):
    zeros = [id for id, value in figures.items() if id.startswith("t3") and not value]
    assert zeros
    assert doubted(figures, blank=zeros) == set()


def test_an_empty_cell_where_the_column_does_not_add_up(figures):
    id = next(id for id in row("granted") if figures[id] and not id.endswith("total"))
    assert doubted(figures, blank=[id]) >= row("granted")


def test_empty_cells_in_a_row_that_stands_alone(figures):
    blank = [id for id, value in figures.items() if id.startswith("t4") and not value]
    assert blank
    assert doubted(figures, blank=blank) == set(FORM.table("t4").cells)
    nothing = {id: 0 if id.startswith("t4") else value for id, value in figures.items()}
    assert doubted(nothing, blank=blank) == set()


def test_an_empty_end_where_other_rows_are_filled(figures):
    row_cells = [f"t2.normative.{column}" for column in ("made", "repealed", "in_force")]
    assert doubted(figures, blank=row_cells[2:], open_end={"normative": 1}) == set(row_cells)


def test_a_header_that_was_misread_is_seen_by_its_rows(figures):
    turned = dict(figures)
    for each in FORM.table("t3").rows:
        for here, there in zip(each.cells, each.cells[1:] + each.cells[:1], strict=True):
            turned[here] = figures[there]
    assert {id for id in doubted(turned) if id.startswith("t3")} >= row("rejected_reissue")
    assert {id for each in FORM.table("t3").rows for id in each.cells} == {
        id for id in doubted(turned) if id.startswith("t3")
    }
