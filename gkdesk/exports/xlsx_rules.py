"""Rules as conditional formats: what each rule kind marks in the sheets, and when.

Red is a sum that does not fit or a figure that is none, orange a figure that is hardly right, yellow what is still
missing. The marks follow every change in Excel; only in words, on
the sheet 核对, they are those of the export. Figures that are text are no operands: a sum with one is not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from gkdesk.exports.xlsx_book import Book, Place
from gkdesk.formats.model import Format, Instance

if TYPE_CHECKING:
    from openpyxl.styles.differential import DifferentialStyle

RED, ORANGE, YELLOW = "red", "orange", "yellow"
_COLOURS = {RED: ("9C0006", "FFC7CE"), ORANGE: ("833C0B", "F8CBAD"), YELLOW: ("", "FFF2CC")}
"""Colour -> ink and paper, the first that applies wins."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Cells of one sheet that take a colour while the formula holds; ``cells`` are ranges in A1 notation."""

    sheet: str
    cells: tuple[str, ...]
    formula: str
    colour: str


Refer = Callable[[tuple[str, ...]], str]
"""Keys -> their cells as arguments of SUM or COUNT."""
Marker = Callable[[Instance, Format, Mapping[str, Place]], list[Mark]]


def mark_rules(book: Book, form: Format) -> None:
    """Give the sheets the conditional formats of all the format's rules."""
    from openpyxl.formatting.rule import Rule

    styles = {colour: book.difference(_style(colour)) for colour in _COLOURS}
    marks = [
        mark
        for rule in form.rules
        if rule.kind in MARKERS
        for instance in rule.instances
        for mark in MARKERS[rule.kind](instance, form, book.places)
    ]
    order = list(_COLOURS)
    marks.sort(key=lambda mark: order.index(mark.colour))
    for mark in marks:
        sheet = book.workbook[mark.sheet]
        made = Rule(type="expression", dxfId=styles[mark.colour], formula=[mark.formula])
        sheet.conditional_formatting.add(" ".join(mark.cells), made)


def _style(colour: str) -> DifferentialStyle:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    ink, paper = _COLOURS[colour]
    # in a differential style the background colour is the one that fills
    fill = PatternFill(fill_type="solid", bgColor=paper, fgColor=paper)
    return DifferentialStyle(font=Font(bold=True, color=ink) if ink else None, fill=fill)


# ---------------------------------------------------------------- by kind


def _sum_equals(instance: Instance, _form: Format, places: Mapping[str, Place]) -> list[Mark]:
    return _unequal(instance.operands["parts"], instance.operands["total"], places)


def _balance(instance: Instance, _form: Format, places: Mapping[str, Place]) -> list[Mark]:
    return _unequal(instance.operands["left"], instance.operands["right"], places)


def _unequal(left: tuple[str, ...], right: tuple[str, ...], places: Mapping[str, Place]) -> list[Mark]:
    def test(refer: Refer) -> str:
        # rounded, because sums of amounts are binary in Excel
        return _all(refer, left + right, f"ROUND(SUM({refer(left)})-SUM({refer(right)}),8)<>0")

    return _compared(left + right, places, RED, test)


def _not_negative(instance: Instance, _form: Format, places: Mapping[str, Place]) -> list[Mark]:
    parts = instance.operands["parts"]
    return _compared(parts, places, RED, lambda refer: _all(refer, parts, f"SUM({refer(parts)})<0"))


def _at_most(instance: Instance, _form: Format, places: Mapping[str, Place]) -> list[Mark]:
    cell, limit = instance.operands["cell"], instance.operands["limit"]
    return _compared(cell + limit, places, ORANGE, lambda refer: _more(refer, cell, limit))


def _published_total(instance: Instance, _form: Format, places: Mapping[str, Place]) -> list[Mark]:
    total, published, made = (instance.operands[name] for name in ("total", "published", "made"))

    def test(refer: Refer) -> str:
        none_open = _all(refer, total + made, f"SUM({refer(total)})=0,SUM({refer(made)})>0")
        return f"OR({_more(refer, published, total)},{none_open})"

    return _compared(total + published + made, places, ORANGE, test)


def _compared(
    keys: tuple[str, ...], places: Mapping[str, Place], colour: str, test: Callable[[Refer], str]
) -> list[Mark]:
    """Marks on all operands; ``test`` makes the condition out of references as each sheet needs them."""
    return [
        Mark(sheet, ranges(cells), test(partial(_refer, places=places, sheet=sheet)), colour)
        for sheet, cells in _by_sheet(keys, places).items()
    ]


def _all(refer: Refer, keys: tuple[str, ...], test: str) -> str:
    """The test, false while one of these cells holds no number."""
    return f"AND(COUNT({refer(keys)})={len(keys)},{test})"


def _more(refer: Refer, left: tuple[str, ...], right: tuple[str, ...]) -> str:
    return _all(refer, left + right, f"SUM({refer(left)})>SUM({refer(right)})")


def _filled(instance: Instance, form: Format, places: Mapping[str, Place]) -> list[Mark]:
    inputs = [id for table in instance.operands["tables"] for id in form.table(table).inputs]
    return [
        Mark(sheet, (area,), f"ISBLANK({area.partition(':')[0]})", YELLOW)
        for sheet, cells in _by_sheet(inputs, places).items()
        for area in ranges(cells)
    ]


def _number(instance: Instance, form: Format, places: Mapping[str, Place]) -> list[Mark]:
    marks = []
    for table in instance.operands["tables"]:
        for kind, wrong in _WRONG.items():
            ids = [cell.id for cell in form.table(table).cells.values() if cell.kind == kind]
            for sheet, cells in _by_sheet(ids, places).items():
                marks += [
                    Mark(sheet, (area,), wrong.format(cell=area.partition(":")[0]), RED)
                    for area in ranges(cells)
                ]
    return marks


_WRONG = {
    "count": "OR(ISTEXT({cell}),AND(ISNUMBER({cell}),OR({cell}<0,{cell}<>INT({cell}))))",
    "signed": "OR(ISTEXT({cell}),AND(ISNUMBER({cell}),{cell}<>INT({cell})))",
    # an amount of more digits than Excel keeps stands there as text
    "money": "OR(AND(ISTEXT({cell}),ISERROR(VALUE({cell}))),AND(ISNUMBER({cell}),{cell}<0))",
}
"""Kind of cell -> when its content is no figure of that kind."""


def _unwritten(instance: Instance, _form: Format, places: Mapping[str, Place]) -> list[Mark]:
    marks = []
    for key in instance.operands["fields"]:
        place = places[key]
        area = f"{_at(place.row, place.column)}:{_at(place.row + place.rows - 1, place.column)}"
        marks.append(Mark(place.sheet, (area,), f"COUNTA({_fixed(area)})=0", YELLOW))
    return marks


MARKERS: dict[str, Marker] = {
    "sum_equals": _sum_equals,
    "balance": _balance,
    "not_negative": _not_negative,
    "at_most": _at_most,
    "published_total": _published_total,
    "filled": _filled,
    "number": _number,
    "written": _unwritten,
    "contact": _unwritten,
}
"""Rule kind -> its marks. Kinds about words, last year's report or settings are told on the sheet 核对 alone."""


# ---------------------------------------------------------------- references


def ranges(cells: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Rows and columns as few ranges: runs of a row, then equal runs of rows that follow each other."""
    runs: list[list[int]] = []  # first row, last row, first column, last column
    for row, column in sorted(cells):
        if runs and runs[-1][1] == row and runs[-1][3] == column - 1:
            runs[-1][3] = column
        else:
            runs.append([row, row, column, column])
    joined: list[list[int]] = []
    for run in runs:
        above = next((each for each in joined if each[1] == run[0] - 1 and each[2:] == run[2:]), None)
        if above is None:
            joined.append(run)
        else:
            above[1] = run[1]
    return tuple(
        _at(top, left) if (top, left) == (bottom, right) else f"{_at(top, left)}:{_at(bottom, right)}"
        for top, bottom, left, right in joined
    )


def _by_sheet(keys: Sequence[str], places: Mapping[str, Place]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for key in keys:
        place = places[key]
        found.setdefault(place.sheet, []).append((place.row, place.column))
    return found


def _refer(keys: tuple[str, ...], places: Mapping[str, Place], sheet: str) -> str:
    """Arguments for SUM or COUNT, fixed, with the sheet's name where it is another one."""
    from openpyxl.utils import quote_sheetname

    return ",".join(
        (f"{quote_sheetname(other)}!" if other != sheet else "") + _fixed(area)
        for other, cells in _by_sheet(keys, places).items()
        for area in ranges(cells)
    )


def _fixed(area: str) -> str:
    from openpyxl.utils import absolute_coordinate

    return absolute_coordinate(area)


def _at(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"
