"""What LibreOffice makes of our Word document, web page and workbook, as a clerk's office suite would, reads back."""

from __future__ import annotations

import random

import pytest

from gkdesk.exports import docx, html, xlsx
from gkdesk.imports.importing import import_source
from tests import office
from tests.imports.round_trip import differences, random_report

TEXT = "txt:Text (encoded):UTF8"
pytestmark = office.needs_office


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """A function that has LibreOffice write a file as another kind, beside it in `out`."""
    home = tmp_path_factory.mktemp("office")

    def run(source, kind, reader=""):
        [made] = office.convert(home, kind, source, reader=reader)
        return made

    return run


@pytest.fixture(scope="module")
def report():
    return random_report(random.Random(11), "2021")


@pytest.mark.parametrize("kind", ["pdf", "html", TEXT])
def test_from_our_word_document(convert, report, tmp_path, kind):
    source = tmp_path / "a.docx"
    docx.write(report, source)
    found = import_source(convert(source, kind))
    wrong = differences(report, found)
    if kind == TEXT:  # its empty lines stand for blank cells and for nothing: rows with blanks are refused
        refused = {id for refusal in found.refused for id in refusal.cells}
        wrong = [each for each in wrong if each.partition(":")[0] not in refused]
        assert len(refused) < len(report.form.cells) / 2
    assert wrong == []


def test_a_workbook_of_the_word_document(convert, report, tmp_path):
    source = tmp_path / "a.docx"
    docx.write(report, source)
    page = convert(source, "html")
    assert differences(report, import_source(convert(page, "xlsx", "HTML (StarCalc)"))) == []


def test_from_our_web_page(convert, report, tmp_path):
    source = tmp_path / "a.html"
    html.write(report, source)
    text = convert(source, "docx:MS Word 2007 XML", "HTML (StarWriter)")
    assert differences(report, import_source(text)) == []
    # LibreOffice leaves the lines of the page's tables out: what cannot be told without them is not told
    printed = import_source(convert(source, "pdf:writer_pdf_Export", "HTML (StarWriter)"))
    values = {id: reading.value for id, reading in printed.cells.items() if reading.certain}
    assert {id: report.values[id] for id in values} == values
    assert {id for refusal in printed.refused for id in refusal.cells}


def test_word_written_anew(convert, report, tmp_path):
    source = tmp_path / "a.docx"
    docx.write(report, source)
    text = convert(source, "odt")
    assert differences(report, import_source(convert(text, "docx"))) == []


def test_excel_written_anew(convert, report, tmp_path):
    source = tmp_path / "a.xlsx"
    xlsx.write(report, source)
    book = convert(source, "ods")
    assert differences(report, import_source(convert(book, "xlsx"))) == []
