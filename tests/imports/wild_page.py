"""A report as a page of paragraphs and tables, and plain writers of it as HTML, text, Word and Excel."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from html import escape

from gkdesk.formats import Format
from gkdesk.report import Report


@dataclass
class Cell:
    text: str
    colspan: int = 1
    rowspan: int = 1
    key: str = ""


@dataclass
class Item:
    """A paragraph, or a table where it has rows; ``tag`` says which one: title, heading, t3 …"""

    text: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    tag: str = ""


@dataclass
class Page:
    report: Report
    items: list[Item]

    def table(self, tag: str) -> list[list[Cell]]:
        return next(item.rows for item in self.items if item.tag == tag)

    def find(self, tag: str) -> int:
        return next(index for index, item in enumerate(self.items) if item.tag == tag)

    @property
    def form(self) -> Format:
        return self.report.form


@dataclass
class Wild:
    """``lost`` are cells that the file does not tell: a certain reading of one is wrong. ``blank`` are empty in it."""

    kind: str
    data: bytes
    lost: set[str] = field(default_factory=set)
    blank: set[str] = field(default_factory=set)
    texts: bool = True


def page_of(report: Report) -> Page:
    """The report as it is published, in reading order."""
    items = [Item(report.title, tag="title")]
    for section in report.form:
        if section.heading:
            items.append(Item(section.heading, tag="heading"))
        for part in section.fields:
            items += [Item(text, tag=part.id) for text in report.text(part.id).split("\n") if text]
        if section.table:
            rows: list[list[Cell]] = [[] for _row in section.table.rows]
            for box in section.table.boxes:
                text = report.shown(box.cell) if box.cell else box.text
                rows[box.row].append(Cell(text, box.colspan, box.rowspan, box.cell or ""))
            items.append(Item(rows=rows, tag=section.table.id))
    return Page(report, items)


def unmerged(rows: list[list[Cell]], *, repeat: bool = False) -> list[list[Cell]]:
    """The rows with a cell for every place of the grid; those that a span covered are empty or repeat its text."""
    places: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in places:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    first = not (down or right)
                    places[r + down, column + right] = Cell(
                        cell.text if first or repeat else "", key=cell.key
                    )
            column += cell.colspan
    width = max(column for _row, column in places) + 1
    return [[places.get((r, c), Cell("")) for c in range(width)] for r in range(len(rows))]


def html(page: Page, *, cell=None, head: str = '<meta charset="utf-8">', wrap=lambda body: body) -> str:
    """The page as HTML; ``cell`` writes the inside of a table cell, ``wrap`` puts the body into its surroundings."""
    cell = cell or (lambda one: escape(one.text))
    parts = []
    for item in page.items:
        if item.rows:
            lines = [
                "<tr>"
                + "".join(
                    f'<td colspan="{one.colspan}" rowspan="{one.rowspan}">{cell(one)}</td>' for one in row
                )
                + "</tr>"
                for row in item.rows
            ]
            parts.append("<table border=1>" + "\n".join(lines) + "</table>")
        else:
            parts.append(f"<p>　　{escape(item.text)}</p>")
    return (
        f"<html><head>{head}<title>某某门户网站</title></head><body>{wrap(chr(10).join(parts))}</body></html>"
    )


def text(page: Page, row) -> str:
    """The page as plain text; ``row`` writes a row of a table as a line or several."""
    lines = []
    for item in page.items:
        lines += [row(each) for each in item.rows] if item.rows else [item.text]
    return "\n".join(lines)


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(page: Page, *, letters: bool = False) -> bytes:
    """The page as a Word document; ``letters``: every character of a table is a paragraph of its own."""

    def paragraph(words: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'

    def inside(words: str) -> str:
        pieces = list(words) if letters and words else words.split("\n")
        return "".join(paragraph(piece) for piece in pieces)

    body = []
    for item in page.items:
        if not item.rows:
            body.append(paragraph(item.text))
            continue
        body.append("<w:tbl>")
        down: dict[int, tuple[int, int]] = {}
        for row in item.rows:
            body.append("<w:tr>")
            column = 0
            cells = list(row)
            while cells or column in down:
                if column in down:
                    left, wide = down[column]
                    body.append(
                        f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                    )
                    down[column] = (left - 1, wide)
                    if left == 1:
                        del down[column]
                    column += wide
                    continue
                one = cells.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if one.rowspan > 1 else ""
                body.append(
                    f'<w:tc><w:tcPr><w:gridSpan w:val="{one.colspan}"/>{merge}</w:tcPr>{inside(one.text)}</w:tc>'
                )
                if one.rowspan > 1:
                    down[column] = (one.rowspan - 1, one.colspan)
                column += one.colspan
            body.append("</w:tr>")
        body.append("</w:tbl>")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f"<w:document {_WORD}><w:body>{''.join(body)}</w:body></w:document>"
        )
    return made.getvalue()


def xlsx(page: Page, *, merge: bool = True, sheets: bool = False, above: tuple[str, ...] = ()) -> bytes:
    """The page as a workbook, on one sheet or (``sheets``) on one for each heading; numbers are numbers."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    row = 1
    for words in above:
        sheet.cell(row, 1, words)
        row += 1
    for item in page.items:
        if sheets and item.tag == "heading":
            sheet = book.create_sheet(item.text[:20])
            row = 1
        if not item.rows:
            sheet.cell(row, 1, item.text).data_type = "s"
            if merge:
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=10)
            row += 1
            continue
        for r, line in enumerate(unmerged(item.rows)):
            for c, one in enumerate(line, 1):
                if one.text:
                    sheet.cell(row + r, c, int(one.text) if one.text.isdigit() else one.text)
        if merge:
            _merge(sheet, row, item.rows)
        row += len(item.rows) + 1
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _merge(sheet, top: int, rows: list[list[Cell]]) -> None:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 1
        for one in row:
            while (r, column) in taken:
                column += 1
            taken |= {
                (r + down, column + right) for down in range(one.rowspan) for right in range(one.colspan)
            }
            if one.rowspan * one.colspan > 1:
                sheet.merge_cells(
                    start_row=top + r,
                    end_row=top + r + one.rowspan - 1,
                    start_column=column,
                    end_column=column + one.colspan - 1,
                )
            column += one.colspan
