"""The rivals of the benchmark set the same report; typst itself is asked only where it is installed."""

from __future__ import annotations

import io
import json
import re

import pdfplumber
import pytest

from gkdesk.paper.content import content_of
from tests.bench import rivals
from tests.bench.bench import sample


def texts(source: str) -> str:
    """The strings of a typst source, joined."""
    return "".join(json.loads(found) for found in re.findall(r'"(?:[^"\\]|\\.)*"', source))


def test_typst_is_given_the_same_content():
    report = sample()
    found = texts(rivals.typst_source(report))
    for part in content_of(report).parts:
        assert part.heading in found
        assert all(paragraph is None or paragraph.text in found for paragraph in part.texts)
        for box in part.figures.table.boxes if part.figures else ():
            assert (part.figures.shown[box.cell] if box.cell else box.text) in found


def test_every_run_has_another_report_and_those_of_warming_up_do_not_count():
    seen = []

    def prepare(report):
        seen.append(report)
        return lambda: None

    found = rivals._in_turn(sample(), {"one": prepare, "other": prepare}, 5)
    assert [figures["runs"] for figures in found.values()] == [5, 5]
    assert len({report.text("overview") for report in seen}) == len(seen) / 2
    assert len({report.shown("t3.new.natural") for report in seen}) == len(seen) / 2


def test_typst_sets_it():
    typst = pytest.importorskip("typst", reason="typst is not installed")
    compiler = typst.Compiler(font_paths=[str(rivals.paths.resources() / "fonts")], ignore_system_fonts=True)
    data = rivals._typst_module(sample(), compiler)()
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert len(document.pages) >= 5
        assert any("结转下年度继续办理" in (page.extract_text() or "") for page in document.pages)
