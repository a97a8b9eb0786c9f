"""A report as keys and texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gkdesk.report
from gkdesk import formats
from gkdesk.report import Report
from gkdesk.report.report import FieldValueError, check_field, date_example, is_field, iso_date
from gkdesk.report.totals import add

FORM = formats.load("2021")


def test_entries_and_back():
    entries = {
        "unit.name": "云溪县水务局",
        "t3.new.natural": "12",
        "t2.fees.amount": "1.5",
        "text.intro": "引言",
    }
    report = Report.from_entries(FORM, 2024, entries)
    assert report.entries() == entries
    assert Report.from_entries(FORM, 2024, report.entries()) == report
    assert report.unit_name == "云溪县水务局"
    assert (report.text("intro"), report.text("overview")) == ("引言", "")
    assert report.title == "云溪县水务局2024年政府信息公开工作年度报告"


def test_blank_entries_are_absent():
    report = Report.from_entries(FORM, 2024, {"t3.new.natural": " ", "text.intro": ""})
    assert report.entries() == {}
    assert report.unit_name == ""


def test_unknown_keys_are_refused():
    with pytest.raises(KeyError, match=r"t3\.new\.nobody"):
        Report.from_entries(FORM, 2024, {"t3.new.nobody": "1"})


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年1月20日", "2025-01-20"),
        ("2025 年 1 月 2 日", "2025-01-02"),
        ("２０２５.1.20", "2025-01-20"),
        (" 2025/01/20", "2025-01-20"),
        ("2025-1-20", "2025-01-20"),
        ("二〇二五年一月", "二〇二五年一月"),
        ("2025-1", "2025-1"),
    ],
)
def test_dates_as_people_write_them(text, date):
    assert iso_date(text) == date


def test_names_of_the_package_are_loaded_when_they_are_used():
    assert all(getattr(gkdesk.report, name) for name in gkdesk.report.__all__)
    with pytest.raises(AttributeError, match=r"^module 'gkdesk\.report' has no attribute 'nothing'"):
        _ = gkdesk.report.nothing


def test_a_stated_total_stays_and_an_absent_one_is_added_up():
    parts = {f"t4.review.{name}": 2 for name in ("upheld", "corrected", "other", "pending")}
    assert Report(FORM, 2024, parts).values["t4.review.total"] == 8
    assert Report(FORM, 2024, parts | {"t4.review.total": 99}).values["t4.review.total"] == 99


def test_amounts_are_added_up_exactly():
    assert add([Decimal("0.1"), Decimal("0.2"), 3]) == Decimal("3.3")


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("text.overview", True),
        ("text.summary", False),
        ("draft.text.overview", True),
        ("draft.text.summary", False),
        ("draft.unit.name", False),
        ("unit.name", True),
        ("unit.boss", False),
        ("units.t2.fees.amount", True),
        ("units.t3.new.natural", False),
        ("units.t9", False),
        ("note.t3.balance|natural|", True),
        ("note.t9.balance|natural|", False),
        ("date", True),
        ("t3.new.natural", False),
    ],
)
def test_keys_that_are_no_cells(key, known):
    assert is_field(FORM, key) is known


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("date", ""),
        ("date", "2025-01-20"),
        ("unit.kind", "township"),
        ("unit.rule_power", "true"),
        ("unit.rule_power", "false"),
        ("units.t2.fees.amount", "万元"),
        ("draft.text.overview", "12-16 30-33"),
        ("unit.name", "人民政府"),
    ],
)
def test_fields_that_may_hold_what_they_hold(key, text):
    check_field(FORM, key, text)


@pytest.mark.parametrize(
    ("key", "text", "year", "words"),
    [
        ("date", "昨天", 2024, "日期“昨天”应写成 2025-01-20 的样子。"),
        ("date", "昨天", None, "日期“昨天”应写成 2022-01-20 的样子。"),
        (
            "unit.kind",
            "company",
            2024,
            "unit.kind“company”不对，只能是：department、government、township、other。",
        ),
        ("unit.rule_power", "yes", 2024, "unit.rule_power“yes”不对，只能是：true、false。"),
        ("units.t2.fees.amount", "元", 2024, "金额单位“元”不对，只能是：万元。"),
        ("draft.text.overview", "12", 2024, "底稿标记“12”应是 12-16 30-33 这样的位置。"),
    ],
)
def test_what_a_field_with_fixed_values_refuses(key, text, year, words):
    with pytest.raises(FieldValueError) as refused:
        check_field(FORM, key, text, year)
    assert str(refused.value) == words


def test_a_report_is_dated_in_the_january_after_its_year():
    assert date_example(2024) == "2025-01-20"
