"""How cells of the workbook look. Every look is made once and then copied, which is what makes writing fast."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

BODY_FACE = "仿宋"
HEADING_FACE = "黑体"
TITLE_FACE = "方正小标宋简体"
FIGURE_FACE = "Times New Roman"

TEXT_FORMAT = "@"
"""A figure typed into such a cell stays the text that it is (postcodes keep their zero)."""


INDENT_WIDTH = 9.0
"""Points of one step of a cell's indent."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a cell but its content. ``size`` in points; ``fill`` is RRGGBB or empty."""

    face: str = BODY_FACE
    size: float = 10.5
    bold: bool = False
    horizontal: Literal["left", "center", "right", "justify"] = "left"
    vertical: Literal["top", "center", "justify"] = "center"
    wrap: bool = True
    shrink: bool = False
    indent: int = 0
    border: bool = False
    fill: str = ""
    locked: bool = True
    number_format: str = "General"
    quote: bool = False
    colour: str = ""

    @property
    def inset(self) -> float:
        """Points that the indent takes from the width of the cell."""
        return self.indent * INDENT_WIDTH


TITLE = Look(TITLE_FACE, 22, horizontal="center")
HEADING = Look(HEADING_FACE, 16)
SUBHEADING = Look(HEADING_FACE, 12)
# spread over the height of the row, which stands in for line spacing
BODY = Look(BODY_FACE, 14, vertical="justify", locked=False)
NOTE = Look(BODY_FACE, 10, colour="595959")
FIELD_LABEL = Look(HEADING_FACE, 11, indent=1, border=True, fill="F2F2F2")
FIELD = Look(BODY_FACE, 12, indent=1, border=True, locked=False, number_format=TEXT_FORMAT)
FIXED_FIELD = Look(BODY_FACE, 12, indent=1, border=True)
LABEL = Look(BODY_FACE, 10, indent=1, border=True)
HEADER = Look(BODY_FACE, 10, border=True, horizontal="center")
BAND = Look(HEADING_FACE, 10.5, border=True, horizontal="center")
FIGURE = Look(FIGURE_FACE, 10.5, border=True, horizontal="center", wrap=False, shrink=True, locked=False)
TOTAL = Look(FIGURE_FACE, 10.5, border=True, horizontal="center", wrap=False, shrink=True)
COLUMN_HEAD = Look(HEADING_FACE, 11, border=True, horizontal="center", fill="F2F2F2")
ENTRY = Look(BODY_FACE, 11, indent=1, border=True)
SEVERITY = Look(HEADING_FACE, 11, border=True, horizontal="center")


class Styles:
    """The looks of one workbook."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._known: dict[Look, Any] = {}

    def apply(self, cell: Cell | MergedCell, look: Look) -> None:
        """Make the cell look so."""
        style = self._known.get(look)
        if style is None:
            style = self._known[look] = self._made(look)
        # openpyxl has no other way to give a cell a finished style
        cell._style = copy(style)  # type: ignore[union-attr]  # noqa: SLF001

    def _made(self, look: Look) -> Any:
        from openpyxl.cell import Cell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        model = Cell(self._sheet, row=1, column=1)
        model.font = Font(name=look.face, size=look.size, bold=look.bold, color=look.colour or "000000")
        model.alignment = Alignment(
            horizontal=look.horizontal,
            vertical=look.vertical,
            wrap_text=look.wrap,
            shrink_to_fit=look.shrink,
            indent=look.indent,
        )
        if look.border:
            line = Side(style="thin", color="000000")
            model.border = Border(left=line, right=line, top=line, bottom=line)
        if look.fill:
            model.fill = PatternFill("solid", fgColor=look.fill)
        model.protection = Protection(locked=look.locked)
        model.number_format = look.number_format
        model.quotePrefix = look.quote
        return model._style  # type: ignore[attr-defined]  # noqa: SLF001
