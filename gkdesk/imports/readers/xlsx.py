"""Excel workbooks -> blocks: rows with one text are paragraphs, rows with several cells belong to a table.

Only values are read: a formula counts with the result that the program which saved it left behind.
"""

from __future__ import annotations

import io
import warnings
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gkdesk.i18n import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS, MOST_COLUMNS = 400, 40


def read(data: bytes) -> dict[str, Any]:
    """The blocks of all visible sheets, in their order."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it leaves out of foreign extensions
        workbook = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    blocks: list[dict[str, Any]] = []
    notes: list[str] = []
    with closing(workbook):
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                blocks += _sheet(sheet)
            else:
                notes.append(_("隐藏的工作表“{name}”没有读。").format(name=sheet.title[:40]))
    return {"title": "", "blocks": blocks, "notes": notes}


def _sheet(sheet: Worksheet) -> list[dict[str, Any]]:
    rows = min(sheet.max_row or 0, MOST_ROWS)
    columns = min(sheet.max_column or 0, MOST_COLUMNS)
    texts = (
        [
            [_spelled(value, cell_format) for value, cell_format in row]
            for row in (
                [(cell.value, str(getattr(cell, "number_format", ""))) for cell in line]
                for line in sheet.iter_rows(1, rows, 1, columns)
            )
        ]
        if rows and columns
        else []
    )
    spans, covered = _merges(sheet, rows, columns)
    blocks: list[dict[str, Any]] = []
    table: list[list[dict[str, Any]]] = []
    first = 0
    until = 0
    for index, row in enumerate(texts):
        written = [column for column, text in enumerate(row) if text and (index, column) not in covered]
        inside = index < until or any(
            (index, column) in covered and row is not None
            for column in range(columns)
            if _reaches_from_above(covered, index, column)
        )
        high = max((spans.get((index, column), (1, 1))[0] for column in written), default=1)
        if len(written) < 2 and not inside:
            if written:
                _close(blocks, table, sheet.title, first)
                table = []
                where = _("工作表“{name}”第 {row} 行").format(name=sheet.title, row=index + 1)
                blocks += [
                    {"kind": "paragraph", "text": line.strip(), "where": where}
                    for line in row[written[0]].split("\n")
                    if line.strip()
                ]
            continue
        if not table:
            first = index
        # an empty row that was left out would shift what reaches down
        table += [[] for _gap in range(index - first - len(table))]
        table.append(_cells(row, index, spans, covered))
        until = max(until, index + high)
    _close(blocks, table, sheet.title, first)
    return blocks


def _reaches_from_above(covered: dict[tuple[int, int], int], row: int, column: int) -> bool:
    return covered.get((row, column), row) < row


def _cells(
    row: list[str],
    index: int,
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: dict[tuple[int, int], int],
) -> list[dict[str, Any]]:
    cells = []
    for column, text in enumerate(row):
        if (index, column) in covered:
            continue
        high, wide = spans.get((index, column), (1, 1))
        cells.append({"text": text, "colspan": wide, "rowspan": high})
    return cells


def _merges(
    sheet: Worksheet, rows: int, columns: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[tuple[int, int], int]]:
    """Rows and columns of each merge by its corner; and the places that merges cover, with their corner's row."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[tuple[int, int], int] = {}
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        bottom, right = min(area.max_row, rows), min(area.max_col, columns)
        if top >= bottom or left >= right:
            continue
        spans[top, left] = (bottom - top, right - left)
        for row in range(top, bottom):
            for column in range(left, right):
                if (row, column) != (top, left):
                    covered[row, column] = top
    return spans, covered


def _close(blocks: list[dict[str, Any]], table: list[list[dict[str, Any]]], name: str, first: int) -> None:
    if table:
        where = _("工作表“{name}”第 {row} 行起").format(name=name, row=first + 1)
        blocks.append({"kind": "table", "rows": table, "where": where})


def _spelled(value: object, number_format: str) -> str:
    """A value as text; whole numbers without the .0 that spreadsheets keep them with."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        exact = Decimal(repr(value))
        text = format(exact, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return (
            f"{text}" if "%" not in number_format else format(exact * 100, "f").rstrip("0").rstrip(".") + "%"
        )
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
