"""PDF files with text -> blocks: ruled tables with their merges, lines joined to paragraphs.

Pages that are pictures have no text; a file of nothing else is refused.
"""

from __future__ import annotations

import io
import logging
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gkdesk.i18n import _
from gkdesk.imports.contract import Locked, PictureOnly
from gkdesk.imports.readers.pdf_lines import Char, Paragraphs, TextLine, lines_of, without_feet

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_PAGES = 60
_SNAP = 2.0
"""Points within which two rules are one."""
_FEWEST_CHARS = 10
_ASLANT = 0.3
"""Tangent from which a character is part of no line; italics lean less."""

Area = tuple[float, float, float, float]


def read(data: bytes) -> dict[str, Any]:
    """The blocks of a file. Raises contract.Locked and contract.PictureOnly."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        opened = pdfplumber.open(io.BytesIO(data))
    except PDFPasswordIncorrect:
        raise Locked from None
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Locked from None
        raise
    notes: list[str] = []
    pages: list[_PageText] = []
    with opened as document:
        title = str((document.metadata or {}).get("Title") or "")
        for number, page in enumerate(document.pages[:MOST_PAGES], 1):
            pages.append(_PageText(page, number))
            page.close()
        if len(document.pages) > MOST_PAGES:
            notes.append(_("只读了前 {count} 页。").format(count=MOST_PAGES))
    if sum(page.count for page in pages) < _FEWEST_CHARS:
        raise PictureOnly
    pictures = [str(page.number) for page in pages if page.count < _FEWEST_CHARS and page.pictures]
    if pictures:
        notes.append(_("第 {pages} 页是图片，没有文字可读。").format(pages="、".join(pictures)))
    return {"title": title, "blocks": _blocks(pages), "notes": notes}


class _PageText:
    """What stands on a page: tables with their places, and the lines outside of them."""

    def __init__(self, page: Page, number: int) -> None:
        self.number = number
        self.height, self.width = float(page.height), float(page.width)
        self.pictures = len(page.images)
        chars = [char for char in page.chars if not _slanted(char)]
        self.count = sum(not char["text"].isspace() for char in chars)
        self.tables: list[tuple[Area, list[list[dict[str, Any]]]]] = []
        rest = chars
        for table in page.find_tables():
            if len(table.cells) < 2:
                continue
            inside = [char for char in rest if _within(char, table.bbox)]
            rest = [char for char in rest if not _within(char, table.bbox)]
            self.tables.append((table.bbox, _rows(table.cells, inside, number)))
        self.lines = lines_of(rest, number)


def _blocks(pages: Sequence[_PageText]) -> list[dict[str, Any]]:
    """Paragraphs and tables in reading order; a paragraph may go on over the end of a page, not over a table."""
    kept = without_feet([(page.lines, page.height) for page in pages])
    paragraphs = Paragraphs([line for lines in kept for line in lines], max(page.width for page in pages))
    blocks: list[dict[str, Any]] = []
    open_lines: list[TextLine] = []
    count = 0

    def close() -> None:
        for text, number in paragraphs.joined(open_lines):
            blocks.append({"kind": "paragraph", "text": text, "where": _("第 {page} 页").format(page=number)})
        open_lines.clear()

    for page, lines in zip(pages, kept, strict=True):
        items: list[tuple[float, TextLine | list[list[dict[str, Any]]]]] = [
            (line.top, line) for line in lines
        ]
        items += [(area[1], rows) for area, rows in page.tables]
        for _top, item in sorted(items, key=lambda each: each[0]):
            if isinstance(item, TextLine):
                open_lines.append(item)
                continue
            close()
            count += 1
            where = _("第 {page} 页第 {number} 张表").format(page=page.number, number=count)
            blocks.append({"kind": "table", "rows": item, "where": where})
    close()
    return blocks


def _slanted(char: Char) -> bool:
    """Whether a character stands aslant, as those of a watermark do."""
    a, b, c, d = (abs(value) for value in char["matrix"][:4])
    return bool(min(max(a, d), max(b, c)) > _ASLANT * max(a, b, c, d))


def _within(char: Char, area: Area) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(area[0] <= x <= area[2] and area[1] <= y <= area[3])


def _edges(values: Sequence[float]) -> list[float]:
    """Sorted places of rules, those closer than _SNAP as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return min(max(bisect_left(edges, value - _SNAP), 0), len(edges) - 1)


def _rows(cells: Sequence[Area], chars: Sequence[Char], page: int) -> list[list[dict[str, Any]]]:
    """The rows of a table from the rectangles of its cells: a cell that reaches over more rules spans them."""
    xs = _edges([x for cell in cells for x in (cell[0], cell[2])])
    ys = _edges([y for cell in cells for y in (cell[1], cell[3])])
    starts: dict[tuple[int, int], dict[str, Any]] = {}
    covered: set[tuple[int, int]] = set()
    left = list(chars)
    for cell in cells:
        row, column = _place(ys, cell[1]), _place(xs, cell[0])
        high, wide = max(_place(ys, cell[3]) - row, 1), max(_place(xs, cell[2]) - column, 1)
        inside = [char for char in left if _within(char, cell)]
        taken = {id(char) for char in inside}
        left = [char for char in left if id(char) not in taken]
        text = "\n".join(line.text for line in lines_of(inside, page))
        starts[row, column] = {"text": text, "colspan": wide, "rowspan": high}
        covered |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
    rows = []
    for row in range(len(ys) - 1):
        made = []
        for column in range(len(xs) - 1):
            if (row, column) in starts:
                made.append(starts[row, column])
            elif (row, column) not in covered:
                made.append({"text": "", "colspan": 1, "rowspan": 1})
        rows.append(made)
    return rows
