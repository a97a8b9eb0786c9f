"""A short campaign of workbooks and back, and proof that what changes on the way is counted."""

from __future__ import annotations

import random

import pytest

from gkdesk.report import Report
from tests.campaigns import imports


def test_random_workbooks_come_back(tmp_path):
    seed = random.randrange(2**32)
    outcome = imports.workbooks(10, seed, tmp_path)
    assert outcome.good, (seed, outcome)
    assert outcome.reports > 5


@pytest.mark.parametrize("what", ["changed", "formulas"])
def test_what_goes_wrong_is_counted(monkeypatch, tmp_path, what):
    if what == "changed":
        read = imports.own_workbook.read

        def worse(path):
            report = read(path)
            return Report(report.form, report.year, report.cells, {**report.fields, "unit.name": "别的单位"})

        monkeypatch.setattr(imports.own_workbook, "read", worse)
    else:
        monkeypatch.setattr(imports.re, "findall", lambda _pattern, _sheet: ["<f>"])
    outcome = imports.workbooks(2, 1, tmp_path)
    assert getattr(outcome, what) > 0
    assert not outcome.good
