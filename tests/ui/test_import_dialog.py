"""From a file of last year to this year's draft, through the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from gkdesk import formats
from gkdesk.exports import write
from tests.builders import balanced
from ui import import_dialog
from ui.import_dialog import PLACE, VALUE, ImportDialog


@pytest.fixture
def page(tmp_path):
    """Last year's report as a web page."""
    path = tmp_path / "年报.html"
    write("html", balanced(formats.load("2021"), 2024, [3] * 170), path)
    return path


def test_a_web_page_becomes_last_year_and_this_years_draft(window, page, monkeypatch):
    def agree(dialog):
        dialog._on_next()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ImportDialog, "exec", agree)
    window.desk.open_path(page)
    session = window.wizard.editing.session
    assert window.document.years() == [2024, 2025]
    assert session.year == 2025
    assert session.text("unit.name") == "云溪县水务局"
    assert session.value("t3.carried_in.natural") == 3
    assert session.last_value("t3.granted.natural") == 3
    assert session.previous.text("overview")


def test_what_is_there_is_not_overwritten(window, page, report_file, monkeypatch):
    window.desk.open_path(report_file(year=2024))
    window.wizard.editing.edit({"t3.new.natural": "77"}, "x")

    def agree(dialog):
        dialog._on_keep()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ImportDialog, "exec", agree)
    window.desk.open_path(page)
    assert window.wizard.editing.session.value("t3.new.natural") == 77
    assert "没有覆盖" in window.message.text()


def test_a_figure_can_be_corrected_before_it_is_kept(qtbot, page):
    dialog = ImportDialog(import_dialog.import_source(page))
    qtbot.addWidget(dialog)
    rows = [dialog.table.item(row, PLACE).data(import_dialog.CELL) for row in range(dialog.table.rowCount())]
    dialog.table.item(rows.index("t3.new.natural"), VALUE).setText("９９")
    assert dialog.report().values["t3.new.natural"] == 99
    assert "自然人" in dialog.issues.toPlainText()


def test_nothing_is_kept_without_a_unit(qtbot, page):
    dialog = ImportDialog(import_dialog.import_source(page))
    qtbot.addWidget(dialog)
    dialog.unit.clear()
    dialog._on_keep()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "机关全称" in dialog.message.text()


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"hello", b"%PDF-1.4 nothing"])
def test_files_that_hold_no_report_are_refused(window, tmp_path, content):
    path = tmp_path / "x.html"
    path.write_bytes(content)
    window.desk.open_path(path)
    assert window.document is None
    assert "x.html" in window.start.message.text()
