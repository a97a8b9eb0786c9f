"""A clerk without a mouse fills in table 三 of a published report; the document holds every figure."""

from __future__ import annotations

import os
import signal

import pytest

from tests.e2e.published import TABLE, on_the_disk, published_figures, stored
from tests.e2e.screen import wait_for

pytestmark = pytest.mark.e2e


def test_table_3_by_keyboard_alone(screen, document, tmp_path):
    figures = published_figures()
    rows = [[cell for cell in row.cells if cell in TABLE.inputs] for row in TABLE.rows]
    screen.start("gui", str(document))
    screen.keys("ctrl+5")
    # Tab goes through the inputs of a row and on to the next row; totals are skipped
    typed = "".join(f"{figures[cell]}\t" for cells in rows for cell in cells)
    screen.write(typed)
    screen.picture(tmp_path / "typed.png")
    assert screen.quit() == 0
    report = stored(document)
    assert {cell: report.cells.get(cell) for cell in TABLE.inputs} == {
        cell: int(figures[cell]) for cell in TABLE.inputs
    }
    # the computed totals are the published ones
    assert {cell: report.values[cell] for cell in TABLE.cells} == {
        cell: int(figures[cell]) for cell in TABLE.cells
    }


def test_what_was_saved_survives_a_kill(screen, document):
    screen.start("gui", str(document))
    screen.keys("ctrl+6")
    screen.write("1\t2\t3\t4\t")
    wait_for(lambda: figures(on_the_disk(document)) == [1, 2, 3, 4], "the last commit")
    screen.write("9")  # in the open editor, not entered
    assert screen.program is not None
    os.kill(screen.program.pid, signal.SIGKILL)
    screen.program.wait()
    assert figures(stored(document)) == [1, 2, 3, 4]


def figures(report):
    names = ("upheld", "corrected", "other", "pending")
    return [report.cells.get(f"t4.review.{name}") for name in names] if report else None
