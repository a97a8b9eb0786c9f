"""Whole reports as a reader and a ruler find them: margins of the ink, text layer, fonts, breaks of the pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from gkdesk import formats, paths
from gkdesk.exports import pdf
from gkdesk.paper import Options, compose
from gkdesk.paper.faces import FaceSet, load_faces
from gkdesk.paper.geometry import PAGE
from gkdesk.paper.marks import Page
from gkdesk.report import Report, report_json

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = ("yinchuan-2019", "huaian-2024", "long", "empty", "sample")
every = pytest.mark.parametrize("name", NAMES)
RARE = "玥堃喆龑㛃䶮𬭎浉鄠"
DPI = 150
PIXEL = 25.4 / DPI


def long_report() -> Report:
    """6,000 characters with addresses, titles in titles, quotes in quotes and rare characters: five times 一."""
    report = report_json.read_file(FIXTURES / "long-2025.json")
    overview = "\n".join([report.text("overview")] * 5)
    return Report(report.form, report.year, report.cells, {**report.fields, "text.overview": overview})


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    found = {name: report_json.read_file(FIXTURES / "reports" / f"{name}.json") for name in NAMES[:2]}
    found["long"] = long_report()
    found["empty"] = Report(formats.load("2021"), 2025)
    found["sample"] = report_json.read_file(paths.resources() / "samples" / "sample-2021.json")
    return found


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return load_faces(paths.resources() / "fonts", installed=False)


@pytest.fixture(scope="module")
def files(reports, faces, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, report in reports.items():
        pdf.write(report, folder / f"{name}.pdf", Options(faces=faces))
    return {name: folder / f"{name}.pdf" for name in reports}


def poppler(program: str, *arguments: str | Path) -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} (poppler-utils) is not installed")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def ink(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """White at the left, top, right and bottom of the text block's ink, in millimetres; the page number is left out."""
    image = page.render(scale=DPI / 72).to_pil().convert("L").point(lambda grey: 255 * (grey < 160))
    width, height = image.size
    box = image.crop((0, 0, width, round((297 - 35 + 3) / PIXEL))).getbbox()
    assert box
    return box[0] * PIXEL, box[1] * PIXEL, (width - box[2]) * PIXEL, (height - box[3]) * PIXEL


def baselines(page: Page) -> set[float]:
    """Those of the lines of text; figures of tables are smaller."""
    return {round(run.baseline, 1) for run in page.runs() if run.size > 15 and run.baseline < PAGE.bottom}


@every
def test_margins_are_those_of_the_standard(files, reports, faces, name):
    """GB/T 9704-2012, 5.2.1 and 5.2.3, measured as with a ruler: 37, 35, 28 and 26 mm of white, within 0.5 mm."""
    pages = compose(reports[name], Options(faces=faces)).pages
    document = pypdfium2.PdfDocument(files[name])
    assert len(document) == len(pages)
    for page, composed in zip(document, pages, strict=True):
        left, top, right, bottom = ink(page)
        assert top == pytest.approx(37, abs=0.5)
        assert left == pytest.approx(28, abs=0.5) or left > 28  # a page of nothing but first lines
        assert right == pytest.approx(26, abs=0.5) or right > 26
        assert bottom > 34.5
        if len(baselines(composed)) == 22:
            assert bottom == pytest.approx(35, abs=0.5)
    document.close()


def test_the_long_text_has_full_pages(reports, faces):
    pages = compose(reports["long"], Options(faces=faces)).pages
    assert [len(baselines(page)) for page in pages].count(22) >= 4
    assert sum(map(len, reports["long"].fields.values())) > 5800


@every
def test_every_paragraph_can_be_copied(files, reports, name):
    found = squeezed(poppler("pdftotext", "-raw", "-enc", "UTF-8", files[name], "-"))
    found = re.sub("—[0-9]+—\f?", "", found)
    place = 0
    for section in reports[name].form:
        wanted = [section.heading]
        for field in section.fields:
            wanted += reports[name].text(field.id).split("\n")
        for words in map(squeezed, wanted):
            assert words in found[place:], words
            place = found.index(words, place) + len(words)
    if name == "long":
        assert all(char in found for char in RARE)


@every
def test_every_row_of_table_three_can_be_copied(files, reports, name):
    report = reports[name]
    table = report.form.table("t3")
    rows: dict[str, list[str]] = {}
    for id in table.cells:
        rows.setdefault(id.rsplit(".", 1)[0], []).append(report.shown(id))
    wanted = [row for row in rows.values() if all(row)]
    laid_out = poppler("pdftotext", "-layout", "-enc", "UTF-8", files[name], "-")
    found = [line.split()[-7:] for line in laid_out.splitlines() if re.search(r"(?:\s+\d+){7}$", line)]
    # The one row of table 四 has more than seven figures.
    assert [row for row in found if row in wanted][: len(wanted)] == wanted


@every
def test_only_subsets_are_embedded(files, name):
    lines = poppler("pdffonts", files[name]).splitlines()[2:]
    assert len(lines) >= 3
    for line in lines:
        assert re.match(r"[A-Z]{6}\+", line)
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line
