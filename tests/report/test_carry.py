"""What a new year takes over from the last."""

from __future__ import annotations

from gkdesk import formats
from gkdesk.report import Report
from gkdesk.report.carry import next_report

FORM = formats.load("2021")
CELLS = {f"t3.carried_out.{column}": "1" for column in FORM.table("t3").column_ids if column != "total"}
FIELDS = {"unit.name": "云溪县水务局", "text.overview": "全年平稳。", "date": "2024-01-20"}


def last(year=2023, **cells):
    return Report.from_entries(FORM, year, {**FIELDS, **CELLS, **cells})


def test_the_first_year_of_all_is_empty():
    assert next_report(FORM, 2024, None) == Report(FORM, 2024)


def test_the_unit_and_what_was_carried_out():
    made = next_report(FORM, 2024, last(**{"t3.carried_out.natural": "7"}))
    assert made.fields == {"unit.name": "云溪县水务局"}
    assert made.cells["t3.carried_in.natural"] == 7
    assert "t3.carried_in.total" not in made.cells
    assert "t2.normative.in_force" not in made.cells


def test_what_is_not_known_is_not_carried():
    made = next_report(FORM, 2024, last(**{"t3.carried_out.natural": "/", "t3.carried_out.business": ""}))
    assert set(made.cells) == {
        f"t3.carried_in.{name}" for name in ("research", "charity", "legal_service", "other_org")
    }


def test_an_older_report_gives_the_unit_only():
    made = next_report(FORM, 2024, last(2022))
    assert (made.cells, made.fields) == ({}, {"unit.name": "云溪县水务局"})


def test_contact_data_of_an_older_report_are_taken_over_in_half_width():
    made = next_report(FORM, 2024, last(**{"unit.phone": "０１２３－4567890"}))
    assert made.fields["unit.phone"] == "0123-4567890"
