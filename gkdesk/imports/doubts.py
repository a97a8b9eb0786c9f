"""What the sums of the form say about a reading: a row whose figures may have slipped sideways is a guess at best.

A cell that got lost before the file was saved moves what stands behind it, and an empty one (or a 0) may fill the row
up again: then the row lies under its header and is wrong all the same. Only the sums can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gkdesk.formats.model import Format
from gkdesk.imports.reading import Reading
from gkdesk.report.values import Value, is_number

_SIDES = {"sum_equals": ("parts", "total"), "balance": ("left", "right")}
"""Rule kinds that say that figures add up, and the operands of their two sides."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was read: its cells, and how many of them are empty at its printed end."""

    table: str
    cells: tuple[str, ...]
    open_end: int = 0


@dataclass(frozen=True, slots=True)
class _Sum:
    cells: frozenset[str]
    holds: bool


def slipped(form: Format, readings: Mapping[str, Reading], rows: Sequence[ReadRow]) -> set[str]:
    """Cells that may belong elsewhere in their row.

    - A row is doubted when it breaks its own sum.
    - A row with an empty cell beside figures is doubted unless the sums down the columns hold for them: its own hold in
      any order.
    - All rows of a table are doubted where most do not add up in themselves: then its header was misread.

    An empty cell counts as 0 here; a sum whose total is empty says nothing.
    """
    values = {id: reading.value for id, reading in readings.items()}
    sums = list(_sums(form, values))
    doubted: set[str] = set()
    for table in dict.fromkeys(row.table for row in rows):
        inside = [row for row in rows if row.table == table]
        for row in inside:
            doubted.update(_doubted(row, [each for each in inside if each is not row], values, sums))
        doubted.update(_misread(inside, values, sums))
    return doubted


def _doubted(
    row: ReadRow, others: Sequence[ReadRow], values: Mapping[str, Value], sums: Sequence[_Sum]
) -> Iterable[str]:
    """The cells of one row that may belong elsewhere in it."""
    written = [id for id in row.cells if values.get(id) is not None]
    if not written:
        return ()
    own = [each for each in sums if each.cells <= set(row.cells)]
    across = [each for each in sums if not each.cells.isdisjoint(row.cells) and each not in own]
    figures = [id for id in written if values[id]]
    broken = [each for each in across if not each.holds and not each.cells.isdisjoint(figures)]
    usual = min((each.open_end for each in others if each.open_end < len(each.cells)), default=0)
    adds_up = all(each.holds for each in own)
    if len(written) < len(row.cells):
        # an empty end is what a lost cell leaves; there even a 0 may be another's
        needed = row.cells if row.open_end > usual or not (own or across) else figures
        confirmed = {id for each in across if each.holds for id in each.cells}
        return () if adds_up and not broken and confirmed.issuperset(needed) else row.cells
    return () if adds_up else row.cells


def _misread(rows: Sequence[ReadRow], values: Mapping[str, Value], sums: Sequence[_Sum]) -> Iterator[str]:
    """The cells of a table of which most rows have a sum and break it."""
    told = [
        (row, each.holds)
        for row in rows
        for each in sums
        if each.cells <= set(row.cells) and any(values.get(id) for id in each.cells)
    ]
    if len(rows) > 1 and 2 * sum(holds for _row, holds in told) < len(told):
        for row in rows:
            yield from row.cells


def _sums(form: Format, values: Mapping[str, Value]) -> Iterator[_Sum]:
    """The sums of the form that can be told."""
    for rule in form.rules:
        sides = _SIDES.get(rule.kind)
        if sides is None:
            continue
        for instance in rule.instances:
            left, right = (instance.operands[side] for side in sides)
            if any(is_number(values.get(id)) for id in left) and is_number(values.get(right[0])):
                holds = _add(left, values) == _add(right, values)
                yield _Sum(frozenset((*left, *right)), holds)


def _add(cells: Sequence[str], values: Mapping[str, Value]) -> object:
    return sum(value for id in cells if is_number(value := values.get(id)))  # type: ignore[misc]
