from __future__ import annotations

import pytest

from gkdesk import formats, paths
from gkdesk.errors import KnownError
from gkdesk.paper import Options, chosen_faces, compose
from gkdesk.paper.faces import Role
from gkdesk.paper.geometry import MM, PAGE
from gkdesk.paper.marks import Run, Stroke
from gkdesk.report import Report
from tests.paper.reading import body_runs, first_words, frames, lines, runs_within, text

NEW, OLD = formats.load("2021"), formats.load("2019")
both = pytest.mark.parametrize("form", [NEW, OLD], ids=["2021", "2019"])
FILL = "为了测试分页而写的文字，一行一行地往下排，直到这一页写满为止，再接着写到下一页。"
"""Two lines of text when it is a paragraph."""


def zeros(form):
    return dict.fromkeys((id for table in form.tables for id in table.inputs), "0")


@pytest.fixture(scope="module")
def make(request):
    bundle = request.getfixturevalue("bundle")

    def build(entries=None, form=NEW, *, name="云溪县水务局", figures=True):
        year = form.first_year
        words = {"unit.name": name} if name else {}
        report = Report.from_entries(
            form, year, {**(zeros(form) if figures else {}), **words, **(entries or {})}
        )
        return compose(report, Options(faces=bundle))

    return build


def page_of(pages, words):
    """Index of the page on which words stand."""
    return next(i for i, page in enumerate(pages.pages) if words in text([page]))


@both
def test_everything_is_there_in_the_order_of_the_form(make, form):
    fields = [field.key for field in form.text_fields]
    entries = {key: f"第{i}段甲。\n第{i}段乙。" for i, key in enumerate(fields)}
    found = text(make(entries, form).pages)
    wanted = ["云溪县水务局"]
    for section in form:
        wanted.append(section.heading)
        for field in section.fields:
            i = fields.index(field.key)
            wanted += [f"第{i}段甲。", f"第{i}段乙。"]
        wanted += [box.text for box in (section.table.boxes if section.table else ()) if box.cell is None]
    place = 0
    for words in wanted:
        place = found.index(words, place) + len(words)


@both
def test_every_page_keeps_within_the_text_block(make, form):
    entries = {"text.intro": FILL * 10, "text.overview": "\n".join([FILL] * 12), "date": "2025-01-20"}
    for page in make(entries, form).pages:
        for run in body_runs(page):
            assert run.x >= PAGE.left - 0.01
            # An empty half of a mark at the end of a line may hang into the margin.
            assert run.x + run.width <= PAGE.right + run.size / 2 + 0.01
            assert PAGE.top < run.baseline < PAGE.bottom
        for rule in page.marks:
            if isinstance(rule, Stroke):
                assert PAGE.left - 1 <= rule.x0 <= rule.x1 <= PAGE.right + 1
                assert PAGE.top - 1 <= rule.y0 <= rule.y1 <= PAGE.bottom + 1


def test_a_full_page_has_22_lines_of_28_characters(make):
    page = make({"text.overview": "字" * 2000}).pages[1]
    assert [len(line) for line in lines(page)] == [28] * 22


def test_title_is_broken_between_unit_and_year(make, bundle):
    page = make().pages[0]
    assert lines(page)[:2] == ["云溪县水务局", "2021年政府信息公开工作年度报告"]
    for line in (lines(page)[0], lines(page)[1]):
        runs = [run for run in body_runs(page) if run.text in line and run.size == 22.0]
        middle = (runs[0].x + runs[-1].x + runs[-1].width) / 2
        assert middle == pytest.approx((PAGE.left + PAGE.right) / 2, abs=0.01)
        assert {run.face for run in runs} == {bundle[Role.SONG]}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("某局", ["某局2021年政府信息公开工作年度报告"]),
        ("", ["2021年政府信息公开工作年度报告"]),
        (
            "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗市场监督管理局",
            ["内蒙古自治区呼伦贝尔市", "莫力达瓦达斡尔族自治旗市场监督管理局"],
        ),
        ("国" * 50, ["国" * 17, "国" * 17, "国" * 16]),
    ],
)
def test_title_keeps_names_together(make, name, wanted):
    assert lines(make(name=name).pages[0])[: len(wanted)] == wanted


def test_run_in_headings_are_set_in_kaiti_up_to_their_full_stop(make, bundle):
    overview = (
        "（一）主动公开。公开了信息。\n(二)管理。完善制度。\n（三）平台建设\n（四）"
        + "很长的一句话" * 9
        + "。完。"
    )
    runs = [
        run for run in body_runs(make({"text.overview": overview}).pages[0]) if run.face is bundle[Role.KAI]
    ]
    assert (
        "".join(run.text for run in runs).replace("(", "").replace(")", "")
        == "（一）主动公开。二管理。（三）平台建设"
    )


def test_paragraphs_are_lines_of_the_text_indented_by_two_characters(make):
    page = make({"text.overview": "\u3000\u3000甲\n\n \t乙\u3000\n丙"}).pages[0]
    xs = {run.text: run.x for run in body_runs(page) if run.text in "甲乙丙"}
    assert xs == {word: pytest.approx(PAGE.left + 2 * PAGE.body_size) for word in "甲乙丙"}


@pytest.mark.parametrize("count", range(22))
def test_no_heading_and_no_single_line_at_the_edge_of_a_page(make, bundle, count):
    heights = {"甲": 2, "乙": 3, "丙": 4, "丁": 2, "戊": 3, "己": 5, "庚": 1, "辛": 8, "壬": 2, "癸": 3}
    paragraphs = [char * (26 + 28 * (height - 1)) for char, height in heights.items()]
    entries = {
        "text.intro": "\n".join("短" for _ in range(count)),
        "text.overview": "\n".join(["（一）标题", *paragraphs[:3], "（二）标题", *paragraphs[3:6]]),
        "text.problems": "\n".join(paragraphs[6:]),
        "text.other_matters": "无。",
    }
    pages = make(entries).pages
    for page in pages:
        last = max(body_runs(page), key=lambda run: run.baseline)
        assert last.face not in (bundle[Role.HEI], bundle[Role.KAI])
    for char, height in heights.items():
        shares = [sum(line[0] == char for line in lines(page)) for page in pages]
        assert sum(shares) == height
        assert height == 1 or 1 not in shares


@both
@pytest.mark.parametrize("count", [0, 1, 3, 6, 10, 14, 17, 19, 20, 21, 22])
def test_table_three_is_whole_with_its_header(make, form, count):
    note = "\n".join("短" for _ in range(count))
    pages = make({"text.requests_note": note}, form)
    index = page_of(pages, "（本列数据的勾稽关系为：")
    page = pages.pages[index]
    assert page_of(pages, "四、结转下年度继续办理") == index
    top, bottom = next((a, b) for a, b in frames(page) if b - a > 400)
    rows = form.table("t3").rows
    inside = runs_within(page, top, bottom)
    assert sum(run.text == "0" for run in inside) == 7 * sum(row.role == "data" for row in rows)
    assert bottom <= PAGE.bottom + 0.01
    assert (bottom - top) / len(rows) <= 9 * MM
    # No heading without its note or table.
    heading = page_of(pages, "三、收到和处理政府信息公开申请情况")
    assert heading == index or (count and lines(pages.pages[heading])[-1] == "短")


@both
@pytest.mark.parametrize("count", range(0, 22, 2))
def test_bands_are_not_parted_from_their_rows(make, form, count):
    pages = make({"text.overview": "\n".join("短" for _ in range(count))}, form)
    table = form.table("t2")
    bands = [box.text for box in table.boxes if box.role == "band"]
    seen = []
    for page in pages.pages:
        for top, bottom in frames(page):
            rows = first_words(runs_within(page, top, bottom))
            if any(row in bands for row in rows):
                assert rows[0] in bands
                assert rows[-1] not in bands
                assert not rows[-1].startswith("信息内容")
                seen += rows
    assert [row for row in seen if row in bands] == bands
    assert len(seen) == len(table.rows)


def test_a_table_is_cut_between_bands_rather_than_leave_half_a_page_empty(make):
    pages = make({"text.overview": "\n".join("短" for _ in range(9))})
    assert page_of(pages, "第二十条第（一）项") == 0
    assert page_of(pages, "第二十条第（八）项") == 1


def test_table_four_stands_in_portrait_with_readable_figures(make):
    pages = make({"t4.review.upheld": "12345", "t4.suit_direct.other": "123456789012"})
    page = pages.pages[page_of(pages, "四、政府信息公开行政复议")]
    # The totals at the right repeat the figures.
    runs = {run.text: run for run in reversed(body_runs(page))}
    width = PAGE.block_width / 15
    assert runs["12345"].size >= 9
    for words in ("12345", "123456789012"):
        assert runs[words].width < width
        column = 0 if words == "12345" else 7
        middle = runs[words].x + runs[words].width / 2
        assert middle == pytest.approx(PAGE.left + (column + 0.5) * width, abs=0.01)
    labels = {run.text for run in body_runs(page)}
    assert {"结果", "维持", "纠正", "其他", "尚未", "审结", "总计", "未经复议直接起诉"} <= labels


def test_blank_cells_stay_empty_and_mistyped_ones_are_shown(make):
    pages = make({"t2.fees.amount": "约3万", "t2.normative.made": "7"}, figures=False)
    page = pages.pages[0]
    top, bottom = frames(page)[0]
    rows = first_words(runs_within(page, top, bottom))
    assert "行政事业性收费约3万" in rows
    assert "行政规范性文件7" in rows
    assert "规章" in rows


def test_a_text_pasted_into_a_cell_is_cut_with_a_sign(make):
    found = text(make({"t3.new.natural": "误" * 5000}).pages)
    assert 0 < found.count("误") < 100
    assert "误…" in found


def test_amounts_carry_their_unit_where_the_form_has_none(make):
    found = text(make({"t2.procurement.amount": "251000"}, OLD).pages)
    assert "251000元" in found


def test_headings_are_bookmarks(make):
    pages = make({"text.overview": "字" * 1500})
    headings = [section.heading for section in NEW if section.heading]
    assert [mark.title for mark in pages.bookmarks] == headings
    for mark in pages.bookmarks:
        runs = [run for run in pages.pages[mark.page].runs() if run.text == mark.title]
        assert mark.y < runs[0].baseline < mark.y + PAGE.leading


def test_page_numbers_change_sides(make):
    numbers = [[run for run in page.runs() if run.baseline > PAGE.bottom] for page in make().pages]
    assert ["".join(run.text for run in runs) for runs in numbers] == ["— 1 —", "— 2 —", "— 3 —"]
    ends = [(runs[0].x, runs[-1].x + runs[-1].width) for runs in numbers]
    assert ends[0][1] == pytest.approx(PAGE.right - 14)
    assert ends[1][0] == pytest.approx(PAGE.left + 14)
    assert ends[2][1] == pytest.approx(PAGE.right - 14)
    assert {run.size for runs in numbers for run in runs} == {14.0}


def test_signature_stands_under_the_text_with_four_characters_free(make):
    page = make({"text.other_matters": "无。", "date": "2026-01-05"}).pages[-1]
    assert lines(page)[-3:] == ["无。", "云溪县水务局", "2026年1月5日"]
    ys = sorted({round(run.baseline, 2) for run in body_runs(page)})
    assert ys[-2] - ys[-3] == pytest.approx(3 * PAGE.leading, abs=0.1)
    written = [run for run in body_runs(page) if round(run.baseline, 2) == ys[-1]]
    assert written[-1].x + written[-1].width == pytest.approx(PAGE.right - 4 * PAGE.body_size, abs=0.01)
    name = next(run for run in body_runs(page) if run.text == "云溪县水务局" and run.size < 20)
    middle = (written[0].x + written[-1].x + written[-1].width) / 2
    assert name.x + name.width / 2 == pytest.approx(middle, abs=0.01)


def test_a_long_name_keeps_date_and_name_centred(make):
    page = make({"date": "2026-01-05"}, name="某" * 24).pages[-1]
    name, day = (
        [run for run in body_runs(page) if words in run.text and run.size < 20]
        for words in ("某某某某", "2026")
    )
    assert name[0].x + name[0].width == pytest.approx(PAGE.right, abs=0.01)
    assert day[0].x < PAGE.left + PAGE.block_width / 2 + 60


@pytest.mark.parametrize("count", range(10, 33))
def test_signature_is_never_alone(make, count):
    entries = {"text.problems": "\n".join("短" for _ in range(count)), "date": "2026-01-05"}
    entries["text.other_matters"] = "末"
    page = make(entries).pages[-1]
    assert lines(page)[-3:] == ["末", "云溪县水务局", "2026年1月5日"]


def test_no_date_no_signature(make):
    assert text(make().pages[-1:]).count("云溪县水务局") == 0


def test_missing_characters_are_named_and_shown_as_geta(make):
    pages = make({"text.overview": "甲😀乙😀\U0010ffff"}, name="云\ue000局")
    assert pages.missing == ("\ue000", "😀", "\U0010ffff")
    assert "甲〓乙〓〓" in text(pages.pages)
    assert "云〓局" in text(pages.pages)


def test_rare_characters_are_drawn_from_the_face_that_has_them(make):
    rare = "玥堃喆龑㛃䶮𬭎浉鄠"
    pages = make({"text.overview": rare})
    assert pages.missing == ()
    runs = [run for run in body_runs(pages.pages[0]) if set(run.text) & set(rare)]
    assert "".join(run.text for run in runs) == rare
    assert all(run.face.has(char) for run in runs for char in run.text)


def test_an_empty_report_is_the_form(make):
    pages = make(name="", figures=False)
    found = text(pages.pages)
    assert all(section.heading in found for section in NEW)
    assert len(pages.pages) == 3
    assert pages.date == ""


def test_hostile_texts(make):
    entries = {
        "unit.name": "甲\n\u202e乙\x07",
        "text.intro": "\x00\x1f\ud800\u200b\ufffe عربي \t",
        "text.overview": "x" * 3000 + "\n" + "。" * 200 + "\n" + "（" * 200,
        "text.problems": "\n".join(f"（一）标题{i}" for i in range(100)),
        "text.other_matters": "http://" + "a" * 3000,
        "date": "昨天",
    }
    pages = make(entries)
    assert pages.title.startswith("甲 乙")
    found = text(pages.pages)
    assert found.count("x") >= 3000
    assert found.count("（") >= 200
    assert "（一）标题99" in found
    assert found.endswith("昨天")


def test_fifty_thousand_characters(make):
    pages = make({"text.overview": "很长的报告文字" * 7143})
    assert text(pages.pages).count("很长的报告文字") == 7143
    assert all(len(lines(page)) == 22 for page in pages.pages[1:80])


def test_rules_are_drawn_under_no_box(make):
    """A merged box has no rule inside: no stroke crosses the text of the table's labels."""
    for page in make().pages:
        for top, bottom in frames(page):
            upright = [s for s in page.marks if isinstance(s, Stroke) and s.x0 == s.x1]
            for run in runs_within(page, top, bottom):
                assert isinstance(run, Run)
                for rule in upright:
                    if rule.y0 < run.baseline - run.size / 3 < rule.y1:
                        assert not run.x + 0.5 < rule.x0 < run.x + run.width - 0.5


@pytest.mark.parametrize("manifest", [None, "nonsense", '[[font]]\nrole = "fangsong"\nfile = "none.ttf"\n'])
def test_damaged_fonts_are_said_plainly(tmp_path, monkeypatch, manifest):
    (tmp_path / "fonts").mkdir()
    if manifest is not None:
        (tmp_path / "fonts" / "fonts.toml").write_text(manifest, encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    chosen_faces.cache_clear()
    try:
        with pytest.raises(KnownError, match="字体缺失或损坏"):
            compose(Report(NEW, 2024))
    finally:
        chosen_faces.cache_clear()
