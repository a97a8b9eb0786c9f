"""Sub-totals on screen: rows that the form puts under one label without printing their sum.

They help the clerk to compare with the ledger, such as the eight reasons of （三）不予公开; no output has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gkdesk.formats import Box, Table
from gkdesk.i18n import _
from gkdesk.report import ReportSession, spell
from gkdesk.words import spaced
from ui.grid.look import sum_so_far


@dataclass(frozen=True, slots=True)
class Group:
    """The label, and the cells to be added for each column: column id -> cell ids."""

    label: str
    names: Mapping[str, str]
    """Column id -> what the column is called."""
    cells: Mapping[str, tuple[str, ...]]

    def words(self, session: ReportSession, columns: tuple[str, ...] = ()) -> str:
        """The sub-totals of these columns, of all when none is named, as far as figures are there; else empty."""
        sums = {column: sum_so_far(session, self.cells[column])[0] for column in columns or self.cells}
        known = [
            f"{self.names[column]} {spell(total)}" for column, total in sums.items() if total is not None
        ]
        if not known:
            return ""
        return _("{group}小计：{sums}").format(group=self.label, sums=spaced(known))


def groups(table: Table) -> dict[Box, Group]:
    """The groups of a table by the box of their label."""
    found = {}
    for box in table.boxes:
        if box.role != "label" or box.rowspan < 2:
            continue
        rows = [row for row in table.rows if box.row <= row.index < box.row + box.rowspan and row.cells]
        cells = [table.cells[id] for row in rows for id in row.cells]
        # where the form prints the sum itself, or amounts have units, there is nothing to add
        summed = any(all(table.cells[id].computed for id in row.cells) for row in rows)
        if summed or any(cell.units for cell in cells):
            continue
        columns: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for cell in cells:
            columns.setdefault(cell.column, []).append(cell.id)
            names[cell.column] = cell.column_path[-1]
        found[box] = Group(box.text, names, {column: tuple(ids) for column, ids in columns.items()})
    return found
