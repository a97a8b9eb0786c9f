"""Tables of text as grids: spans are expanded, so that every place of a row knows the cell that covers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_ROWS, MOST_COLUMNS = 400, 60


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell: its text, the place of its upper left corner, and how many rows and columns it covers.

    ``block`` is the paragraph that it was made of; -1 for a cell of a table.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    block: int = -1

    @property
    def end(self) -> int:
        """The first column to the right of the cell."""
        return self.column + self.colspan


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid: its cells from left to right, those that reach down from rows above included.

    ``table`` numbers the grid in its document; ``flat`` tells that columns are not known for certain.
    """

    cells: tuple[Slot, ...]
    index: int
    width: int
    table: int
    where: str
    flat: bool = False

    def at(self, column: int) -> Slot | None:
        """The cell that covers a column."""
        return next((cell for cell in self.cells if cell.column <= column < cell.end), None)


def expand(
    rows: Sequence[Sequence[Mapping[str, Any]]], where: str, table: int, *, flat: bool = False
) -> list[Line]:
    """The lines of a table, laid out as a browser does: each cell goes into the first free place of its row."""
    taken: dict[tuple[int, int], Slot] = {}
    total = min(len(rows), MOST_ROWS)
    for r in range(total):
        column = 0
        for cell in rows[r]:
            while (r, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            wide = min(max(int(cell.get("colspan") or 1), 1), MOST_COLUMNS - column)
            high = min(max(int(cell.get("rowspan") or 1), 1), total - r)
            slot = Slot(str(cell.get("text") or ""), r, column, high, wide)
            for down in range(r, r + high):
                for right in range(column, column + wide):
                    taken.setdefault((down, right), slot)
            column += wide
    lines = []
    for r in range(total):
        columns = sorted(column for row, column in taken if row == r)
        cells = tuple(dict.fromkeys(taken[r, column] for column in columns))
        if cells:
            lines.append(Line(cells, r, columns[-1] + 1, table, f"{where} 第{r + 1}行".strip(), flat))
    return lines
