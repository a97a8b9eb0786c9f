"""Names and spellings that a workbook and its reader agree on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.report.workbook_terms import INDENT, Piece, defined_name, escape, folded_name, joined, unescape


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("t3.new.natural", "t3.new.natural"),
        ("unit.name", "unit.name"),
        ("note.t3.balance|natural|", "note.t3.balance_natural_"),
        ("t3", "_t3"),
        ("R1C1", "_R1C1"),
        ("true", "_true"),
        ("2021", "_2021"),
        ("_a", "_a"),
        ("报告", "__"),
    ],
)
def test_names_that_excel_takes(key, name):
    assert defined_name(key) == name


@pytest.mark.parametrize("id", ["2019", "2021"])
def test_no_two_keys_have_one_name_however_it_is_changed(id):
    form = formats.load(id)
    keys = [*form.cells, *(field.key for field in form.text_fields)]
    assert len({folded_name(defined_name(key)) for key in keys}) == len(keys)


@pytest.mark.parametrize("changed", ["T3.NEW.NATURAL", "t3_new_natural", "_t3.new.natural"])
def test_names_as_other_programs_change_them(changed):
    assert folded_name(changed) == folded_name("t3.new.natural")


@given(st.text(alphabet="_x0041Faé字\n", max_size=20) | st.text(max_size=20))
def test_escape_and_unescape(text):
    assert unescape(escape(text)) == text
    assert not re.search(r"_x(?!005F_)[0-9A-Fa-f]{4}_", escape(text))


def test_coded_characters_of_others():
    assert unescape("甲_x000D_乙_x0041_") == "甲\r乙A"
    assert escape("_x0041_") == "_x005F_x0041_"
    assert (escape("a_b"), unescape("a_b")) == ("a_b", "a_b")


@pytest.mark.parametrize(
    ("rows", "indent", "text"),
    [
        ([], True, ""),
        ([Piece(INDENT + "一"), Piece(INDENT + "二")], True, "一\n二"),
        ([Piece(INDENT + "一"), Piece(INDENT + "二", continued=True)], True, f"一{INDENT}二"),
        ([Piece(f"{INDENT}一\n{INDENT}二")], True, "一\n二"),
        ([Piece(INDENT + "一")], False, INDENT + "一"),
        ([Piece("一", continued=True), Piece("二")], True, "一\n二"),
    ],
)
def test_rows_to_a_text(rows, indent, text):
    assert joined(rows, indent=indent) == text
