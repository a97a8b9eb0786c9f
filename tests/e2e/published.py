"""The published report that a clerk copies, and the document that should hold it afterwards."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.report import Report
from gkdesk.storage import Document

FILE = Path(__file__).parent.parent / "fixtures" / "reports" / "huaian-2024.json"
FORM = formats.load("2021")
TABLE = FORM.table("t3")
YEAR = 2024


def published_figures() -> dict[str, int]:
    """Figures of the published table 三, totals included."""
    cells = json.loads(FILE.read_text(encoding="utf-8"))["cells"]
    return {cell: int(cells[cell]) for cell in TABLE.cells}


def stored(path: Path) -> Report:
    """The report in a document that nobody has open."""
    with Document.open(path) as document:
        return Report.from_entries(FORM, YEAR, document.entries(YEAR))


def on_the_disk(path: Path) -> Report | None:
    """The report in a document that the program has open; None when it was caught amid a commit."""
    # the program holds the lock, so a copy is read
    copy = path.with_name("copy.gkd")
    shutil.copyfile(path, copy)
    try:
        return stored(copy)
    except KnownError:
        return None
