"""Article 49: departments by 31 January, governments by 31 March."""

from __future__ import annotations

from datetime import date

from gkdesk.report.deadline import deadline, due_year


def test_deadlines():
    assert deadline(2024, "department") == date(2025, 1, 31)
    assert deadline(2024, "township") == date(2025, 1, 31)
    assert deadline(2024, "government") == date(2025, 3, 31)


def test_the_year_one_works_on():
    assert due_year(date(2025, 1, 10)) == 2024
    assert due_year(date(2025, 11, 1)) == 2025
