"""Looking things up in a format."""

from __future__ import annotations

import pytest

from gkdesk import formats

FORM = formats.load("2021")


def test_boxes_tables_and_rules_by_their_ids():
    table = FORM.table("t3")
    assert table.box_of("t3.new.natural").cell == "t3.new.natural"
    assert FORM.rule("t3.balance").id == "t3.balance"
    for look_up in (lambda: table.box_of("t3.new"), lambda: FORM.table("t9"), lambda: FORM.rule("t9.x")):
        with pytest.raises(KeyError):
            look_up()


@pytest.mark.parametrize("key", ["t2.fees.amount", "units.t2.fees.amount"])
def test_a_cell_is_filled_in_where_its_table_is(key):
    assert FORM.section_of(key).table is FORM.table("t2")


def test_a_text_is_filled_in_where_its_field_is():
    assert "text.overview" in [field.key for field in FORM.section_of("text.overview").fields]


@pytest.mark.parametrize("key", ["unit.name", "date"])
def test_what_belongs_to_no_section(key):
    assert FORM.section_of(key) is None


def test_a_format_is_its_sections():
    assert tuple(FORM) == FORM.sections


@pytest.mark.parametrize(("year", "id"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_the_years_of_a_format(year, id):
    assert [form.id for form in formats.available() if form.covers(year)] == [id]
