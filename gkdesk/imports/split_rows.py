"""Rows of a table that were cut in two, and cells that ran together."""

from __future__ import annotations

import re
import unicodedata

from gkdesk.imports.figures import is_figure
from gkdesk.imports.grids import Line, Slot
from gkdesk.imports.labels import Label


def runs_together(text: str, label: Label) -> bool:
    """Whether figures stand directly beside the words of a label, in the same cell."""
    words = re.escape(label.words)
    folded = re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))
    return bool(re.search(rf"\d{{2,}}{words}|{words}\d{{2,}}", folded))


def joined_lines(one: Line, other: Line) -> Line | None:
    """Two lines of which one has the first part of the labels and the other the rest; None where both have figures."""
    figures = [any(is_figure(slot.text) for slot in line.cells if slot.text.strip()) for line in (one, other)]
    if all(figures):
        return None
    cells = []
    for slot in one.cells:
        below = other.at(slot.column)
        if below is None or below is slot:
            cells.append(slot)
        else:
            cells.append(Slot((slot.text + below.text).strip(), slot.row, slot.column, 1, slot.colspan))
    return Line(tuple(cells), one.index, one.width, one.table, one.where, one.flat)
