"""The workbook and its sheets as exports write them: guarded texts, merged boxes, places of keys, page set-up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gkdesk.exports import text_rows
from gkdesk.exports.xlsx_style import BODY, Look, Styles
from gkdesk.report.session import clean_text
from gkdesk.report.workbook_terms import CONTINUED_NAME, defined_name, escape

if TYPE_CHECKING:
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.worksheet.worksheet import Worksheet

MM = 72 / 25.4
TEXT_WIDTH = 156 * MM
"""Points between the margins of an official document (GB/T 9704-2012: 28 mm left, 26 mm right)."""
TEXT_HEIGHT = 225 * MM
MARGINS = {"left": 28, "right": 26, "top": 37, "bottom": 35, "header": 20, "footer": 25}
"""Millimetres."""
STANDARD_FACE = "Arial"
DIGIT = 8
"""Width of a digit of the standard face at 11 pt, in pixels of 96 to the inch."""
LONGEST_CELL = 16_000
"""Code points of a figure's cell that are kept; Excel takes 32,767 UTF-16 units."""

_FORMULA_STARTS = tuple("=+-@\t")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Place:
    """Cells of one sheet: rows and columns count from 1; merged cells are named by their first."""

    sheet: str
    row: int
    column: int
    rows: int = 1


class Book:
    """A workbook under construction, and where each key of the report stands in it."""

    def __init__(self) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Font

        self.workbook = Workbook()
        # widths of columns are counted in digits of the first font, so it must have the same digits everywhere
        self.workbook._fonts[0] = Font(name=STANDARD_FACE, size=11)  # type: ignore[attr-defined]  # noqa: SLF001
        first = self.workbook.active
        assert first is not None
        self.workbook.remove(first)
        self.styles = Styles(first)
        self.places: dict[str, Place] = {}

    def page(self, title: str, widths: Sequence[float], *, spare: bool = False) -> Page:
        """A new sheet whose columns have these relative widths and fill an A4 page.

        ``spare``: with a hidden last column for the marks of continued paragraphs.
        """
        return Page(self, self.workbook.create_sheet(self._free(title)), widths, spare=spare)

    def define(self, name: str, place: Place) -> None:
        """Give a place a defined name."""
        from openpyxl.utils import get_column_letter, quote_sheetname
        from openpyxl.workbook.defined_name import DefinedName

        letter = get_column_letter(place.column)
        reference = f"{quote_sheetname(place.sheet)}!${letter}${place.row}"
        if place.rows > 1:
            reference += f":${letter}${place.row + place.rows - 1}"
        self.workbook.defined_names[name] = DefinedName(name, attr_text=reference)

    def put(self, key: str, place: Place) -> None:
        """Remember and name where a key stands."""
        self.places[key] = place
        self.define(defined_name(key), place)

    def difference(self, style: DifferentialStyle) -> int:
        """The number by which conditional formats name this style."""
        # a style in each rule would be compared with all others when the file is written
        styles = self.workbook._differential_styles  # type: ignore[attr-defined]  # noqa: SLF001
        return int(styles.add(style))

    def _free(self, title: str) -> str:
        clean = _NOT_IN_TITLES.sub(" ", clean_text(title)).strip()[:31] or "表"
        taken = {name.casefold() for name in self.workbook.sheetnames}
        number, free = 1, clean
        while free.casefold() in taken:
            number += 1
            free = f"{clean[:27]} {number}"
        return free


class Page:
    """One sheet, filled from the top. ``row`` is the next free row."""

    def __init__(self, book: Book, sheet: Worksheet, widths: Sequence[float], *, spare: bool) -> None:
        from openpyxl.utils import get_column_letter

        self.book = book
        self.sheet = sheet
        self.row = 1
        self.widths = [width * TEXT_WIDTH / sum(widths) for width in widths]
        for index, width in enumerate(self.widths, 1):
            self.sheet.column_dimensions[get_column_letter(index)].width = round(width * 96 / 72 / DIGIT, 3)
        self._mark_column = len(widths) + 1
        if spare:
            self.sheet.column_dimensions[get_column_letter(self._mark_column)].hidden = True
        self._set_up()

    def write(self, row: int, column: int, value: object, look: Look) -> None:
        """Write a cell. Text never becomes a formula, and characters that XML refuses are dropped."""
        cell = self.sheet.cell(row, column)
        if isinstance(value, str):
            text = escape(clean_text(value))
            if text.startswith(_FORMULA_STARTS):
                look = replace(look, quote=True)
            cell.value = text
            cell.data_type = "s"
        elif value is not None:
            cell.value = value  # type: ignore[assignment]
        self.book.styles.apply(cell, look)

    def box(self, row: int, column: int, rows: int, columns: int, value: object, look: Look) -> None:
        """Write a rectangle of merged cells with all its borders."""
        if look.border:
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    self.book.styles.apply(self.sheet.cell(r, c), look)
        self.write(row, column, value, look)
        if rows > 1 or columns > 1:
            from openpyxl.worksheet.cell_range import CellRange

            # merge_cells() would work out anew the borders that every cell here already has
            self.sheet.merged_cells.add(CellRange(None, column, row, column + columns - 1, row + rows - 1))

    def width(self, column: int, columns: int) -> float:
        """Points of the columns together."""
        return sum(self.widths[column - 1 : column - 1 + columns])

    def set_height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row].height = round(min(points, text_rows.MAX_HEIGHT), 1)

    def line(self, value: object, look: Look, *, key: str = "", least: float = 0) -> None:
        """A row of its own over all columns, as high as its text needs."""
        self.box(self.row, 1, 1, len(self.widths), value, look)
        needed = text_rows.height(str(value or ""), sum(self.widths) - look.inset, look.size)
        self.set_height(self.row, max(needed, least))
        if key:
            self.book.put(key, Place(self.sheet.title, self.row, 1))
        self.row += 1

    def text(
        self,
        key: str,
        text: str,
        look: Look = BODY,
        *,
        column: int = 1,
        indent: bool = True,
        least: float = 0,
    ) -> int:
        """The text of a key in rows from ``column`` to the last one; answers how many rows.

        ``least`` is the height of an empty text.
        """
        columns = len(self.widths) - column + 1
        width = self.width(column, columns) - look.inset
        rows = text_rows.pieces(clean_text(text), width, look.size, indent=indent)
        first = self.row
        for piece in rows:
            self.box(self.row, column, 1, columns, piece.text or None, look)
            needed = text_rows.height(piece.text, width, look.size)
            self.set_height(self.row, max(needed, least) if len(rows) == 1 else needed)
            if piece.continued:
                self.sheet.cell(self.row, self._mark_column).value = 1
            self.row += 1
        self.book.put(key, Place(self.sheet.title, first, column, len(rows)))
        if any(piece.continued for piece in rows):
            marks = Place(self.sheet.title, first, self._mark_column, len(rows))
            self.book.define(f"{CONTINUED_NAME}.{defined_name(key)}", marks)
        return len(rows)

    def finish(self, *, one_page: bool = False, print_rows: int | None = None) -> None:
        """Fit the sheet to the width of the page, or to one page; print only the first ``print_rows`` rows."""
        from openpyxl.utils import get_column_letter

        self.sheet.page_setup.fitToHeight = 1 if one_page else 0
        last = get_column_letter(len(self.widths))
        self.sheet.print_area = f"A1:{last}{print_rows or max(self.row - 1, 1)}"

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        assert sheet.sheet_properties.pageSetUpPr is not None
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for side, millimetres in MARGINS.items():
            setattr(sheet.page_margins, side, round(millimetres / 25.4, 4))
        sheet.print_options.horizontalCentered = True
        assert sheet.oddFooter is not None
        footer = sheet.oddFooter.center
        assert footer is not None
        footer.text, footer.size = "— &P —", 14
        sheet.sheet_view.showGridLines = False
        sheet.protection.sheet = True
        sheet.protection.formatRows = False
        sheet.protection.formatColumns = False
