"""Table 三 of a published report is copied in LibreOffice and pasted: the document holds the file's figures."""

from __future__ import annotations

import pytest

from gkdesk.cli import main
from tests.e2e import libreoffice
from tests.e2e.published import FILE, TABLE, on_the_disk, published_figures, stored
from tests.e2e.screen import wait_for

pytestmark = pytest.mark.e2e
SHEET = 4
"""The fourth sheet of the exported workbook has table 三: figures in D7:J31, the whole form in A4:J31."""


@pytest.fixture
def calc(screen, tmp_path):
    """Take a range of table 三's sheet onto the clipboard, by keyboard."""
    workbook = tmp_path / "huaian.xlsx"
    assert main(["export", str(FILE), "--to", "xlsx", "--out", str(workbook)]) == 0
    title = libreoffice.open_in_calc(screen, workbook, tmp_path / "profile")
    screen.keys(*["ctrl+Next"] * (SHEET - 1))

    def take(cells, first):
        def taken():
            screen.activate(title)
            # the name box
            screen.keys("ctrl+shift+t", "ctrl+a")
            screen.write(cells)
            screen.keys("Return", "ctrl+c")
            return screen.clipboard().startswith(first)

        wait_for(taken, f"{cells} on the clipboard")

    return take


@pytest.mark.skipif(bool(libreoffice.missing()), reason=f"needs {libreoffice.missing()}")
def test_table_3_by_pasting_the_block_of_the_exported_workbook(screen, calc, document, tmp_path):
    figures = published_figures()

    def holds(expected):
        report = on_the_disk(document)
        return report is not None and {cell: report.values[cell] for cell in figures} == expected

    calc("D7:J31", "3001\t53")
    screen.start("gui", str(document))
    screen.keys("ctrl+5", "ctrl+v")
    wait_for(lambda: holds(figures), "the pasted figures")
    screen.picture(tmp_path / "figures.png")
    screen.keys("ctrl+a", "Delete")
    wait_for(lambda: holds(dict.fromkeys(figures)), "the empty table")
    # the whole form with its labels finds its place by them, wherever it is pasted
    calc("A4:J31", "（本列数据")
    screen.activate("GKDesk|年报")
    screen.keys("Down", "Down", "Right", "ctrl+v")
    wait_for(lambda: holds(figures), "the pasted form")
    screen.picture(tmp_path / "form.png")
    assert screen.quit() == 0
    report = stored(document)
    assert {cell: report.values[cell] for cell in figures} == figures
    # every total is the sum of its parts, so none had to be kept as it was pasted
    assert set(report.cells) & set(TABLE.cells) == set(TABLE.inputs)
