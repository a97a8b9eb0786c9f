"""Article 49: departments by 31 January, governments by 31 March; or the unit's own day."""

from __future__ import annotations

from datetime import date

import pytest

from gkdesk.report.deadline import NoDayError, deadline, due_year, parse_day


def test_deadlines():
    assert deadline(2024, "department") == date(2025, 1, 31)
    assert deadline(2024, "township") == date(2025, 1, 31)
    assert deadline(2024, "government") == date(2025, 3, 31)


def test_the_year_one_works_on():
    assert due_year(date(2025, 1, 10)) == 2024
    assert due_year(date(2025, 9, 30)) == 2024
    assert due_year(date(2025, 10, 1)) == 2025


def test_a_unit_may_have_its_own_day():
    assert deadline(2024, "government", "01-20") == date(2025, 1, 20)
    assert deadline(2024, "government", "03-30") == date(2025, 3, 30)
    assert deadline(2024, "department", "02-29") == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1月20日", "01-20"),
        ("１－２０", "01-20"),
        ("01.20", "01-20"),
        ("1/5", "01-05"),
        ("2026年1月20日", "01-20"),
        ("2月29日", "02-29"),
        (" ", ""),
    ],
)
def test_a_day_is_understood_as_people_write_it(typed, kept):
    assert parse_day(typed) == kept


@pytest.mark.parametrize("typed", ["月底", "13-1", "2月30日", "20", "1-20-3"])
def test_what_is_no_day_is_refused_in_words(typed):
    with pytest.raises(NoDayError, match="1月20日"):
        parse_day(typed)
