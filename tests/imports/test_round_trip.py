"""Everything that we export reads back exactly: cells, texts, unit, year and date."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.imports.round_trip import KINDS, campaign, differences, imported, random_report


@pytest.mark.parametrize("kind", KINDS)
def test_random_reports_read_back(kind, tmp_path):
    assert campaign(kind, 2, 1, tmp_path) == []


@pytest.mark.parametrize("kind", KINDS)
def test_through_the_gate(kind, tmp_path):
    report = random_report(random.Random(5), "2021")
    found = imported(report, kind, tmp_path, gate=True)
    assert differences(report, found) == []
    assert found.kind == kind


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_sums_that_do_not_hold_do_not_make_it_another_format(kind, tmp_path):
    found = imported(random_report(random.Random(11), "2021"), kind, tmp_path)
    assert found.report.form.id == "2021"
    assert found.uncertain


def test_a_difference_is_seen(tmp_path):
    report = random_report(random.Random(3), "2019")
    found = imported(report, "html", tmp_path)
    other = dict(report.fields) | {"text.problems": "别的文字。"}
    assert any("text.problems" in each for each in differences(replace(report, fields=other), found))
    cells = dict(report.cells) | {"t3.granted.natural": 123_456}
    assert any("t3.granted.natural" in each for each in differences(replace(report, cells=cells), found))
