"""A format file that contradicts itself is refused with words that find the place."""

from __future__ import annotations

import pytest

from gkdesk import formats, paths
from gkdesk.checks import checker_for
from gkdesk.formats import FormatError


@pytest.fixture
def broken(tmp_path):
    source = (paths.resources() / "formats" / "2021.toml").read_text(encoding="utf-8")

    def load(old: str, new: str, count: int = 1):
        assert old in source
        path = tmp_path / "format.toml"
        path.write_text(source.replace(old, new, count), encoding="utf-8")
        return formats.load_file(path)

    return load


def test_unbroken(broken):
    assert broken("schema = 1", "schema = 1").id == "2021"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("schema = 1", "schema = 2", "schema 2"),
        ('"t3.carried_in.{each}"]\nright', '"t3.carried.{each}"]\nright', "t3.carried.natural"),
        ('{ id = "partial"', '{ id = "granted"', "stands twice"),
        ('kind = "balance"', 'kind = "formula"', "formula"),
        ('severity = "error"', 'severity = "fatal"', "fatal"),
        ("colspan = 7", "colspan = 8", "wider"),
        ("colspan = 7", "colspan = 6", "is empty"),
        ("rowspan = 22", "rowspan = 30", "overlap|below|wider"),
        ('{ text = "其他" }] }', '{ text = "其他", colspan = 2 }] }', "overlap"),
        (
            '"四、结转下年度继续办理", colspan = 3',
            '"四、结转下年度继续办理", colspan = 3, rowspan = 2',
            "below",
        ),
        ('id = "t4"\n', 'id = "t3"\n', "table t3 stands twice"),
        ('{ id = "natural" }', '{ id = "natural", kind = "float" }', "float"),
        ('{ id = "natural" }', '{ id = "natural", kind = "money" }', "money has units"),
        ('id = "t3.balance"', 'id = "t4.total"', "stands twice"),
        ('table = "t4"\n', "", "t4"),
        ('subject = "column"', 'subject = "cell"', "cell"),
        ('left_names = ["第一项", "第二项"]', 'lefts = ["第一项"]', "lefts"),
        ('fields = ["text.{each}"]', 'fields = ["text.x{each}"]', "text.xintro"),
        ('tables = ["{each}"]', 'tables = ["{each}x"]', "t2x"),
        ('each = "t3.rows"', 'each = "t3.cells"', "t3.cells"),
        ('id = "problems"\nheading', 'id = "intro"\nheading', "section intro"),
        ('{ column = "made" }', '{ column = "maid" }', "maid"),
        ('each = "t3.rows"', 'each = "t9.rows"', "t9.rows"),
        ("first_year = 2021", "", "first_year"),
        ("first_year = 2021", "first_year = 2021\nlast_year = 2025", "last_year"),
        ('units = ["万元"]', 'units = ["亿元"]', "亿元"),
        ('partial = ["t3.partial"]', "", "no words lead to t3.partial.natural"),
        ('made = [".made"]', 'made = [".maid"]', "no words lead to t2.regulations.made"),
        ('partial = ["t3.partial"]', 'partial = ["t3.part"]', "no cell begins with t3.part"),
        ('plus = ["t3.granted", "t3.partial"]', 'plus = ["t3.grant", "t3.partial"]', "t3.grant"),
        ("[meanings.", "[meaning.", "unknown"),
        ("schema = 1", "schema = ", "format.toml"),
    ],
)
def test_contradictions_are_refused(broken, old, new, words):
    with pytest.raises(FormatError, match=words):
        broken(old, new)


def test_totals_in_a_circle(broken):
    with pytest.raises(FormatError, match="depend on each other"):
        broken('"t4.{each}.pending"]', '"t4.{each}.total"]')


def test_a_band_needs_no_label_column(broken):
    assert (
        broken("label_columns = 0", "label_columns = 0").table("t4").cells["t4.review.total"].row_path == ()
    )


def test_words_about_figures_need_their_meanings(tmp_path):
    source = (paths.resources() / "formats" / "2021.toml").read_text(encoding="utf-8")
    path = tmp_path / "format.toml"
    path.write_text(source.partition("[meanings.")[0], encoding="utf-8")
    with pytest.raises(FormatError, match=r"rule text\.figure: the format has no meanings"):
        formats.load_file(path)


def test_the_notice_is_of_the_series_that_its_rule_names(broken):
    form = broken('notice = "国办公开办函〔2021〕30号"', 'notice = "国办发〔2021〕30号"')
    with pytest.raises(FormatError, match="国办公开办函"):
        checker_for(form)
