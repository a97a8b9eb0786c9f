from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.exports.text_rows import MOST_ROWS, PACKED, height, line_count, pieces, spread
from gkdesk.report.workbook_terms import INDENT, Piece, escape, joined, unescape

WIDTH, SIZE = 442.0, 14.0
texts = st.text(st.sampled_from("甲乙。；a1 \n\u3000😀"), max_size=600)


@given(texts, st.booleans(), st.sampled_from((40.0, WIDTH)))
def test_a_text_comes_back_from_its_rows(text, indent, width):
    assert joined(pieces(text, width, SIZE, indent=indent), indent=indent) == text


@pytest.mark.parametrize(
    "text", ["字" * 200_000, "\n" * 200_000, "一句。\n" * 60_000, "句子。" * 60_000 + "\n"]
)
def test_a_text_too_long_to_be_shown_is_packed_and_comes_back(text):
    rows = pieces(text, WIDTH, SIZE, indent=True)
    assert len(rows) <= MOST_ROWS
    assert joined(rows, indent=True) == text
    units = max(len(row.text.encode("utf-16-le")) // 2 for row in rows)
    assert PACKED <= units <= 32_767


def test_a_paragraph_is_cut_behind_a_sentence():
    rows = pieces("句子。" * 200 + "\n尾", WIDTH, SIZE, indent=True)
    assert rows[0].text.startswith(INDENT + "句")
    assert not rows[0].continued
    assert all(row.continued and row.text.startswith("句") for row in rows[1:-1])
    assert all(row.text.endswith("。") for row in rows[:-1])
    assert rows[-1] == Piece(INDENT + "尾")


def test_blank_texts_and_lines_have_rows():
    assert pieces("", WIDTH, SIZE, indent=True) == [Piece("")]
    assert pieces("甲\n\n乙", WIDTH, SIZE, indent=False) == [Piece("甲"), Piece(""), Piece("乙")]


def test_lines_hold_whole_characters():
    assert line_count("社会公益组织", 31, 10) == 3
    assert line_count("其他", 31, 10) == 1
    assert line_count("2.其他法律行政法规禁止公开", 139, 10) == 1
    assert line_count("甲\n乙", 100, 10) == 2
    assert line_count("甲", 1, 10) == 1
    assert height("甲\n乙", 100, 10) > height("甲", 100, 10) > 10


def test_boxes_over_several_rows_get_their_room():
    assert spread([10, 10, 10], [(0, 1, 15), (0, 3, 50)]) == [20, 15, 15]
    assert spread([10, 10], [(0, 2, 12)]) == [10, 10]


@given(
    st.lists(st.sampled_from(["_x0041_", "_", "x005F_", "x000a_", "甲", "_X0041_"]), max_size=8).map("".join)
)
def test_coded_characters_are_guarded(text):
    guarded = escape(text)
    assert unescape(guarded) == text
    assert set(re.findall("_x([0-9A-Fa-f]{4})_", guarded)) <= {"005F"}, "nothing else may be taken for a code"
