"""A report as keys and texts."""

from __future__ import annotations

import pytest

from gkdesk import formats
from gkdesk.report import Report
from gkdesk.report.report import iso_date

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
