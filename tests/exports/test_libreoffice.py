"""How LibreOffice shows and prints our workbook and our Word copy: pages are looked at, not files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from gkdesk import paths
from gkdesk.exports import docx, pdf, xlsx
from gkdesk.formats.model import Table
from gkdesk.report import Report, report_json
from tests import office

pytestmark = office.needs_office
PUBLISHED = Path(__file__).parents[1] / "fixtures" / "reports"
RED = (0xFF, 0xC7, 0xCE)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    found = {
        name: report_json.read_file(PUBLISHED / f"{name}.json") for name in ("yinchuan-2019", "huaian-2024")
    }
    found["sample"] = report_json.read_file(paths.resources() / "samples" / "sample-2021.json")
    return found


@pytest.fixture(scope="module")
def printed(reports, tmp_path_factory) -> dict[str, Path]:
    """PDF by name: `sample.xlsx` and so on; `edited.xlsx` had a figure changed after it was written."""
    folder = tmp_path_factory.mktemp("office")
    sources = []
    for name, report in reports.items():
        sources += [folder / f"{name}-word.docx", folder / f"{name}-excel.xlsx"]
        docx.write(report, sources[-2])
        xlsx.write(report, sources[-1])
    book = load_workbook(folder / "sample-excel.xlsx")
    [(sheet, area)] = book.defined_names["t3.new.natural"].destinations
    cell = book[sheet][area.replace("$", "").partition(":")[0]]
    cell.value -= 1
    book.save(folder / "edited-excel.xlsx")
    sources.append(folder / "edited-excel.xlsx")
    made = office.convert(folder / "home", "pdf", *sources)
    return {path.stem: path for path in made}


def pages(path: Path) -> list[str]:
    """The text of each page without white space."""
    document = pypdfium2.PdfDocument(path)
    found = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return found


def red_pages(path: Path) -> list[int]:
    """Pages that have an area in the colour of a broken sum, and not just a dot of it."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for number, page in enumerate(document):
        image = page.render(scale=1).to_pil().convert("RGB")
        count = sum(times for times, colour in image.getcolors(1 << 20) if colour == RED)
        if count > 100:
            found.append(number)
    document.close()
    return found


def pages_of(table: Table, texts: list[str]) -> Iterator[int]:
    """The pages on which the labels of a table stand, the longer ones only: short words are in other tables too."""
    for box in table.boxes:
        if box.cell is None and len(box.text) >= 8:
            label = re.sub(r"\s", "", box.text)
            yield next((number for number, text in enumerate(texts) if label in text), -1)


def test_a_broken_sum_turns_red_when_a_figure_is_changed(printed):
    assert red_pages(printed["sample-excel"]) == []
    [page] = red_pages(printed["edited-excel"])
    assert "结转下年度继续办理" in pages(printed["edited-excel"])[page]


@pytest.mark.parametrize("name", ["yinchuan-2019", "huaian-2024", "sample"])
def test_each_table_of_the_workbook_is_printed_on_one_page(printed, reports, name):
    texts = pages(printed[f"{name}-excel"])
    for table in reports[name].form.tables:
        [page] = set(pages_of(table, texts))
        assert page >= 0


@pytest.mark.parametrize("name", ["yinchuan-2019", "huaian-2024", "sample"])
def test_the_tables_of_the_word_copy_stand_on_the_pages_of_the_pdf(printed, reports, tmp_path, name):
    pdf.write(reports[name], tmp_path / "paper.pdf")
    paper, word = pages(tmp_path / "paper.pdf"), pages(printed[f"{name}-word"])
    assert len(paper) == len(word)
    for table in reports[name].form.tables:
        assert set(pages_of(table, word)) == set(pages_of(table, paper))
