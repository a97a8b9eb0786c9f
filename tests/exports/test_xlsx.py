from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from gkdesk import exports, formats
from gkdesk.checks import check
from gkdesk.errors import KnownError
from gkdesk.exports import xlsx, xlsx_rules
from gkdesk.exports.xlsx_table import content, number_format
from gkdesk.formats.kinds import RULE_KINDS
from gkdesk.report import Invalid, Report
from gkdesk.report.workbook_terms import defined_name
from tests.builders import balanced
from tests.exports.strategies import HOSTILE, contents, report_of

FORMS = [
    formats.load("2019"),
    formats.load("2021"),
    formats.load_file(Path("tests/fixtures/invented-2031.toml")),
]
both = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
RED_KINDS, RED = {"sum_equals", "balance", "not_negative"}, "FFC7CE"
ORANGE_KINDS, ORANGE = {"at_most", "published_total"}, "F8CBAD"


def open_book(report, **options):
    return load_workbook(io.BytesIO(xlsx.to_bytes(report)), **options)


def place(book, key):
    """Sheet, first row and first column of a key."""
    [(sheet, area)] = book.defined_names[defined_name(key)].destinations
    left, top, _right, _bottom = range_boundaries(area)
    return book[sheet], top, left


def at(book, key):
    sheet, row, column = place(book, key)
    return sheet.cell(row, column)


@cache
def filled_book(form):
    """The workbook of a report with 3 in every cell, read once for all tests."""
    return open_book(
        Report(form, form.first_year, dict.fromkeys(form.cells, 3), {"unit.name": "云溪县水务局"})
    )


@both
def test_sheets_are_the_cover_the_sections_and_the_checks(form):
    book = filled_book(form)
    headings = [section.heading for section in form if section.heading]
    assert book.sheetnames == ["封面与基本信息", *headings, "核对", "gkdesk"]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["gkdesk"]
    for sheet in book.worksheets[1:-2]:
        assert sheet["A1"].value == sheet.title


@both
def test_labels_and_merges_are_those_of_the_form(form):
    book = filled_book(form)
    for table in form.tables:
        first = next(iter(table.cells))
        sheet, row, column = place(book, first)
        top, left = row - table.box_of(first).row, column - table.box_of(first).column
        bottom = top + len(table.rows) - 1
        merged = {str(area) for area in sheet.merged_cells.ranges if top <= area.min_row <= bottom}
        wanted = set()
        for box in table.boxes:
            cell = sheet.cell(top + box.row, left + box.column)
            assert cell.value == (3 if box.cell else box.text)
            if box.cell:
                assert place(book, box.cell) == (sheet, top + box.row, left + box.column)
            end = sheet.cell(top + box.row + box.rowspan - 1, left + box.column + box.colspan - 1)
            if end.coordinate != cell.coordinate:
                wanted.add(f"{cell.coordinate}:{end.coordinate}")
        assert merged == wanted
        for box in table.boxes:
            r, c = top + box.row, left + box.column
            for row in range(r, r + box.rowspan):
                assert sheet.cell(row, c).border.left.style == "thin"
                assert sheet.cell(row, c + box.colspan - 1).border.right.style == "thin"
            for column in range(c, c + box.colspan):
                assert sheet.cell(r, column).border.top.style == "thin"
                assert sheet.cell(r + box.rowspan - 1, column).border.bottom.style == "thin"


@both
def test_every_key_has_a_name_that_excel_takes(form):
    book = filled_book(form)
    for key in [*form.cells, "date", "unit.name", "unit.website", *(field.key for field in form.text_fields)]:
        assert defined_name(key) == key
        assert key in book.defined_names


@pytest.mark.parametrize("name", ["t3", "T3", "r", "C", "r1c1", "R1", "true", "abc123", "3.x"])
def test_a_name_that_is_a_reference_is_prefixed(name):
    assert defined_name(name) == f"_{name}"


@both
def test_inputs_are_open_and_totals_locked(form):
    book = filled_book(form)
    for id, cell in form.cells.items():
        assert at(book, id).protection.locked is cell.computed
        assert at(book, id).alignment.shrink_to_fit
    assert at(book, "unit.name").protection.locked is False
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None


@both
def test_each_cell_accepts_figures_of_its_kind_only(form):
    book = filled_book(form)
    accepted = {"count": ("whole", "0"), "signed": ("whole", "-999999999999"), "money": ("decimal", "0")}
    for id, cell in form.cells.items():
        place_of = at(book, id)
        [rule] = [
            rule
            for rule in place_of.parent.data_validations.dataValidation
            if place_of.coordinate in rule.sqref
        ]
        assert rule.prompt
        assert len(rule.prompt) <= 255
        assert len(rule.promptTitle) <= 32
        if not cell.computed:
            assert (rule.type, rule.formula1) == accepted[cell.kind]
            assert rule.formula2 == "999999999999"


@both
def test_every_sheet_prints_on_a4_as_wide_as_the_page(form):
    book = filled_book(form)
    for section in form:
        if section.heading:
            sheet = book[section.heading]
            assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth == 1
            assert sheet.page_setup.fitToHeight == (1 if section.table else 0)
            assert sheet.page_margins.left == pytest.approx(28 / 25.4, abs=0.001)
            assert sheet.print_area
            for row in range(1, len(section.table.rows) if section.table else 2):
                assert sheet.row_dimensions[row].height >= 8
        if section.table and section.table.header_rows:
            assert sheet.print_title_rows


def test_a_long_note_leaves_the_table_a_page_of_its_own():
    form = FORMS[1]
    report = Report(form, 2024, {}, {"text.requests_note": "说明。" * 900})
    sheet = open_book(report)["三、收到和处理政府信息公开申请情况"]
    _sheet, row, _column = place(open_book(report), "t3.new.natural")
    assert [each.id for each in sheet.row_breaks.brk] == [row - 4]
    assert sheet.page_setup.fitToHeight == 0


def test_values_are_exact_and_shown_whole():
    form = FORMS[1]
    cases = ["24252.311082", "0.00000001", "999999999999", "123456789012.345", "0.1", "96171.6"]
    for case in cases:
        report = Report(form, 2024, {"t2.fees.amount": Decimal(case)})
        cell = at(open_book(report), "t2.fees.amount")
        assert cell.data_type == "n"
        assert Decimal(repr(cell.value)) == Decimal(case)
        assert cell.number_format in ("General", "0", "0." + "0" * len(case.partition(".")[2]))
    long = Decimal("123456789012.12345678")
    cell = at(open_book(Report(form, 2024, {"t2.fees.amount": long})), "t2.fees.amount")
    assert (cell.data_type, cell.value) == ("s", "123456789012.12345678")


def test_the_unit_of_money_stands_behind_the_figure_where_the_form_names_none():
    assert number_format(Decimal("5.5"), "元") == 'General"元";-General"元";0'
    assert number_format(Decimal("123456789.125"), "") == "0.000"
    report = Report(
        FORMS[0], 2019, {"t2.procurement.amount": Decimal(5)}, {"units.t2.procurement.amount": "万元"}
    )
    book = open_book(report)
    assert "万元" in at(book, "t2.procurement.amount").number_format
    unit = at(book, "units.t2.procurement.amount")
    assert unit.value == "万元"
    last = range_boundaries(unit.parent.print_area.rpartition("!")[2])[3]
    assert unit.row > last, "the choice of the unit is not part of the form"


def test_an_invalid_figure_is_written_as_it_was_typed():
    report = Report(FORMS[1], 2024, {"t3.new.natural": Invalid("约12件"), "t2.fees.amount": Invalid("=1+1")})
    book = open_book(report)
    assert at(book, "t3.new.natural").value == "约12件"
    assert at(book, "t2.fees.amount").value == "=1+1"
    assert at(book, "t2.fees.amount").data_type == "s"
    assert content(Invalid("x" * 50_000)) == "x" * 16_000


def test_totals_are_values_stated_ones_as_stated():
    report = balanced(FORMS[1], 2024, list(range(1, 170)))
    book = open_book(report)
    for total in report.form.sums:
        assert at(book, total).value == report.values[total]
    assert at(book, "t3.total.total").value > 100
    stated = Report(report.form, 2024, {**report.cells, "t4.review.total": 999}, report.fields)
    assert at(open_book(stated), "t4.review.total").value == 999


def test_the_cover_has_title_unit_and_introduction():
    fields = {"unit.name": "云溪县水务局", "unit.kind": "department", "unit.postcode": "012345"}
    fields |= {"date": "2025-01-20", "text.intro": "本报告。\n联系方式。"}
    book = open_book(Report(FORMS[1], 2024, {}, fields))
    cover = book.worksheets[0]
    assert cover["A1"].value.replace("\n", "") == "云溪县水务局2024年政府信息公开工作年度报告"
    assert at(book, "unit.kind").value == "政府部门"
    assert (at(book, "unit.postcode").value, at(book, "unit.postcode").number_format) == ("012345", "@")
    assert at(book, "date").value.date() == date(2025, 1, 20)
    assert at(book, "text.intro").value == "　　本报告。"
    labels = [cell.value for cell in cover["A"]]
    assert {"机关全称", "地址", "邮编", "电话", "传真", "电子邮箱", "落款日期", "引言"} <= set(labels)


def test_issues_are_listed_in_words_with_links():
    report = balanced(FORMS[1], 2024, list(range(1, 170)))
    report = Report(report.form, 2024, {**report.cells, "t3.new.natural": 0}, report.fields)
    sheet = open_book(report)["核对"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert rows[0][:2] == ["错误", "三 申请办理"]
    assert "自然人" in rows[0][2]
    assert sheet["B6"].hyperlink.location == "t3.new.natural"
    assert len(rows) == len(check(report))
    clean = open_book(balanced(FORMS[1], 2024, [1]))["核对"]
    assert [cell.value for cell in clean[6]] == ["没有发现问题。", None, None]


def test_last_year_is_checked_when_it_is_given():
    last = balanced(FORMS[1], 2023, [])
    last = Report(last.form, 2023, {**last.cells, "t3.carried_out.natural": 5}, last.fields)
    data = xlsx.to_bytes(balanced(FORMS[1], 2024, []), previous=last)
    sheet = load_workbook(io.BytesIO(data))["核对"]
    assert [cell.value for cell in sheet["A"]][5:] == ["提醒"] * 2
    assert "去年年报的结转下年度" in sheet["C6"].value


# ---------------------------------------------------------------- rules as conditional formats


def figures_in(sheet, areas):
    """Numbers under the arguments of SUM or COUNT."""
    found = []
    for area in areas.split(","):
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        for row in sheet.iter_rows(top, bottom, left, right, values_only=True):
            found += [value for value in row if isinstance(value, int | float)]
    return found


def holds(sheet, formula):
    """What Excel makes of a formula of SUM, COUNT, AND, OR and ROUND."""
    words = {"SUM": sum, "COUNT": len}
    plain = re.sub(r"(SUM|COUNT)\(([^()]*)\)", lambda m: str(words[m[1]](figures_in(sheet, m[2]))), formula)
    plain = plain.replace("<>", "!=")
    plain = re.sub(r"(?<![!<>])=", "==", plain)
    known = {"AND": lambda *each: all(each), "OR": lambda *each: any(each), "ROUND": round}
    return eval(plain, {"__builtins__": {}}, known)


def marked_by_sums(book, *colours):
    """Sheet and coordinate of every cell that a rule about sums or bounds gives one of these colours."""
    marked = set()
    for sheet in book.worksheets:
        for areas in sheet.conditional_formatting:
            for rule in areas.rules:
                [formula] = rule.formula
                if "SUM(" in formula and holds(sheet, formula) and rule.dxf.fill.bgColor.rgb[2:] in colours:
                    marked |= {
                        (sheet.title, sheet.cell(row, column).coordinate)
                        for area in areas.cells.ranges
                        for row in range(area.min_row, area.max_row + 1)
                        for column in range(area.min_col, area.max_col + 1)
                    }
    return marked


def test_every_rule_kind_about_figures_alone_is_marked():
    """Others read words, last year's report or settings: the sheet 核对 tells what they found."""
    alone = {
        name
        for name, kind in RULE_KINDS.items()
        if not set(kind.operands) - set(kind.cells) - set(kind.tables) and not getattr(kind, "settings", ())
    }
    assert {"sum_equals", "balance", "not_negative", "filled", "number"} <= alone <= set(xlsx_rules.MARKERS)


@both
def test_a_correct_report_shows_no_marks(form):
    report = Report(form, form.first_year, dict.fromkeys(form.cells, 0))
    assert marked_by_sums(open_book(report), RED, ORANGE) == set()


@settings(max_examples=20)
@given(data=st.data(), form=st.sampled_from(FORMS))
def test_marked_cells_are_the_operands_of_broken_rules(data, form):
    values = st.one_of(st.integers(-5, 5), st.none(), st.just(Invalid("约1")))
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(form.cells)), values, max_size=12))
    cells = {
        id: value for id, value in {**dict.fromkeys(form.cells, 0), **changed}.items() if value is not None
    }
    report = Report(form, form.first_year, cells)
    book = open_book(report)
    kinds = {rule.id: rule.kind for rule in form.rules}
    for of_colour, colour in ((RED_KINDS, RED), (ORANGE_KINDS, ORANGE)):
        expected = {
            (at(book, cell).parent.title, at(book, cell).coordinate)
            for issue in check(report)
            if kinds[issue.rule] in of_colour
            for cell in issue.cells
        }
        assert marked_by_sums(book, colour) == expected


@both
def test_blank_and_invalid_cells_are_marked(form):
    book = open_book(Report(form, form.first_year))
    for table in form.tables:
        for id in table.inputs:
            cell = at(book, id)
            formulas = [
                rule.formula[0]
                for areas in cell.parent.conditional_formatting
                if cell.coordinate in areas.cells
                for rule in areas.rules
            ]
            assert any(formula.startswith("ISBLANK(") for formula in formulas)
            assert any("ISTEXT(" in formula for formula in formulas)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([(1, 1)], ("A1",)),
        ([(1, 1), (2, 1), (3, 1)], ("A1:A3",)),
        ([(2, 1), (2, 2), (1, 1), (1, 2)], ("A1:B2",)),
        ([(1, 1), (1, 3), (2, 1)], ("A1:A2", "C1")),
    ],
)
def test_ranges_are_few(cells, expected):
    assert xlsx_rules.ranges(cells) == expected


# ---------------------------------------------------------------- hostile texts, the file itself


def assert_no_formula(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ />]", package.read(name)), name
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                # a text that begins with “=” looks like a formula to openpyxl alone: it reads the file's type
                assert cell.data_type != "f", (sheet.title, cell.coordinate)


def test_text_never_becomes_a_formula():
    """2,000 strings that begin as a formula does, in every place where a text can stand."""
    starts = ("=", "+", "-", "@", "\t=", "=cmd|' /C calc'!A", "=HYPERLINK(", "{=", "'=", "＝")
    strings = [f"{start}{number}" for number in range(200) for start in starts] + list(HOSTILE)
    form = FORMS[1]
    keys = [
        *form.cells,
        *(field.key for field in form.text_fields),
        "unit.name",
        "unit.address",
        "unit.website",
    ]
    for first in range(0, len(strings), len(keys)):
        entries = dict(zip(keys, strings[first:], strict=False))
        assert_no_formula(xlsx.to_bytes(Report.from_entries(form, 2024, entries)))


@settings(max_examples=10)
@given(contents())
def test_no_report_breaks_the_file(content):
    assert_no_formula(xlsx.to_bytes(report_of(content)))


def test_control_characters_are_left_out():
    report = Report(
        FORMS[1], 2024, {"t2.fees.amount": Invalid("1\x002")}, {"text.overview": "甲\x01\ud800\ufffe乙"}
    )
    book = open_book(report)
    assert at(book, "text.overview").value == "　　甲乙"
    assert at(book, "t2.fees.amount").value == "12"


def test_a_long_text_is_cut_into_rows_that_can_be_shown():
    text = "第一句话写得很长很长很长。" * 200
    book = open_book(Report(FORMS[1], 2024, {}, {"text.overview": text}))
    sheet, row, column = place(book, "text.overview")
    pieces = [sheet.cell(each, column).value for each in range(row, sheet.max_row + 1)]
    assert len(pieces) > 3
    assert "".join(pieces) == "　　" + text
    assert all(piece.endswith("。") for piece in pieces)
    assert all(sheet.row_dimensions[each].height < 409 for each in range(row, row + len(pieces)))


def test_the_same_report_gives_the_same_bytes_and_names_nobody():
    report = balanced(FORMS[1], 2024, list(range(50)))
    data = xlsx.to_bytes(report)
    assert data == xlsx.to_bytes(report)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(io.BytesIO(data)).properties
    assert properties.title == "云溪县水务局2024年政府信息公开工作年度报告"
    assert (properties.creator, properties.lastModifiedBy) == ("GKDesk", None)
    assert properties.modified == properties.created


def test_write_leaves_a_whole_file_or_none(tmp_path):
    report = balanced(FORMS[1], 2024, [])
    target = tmp_path / exports.file_name(report, "xlsx")
    exports.write("xlsx", report, target)
    assert target.read_bytes() == xlsx.to_bytes(report)
    assert target.name == "云溪县水务局2024年政府信息公开工作年度报告.xlsx"
    with pytest.raises(KnownError, match="没有文件夹"):
        exports.write("xlsx", report, tmp_path / "none" / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_name_is_one_that_every_system_takes():
    report = Report(FORMS[1], 2024, {}, {"unit.name": "甲/乙:局*?\n" + "长" * 300})
    name = exports.file_name(report, "xlsx")
    assert not set(name) & set('/\\:*?"<>|\n')
    assert len(name.encode()) <= 255


def test_importing_the_export_does_not_load_openpyxl():
    code = "import sys, gkdesk.exports.xlsx, gkdesk.imports.own_workbook; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
