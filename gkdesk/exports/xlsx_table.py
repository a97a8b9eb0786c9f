"""A statutory table in a sheet: the printed grid as the format draws it, figures as values, what may be typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.exports import text_rows
from gkdesk.exports.xlsx_book import LONGEST_CELL, Page, Place
from gkdesk.exports.xlsx_style import BAND, FIGURE, HEADER, LABEL, NOTE, TOTAL, Look
from gkdesk.formats.model import Box, Cell, Table
from gkdesk.i18n import _
from gkdesk.report import Invalid, Report, Value, spell
from gkdesk.report.values import MAX_DIGITS

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

EXACT_DIGITS = 15
"""Significant digits that a number in Excel keeps; a longer figure is written as text."""
SHOWN_DIGITS = 10
"""Digits that the number format “General” shows; a longer figure gets a format of its own."""
ROW_HEIGHTS = tuple(half / 2 for half in range(48, 29, -1))
"""Points of a row of one line, 24 … 15: the first with which the table fits the page."""

_LOOKS = {"header": HEADER, "band": BAND, "label": LABEL}
_FIRST_COLUMN = 1


def write_table(page: Page, table: Table, report: Report, room: float) -> None:
    """Write the table at the page's next row; ``room`` is the points of height it should fit."""
    top = page.row
    for box in table.boxes:
        row, column = top + box.row, _FIRST_COLUMN + box.column
        if box.cell is None:
            page.box(row, column, box.rowspan, box.colspan, box.text, _label_look(table, box))
            continue
        cell = table.cells[box.cell]
        value = report.values[box.cell]
        page.box(row, column, box.rowspan, box.colspan, content(value), _figure_look(cell, value, report))
        page.book.put(box.cell, Place(page.sheet.title, row, column))
    heights = row_heights(page, table, room)
    for index, points in enumerate(heights):
        page.set_height(top + index, points)
    _limit_input(page, table)
    page.row = top + len(table.rows)


def content(value: Value) -> int | Decimal | str | None:
    """What is written for a value: a number where Excel keeps it exactly, else its text."""
    if isinstance(value, Invalid):
        return value.text[:LONGEST_CELL]
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
        return spell(value)
    return value


def row_heights(page: Page, table: Table, room: float) -> list[float]:
    """Points of each grid row, so that every label fits its box and the table, if it can, the room."""
    needs = []
    for box in table.boxes:
        if box.cell is None:
            look = _label_look(table, box)
            width = page.width(_FIRST_COLUMN + box.column, box.colspan) - look.inset
            needs.append((box.row, box.rowspan, text_rows.height(box.text, width, look.size)))
    heights: list[float] = []
    for least in ROW_HEIGHTS:
        heights = text_rows.spread([least] * len(table.rows), needs)
        if sum(heights) <= room:
            break
    return heights


def _label_look(table: Table, box: Box) -> Look:
    look = _LOOKS[box.role]
    # group labels beside their rows and headings of rows stand in the middle, as in the form
    if box.role == "label" and (box.rowspan > 1 or table.label_columns == 1):
        return replace(look, horizontal="center", indent=0)
    return look


def _figure_look(cell: Cell, value: Value, report: Report) -> Look:
    look = TOTAL if cell.computed else FIGURE
    unit = report.money_unit(cell.id) if cell.prints_unit else ""
    return replace(look, number_format=number_format(value, unit))


def number_format(value: Value, unit: str) -> str:
    """How a figure is shown: all its digits, no separators, its unit where the form names none (not after 0)."""
    shown = "General"
    if isinstance(value, Decimal):
        places = max(0, -int(value.normalize().as_tuple().exponent))
        if places + max(1, value.adjusted() + 1) > SHOWN_DIGITS:
            shown = "0." + "0" * places if places else "0"
    elif isinstance(value, int) and len(str(value)) > SHOWN_DIGITS:
        shown = "0"
    return f'{shown}"{unit}";-{shown}"{unit}";0' if unit else shown


# ---------------------------------------------------------------- what may be typed


def _limit_input(page: Page, table: Table) -> None:
    """Accept only figures of each cell's kind, and say beside the cell what is counted there."""
    groups: dict[tuple[str, str, str], DataValidation] = {}
    for cell in table.cells.values():
        title = _cut(" ".join(cell.row_path[-1:] or cell.column_path[-2:]), 32)
        prompt = _cut("\n".join(text for text in (_expected(cell), cell.help) if text), 255)
        kind = "total" if cell.computed else cell.kind
        group = groups.get((kind, title, prompt))
        if group is None:
            group = groups[kind, title, prompt] = _validation(kind, title, prompt)
            page.sheet.add_data_validation(group)
        place = page.book.places[cell.id]
        group.add(page.sheet.cell(place.row, place.column))


def _validation(kind: str, title: str, prompt: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    most = "9" * MAX_DIGITS
    made = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True)
    made.promptTitle, made.prompt = title, prompt
    made.errorTitle, made.error = _("请改正"), _cut(prompt.partition("\n")[0], 255)
    if kind == "money":
        made.type, made.operator, made.formula1 = "decimal", "between", "0"
        made.formula2 = most
    elif kind != "total":
        made.type, made.operator = "whole", "between"
        made.formula1, made.formula2 = ("0" if kind == "count" else f"-{most}"), most
    return made


def _expected(cell: Cell) -> str:
    if cell.computed:
        return _("合计由程序计算；在这里改了数，读回程序时自动重新相加。")
    if cell.kind == "count":
        return _("填 0 或正整数，没有发生填 0。")
    if cell.kind == "signed":
        return _("填整数，减少的填负数，没有变化填 0。")
    return _("填金额（不小于 0），单位{units}，没有发生填 0。").format(units=_("或").join(cell.units))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


# ---------------------------------------------------------------- units of money


def write_units(page: Page, table: Table, report: Report) -> None:
    """Below the table, outside the printed area: the unit of each amount for which the form names none."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for cell in table.cells.values():
        if not cell.prints_unit:
            continue
        page.row += 1
        columns = len(page.widths)
        label = _("“{cell}”的单位（可选：{units}）").format(
            cell=" ".join((*cell.row_path[-1:], *cell.column_path[-1:])), units="、".join(cell.units)
        )
        page.box(page.row, 1, 1, columns - 1, label, replace(NOTE, horizontal="right"))
        unit = report.money_unit(cell.id)
        page.write(page.row, columns, unit, replace(FIGURE, face=LABEL.face))
        page.set_height(page.row, ROW_HEIGHTS[0])
        choice = DataValidation(type="list", formula1=f'"{",".join(cell.units)}"', showErrorMessage=True)
        page.sheet.add_data_validation(choice)
        choice.add(page.sheet.cell(page.row, columns))
        page.book.put(f"units.{cell.id}", Place(page.sheet.title, page.row, columns))
        amount = page.book.places[cell.id]
        for number, other in enumerate(other for other in cell.units if other != unit):
            shown = NumberFormat(
                numFmtId=200 + number, formatCode=number_format(report.values[cell.id], other)
            )
            chosen = f'${get_column_letter(columns)}${page.row}="{other}"'
            style = page.book.difference(DifferentialStyle(numFmt=shown))
            rule = Rule(type="expression", dxfId=style, formula=[chosen])
            page.sheet.conditional_formatting.add(f"{get_column_letter(amount.column)}{amount.row}", rule)
        page.row += 1
