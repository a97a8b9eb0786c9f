"""Texts to blocks and figures to patches: what spreadsheets write is read, what is hostile is refused."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import checks, formats
from gkdesk.report import Report
from ui.grid.blocks import MAX_CHARACTERS, BlockError, figure_patch, parse_html, parse_tsv

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)
BLOCKS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def table(*rows):
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@given(BLOCKS)
def test_tsv_is_read_as_it_was_written(block):
    text = "".join(
        "\t".join('"' + cell.replace('"', '""') + '"' if '"' in cell else cell for cell in row) + "\r\n"
        for row in block
    )
    assert parse_tsv(text) == block


@given(BLOCKS)
def test_html_is_read_as_it_was_written(block):
    rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block]
    assert parse_html(f"<html><body>{table(*rows)}</body></html>") == block


def test_tsv_takes_quotes_line_breaks_and_ragged_rows():
    assert parse_tsv('1\t"two\nlines"\t"a ""b"""\r\n4\r\n') == [["1", "two lines", 'a "b"'], ["4", "", ""]]


def test_html_lays_merged_cells_out():
    text = table(
        '<td rowspan="2">a</td><td colspan=2>b</td>',
        "<td>1</td><td>2<br>3</td>",
        '<td colspan="3"><p>x</p><p>y</p></td>',
    )
    assert parse_html(text) == [["a", "b", ""], ["", "1", "2 3"], ["x y", "", ""]]


def test_html_of_spreadsheets_is_tidied():
    text = (
        "<html xmlns:o='urn'><head><style><!-- td {color:red} --></style></head><body><!--StartFragment-->"
        + table("<td>&nbsp;1,234 </td><td x:num='2'>2</td>")
        + "<!--EndFragment--></body></html>"
    )
    assert parse_html(text) == [["1,234", "2"]]


def test_a_rowspan_beyond_the_table_and_strange_spans_are_harmless():
    text = table('<td rowspan="9999">a</td><td colspan="x">b</td>', '<td rowspan="-1">c</td>')
    assert parse_html(text) == [["a", "b"], ["", "c"]]


def test_cells_without_a_row_are_a_row():
    assert parse_html("<table><td>1</td><td>2</td></table>") == [["1", "2"]]


def test_html_without_a_table_is_none():
    assert parse_html("<p>12</p><img src='a.png'>") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (table("<td>1<table><tr><td>2</td></tr></table></td>"), "套着表格"),
        (table("<td>1</td>") + table("<td>2</td>"), "2 个表格"),
        (table("<td>1</td>" * 100_000), "太大"),
        (table(*["<td>1</td>"] * 2_000), "太大"),
        (table(*['<td rowspan="999" colspan="99">1</td>'] * 200), "太大"),
        (table('<td colspan="999999">1</td>'), "太大"),
        ("<b>" * 100_000, "太大"),
        ("<a " * 600_000, "太大"),
        ("<!--" * 100_000, "太大"),
        ("<" * 500_000, "太大"),
        ("</b>" * 100_000, "太大"),
        ("<!---->" * 100_000, "太大"),
        ("<!a>" * 100_000, "太大"),
        ("<?a>" * 100_000, "太大"),
        ("<![if a]>" * 100_000, "太大"),
        ("<![<![", "不是表格"),
        ("x" * (MAX_CHARACTERS + 1), "太大"),
    ],
)
def test_hostile_html_is_refused_in_plain_words(text, why):
    with pytest.raises(BlockError, match=why):
        parse_html(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1\t" * 100_000, "太大"),
        ("1\n" * 100_000, "太大"),
        ("1" * 10_000_000, "太大"),
        ('"' + "1" * 200_000, "不是表格"),
    ],
)
def test_hostile_text_is_refused_in_plain_words(text, why):
    with pytest.raises(BlockError, match=why):
        parse_tsv(text)


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("8000", "8000", None),
        ("8000元", "8000", None),
        ("12.5万元", "12.5", "万元"),
        ("１２．５　万元", "12.5", "万元"),
        ("12.5 万元 ", "12.5", "万元"),
        ("万元", "万元", None),
        ("12万", "12万", None),
        ("", None, None),
    ],
)
def test_a_unit_after_an_amount_is_its_unit(text, figure, unit):
    form = formats.load("2019")
    session = checks.open_session(Report(form, 2019))
    cell = form.cells["t2.procurement.amount"]
    expected = {cell.id: figure} | ({f"units.{cell.id}": unit} if unit else {})
    assert figure_patch(session, cell, text) == expected


def test_the_only_unit_of_an_amount_may_be_written():
    form = formats.load("2021")
    session = checks.open_session(Report(form, 2024))
    cell = form.cells["t2.fees.amount"]
    assert figure_patch(session, cell, "9.61716万元") == {cell.id: "9.61716"}
    assert figure_patch(session, cell, "96171.6元") == {cell.id: "96171.6元"}
