from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.exports import xlsx
from gkdesk.imports import own_workbook
from gkdesk.report import Invalid, Report, report_json
from tests.builders import balanced
from tests.exports.strategies import contents, report_of

FORM = formats.load("2021")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("books")


def read_back(report, folder):
    path = folder / "a.xlsx"
    xlsx.write(report, path)
    return own_workbook.read(path)


class Edited:
    """A workbook of ours as someone changes it in Excel."""

    def __init__(self, report, folder):
        self.path = folder / "edited.xlsx"
        self.book = load_workbook(io.BytesIO(xlsx.to_bytes(report)))

    def cell(self, key, row=0):
        [(sheet, area)] = self.book.defined_names[key].destinations
        left, top, _right, _bottom = range_boundaries(area)
        return self.book[sheet].cell(top + row, left)

    def read(self):
        self.book.save(self.path)
        return own_workbook.read(self.path)


def same(left, right):
    return report_json.canonical(left) == report_json.canonical(right)


@settings(max_examples=25)
@given(content=contents())
def test_any_report_comes_back(content, folder):
    report = report_of(content)
    back = read_back(report, folder)
    assert back.entries() == report.entries()
    assert same(back, report)


@pytest.mark.parametrize("id", ["2019", "2021"])
def test_stated_totals_that_agree_come_back_stated(id, folder):
    report = balanced(formats.load(id), 2020, list(range(1, 170)), stated=True)
    assert read_back(report, folder).cells == report.cells


def test_computed_totals_are_not_stored(folder):
    report = balanced(FORM, 2024, list(range(1, 170)))
    back = read_back(report, folder)
    assert back.cells == report.cells
    assert not set(back.cells) & set(FORM.sums)


def test_a_format_without_code_comes_back(folder, monkeypatch):
    form = formats.load_file(Path("tests/fixtures/invented-2031.toml"))
    monkeypatch.setattr(own_workbook.formats, "load", {"2031": form}.__getitem__)
    figures = dict.fromkeys(form.cells, 4)
    fields = {"unit.name": "甲", "text.work": "一。\n二。"}
    report = Report(form, 2031, figures, fields)
    assert read_back(report, folder).entries() == report.entries()


# ---------------------------------------------------------------- changed in Excel


def test_filled_in_figures_are_read_and_totals_computed_anew(folder):
    edited = Edited(Report(FORM, 2024), folder)
    for id, value in (("t3.new.natural", 7), ("t2.fees.amount", 24252.311082), ("t4.review.other", "约3")):
        edited.cell(id).value = value
    for id in ("upheld", "corrected", "other", "pending"):
        edited.cell(f"t4.suit_direct.{id}").value = 2
    back = edited.read()
    assert back.cells["t3.new.natural"] == 7
    assert back.cells["t2.fees.amount"] == Decimal("24252.311082")
    assert back.cells["t4.review.other"] == Invalid("约3")
    assert back.values["t4.suit_direct.total"] == 8


def test_a_total_follows_its_operands_unless_it_was_stated_otherwise(folder):
    plain = balanced(FORM, 2024, [1] * 170)
    cells = {**plain.cells, "t4.review.total": 4, "t4.suit_direct.total": 99}
    edited = Edited(Report(FORM, 2024, cells, plain.fields), folder)
    for group in ("review", "suit_direct", "suit_after_review"):
        edited.cell(f"t4.{group}.upheld").value = 6
    back = edited.read()
    assert "t4.review.total" not in back.cells, "agreed with its sum: out of date"
    assert back.values["t4.review.total"] == 9
    assert back.cells["t4.suit_direct.total"] == 99
    assert "t4.suit_after_review.total" not in back.cells


def test_a_total_that_was_typed_over_is_stated(folder):
    edited = Edited(balanced(FORM, 2024, [1] * 170), folder)
    edited.cell("t4.review.total").value = 5
    assert edited.read().cells["t4.review.total"] == 5


def test_sheets_may_be_renamed_moved_and_names_mangled(folder):
    report = balanced(FORM, 2024, [1, 2, 3])
    edited = Edited(report, folder)
    for number, sheet in enumerate(edited.book.worksheets):
        old, sheet.title = sheet.title, f"改名{number}"
        for name in edited.book.defined_names.values():
            name.attr_text = name.attr_text.replace(f"'{old}'!", f"'{sheet.title}'!").replace(
                f"{old}!", f"{sheet.title}!"
            )
    edited.book.move_sheet(edited.book.worksheets[-1], -5)
    mangled = [DefinedName(name.replace(".", "_").upper(), attr_text=each.attr_text)
               for name, each in edited.book.defined_names.items()]  # fmt: skip
    edited.book.defined_names.clear()
    for each in mangled:
        edited.book.defined_names[each.name] = each
    assert same(edited.read(), report)


def test_texts_and_unit_as_typed_into_excel(folder):
    report = balanced(FORM, 2024, [])
    report = Report(
        FORM, 2024, report.cells, {**report.fields, "text.overview": "一。\n二。", "date": "2025-01-20"}
    )
    edited = Edited(report, folder)
    edited.cell("text.overview", 1).value = "没有缩进。\n　　另一段。"
    edited.cell("unit.postcode").value = 223001
    edited.cell("unit.phone").value = None
    edited.cell("unit.kind").value = "人民政府"
    edited.cell("date").value = date(2025, 1, 31)
    fields = edited.read().fields
    assert fields["text.overview"] == "一。\n没有缩进。\n另一段。"
    assert fields["unit.postcode"] == "223001"
    assert "unit.phone" not in fields
    assert (fields["unit.kind"], fields["date"]) == ("government", "2025-01-31")


def test_a_changed_paragraph_does_not_run_into_the_next(folder):
    text = "第一句话写得很长很长很长。" * 100 + "\n尾段。"
    report = Report(FORM, 2024, {}, {"text.problems": text})
    edited = Edited(report, folder)
    edited.cell("text.problems").value = "新写的。"
    back = edited.read().text("problems")
    assert back.startswith("新写的。第一句")
    assert back.endswith("。\n尾段。")


def test_the_unit_of_money_is_stated_when_it_was_chosen(folder):
    form = formats.load("2019")
    key = "units.t2.procurement.amount"
    assert key not in read_back(Report(form, 2020), folder).fields
    assert read_back(Report(form, 2020, {}, {key: "元"}), folder).fields[key] == "元"
    edited = Edited(Report(form, 2020), folder)
    edited.cell(key).value = "万元"
    assert edited.read().fields[key] == "万元"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("unit.kind", "公司", "公司"),
        ("date", "去年", "2025-01-20"),
        ("unit.address", "长" * 32_000, None),
    ],
)
def test_what_no_report_holds_is_refused_in_words(key, value, words, folder):
    edited = Edited(Report(FORM, 2024), folder)
    edited.cell(key).value = value
    if words is None:
        assert edited.read().fields[key] == value
        return
    with pytest.raises(KnownError, match=words) as caught:
        edited.read()
    assert "edited.xlsx" in str(caught.value)


# ---------------------------------------------------------------- other files


def test_a_foreign_workbook_is_not_ours(tmp_path):
    path = tmp_path / "别人的.xlsx"
    book = Workbook()
    book.active["A1"] = "表"
    book.save(path)
    with pytest.raises(own_workbook.NotOurs, match=r"别人的\.xlsx"):
        own_workbook.read(path)


def test_a_lost_sheet_is_told(folder):
    edited = Edited(balanced(FORM, 2024, []), folder)
    del edited.book["四、政府信息公开行政复议、行政诉讼情况"]
    with pytest.raises(KnownError, match="15 格找不到"):
        edited.read()


def test_a_lost_field_is_told(folder):
    edited = Edited(balanced(FORM, 2024, []), folder)
    del edited.book.defined_names["text.overview"]
    with pytest.raises(KnownError, match=r"text\.overview"):
        edited.read()


@pytest.mark.parametrize(
    ("row", "value", "words"),
    [
        (1, "gkdesk-workbook/9", "升级"),
        (2, "1999", "1999"),
        (3, "二〇二四", "不是本程序"),
        (1, "x", "不是本程序"),
    ],
)
def test_what_the_hidden_sheet_says_must_be_known(row, value, words, folder):
    edited = Edited(balanced(FORM, 2024, []), folder)
    edited.book["gkdesk"].cell(row, 3).value = value
    with pytest.raises(KnownError, match=words):
        edited.read()


def test_a_name_over_a_whole_sheet_is_refused(folder):
    edited = Edited(balanced(FORM, 2024, []), folder)
    edited.book.defined_names["text.overview"].attr_text = "'一、总体情况'!$A$1:$A$1048576"
    with pytest.raises(KnownError):
        edited.read()
