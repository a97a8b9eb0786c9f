from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from gkdesk import formats
from gkdesk.exports import html
from gkdesk.exports.plain import plain
from gkdesk.paper.content import LONGEST_IN_CELL, content_of
from gkdesk.report import Report
from tests.exports.strategies import contents
from tests.exports.strategies import report_of as report_of_contents

FORMS = [formats.load("2019"), formats.load("2021")]
both = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
NAME = "云溪县水务局"
TEXTS = {
    "unit.name": NAME,
    "date": "2026-01-05",
    "text.intro": "根据《条例》编制，网址 https://www.yunxi.example/xxgk/index.html 增长10.5%。",
    "text.overview": "（一）主动公开。全年公开1368条。\n（二）管理\n制度健全。",
    "text.problems": "干部玥堃喆龑㛃䶮𬭎。",
    "text.other_matters": "无。",
}


def report_of(entries=TEXTS, form=FORMS[1]):
    return Report.from_entries(form, form.first_year, entries)


def parsed(report, **options):
    return lxml_html.fromstring(html.to_text(report, **options))


def squeezed(text):
    return re.sub(r"\s", "", text)


class Nesting(HTMLParser):
    """Notes every tag that is not closed where it should be."""

    VOID = ("meta", "col", "wbr")

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.tags = [], [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


# ---------------------------------------------------------------- content


@both
def test_everything_stands_in_the_order_of_the_paper(form):
    cells = {id: str(7 * i + 1) for i, id in enumerate(form.cells)}
    report = report_of({**TEXTS, **cells, "text.disclosure_note": "说明。"}, form)
    content = content_of(report)
    wanted = [content.title.text]
    for part in content.parts:
        wanted += [part.heading, *(text.text for text in part.texts)]
        wanted += ["<table>"] * bool(part.figures)
    wanted += [content.signature.unit, content.signature.date]
    found = [
        "<table>" if each.tag == "table" else each.text_content()
        for each in parsed(report).iter("h1", "h2", "h3", "p", "table")
    ]
    assert [squeezed(text) for text in found] == [squeezed(text) for text in wanted if text]


@both
def test_labels_and_figures_stand_in_their_boxes(form):
    cells = {id: str(7 * i + 1) for i, id in enumerate(form.cells)}
    report = report_of(cells, form)
    page = parsed(report)
    for table in form.tables:
        (made,) = page.xpath(f"//table[@id='{table.id}']")
        taken = {}
        for index, row in enumerate(made.iter("tr")):
            column = 0
            for cell in row:
                while (index, column) in taken:
                    column += 1
                spans = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                for r in range(spans[0]):
                    for c in range(spans[1]):
                        taken[index + r, column + c] = cell
        assert len(taken) == len(table.rows) * len(table.widths)
        for box in table.boxes:
            cell = taken[box.row, box.column]
            assert cell.tag == ("td" if box.cell else "th")
            assert cell.text == (report.shown(box.cell) if box.cell else box.text)
            assert (cell.get("id") == box.cell) == (box.cell is not None)


def test_run_in_headings():
    page = parsed(report_of())
    assert [each.text for each in page.xpath("//p/span[@class='run-in']")] == ["（一）主动公开。"]
    assert [each.text for each in page.iter("h3")] == ["（二）管理"]


def test_a_heading_of_its_own_needs_one_above_it():
    page = parsed(report_of({"text.intro": "（一）概况"}))
    assert page.xpath("//p/span[@class='run-in']")[0].text == "（一）概况"
    assert not list(page.iter("h3"))


def test_texts_not_written_keep_their_place():
    page = parsed(report_of({}))
    (section,) = page.xpath("//section[@id='section-overview']")
    assert [each.tag for each in section] == ["h2", "p"]
    assert section[1].text == "\xa0"
    assert not page.xpath("//footer")


def test_addresses_may_be_broken_and_numbers_not():
    page = html.to_text(report_of())
    assert "https://<wbr>www.<wbr>yunxi.<wbr>example/<wbr>xxgk/<wbr>index.<wbr>html" in page
    assert "10.5%" in page


@pytest.mark.parametrize(("written", "stamp"), [("2026-01-05", "2026-01-05"), ("近日", None)])
def test_signature(written, stamp):
    page = parsed(report_of({**TEXTS, "date": written}))
    lines = page.xpath("//footer[@class='signature']/p")
    assert lines[0].text == NAME
    assert lines[1].text_content() == ("2026年1月5日" if stamp else written)
    assert [each.get("datetime") for each in page.iter("time")] == ([stamp] if stamp else [])


# ---------------------------------------------------------------- the page


@both
def test_ids_are_unique_and_every_figure_is_named(form):
    page = parsed(report_of(TEXTS, form))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(form.cells) <= set(ids)
    by_id = {each.get("id"): each for each in page.iter("th")}
    for id, cell in form.cells.items():
        headers = [by_id[name] for name in page.get_element_by_id(id).get("headers").split()]
        words = [header.text for header in headers if header.get("scope") != "rowgroup"]
        assert words == [*cell.column_path, *cell.row_path]
    for header in by_id.values():
        assert header.get("scope") in ("row", "col", "rowgroup")
        if header.get("scope") == "rowgroup":
            assert header.getparent().getparent().tag == "tbody"
            assert header.getparent().getprevious() is None


@both
def test_tables_have_a_head_and_groups_and_a_name(form):
    page = parsed(report_of(TEXTS, form))
    groups = {table.get("id"): [g.tag for g in table if g.tag != "colgroup"] for table in page.iter("table")}
    bands = sum(row.role == "band" for row in form.table("t2").rows)
    assert groups == {"t2": ["tbody"] * bands, "t3": ["thead", "tbody"], "t4": ["thead", "tbody"]}
    for table in page.iter("table"):
        assert page.get_element_by_id(table.get("aria-labelledby")).tag == "h2"


def test_head():
    text = html.to_text(report_of())
    page = lxml_html.document_fromstring(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert page.findtext(".//title") == f"{NAME}2021年政府信息公开工作年度报告"
    assert page.xpath("//meta/@charset") == ["utf-8"]
    assert "@page" in page.findtext(".//style")
    assert "#t3 col:nth-child(3) { width: 33." in page.findtext(".//style")
    # Nothing is run and nothing fetched.
    assert not page.xpath("//script | //link | //img | //@src | //@href | //@style | //@onclick")
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize(
    ("portal", "date", "wanted"),
    [
        (html.Portal("1132/2026-1"), "2026-01-05", ["索引号", "发布机构", "成文日期", "标题"]),
        (html.Portal("", "<县政府>"), "", ["发布机构", "标题"]),
    ],
)
def test_block_of_the_portal(portal, date, wanted):
    page = parsed(report_of({**TEXTS, "date": date}), portal=portal)
    shown = {each.findtext("dt"): each.findtext("dd") for each in page.xpath("//dl[@class='about']/div")}
    assert list(shown) == wanted
    assert shown["发布机构"] == (portal.publisher or NAME)
    assert shown["标题"] == f"{NAME}2021年政府信息公开工作年度报告"
    assert shown.get("索引号", "") == portal.index
    assert shown.get("成文日期", "") == ("2026年1月5日" if date else "")
    assert not parsed(report_of()).xpath("//dl")


def test_hostile_texts_stay_text():
    evil = "</p><script>alert('1')</script><img src=x onerror=alert(1)>&lt;\"' -->"
    entries = {
        "unit.name": "甲\n\u202e乙\x07<b>" + evil,
        "text.intro": evil + "\x00\ud800\u200b\ufffe\U0001fffe\x85😀 عربي",
        "text.overview": "（一）" + evil[:20] + "。http://" + "a/" * 2000 + "<i>",
        "text.problems": "长" * 50_000,
        "t3.new.natural": evil,
        "date": '"><script>',
    }
    text = html.to_text(report_of(entries), portal=html.Portal(evil, evil))
    nesting = Nesting()
    nesting.feed(text)
    assert (nesting.open, nesting.wrong) == ([], [])
    assert not nesting.tags & {"script", "img", "b", "i"}
    page = lxml_html.document_fromstring(text)
    assert page.get_element_by_id("t3.new.natural").text == evil[: LONGEST_IN_CELL - 1] + "…"
    found = [each.text_content() for each in page.iter("p")]
    assert evil + "\ufffd\ufffd\ufffd" in found
    assert "😀 عربي" in found
    assert "长" * 50_000 in found
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff\ufffe\U0001fffe]", text)


@settings(max_examples=50)
@given(contents())
def test_any_report_comes_back(content):
    report = report_of_contents(content)
    written = content_of(report, plain)
    text = html.to_text(report)
    nesting = Nesting()
    nesting.feed(text)
    assert (nesting.open, nesting.wrong) == ([], [])
    page = lxml_html.document_fromstring(text)
    for part in written.parts:
        shown = part.figures.shown if part.figures else {}
        assert {id: page.get_element_by_id(id).text or "" for id in shown} == dict(shown)
    wanted = [words.text if words else "\xa0" for part in written.parts for words in part.texts]
    assert [
        each.text_content() for each in page.xpath("//*[starts-with(@id, 'section-')]/*[self::p or self::h3]")
    ] == wanted


def test_same_report_same_page(tmp_path):
    html.write(report_of(), tmp_path / "a.html", portal=html.Portal("1"))
    again = html.to_text(report_of(dict(reversed(TEXTS.items()))), portal=html.Portal("1"))
    assert (tmp_path / "a.html").read_bytes() == again.encode()
    with pytest.raises(OSError, match="none"):
        html.write(report_of(), tmp_path / "none" / "a.html")
