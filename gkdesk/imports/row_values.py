"""The figures of one printed row: which of them belongs to which cell, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gkdesk.formats.model import Cell
from gkdesk.i18n import _
from gkdesk.imports.figures import is_figure
from gkdesk.imports.grids import Line, Slot
from gkdesk.imports.headers import Columns


@dataclass(frozen=True, slots=True)
class RowValues:
    """A slot for each cell (None: blank); or ``problem``, why there are none. ``certain`` as far as columns go.

    ``open_end`` is how many cells are empty at the printed end of the row.
    """

    slots: tuple[Slot | None, ...] = ()
    certain: bool = False
    problem: str = ""
    open_end: int = 0


def assign(line: Line, first: int, cells: Sequence[Cell], columns: Columns, *, same_grid: bool) -> RowValues:
    """The slots of the row's cells; ``first`` is the first grid column behind its label.

    By the columns of the header where they are reliable; else by number, when the row has just as many figures.
    """
    if columns.placed and columns.order != tuple(cell.id for cell in cells):
        return _reordered(line, first, cells, columns, same_grid=same_grid)
    values = assign_in_order(line, first, cells, columns, same_grid=same_grid)
    return replace(values, open_end=_open_end(values.slots))


def assign_in_order(
    line: Line, first: int, cells: Sequence[Cell], columns: Columns, *, same_grid: bool
) -> RowValues:
    """As assign, for cells in the order of their columns."""
    rest = [slot for slot in line.cells if slot.column >= first]
    written = [slot for slot in rest if slot.text.strip()]
    if columns.placed and same_grid:
        placed = _by_place(line, first, cells, columns, rest)
        if placed is not None:
            blank = any(slot is None or not slot.text.strip() for slot in placed)
            rectangular = not line.flat or not blank or not written
            return RowValues(tuple(placed), columns.sure and rectangular)
    if not written:
        return RowValues((None,) * len(cells), certain=True)
    if columns.mixed:
        return RowValues(problem=_("各列的顺序与表样不同，分不清哪个数属于哪一列"))
    if columns.extra or any(not is_figure(slot.text) and len(written) != len(cells) for slot in written):
        return RowValues(problem=_wrong_number(cells, written))
    if len(written) == len(cells):
        # an empty cell between the figures is one too many, or stands for a figure that another one took the place of
        together = rest.index(written[-1]) - rest.index(written[0]) == len(written) - 1
        beside = columns.placed and same_grid
        sure = columns.known and columns.sure and _figures(written) and together and not beside
        return RowValues(tuple(written), sure)
    if len(rest) == len(cells) and not line.flat:
        return RowValues(tuple(rest), columns.known and columns.sure)
    if (
        len(rest) > len(cells)
        and not line.flat
        and not any(slot.text.strip() for slot in rest[: -len(cells)])
    ):
        # labels over several columns without a span leave empty cells before the figures
        return RowValues(tuple(rest[-len(cells) :]), certain=False)
    return RowValues(problem=_wrong_number(cells, written))


def _reordered(
    line: Line, first: int, cells: Sequence[Cell], columns: Columns, *, same_grid: bool
) -> RowValues:
    """As assign, under a header with its columns in another order than the form's."""
    by_id = {cell.id: cell for cell in cells}
    values = assign_in_order(line, first, [by_id[id] for id in columns.order], columns, same_grid=same_grid)
    if values.problem:
        return values
    found = dict(zip(columns.order, values.slots, strict=True))
    return RowValues(
        tuple(found[cell.id] for cell in cells), values.certain, open_end=_open_end(values.slots)
    )


def _open_end(slots: Sequence[Slot | None]) -> int:
    """How many of the slots are empty behind the last that is not."""
    written = [number for number, slot in enumerate(slots, 1) if slot is not None and slot.text.strip()]
    return len(slots) - max(written, default=0)


def _by_place(
    line: Line, first: int, cells: Sequence[Cell], columns: Columns, rest: Sequence[Slot]
) -> list[Slot | None] | None:
    """The slots under the header's columns; None where the row does not lie under it."""
    ranges = [columns.ranges[cell.id] for cell in cells]
    if first > ranges[0][0] or line.width < ranges[-1][0] + 1:
        return None
    found: list[Slot | None] = []
    for start, end in ranges:
        inside = list(
            dict.fromkeys(slot for slot in (line.at(c) for c in range(start, end)) if slot is not None)
        )
        written = [slot for slot in inside if slot.text.strip()]
        if len(written) > 1:
            return None
        slot = written[0] if written else (inside[0] if inside else None)
        if slot is not None and slot.text.strip() and (slot.column < first or _overlaps(slot, start, ranges)):
            return None
        found.append(slot)
    covered = set(found)
    outside = [slot for slot in rest if slot not in covered and slot.text.strip()]
    if any(not _inside(slot, columns.extra) for slot in outside):
        return None
    return found


def _overlaps(slot: Slot, start: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a cell lies under another column of the header as well."""
    return any(
        other_start != start and slot.column < other_end and slot.end > other_start
        for other_start, other_end in ranges
    )


def _inside(slot: Slot, columns: Sequence[int]) -> bool:
    return all(column in columns for column in range(slot.column, slot.end))


def _figures(slots: Sequence[Slot]) -> bool:
    return all(is_figure(slot.text) for slot in slots)


def _wrong_number(cells: Sequence[Cell], written: Sequence[Slot]) -> str:
    return _("应有 {needed} 个数，读到 {found} 个，分不清哪个数属于哪一列").format(
        needed=len(cells), found=len(written)
    )
