from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from gkdesk import formats, paths
from gkdesk.exports import pdf
from gkdesk.paper import Options, compose
from gkdesk.paper.faces import load_faces
from gkdesk.paper.geometry import MM
from gkdesk.paper.marks import Box, Run
from gkdesk.report import Report
from gkdesk.report.fingerprint import fingerprint

FORMS = [formats.load("2019"), formats.load("2021")]
both = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
RARE = "玥堃喆昇龑㛃䶮𬭎浉鄠猇洣"
TEXTS = {
    "unit.name": "云溪县水务局",
    "text.intro": "根据《条例》（国令第711号）编制，网址www.yunxi.example/xxgk，“一网通办”。",
    "text.overview": "（一）主动公开。全年公开1368条，增长10.0%。\n（二）管理\n" + "公开透明。" * 40,
    "text.problems": f"干部{RARE}、李四。",
    "text.other_matters": "无。",
}


@pytest.fixture(scope="module")
def faces():
    return load_faces(paths.resources() / "fonts", installed=False)


@pytest.fixture(scope="module")
def make(faces):
    def build(entries, form=FORMS[1]):
        report = Report.from_entries(form, form.first_year, entries)
        return report, pdf.draw(compose(report, Options(faces=faces)))

    return build


def squeezed(text):
    return re.sub(r"\s", "", text or "")


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"—\d+—", "", squeezed(words))


@both
def test_every_paragraph_comes_back_in_order(make, form):
    report, data = make(TEXTS, form)
    found, place = text_of(data), 0
    for section in form:
        wanted = [section.heading]
        for field in section.fields:
            wanted += report.text(field.id).split("\n")
        for words in map(squeezed, wanted):
            assert words in found[place:]
            place = found.index(words, place) + len(words)
    assert found.startswith(squeezed(report.title))


@both
def test_every_cell_comes_back_at_its_place(make, form):
    cells = {id: str(7 * i + 1) for i, id in enumerate(form.cells)}
    report, data = make({**TEXTS, **cells, "text.disclosure_note": "说明。"}, form)
    with pdfplumber.open(io.BytesIO(data)) as document:
        grids = [grid for page in document.pages for grid in page.extract_tables()]
    assert len(grids) == len(form.tables)
    for table, grid in zip(form.tables, grids, strict=True):
        assert len(grid) == len(table.rows)
        for box in table.boxes:
            shown = report.shown(box.cell) if box.cell else box.text
            assert squeezed(grid[box.row][box.column]) == squeezed(shown), box


def test_rare_characters_are_searchable(make):
    _report, data = make(TEXTS)
    assert RARE in text_of(data)


def test_only_embedded_subsets(make):
    _report, data = make(TEXTS)
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = document.pages[0].Resources.Font
        assert len(fonts) >= 5
        for font in fonts.values():
            descendant = font.DescendantFonts[0]
            assert re.fullmatch("/[A-Z]{6}[+].+", str(font.BaseFont))
            assert descendant.FontDescriptor.FontFile2.read_bytes()
            assert "/ToUnicode" in font


def test_same_report_same_bytes(make):
    assert make(TEXTS)[1] == make(dict(reversed(TEXTS.items())))[1]
    assert make(TEXTS)[1] != make({**TEXTS, "text.other_matters": "暂无。"})[1]


def test_what_the_file_says_about_itself(make):
    _report, data = make({**TEXTS, "date": "2026-01-20"})
    with pikepdf.open(io.BytesIO(data)) as document:
        information = document.docinfo
        assert str(information["/Title"]) == "云溪县水务局2021年政府信息公开工作年度报告"
        assert str(information["/Author"]) == "云溪县水务局"
        assert str(information["/CreationDate"]) == str(information["/ModDate"]) == "D:20260120000000+08'00'"
        assert str(document.Root.Lang) == "zh-CN"
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == [s.heading for s in FORMS[1] if s.heading]
            assert [item.title for item in outline.root[0].children] == ["（一）主动公开", "（二）管理"]
            assert [len(item.children) for item in outline.root[1:]] == [0] * (len(outline.root) - 1)
            assert outline.root[0].children[1].destination[1] == "/XYZ"
        assert document.Root.Outlines.Count == len(outline.root) + 2
        assert not document.check_pdf_syntax()


@pytest.mark.parametrize("written", ["", "昨天", "2026-13-40"])
def test_without_a_date_of_its_own_the_file_has_none(make, written):
    entries = {**TEXTS, "date": written} if written else TEXTS
    with pikepdf.open(io.BytesIO(make(entries)[1])) as document:
        assert set(document.docinfo.keys()) == {"/Title", "/Author", "/Creator", "/Producer"}


def test_marks_stand_where_they_were_composed(make):
    report, data = make({**TEXTS, "date": "2026-01-20"})
    faces = Options(faces=load_faces(paths.resources() / "fonts", installed=False))
    pages = compose(report, faces).pages
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert len(document.pages) == len(pages)
        for page, drawn in zip(pages, document.pages, strict=True):
            assert (float(drawn.width), float(drawn.height)) == pytest.approx((210 * MM, 297 * MM), abs=0.01)
            wanted = [(run.text[0], run.x, run.baseline) for run in page.runs()]
            found = {
                (c["text"], round(c["matrix"][4], 1), round(page.height - c["matrix"][5], 1))
                for c in drawn.chars
            }
            for char, x, baseline in wanted:
                near = [
                    (char, round(x + dx, 1), round(baseline + dy, 1))
                    for dx in (0, 0.05, -0.05)
                    for dy in (0, 0.05)
                ]
                assert found & set(near), (char, x, baseline)


def test_boxes_grey_and_turned_text_are_drawn(make, faces):
    report, _data = make(TEXTS)
    pages = compose(report, Options(faces=faces))
    face = faces.faces()[1]
    extra = (
        Box(100, 100, 50, 20, 0.5),
        Run(300, 400, "送审", face, 60.0, grey=0.8, angle=45),
        Box(160, 100, 10, 10, 0.0),
    )
    page = replace(pages.pages[0], marks=extra)
    data = pdf.draw(replace(pages, pages=(page,), bookmarks=()))
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=1).to_pil().convert("L")
    assert image.getpixel((125, 110)) == pytest.approx(128, abs=2)
    assert image.getpixel((165, 105)) == 0
    assert image.getpixel((30, 30)) == 255
    ink = [image.getpixel((x, y)) for x in range(290, 420) for y in range(280, 410)]
    assert min(ink) == pytest.approx(204, abs=3)
    # The second character stands above and right of the first one.
    assert min(image.getpixel((x, y)) for x in range(330, 400) for y in range(300, 360)) < 210
    document.close()
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert "/Outlines" not in opened.Root


def test_hostile_texts_make_a_sound_file(make):
    entries = {
        "unit.name": "甲\n\u202e乙\x07()\\<>",
        "text.intro": "\x00\ud800\u200b 😀 عربي (\\) <00> %",
        "text.overview": "http://" + "a/" * 2000,
        "text.problems": "长" * 50_000,
        "t3.new.natural": "1) Tj ET (",
        "date": "'); (",
    }
    _report, data = make(entries)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert not document.check_pdf_syntax()
        assert len(document.pages) > 80
    found = text_of(data)
    assert found.count("长") == 50_000
    assert "1)TjET(" in found
    assert "〓" in found


def test_bookmarks_before_any_of_the_first_level(make):
    # As a numbered paragraph of the introduction is.
    _report, data = make({**TEXTS, "text.intro": "（一）依据。甲。\n（二）期限。乙。"})
    with pikepdf.open(io.BytesIO(data)) as document:
        assert not document.check_pdf_syntax()
        with document.open_outline() as outline:
            assert [item.title for item in outline.root][1:] == [s.heading for s in FORMS[1] if s.heading]
            assert [outline.root[0].title, *(item.title for item in outline.root[0].children)] == [
                "（一）依据",
                "（二）期限",
            ]


@pytest.mark.parametrize("copy", ["plain", "review", "final"])
def test_write_and_copies(tmp_path, copy, faces):
    report = Report.from_entries(FORMS[1], 2024, TEXTS)
    options = Options(faces=faces, copy=copy)
    pdf.write(report, tmp_path / "a.pdf", options)
    data = (tmp_path / "a.pdf").read_bytes()
    assert data == pdf.to_bytes(report, options)
    assert text_of(data).count(fingerprint(report)) == (
        0 if copy == "plain" else len(compose(report, options).pages)
    ) + (copy == "review")
    with pytest.raises(OSError, match="none"):
        pdf.write(report, tmp_path / "none" / "a.pdf", options)


def test_the_watermark_is_no_part_of_the_text(faces):
    """Copied or extracted text would have its characters between the lines of a page."""
    report = Report.from_entries(FORMS[1], 2024, TEXTS)
    with pikepdf.open(io.BytesIO(pdf.to_bytes(report, Options(faces=faces, copy="review")))) as document:
        for page in document.pages:
            depth, shown = 0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "BDC":
                    assert bytes(operands[1].ActualText) == b"\xfe\xff"
                depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(name, 0)
                if name == "Tj":
                    shown.append(depth)
            assert depth == 0
            assert shown[0] == 2
            assert set(shown[1:]) == {0}


def test_missing_characters_are_named(faces):
    report = Report.from_entries(FORMS[1], 2024, {**TEXTS, "text.problems": "一😀二😀三\U0002f800"})
    assert compose(report, Options(faces=faces)).missing == ("😀", "\U0002f800")
    assert compose(Report.from_entries(FORMS[1], 2024, TEXTS), Options(faces=faces)).missing == ()


def test_reportlab_is_loaded_for_a_pdf_only():
    code = "import gkdesk.exports, gkdesk.paper, sys; sys.exit('reportlab' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, cwd=paths.resources().parent).returncode
        == 0
    )
