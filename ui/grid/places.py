"""Where the boxes of a table stand on screen: model rows and columns, and what is printed around them.

The model holds the grid without the top header rows and without the label columns; those are painted by the
headers and the corner. Rows and columns here are the model's unless a name says *grid*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from gkdesk.formats import Box, Table


class Area(Enum):
    """The four parts of the view; a box may reach over more than one."""

    CORNER = "corner"
    TOP = "top"
    SIDE = "side"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle of model places."""

    row: int
    column: int
    rows: int
    columns: int


class Places:
    """The layout of one table, worked out once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.top = table.header_rows
        self.left = table.label_columns
        self.rows = len(table.rows) - self.top
        self.columns = len(table.widths) - self.left
        self._boxes: dict[tuple[int, int], Box] = {
            (row, column): box
            for box in table.boxes
            for row in range(box.row, box.row + box.rowspan)
            for column in range(box.column, box.column + box.colspan)
        }
        self.place: dict[str, tuple[int, int]] = {}
        self.box: dict[str, Box] = {}
        for box in table.boxes:
            if box.cell is not None:
                self.place[box.cell] = (box.row - self.top, box.column - self.left)
                self.box[box.cell] = box
        self.owners: tuple[tuple[str | None, ...], ...] = tuple(
            tuple(self._boxes[row + self.top, column + self.left].cell for column in range(self.columns))
            for row in range(self.rows)
        )
        self.inputs = frozenset(table.inputs)

    def box_at(self, grid_row: int, grid_column: int) -> Box | None:
        """The box that holds a grid position; None outside the table."""
        return self._boxes.get((grid_row, grid_column))

    def owner(self, row: int, column: int) -> str | None:
        """The cell shown at a model position, also where it only reaches there; None for bands and headers."""
        if 0 <= row < self.rows and 0 <= column < self.columns:
            return self.owners[row][column]
        return None

    def anchor(self, row: int, column: int) -> str | None:
        """The cell whose box begins at a model position."""
        cell = self.owner(row, column)
        return cell if cell is not None and self.place[cell] == (row, column) else None

    def area_boxes(self, area: Area) -> list[Box]:
        """All boxes that show in an area, in print order."""
        upper = area in {Area.CORNER, Area.TOP}
        outer = area in {Area.CORNER, Area.SIDE}
        return [
            box
            for box in self.table.boxes
            if (box.row < self.top if upper else box.row + box.rowspan > self.top)
            and (box.column < self.left if outer else box.column + box.colspan > self.left)
        ]

    @property
    def straddles(self) -> bool:
        """True where a box reaches from the labels into the figures, as the bands of table 二 do."""
        return any(box.column < self.left < box.column + box.colspan for box in self.table.boxes)

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """Row, column, rowspan and colspan of every value box that covers more than one place."""
        for box in self.box.values():
            if box.rowspan > 1 or box.colspan > 1:
                yield box.row - self.top, box.column - self.left, box.rowspan, box.colspan

    def extent(self, cells: Iterable[str]) -> Extent:
        """The smallest rectangle around cells, merged ones whole. Raises ValueError for none."""
        boxes = [self.box[cell] for cell in cells]
        top, left = min(box.row for box in boxes), min(box.column for box in boxes)
        bottom = max(box.row + box.rowspan for box in boxes)
        right = max(box.column + box.colspan for box in boxes)
        return Extent(top - self.top, left - self.left, bottom - top, right - left)

    # ------------------------------------------------------------ moving

    def neighbour(self, row: int, column: int, down: int, right: int) -> tuple[int, int] | None:
        """The next figure from a position in a direction, over bands and headers; None at the edge.

        ``down`` and ``right`` are -1, 0 or 1. The answer is where that figure's box begins.
        """
        start = self.owner(row, column)
        while True:
            row, column = row + down, column + right
            if not (0 <= row < self.rows and 0 <= column < self.columns):
                return None
            cell = self.owners[row][column]
            if cell is not None and cell != start:
                return self.place[cell]

    def next_input(self, row: int, column: int, step: int) -> tuple[int, int] | None:
        """The next (1) or previous (-1) typed cell in reading order; None after the last."""
        places = sorted(self.place[cell] for cell in self.inputs)
        return _next(places, (row, column), step)

    def input_below(self, row: int, column: int, step: int) -> tuple[int, int] | None:
        """The next typed cell down (1) or up (-1) the column, then down the column beside it."""
        start, next_row = self.owner(row, column), row + step
        while 0 <= next_row < self.rows:
            cell = self.owners[next_row][column]
            if cell in self.inputs and cell != start:
                return self.place[cell]
            next_row += step
        places = sorted((c, r) for r, c in (self.place[cell] for cell in self.inputs))
        edge = (column, self.rows if step > 0 else -1)
        found = _next(places, edge, step)
        return (found[1], found[0]) if found else None


def _next(places: list[tuple[int, int]], here: tuple[int, int], step: int) -> tuple[int, int] | None:
    if step > 0:
        return next((place for place in places if place > here), None)
    return next((place for place in reversed(places) if place < here), None)
