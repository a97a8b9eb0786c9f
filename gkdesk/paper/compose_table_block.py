"""A set table as a block of a page: its rules, its texts, and where it may be cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from gkdesk.formats.model import Box
from gkdesk.paper.cells import Fitted
from gkdesk.paper.compose_blocks import Block, Rectangle
from gkdesk.paper.compose_table import LINE, ROW_HEIGHT, SetTable, share_height, text_height
from gkdesk.paper.content import left_aligned
from gkdesk.paper.geometry import centred
from gkdesk.paper.marks import Mark, Run, Stroke

FRAME = 1.0
"""Thickness of the frame in points."""

RULE = 0.5
"""Thickness of the rules inside."""

MOST_WHITE = 1 / 3
"""Part of a page that may stay empty before a table; where it would be more, the table is cut between bands."""


@dataclass(frozen=True)
class TableBlock(Block):
    """Rows of a table, with the header again when they are the later part of a cut one.

    `head` and `body` are indexes of grid rows, drawn in this order.
    """

    setting: SetTable
    head: tuple[int, ...]
    body: tuple[int, ...]
    keeps: bool = False
    bookmark: str = ""

    white = False

    @classmethod
    def whole(cls, setting: SetTable) -> TableBlock:
        """All rows of a table."""
        header = setting.table.header_rows
        rows = range(len(setting.table.rows))
        return cls(setting, tuple(rows[:header]), tuple(rows[header:]))

    @property
    def rows(self) -> tuple[int, ...]:
        """The grid rows that are drawn."""
        return self.head + self.body

    @cached_property
    def least(self) -> float:  # type: ignore[override]
        return sum(self.setting.least[row] for row in self.rows)

    @cached_property
    def wanted(self) -> float:  # type: ignore[override]
        return sum(max(self.setting.least[row], ROW_HEIGHT) for row in self.rows)

    @property
    def off_grid(self) -> bool:
        return True

    def split(self, room: float, page: float, *, force: bool) -> tuple[TableBlock, TableBlock] | None:
        """Cut between bands where much of the page would stay empty; anywhere between labels if no page holds it."""
        if self.least <= page:
            return self._cut(self._bands(), room) if room > MOST_WHITE * page else None
        return self._cut(self._free(), room) or (self._cut(range(1, len(self.body)), room) if force else None)

    def marks(self, top: float, height: float) -> list[Mark]:
        places = self._places(top, height)
        return [*self._rules(places), *self._texts(places)]

    def boxes(self, top: float, height: float) -> Iterator[tuple[str, Rectangle]]:
        edges, places = self.setting.edges, self._places(top, height)
        for box in self.setting.table.boxes:
            if box.cell is not None and box.row in places:
                left, right = edges[box.column], edges[box.column + box.colspan]
                y, high = places[box.row]
                yield box.cell, (left, y, right - left, high)

    def _places(self, top: float, height: float) -> dict[int, tuple[float, float]]:
        """Upper edge and height of each row that is drawn."""
        heights = share_height([self.setting.least[row] for row in self.rows], height)
        places: dict[int, tuple[float, float]] = {}
        for row, high in zip(self.rows, heights, strict=True):
            places[row] = (top, high)
            top += high
        return places

    def _bands(self) -> list[int]:
        """Places in the body before which a band begins."""
        rows = self.setting.table.rows
        return [place for place, row in enumerate(self.body) if place and rows[row].role == "band"]

    def _free(self) -> list[int]:
        """Places in the body that no box crosses; a header inside the table stays with the row under it."""
        table = self.setting.table
        crossed = {
            row for box in table.boxes for row in range(box.row + 1, box.row + box.rowspan)
        }  # fmt: skip
        return [
            place
            for place, row in enumerate(self.body)
            if place and row not in crossed and table.rows[row - 1].role == "data"
        ]

    def _cut(self, places: Sequence[int], room: float) -> tuple[TableBlock, TableBlock] | None:
        need = self.setting.least
        header = sum(need[row] for row in self.head)
        fitting = [p for p in places if header + sum(need[row] for row in self.body[:p]) <= room]
        if not fitting:
            return None
        place = fitting[-1]
        return replace(self, body=self.body[:place]), replace(self, body=self.body[place:], bookmark="")

    def _rules(self, places: dict[int, tuple[float, float]]) -> Iterator[Stroke]:
        """The rules where one box ends and another begins, each drawn in one stroke, and the frame over them."""
        edges, rows = self.setting.edges, list(places)
        owner = self._owners()
        columns = range(len(edges) - 1)
        for above, below in pairwise(rows):
            y = places[below][0]
            apart = [owner[above, column] is not owner[below, column] for column in columns]
            for first, last in _stretches(apart):
                yield Stroke(edges[first], y, edges[last], y, RULE)
        ends = [places[row][0] for row in rows]
        low = places[rows[-1]][0] + places[rows[-1]][1]
        ends.append(low)
        for column in columns[1:]:
            apart = [owner[row, column - 1] is not owner[row, column] for row in rows]
            for first, last in _stretches(apart):
                yield Stroke(edges[column], ends[first], edges[column], ends[last], RULE)
        left, right, high = edges[0], edges[-1], ends[0]
        half = FRAME / 2
        yield Stroke(left - half, high, right + half, high, FRAME)
        yield Stroke(left - half, low, right + half, low, FRAME)
        yield Stroke(left, high, left, low, FRAME)
        yield Stroke(right, high, right, low, FRAME)

    def _owners(self) -> dict[tuple[int, int], Box]:
        return {
            (row, column): box
            for box in self.setting.table.boxes
            for row in range(box.row, box.row + box.rowspan)
            for column in range(box.column, box.column + box.colspan)
        }

    def _texts(self, places: dict[int, tuple[float, float]]) -> Iterator[Run]:
        for box, fitted in zip(self.setting.table.boxes, self.setting.cells, strict=True):
            shown = [places[row] for row in range(box.row, box.row + box.rowspan) if row in places]
            if shown:
                # A label that runs over a cut stands on both pages.
                yield from self._text(box, fitted, shown[0][0], sum(height for _top, height in shown))

    def _text(self, box: Box, fitted: Fitted, top: float, height: float) -> Iterator[Run]:
        edges = self.setting.edges
        left, right = edges[box.column], edges[box.column + box.colspan]
        leading = LINE * fitted.size
        y = top + (height - text_height(fitted)) / 2
        aligned = left_aligned(box)
        for line in fitted.lines:
            x = left + self.setting.padding(box) if aligned else (left + right - line.width) / 2
            yield from line.runs(x, y + centred(leading, fitted.size))
            y += leading


def _stretches(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First index and end of each run of true ones."""
    first = None
    for i, flag in enumerate([*flags, False]):
        if flag and first is None:
            first = i
        elif not flag and first is not None:
            yield first, i
            first = None
