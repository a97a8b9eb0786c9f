"""A statutory table in Word: fixed columns, merged boxes, whole on a page where one holds it."""

from __future__ import annotations

from itertools import pairwise

from gkdesk.exports.docx_base import CELL, CELL_HEAD
from gkdesk.exports.docx_xml import Element, half_points, paragraph, run, twips, w
from gkdesk.formats.model import Box
from gkdesk.paper.cells import Fitted
from gkdesk.paper.compose_table import LINE, SetTable, role_of, share_height
from gkdesk.paper.content import left_aligned
from gkdesk.paper.faces import Role
from gkdesk.paper.geometry import MM

FRAME, RULE = 8, 4
"""Thickness of the frame and of the rules inside, in eighths of a point."""

ROW_HEIGHT = 7 * MM
"""Height of a row where there is room: less than on paper, for word processors cannot close rows up to fill a page."""

SLACK = 20.0
"""Points that a table leaves of its page: word processors add the thickness of rules and round heights up."""


def fits(setting: SetTable, room: float) -> bool:
    """Whether a whole table fits into so many points."""
    return sum(setting.least) <= room - SLACK


def table_element(setting: SetTable, room: float) -> Element:
    """The table as an element of the body, kept whole where it fits ``room`` (points)."""
    table = setting.table
    widths = [twips(right) - twips(left) for left, right in pairwise(setting.edges)]
    wanted = sum(max(least, ROW_HEIGHT) for least in setting.least)
    whole = fits(setting, room)
    heights = share_height(setting.least, min(wanted, room - SLACK) if whole else wanted)
    borders = [
        w(
            side,
            val="single",
            sz=FRAME if side not in ("insideH", "insideV") else RULE,
            space=0,
            color="000000",
        )
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    look = w(
        "tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *borders),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")),
        w("tblCaption", val=table.name),
    )
    made = w("tbl", look, w("tblGrid", *(w("gridCol", w=width) for width in widths)))
    places = {
        (row, box.column): (box, fitted)
        for box, fitted in zip(table.boxes, setting.cells, strict=True)
        for row in range(box.row, box.row + box.rowspan)
    }
    last = len(table.rows) - 1
    for index, height in enumerate(heights):
        properties = w("trPr", w("cantSplit"), w("trHeight", val=int(height * 20), hRule="atLeast"))
        if index < table.header_rows:
            properties.append(w("tblHeader"))
        # A row is kept with the next one by its paragraphs.
        keeps = index < last and (whole or _binds(setting, index))
        cells = []
        for column in range(len(widths)):
            found = places.get((index, column))
            if found:
                box, fitted = found
                width = sum(widths[column : column + box.colspan])
                cells.append(_cell(setting, box, fitted, width, first=box.row == index, keeps=keeps))
        made.append(w("tr", properties, *cells))
    return made


def _binds(setting: SetTable, index: int) -> bool:
    """Whether a row of a table that no page holds stays with the one under it: bands and headers do."""
    return setting.table.rows[index].role != "data"


def _cell(setting: SetTable, box: Box, fitted: Fitted, width: int, *, first: bool, keeps: bool) -> Element:
    side = twips(setting.padding(box))
    look = w("tcPr", w("tcW", w=width, type="dxa"))
    if box.colspan > 1:
        look.append(w("gridSpan", val=box.colspan))
    if box.rowspan > 1:
        look.append(w("vMerge", val="restart" if first else "continue"))
    look.append(w("tcMar", w("left", w=side, type="dxa"), w("right", w=side, type="dxa")))
    look.append(w("vAlign", val="center"))
    size = half_points(fitted.size)
    runs = [run(_words(box, fitted), style=_face(box), size=size)] if first else []
    words = paragraph(
        CELL,
        *runs,
        keepNext=w("keepNext") if keeps else None,
        spacing=w("spacing", line=twips(LINE * fitted.size), lineRule="exact"),
        jc=w("jc", val="left") if left_aligned(box) else None,
    )
    return w("tc", look, words)


def _words(box: Box, fitted: Fitted) -> str:
    """The text of a box. Centred labels have the line ends of the paper, which stand where the sense has them."""
    lines = [line.text.strip() for line in fitted.lines]
    broken = box.cell is None and not left_aligned(box) and all(line.isprintable() for line in lines)
    return "\n".join(lines) if broken else "".join(line.text for line in fitted.lines)


def _face(box: Box) -> str:
    return CELL_HEAD if role_of(box) is Role.HEI else ""
