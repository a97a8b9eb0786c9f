"""A format is one TOML file: an invented one, with nothing of the others, goes through grid, checks and exports.

What a coming notice will be, and how it lies among the others, is in ``test_next_notice.py``.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gkdesk import formats
from gkdesk.checks import check, explain, open_session
from gkdesk.checks.progress import State, progress
from gkdesk.report import Report
from gkdesk.report.intro import compose_intro

FIGURES = {
    "tx.came.north": 7, "tx.came.south": 5, "tx.done.north": 4, "tx.done.south": 3,
    "tx.refused.north": 1, "tx.refused.south": 2, "tx.left.north": 2, "tx.left.south": 0, "tx.fee.money": 30,
}  # fmt: skip
LABELS = ["事项", "分区", "城北", "甲、收到", "乙、办理", "1.办结", "2.退回", "丙、结转", "收费", "金额"]


@pytest.fixture
def form():
    return formats.load_file(Path(__file__).parent / "fixtures" / "invented-2031.toml")


@pytest.fixture
def report(form):
    fields = {"unit.name": "云溪县水务局", "unit.phone": "0123-4567890", "text.work": "工作平稳。"}
    fields["text.intro"] = compose_intro(form, 2031, fields)
    return Report(form, 2031, FIGURES, fields)


def test_checks(report, form):
    assert check(report) == ()
    assert report.values["tx.came.all"] == 12
    session = open_session(report)
    issues = session.edit({"tx.done.south": "9"}).issues_added
    assert [explain(issue, form) for issue in issues] == [
        "城南：收到 5 = 5，办结 9 + 退回 2 + 结转 0 = 11，相差 6",
        "合计：收到 12 = 12，办结 13 + 退回 3 + 结转 2 = 18，相差 6",
    ]
    assert progress(session)["figures"].state == State.ERROR


def test_window(report, form, qtbot):
    from ui.editing import Editing
    from ui.settings import Settings
    from ui.tasks import Background
    from ui.wizard import Wizard

    background = Background()
    wizard = Wizard(Editing(open_session(report)), Settings(), background)
    qtbot.addWidget(wizard)
    wizard.show()
    for step in ("info", "intro", "work", "figures", "review"):
        wizard.go(step)
    wizard.go("figures")
    editor = wizard.page("figures").editor
    assert editor.go_to("tx.left.south")
    wizard.editing.edit({"tx.left.south": "4"}, "x")
    assert len(wizard.editing.issues) == 2
    background.close()


def test_pdf(report):
    import pypdfium2

    from gkdesk.exports import pdf

    document = pypdfium2.PdfDocument(pdf.to_bytes(report))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    text = "".join(text.split())
    for words in ("云溪县水务局2031年度测试报告", "一、工作情况", "工作平稳。", *LABELS, "30元"):
        assert words in text


def test_excel(report):
    from openpyxl import load_workbook

    from gkdesk.exports import xlsx

    book = load_workbook(io.BytesIO(xlsx.to_bytes(report)))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert set(LABELS) <= values
    assert set(FIGURES.values()) <= values
    assert {12, 7, 3, 2} <= values


def test_word(report):
    import docx

    from gkdesk.exports import docx as word

    document = docx.Document(io.BytesIO(word.to_bytes(report)))
    texts = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert set(LABELS) <= set(texts)
    assert {"7", "12", "30元"} <= set(texts)
    assert [p.text for p in document.paragraphs][3:6] == ["一、工作情况", "工作平稳。", "二、数字情况"]


def test_web_page(report):
    from gkdesk.exports import html

    page = html.to_text(report)
    for words in ("云溪县水务局", "2031年度测试报告", "一、工作情况", "工作平稳。", *LABELS, "30元"):
        assert f">{words}<" in page
    assert '<td id="tx.came.all"' in page
