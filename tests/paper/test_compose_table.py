"""Tables of invented forms: nothing of the statutory ones is known to the code."""

from __future__ import annotations

import pytest

from gkdesk import formats
from gkdesk.paper import Options, compose
from gkdesk.paper.compose_table import fit_figure, set_table, share_height
from gkdesk.paper.geometry import PAGE
from gkdesk.report import Report
from tests.paper.reading import first_words, frames, lines, runs_within, text

HEAD = """
schema = 1
id = "9"
name = "测试"
first_year = 2030
notice = "无"
notice_title = "无"
law = "无"
law_number = "无"
title = "{year}年{unit}测试年报"
intro = []
contact = []
rules = []
[[sections]]
id = "one"
heading = "甲、唯一的部分"
step = "甲"
source = "无"
fields = [{ id = "note", label = "说明", required = false }]
table = "t"
[[tables]]
id = "t"
name = "表"
"""


@pytest.fixture
def tall(tmp_path):
    """Sixty groups of two rows under a header of two rows: three pages of table."""
    groups = "".join(
        f'{{ id = "a{i}", labels = [{{ text = "（{i}）组", rowspan = 2 }}, {{ text = "1.甲" }}] }},'
        f'{{ id = "b{i}", labels = [{{ text = "2.乙" }}] }},'
        for i in range(60)
    )
    return load(
        tmp_path,
        f"""widths = [2, 3, 1, 1]
label_columns = 2
columns = [{{ id = "x" }}, {{ id = "y" }}]
rows = [
{{ kind = "header", cells = [{{ text = "项目", colspan = 2, rowspan = 2 }}, {{ text = "数量", colspan = 2 }}] }},
{{ kind = "header", cells = [{{ text = "今年" }}, {{ text = "去年" }}] }},
{groups}]
""",
    )


@pytest.fixture
def one_group(tmp_path):
    """A single label over more rows than a page holds."""
    rest = "".join(f'{{ id = "r{i}", labels = [] }},' for i in range(1, 70))
    return load(
        tmp_path,
        f"""widths = [1, 1]
label_columns = 1
columns = [{{ id = "x" }}]
rows = [{{ id = "r0", labels = [{{ text = "全部", rowspan = 70 }}] }}, {rest}]
""",
    )


def load(folder, table):
    path = folder / "9.toml"
    path.write_text(HEAD + table, encoding="utf-8")
    return formats.load_file(path)


def composed(form, bundle, **fields):
    cells = {id: str(i) for i, id in enumerate(form.cells)}
    report = Report.from_entries(form, 2030, {**cells, "unit.name": "云溪县水务局", **fields})
    return compose(report, Options(faces=bundle)).pages


def test_title_is_the_forms(tall, bundle):
    assert lines(composed(tall, bundle)[0])[0] == "2030年云溪县水务局测试年报"


def test_a_table_taller_than_a_page_is_cut_between_groups_under_its_header(tall, bundle):
    pages = composed(tall, bundle)
    assert len(pages) > 2
    parts = []
    for page in pages:
        [(top, bottom)] = frames(page)
        assert bottom <= PAGE.bottom + 0.01
        words = "".join(run.text for run in runs_within(page, top, bottom))
        assert words.startswith("项目数量今年去年")
        body = words.removeprefix("项目数量今年去年")
        assert {run.size for run in runs_within(page, top, bottom)} == {12.0}
        assert body.startswith("（")
        assert body.count("组") == body.count("2.乙")
        parts.append(body)
    assert sum(part.count("组") for part in parts) == 60


def test_every_figure_of_a_cut_table_is_there_once(tall, bundle):
    found = []
    for page in composed(tall, bundle):
        [(top, bottom)] = frames(page)
        found += [run.text for run in runs_within(page, top, bottom) if run.text.isdigit() and run.x > 460]
    last = [str(i) for i, id in enumerate(tall.cells) if id.endswith(".y")]
    assert found == last


def test_rows_that_one_label_joins_are_cut_when_no_page_holds_them(one_group, bundle):
    pages = composed(one_group, bundle)
    assert len(pages) > 1
    assert [text([page]).count("全部") for page in pages][1:] == [1] * (len(pages) - 1)
    assert all(str(i) in text(pages) for i in range(70))


def test_a_note_may_stand_on_the_page_before(tall, bundle):
    pages = composed(tall, bundle, **{"text.note": "\n".join("短" for _ in range(40))})
    assert lines(pages[0])[-1] == "短"
    assert sum("短" in line for page in pages for line in lines(page)) == 40


def test_the_largest_size_that_fits_is_taken(bundle):
    form = formats.load("2021")
    figures = dict.fromkeys(form.cells, "0")
    sizes = {}
    for table in form.tables:
        for room in (620.0, 500.0, 420.0):
            found = set_table(table, figures, bundle, 0.0, PAGE.block_width, room)
            sizes[table.id, room] = found.size
            assert sum(found.least) <= room
            assert found.edges[-1] == pytest.approx(PAGE.block_width)
    assert sizes["t2", 620.0] == sizes["t4", 620.0] == 12
    assert sizes["t3", 620.0] >= 9
    assert sizes["t3", 620.0] > sizes["t3", 420.0]


def test_labels_of_narrow_columns_are_broken_at_sense(bundle):
    form = formats.load("2021")
    pages = compose(Report(form, 2024), Options(faces=bundle)).pages
    page = next(page for page in pages if "自然人" in text([page]))
    top, bottom = frames(page)[-1]
    runs = [run.text for run in runs_within(page, top, bottom)]
    for words in (
        ("商业", "企业"),
        ("社会", "公益", "组织"),
        ("（本列数据的勾稽关系为：", "第一项加第二项之和，"),
    ):
        place = runs.index(words[0])
        assert tuple(runs[place : place + len(words)]) == words
    assert "自然人" in runs
    assert "第二十条" not in first_words(runs_within(page, top, bottom))


def test_heights_are_shared_equally_above_what_rows_need():
    assert share_height([10, 10, 10], 60) == [20, 20, 20]
    assert share_height([40, 10, 10], 80) == [40, 20, 20]
    assert share_height([10, 20, 30], 60) == [10, 20, 30]
    assert share_height([10, 20], 20) == [10, 20]
    assert share_height([], 20) == []


def test_figures_shrink_and_words_wrap(bundle):
    assert fit_figure("12", bundle, 28.0, 10.0).size == 10
    long = fit_figure("999999999999", bundle, 28.0, 10.0)
    assert len(long.lines) == 1
    assert long.width <= 28
    words = fit_figure("三件，其中一件已撤回", bundle, 28.0, 10.0)
    assert words.size == 6.5
    assert len(words.lines) > 1
