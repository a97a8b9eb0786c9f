from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings

from gkdesk import formats, paths
from gkdesk.exports import docx as word
from gkdesk.exports.plain import plain
from gkdesk.formats.grid import build_table
from gkdesk.paper.content import content_of
from gkdesk.report import Report
from tests.exports.strategies import contents
from tests.exports.strategies import report_of as report_of_contents

FORMS = [formats.load("2019"), formats.load("2021")]
both = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
NAME = "云溪县水务局"
TEXTS = {
    "unit.name": NAME,
    "date": "2026-01-05",
    "text.intro": "根据《条例》编制，“一网通办”。",
    "text.overview": "（一）主动公开。全年公开1368条。\n（二）管理\n制度健全。",
    "text.problems": "干部玥堃喆龑㛃䶮𬭎。",
    "text.other_matters": "无。",
}


def report_of(entries=TEXTS, form=FORMS[1]):
    return Report.from_entries(form, form.first_year, entries)


def opened(report):
    return docx.Document(io.BytesIO(word.to_bytes(report)))


def squeezed(text):
    return re.sub(r"\s", "", text)


def styled(document, name):
    return [each for each in document.paragraphs if each.style.name == name]


def inherited(paragraph, name):
    """A property of a paragraph, its own or that of its styles."""
    for format in (
        paragraph.paragraph_format,
        paragraph.style.paragraph_format,
        paragraph.style.base_style.paragraph_format,
    ):
        value = getattr(format, name)
        if value is not None:
            return value
    return None


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
        "<table>" if isinstance(block, docx.table.Table) else squeezed(block.text)
        for block in opened(report).iter_inner_content()
    ]
    assert [text for text in found if text] == [squeezed(text) for text in wanted if text]
    assert found[-2:] == [NAME, "2026年1月5日"]


@both
def test_labels_and_figures_stand_in_their_boxes(form):
    cells = {id: str(7 * i + 1) for i, id in enumerate(form.cells)}
    report = report_of(cells, form)
    document = opened(report)
    assert len(document.tables) == len(form.tables)
    for table, made in zip(form.tables, document.tables, strict=True):
        assert len(made.rows) == len(table.rows)
        assert len(made.columns) == len(table.widths)
        for box in table.boxes:
            shown = report.shown(box.cell) if box.cell else box.text
            first = made.cell(box.row, box.column)
            assert squeezed(first.text) == squeezed(shown), box
            for row in range(box.row, box.row + box.rowspan):
                for column in range(box.column, box.column + box.colspan):
                    assert made.cell(row, column)._tc is first._tc, "merged into one"


@both
def test_texts_not_written_keep_their_place(form):
    paragraphs = [(p.style.name, p.text) for p in opened(report_of({}, form)).paragraphs]
    heading = paragraphs.index(("Heading 1", "一、总体情况"))
    assert paragraphs[heading + 1] == ("Body Text", "")
    assert paragraphs[heading + 2] == ("Heading 1", "二、主动公开政府信息情况")
    assert not [each for each in paragraphs if each[0] in ("Signature", "Date")], "not signed without a date"


def test_a_document_never_ends_with_a_table():
    spec = {
        "id": "tz", "name": "表", "widths": [1, 1], "label_columns": 1, "columns": [{"id": "a"}],
        "rows": [{"id": "r", "labels": [{"text": "甲"}]}],
    }  # fmt: skip
    form = FORMS[1]
    table = build_table(spec, ())
    section = replace(form.sections[2], table=table, fields=(), heading="")
    tables = replace(form, sections=(section, section), cells=table.cells, rules=(), sums={})
    document = docx.Document(io.BytesIO(word.to_bytes(Report(tables, 2024))))
    kinds = [type(each).__name__ for each in document.iter_inner_content()]
    assert kinds == ["Paragraph", "Paragraph", "Table", "Paragraph", "Table", "Paragraph"]


# ---------------------------------------------------------------- looks (GB/T 9704-2012)


def test_page():
    document = opened(report_of())
    page = document.sections[0]
    tolerance = Mm(0.1)
    sizes = {
        "page_width": 210, "page_height": 297, "top_margin": 37, "left_margin": 28, "right_margin": 26,
        "bottom_margin": 35,
    }  # fmt: skip
    for name, millimetres in sizes.items():
        assert getattr(page, name) == pytest.approx(Mm(millimetres), abs=tolerance), name
    grid = page._sectPr.find(qn("w:docGrid"))
    assert dict(grid.attrib) == {qn("w:type"): "lines", qn("w:linePitch"): "579"}
    lines = (page.page_height - page.top_margin - page.bottom_margin) / Pt(28.95)
    assert 22 <= lines < 22.1


def test_page_numbers_stand_outside_on_both_sides():
    document = opened(report_of())
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = page.footer.paragraphs[0], page.even_page_footer.paragraphs[0]
    for number, side, indent in ((odd, 2, "right_indent"), (even, 0, "left_indent")):
        assert [run.text for run in number.runs] == ["— ", " —"]
        assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert number.alignment == side
        assert getattr(number.paragraph_format, indent) == Pt(14)
        assert number.style.font.size == Pt(14)


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [("Title", "方正小标宋简体", 22), ("Heading 1", "黑体", 16), ("Body Text", "仿宋_GB2312", 16)],
)
def test_faces_and_lines(style, face, size):
    paragraph = styled(opened(report_of()), style)[0]
    faces = paragraph.style.element.rPr.rFonts
    assert faces.get(qn("w:eastAsia")) == face
    assert faces.get(qn("w:ascii")) == ("方正小标宋简体" if style == "Title" else "Times New Roman")
    assert paragraph.style.font.size == Pt(size)
    assert inherited(paragraph, "line_spacing") == Pt(28.95)
    assert inherited(paragraph, "line_spacing_rule") == WD_LINE_SPACING.EXACTLY
    hints = [run._r.rPr.rFonts.get(qn("w:hint")) for run in paragraph.runs]
    assert set(hints) == {"eastAsia"}, "quotation marks are set in the Chinese face"


def test_body_is_indented_by_two_characters():
    indent = styled(opened(report_of()), "Body Text")[0].style.element.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert indent.get(qn("w:firstLine")) == "640", "twips: two characters of 16 pt"


def test_run_in_headings():
    document = opened(report_of())
    parts = [
        [(run.text, run.style.name) for run in paragraph.runs] for paragraph in styled(document, "Body Text")
    ]
    run_in, plain = "Run-in Heading", "Default Paragraph Font"
    assert [("（一）主动公开。", run_in), ("全年公开1368条。", plain)] in parts
    assert [("（二）管理", run_in)] in parts
    kept = {p.text: p.paragraph_format.keep_with_next for p in document.paragraphs}
    assert kept["（二）管理"], "a heading on its own line stays with its text"
    assert not kept["制度健全。"]
    faces = document.styles[run_in].element.rPr.rFonts
    assert faces.get(qn("w:eastAsia")) == "楷体_GB2312"


@both
def test_tables_stay_on_a_page(form):
    document = opened(report_of({**TEXTS, "text.requests_note": "说明。"}, form))
    for table, made in zip(form.tables, document.tables, strict=True):
        for row in made._tbl.tr_lst:
            keeps = [p.pPr.find(qn("w:keepNext")) is not None for p in row.iter(qn("w:p"))]
            assert set(keeps) == {row is not made._tbl.tr_lst[-1]}
            assert row.trPr.find(qn("w:cantSplit")) is not None
        repeated = [row.trPr.find(qn("w:tblHeader")) is not None for row in made._tbl.tr_lst]
        assert repeated == [index < table.header_rows for index in range(len(table.rows))]
        height = sum(int(row.trPr.trHeight_val) for row in made._tbl.tr_lst)
        assert height <= Pt(637.8 - 29), "with its heading"
        assert made._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        widths = [int(column.get(qn("w:w"))) for column in made._tbl.tblGrid]
        assert sum(widths) == pytest.approx(156 / 25.4 * 1440, abs=2)
        scale = sum(widths) / sum(table.widths)
        assert widths == pytest.approx([scale * width for width in table.widths], abs=1)
    assert all(inherited(p, "keep_with_next") for p in styled(document, "Heading 1"))


def test_a_short_text_stays_over_its_table_and_a_long_one_need_not():
    def kept(note):
        document = opened(report_of({**TEXTS, "text.requests_note": note}))
        (found,) = [p for p in document.paragraphs if p.text == note]
        return bool(found.paragraph_format.keep_with_next)

    assert kept("说明。")
    assert not kept("说明。" * 200)


def test_figures_wider_than_their_column_shrink():
    report = report_of({"t3.new.natural": "123456789012", "t3.new.business": "5"})
    cells = {cell.text: cell for row in opened(report).tables[1].rows for cell in row.cells}
    small, normal = (cells[text].paragraphs[0].runs[0].font.size for text in ("123456789012", "5"))
    assert small < normal


def test_a_long_name_is_broken_at_sense_and_signed_on_one_line():
    name = "湖北省恩施土家族苗族自治州宣恩县自然资源和规划局"
    document = opened(report_of({**TEXTS, "unit.name": name}))
    lines = styled(document, "Title")[0].text.split("\n")
    assert "".join(lines) == f"{name}2021年政府信息公开工作年度报告"
    assert all(len(line) <= 20 for line in lines)
    assert styled(document, "Signature")[0].text == name
    # Centred in what is right of the indent, the name still fits on the line of 442 pt.
    room = Pt(442.2) - styled(document, "Signature")[0].paragraph_format.left_indent
    assert room == pytest.approx(Pt(15.79 * len(name)), abs=Pt(1))


# ---------------------------------------------------------------- the file


def test_same_report_same_bytes():
    assert word.to_bytes(report_of()) == word.to_bytes(report_of(dict(reversed(TEXTS.items()))))
    assert word.to_bytes(report_of()) != word.to_bytes(report_of({**TEXTS, "text.other_matters": "暂无。"}))


@pytest.mark.parametrize(
    ("written", "day"), [("2026-01-05", "2026-01-05"), ("", "2022-01-01"), ("昨天", "2022-01-01")]
)
def test_what_the_file_says_about_itself(written, day):
    data = word.to_bytes(report_of({**TEXTS, "date": written}))
    about = docx.Document(io.BytesIO(data)).core_properties
    assert about.title == f"{NAME}2021年政府信息公开工作年度报告"
    assert about.author == NAME
    assert (about.last_modified_by, about.comments) == ("", "")
    assert {about.created.date().isoformat(), about.modified.date().isoformat()} == {day}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything


def test_hostile_texts_make_a_sound_file():
    entries = {
        "unit.name": "甲\n\u202e乙\x07<w:p>&",
        "text.intro": "\x00\ud800\u200b\ufffe😀 <script>alert(1)</script> عربي ]]> _x0041_",
        "text.overview": "http://" + "a/" * 2000,
        "text.problems": "长" * 50_000,
        "t3.new.natural": "</w:t>",
        "date": "'><",
    }
    document = opened(report_of(entries))
    texts = [p.text for p in document.paragraphs]
    assert "甲 乙<w:p>&" in texts
    assert "\ufffd\ufffd😀 <script>alert(1)</script> عربي ]]> _x0041_" in texts
    assert "长" * 50_000 in texts
    assert "</w:t>" in [cell.text for cell in document.tables[1]._cells]


@settings(max_examples=20)
@given(contents())
def test_any_report_comes_back(content):
    report = report_of_contents(content)
    written = content_of(report, plain)
    document = opened(report)
    figures = [squeezed(cell.text) for table in document.tables for cell in table._cells]
    for part in written.parts:
        if part.figures:
            assert {squeezed(text) for text in part.figures.shown.values()} <= set(figures)
    wanted = [text.text if text else "" for part in written.parts for text in part.texts]
    assert [p.text for p in styled(document, "Body Text")][: len(wanted)] == wanted


def test_write(tmp_path):
    word.write(report_of(), tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes() == word.to_bytes(report_of())
    with pytest.raises(OSError, match="none"):
        word.write(report_of(), tmp_path / "none" / "a.docx")


def test_python_docx_is_loaded_for_a_word_copy_only():
    code = "import gkdesk.exports, gkdesk.paper, sys; sys.exit('docx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=paths.resources().parent)
    assert done.returncode == 0
