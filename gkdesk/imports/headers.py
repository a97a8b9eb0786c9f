"""The header of a printed table: which of its columns are which cells of the form, by their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gkdesk.formats.model import Cell, Table
from gkdesk.imports.figures import is_figure
from gkdesk.imports.grids import Line, Slot
from gkdesk.imports.labels import Label, best, label_of

_SHORTEST_PART = 3
"""Characters of a label cut short that still tell which one it was."""


@dataclass(frozen=True, slots=True)
class Columns:
    """``ranges`` are the grid columns [first, end) of each cell; ``known`` when labels name every cell.

    ``extra`` are columns under a label that the form does not have; ``sure`` when no label took believing.
    ``placed`` when every cell has a range of its own, so that a row may be read by them; ``order`` are the cells then
    from left to right, which need not be the order of the form. ``mixed`` when they stand in another order that
    cannot be told.
    """

    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    extra: tuple[int, ...] = ()
    known: bool = False
    sure: bool = False
    placed: bool = False
    order: tuple[str, ...] = ()
    mixed: bool = False


class HeaderWords:
    """The labels that stand in the headers of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        texts = dict.fromkeys(box.text for box in table.boxes if box.role in ("header", "band") and box.text)
        self.labels = [label_of(text) for text in texts]
        self.bands = [label_of(box.text) for box in table.boxes if box.role == "band"]

    def reading_order(self, cell: Cell) -> list[Label]:
        """The labels of the header over a cell as they are read, line by line: 总计 comes before 商业企业."""
        rows: list[int] = []
        for row in range(self.table.box_of(cell.id).row - 1, -1, -1):
            role = self.table.rows[row].role
            if role == "header":
                rows.append(row)
            elif rows or role == "band":
                break
        boxes = sorted(
            (box for box in self.table.boxes if box.row in rows), key=lambda box: (box.row, box.column)
        )
        return [label_of(box.text) for box in boxes]

    def know(self, text: str) -> bool:
        return best(text, self.labels, loose=True) is not None or self._part(text)

    def _part(self, text: str) -> bool:
        words = label_of(text).words
        return len(words) >= _SHORTEST_PART and any(label.words.startswith(words) for label in self.labels)

    def is_header(self, line: Line) -> bool:
        """Whether a line is one of the header: most of its words are labels of the header, and no figure in it."""
        texts = [cell.text for cell in line.cells if cell.text.strip()]
        if not texts or any(is_figure(text) for text in texts):
            return False
        known = [text for text in texts if self.know(text)]
        # 其他 or 总计 alone may be anything
        telling = len(known) > 1 or any(len(label_of(text).words) > 2 for text in known)
        return telling and 2 * len(known) >= len(texts)

    def is_band(self, line: Line) -> bool:
        texts = dict.fromkeys(cell.text for cell in line.cells if cell.text.strip())
        return len(texts) == 1 and best(next(iter(texts)), self.bands) is not None


def columns_of(header: Sequence[Line], cells: Sequence[Cell], words: HeaderWords) -> Columns:
    """The columns of ``cells`` (one row's, in order) under these header lines."""
    if not header:
        return Columns()
    leaves = [label_of(cell.column_path[-1]) for cell in cells]
    distinct = list(dict.fromkeys(leaves))
    ranges: dict[str, tuple[int, int]] = {}
    extra: list[int] = []
    sure = True
    clash = False
    leaf_of: dict[str, Slot] = {}
    for column in range(max(line.width for line in header)):
        path = _path(header, column)
        if not path:
            continue
        found = best(path[-1].text, distinct, loose=True)
        if found is None:
            if not words.know(path[-1].text):
                extra.append(column)
            continue
        named = [cell for cell, leaf in zip(cells, leaves, strict=True) if leaf == distinct[found.index]]
        named = _under(path, named) if len(named) > 1 else named
        if len(named) != 1:
            clash = True
            continue
        sure = sure and found.sure
        first, end = ranges.get(named[0].id, (column, column))
        clash = clash or end != column
        # a label that stands twice, in two cells, may have pushed the others aside
        sure = sure and leaf_of.setdefault(named[0].id, path[-1]) is path[-1]
        ranges[named[0].id] = (first, column + 1)
    order = tuple(sorted(ranges, key=lambda id: ranges[id]))
    in_order = order == tuple(cell.id for cell in cells)
    # in plain text a place in the line is no column, unless the columns come as they should
    if not clash and len(ranges) == len(cells) and (in_order or not header[0].flat):
        return Columns(ranges, tuple(extra), known=True, sure=sure, placed=True, order=order)
    wanted = [label for label in words.reading_order(cells[0]) if label in distinct]
    known, exact, mixed = _by_order(header, leaves, wanted)
    return Columns(ranges, tuple(extra), known=known and not _strange(header, words), sure=exact, mixed=mixed)


def _path(header: Sequence[Line], column: int) -> list[Slot]:
    slots = [line.at(column) for line in header]
    return list(dict.fromkeys(slot for slot in slots if slot is not None and slot.text.strip()))


def _under(path: Sequence[Slot], cells: Sequence[Cell]) -> list[Cell]:
    """Of cells with the same last label those whose outer label stands over the column."""
    outer = [label_of(cell.column_path[-2]) if len(cell.column_path) > 1 else Label("", "") for cell in cells]
    return [
        cell
        for cell, label in zip(cells, outer, strict=True)
        if any(best(slot.text, [label], loose=True) for slot in path[:-1])
    ]


def _by_order(
    header: Sequence[Line], leaves: Sequence[Label], wanted: Sequence[Label]
) -> tuple[bool, bool, bool]:
    """Whether the labels of the header, as they are read, name all cells; whether in full; whether in a wrong order.

    Where spans are lost (plain text) that is all that can be told. Labels cut short must stand in order on one line.
    """
    distinct = list(dict.fromkeys(leaves))
    texts = [
        cell.text for line in header for cell in line.cells if cell.text.strip() and cell.row == line.index
    ]
    matches = [found for text in texts if (found := best(text, distinct))]
    read = [distinct[found.index] for found in matches]
    if read == list(wanted):
        return True, True, False
    if sorted(map(str, read)) == sorted(map(str, wanted)):
        return False, False, True
    last = [cell.text for cell in header[-1].cells if cell.text.strip()][-len(leaves) :]
    if len(last) < len(leaves):
        return False, False, False
    # the label of a column may be cut off at a line end
    fits = [
        leaf.words == label_of(text).words
        or (len(label_of(text).words) >= _SHORTEST_PART and leaf.words.startswith(label_of(text).words))
        for text, leaf in zip(last, leaves, strict=True)
    ]
    return all(fits), all(fits), False


def _strange(header: Sequence[Line], words: HeaderWords) -> bool:
    """Whether a label stands there that the form does not have: then a row may hold a figure too many."""
    return any(cell.text.strip() and not words.know(cell.text) for line in header for cell in line.cells)
