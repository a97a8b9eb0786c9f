"""A statutory table as HTML: boxes with their merges, cells under their ids, and each with the headers that name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from gkdesk.formats.model import Box, Row, Table
from gkdesk.paper.content import Figures, left_aligned

DENSE_ROWS, DENSE_COLUMNS = 20, 10
"""From so many rows or columns on a table is set smaller, so that it fits a page."""


def table_style(table: Table) -> str:
    """The widths of the columns as CSS rules."""
    whole = sum(table.widths)
    return "\n".join(
        f"#{table.id} col:nth-child({number}) {{ width: {100 * width / whole:.2f}%; }}"
        for number, width in enumerate(table.widths, 1)
    )


def table_lines(figures: Figures, labelled_by: str) -> Iterator[str]:
    """The table line by line; ``labelled_by`` is the id of its heading, empty where it has none."""
    table = figures.table
    name = f'aria-labelledby="{labelled_by}"' if labelled_by else f'aria-label="{escape(table.name)}"'
    dense = len(table.rows) > DENSE_ROWS or len(table.widths) > DENSE_COLUMNS
    kind = ' class="dense"' if dense else ""
    # A narrow screen scrolls the table alone; with a focus it can be scrolled by keys.
    yield f'<figure class="table" aria-label="{escape(table.name)}" tabindex="0">'
    yield f'<table id="{table.id}"{kind} {name}>'
    yield "<colgroup>" + "<col>" * len(table.widths) + "</colgroup>"
    writer = _Writer(figures)
    for group in _groups(table):
        tag = "thead" if all(row.role == "header" for row in group) and group[0].index == 0 else "tbody"
        yield f"<{tag}>"
        for row in group:
            boxes = [box for box in table.boxes if box.row == row.index]
            yield "<tr>" + "".join(writer.cell(box, opens=row is group[0]) for box in boxes) + "</tr>"
        yield f"</{tag}>"
    yield "</table>"
    yield "</figure>"


def _groups(table: Table) -> list[Sequence[Row]]:
    """Rows that belong together: the header, then from band to band. No box reaches over the end of a group."""
    crossed = {row for box in table.boxes for row in range(box.row + 1, box.row + box.rowspan)}
    starts = [
        row.index
        for row in table.rows
        if row.index not in crossed and (row.role == "band" or row.index in (0, table.header_rows))
    ]
    ends = [*starts[1:], len(table.rows)]
    return [table.rows[start:end] for start, end in zip(starts, ends, strict=True)]


class _Writer:
    """Writes the boxes of one table."""

    def __init__(self, figures: Figures) -> None:
        self.table = figures.table
        self.shown = figures.shown
        self.places = {
            (row, column): box
            for box in self.table.boxes
            for row in range(box.row, box.row + box.rowspan)
            for column in range(box.column, box.column + box.colspan)
        }

    def cell(self, box: Box, *, opens: bool) -> str:
        """A box as th or td; ``opens`` tells that it stands in the first row of its group."""
        spans = "".join(
            f' {name}="{span}"'
            for name, span in (("colspan", box.colspan), ("rowspan", box.rowspan))
            if span > 1
        )
        if box.cell is not None:
            headers = " ".join(self._id(header) for header in self._headers(box))
            named = f' headers="{headers}"' if headers else ""
            return f'<td id="{escape(box.cell)}"{spans}{named}>{escape(self.shown[box.cell])}</td>'
        scope = "row" if box.role == "label" else "col"
        if box.role == "band" and opens:
            scope = "rowgroup"
        item = ' class="item"' if left_aligned(box) else ""
        return f'<th id="{self._id(box)}" scope="{scope}"{spans}{item}>{escape(box.text)}</th>'

    def _id(self, box: Box) -> str:
        return f"{self.table.id}-{box.row + 1}-{box.column + 1}"

    def _headers(self, value: Box) -> list[Box]:
        """What names a figure: its band, the headers over it from the outside in, and the labels beside it."""
        above: list[Box] = []
        for index in range(value.row - 1, -1, -1):
            role = self.table.rows[index].role
            if role == "header":
                above.insert(0, self.places[index, value.column])
            elif role == "band":
                above.insert(0, self.places[index, value.column])
                break
            elif above:
                break
        beside = [self.places[value.row, column] for column in range(value.column)]
        return list(dict.fromkeys([*above, *(box for box in beside if box.role == "label")]))
