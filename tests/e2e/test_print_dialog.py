"""Printing through the system's dialog, to its file printer."""

from __future__ import annotations

import pypdfium2
import pytest

from gkdesk import paths
from gkdesk.exports import pdf
from gkdesk.report import report_json
from tests.e2e.screen import wait_for

pytestmark = pytest.mark.e2e


def pages_of(path):
    try:
        return len(pypdfium2.PdfDocument(path))
    except (pypdfium2.PdfiumError, FileNotFoundError):
        return 0  # not there, or not whole yet


def test_the_whole_report_by_keyboard(screen, tmp_path):
    sample = paths.resources() / "samples" / "sample-2021.json"
    target = tmp_path / "printed.pdf"
    screen.start("gui", str(sample))
    screen.keys("ctrl+p", "Tab", "Return")  # from 导出 to 打印…
    screen.wait_for_window("打印")
    screen.keys("alt+f", "ctrl+a")
    screen.write(str(target))
    screen.keys("alt+p")
    wanted = len(pypdfium2.PdfDocument(pdf.to_bytes(report_json.read_file(sample))))
    wait_for(lambda: pages_of(target) == wanted, "the printed file")
    screen.picture(tmp_path / "printed.png")
    assert screen.quit() == 0
