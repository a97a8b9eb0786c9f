"""Blocks from top to bottom, and their distribution over pages.

A block is a line of text, white space or a table. It stays on one page with the block after it when it `keeps`: that is
how headings find their text, paragraphs avoid single lines and tables their rows. What no page can hold is cut.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from gkdesk.paper.geometry import Sheet
from gkdesk.paper.linebreak import Line
from gkdesk.paper.marks import Bookmark, Mark, Place

_TOLERANCE = 0.01
_AFTER_TABLE = 0.5
"""White between a table and the grid line of the text below it, in lines."""


Rectangle = tuple[float, float, float, float]
"""x, y, width and height in points; (x, y) is the top left corner."""


class Block(ABC):
    """Something of the text block's width. Heights are in points: `least` can be stood, `wanted` is best."""

    __slots__ = ()
    least: float
    wanted: float
    keeps: bool
    white: bool
    bookmark: str
    level: int = 0
    """Level of the bookmark, 0 the outermost."""

    @property
    def off_grid(self) -> bool:
        """True where the next line of text has to find the grid of lines again."""
        return False

    @abstractmethod
    def marks(self, top: float, height: float) -> list[Mark]:
        """What it draws when it stands `height` points high from `top` on."""

    def boxes(self, top: float, height: float) -> Iterable[tuple[str, Rectangle]]:
        """The cells of the report that it shows when it stands there: id and box."""
        return ()

    def split(self, room: float, page: float, *, force: bool) -> tuple[Block, Block] | None:
        """Two blocks, the first at most `room` high, or None where it should go to the next page as a whole.

        `page` is the height of a whole page. `force` tells that the next page has no more room than this one.
        """
        return None


@dataclass(frozen=True, slots=True)
class TextLine(Block):
    """One line of the grid: a set line whose measure begins at x; none for white space.

    `drop` is the distance from the line's upper edge to its baseline.
    """

    line: Line | None
    x: float
    height: float
    drop: float
    keeps: bool = False
    bookmark: str = ""
    level: int = 0

    @property
    def least(self) -> float:  # type: ignore[override]
        return self.height

    @property
    def wanted(self) -> float:  # type: ignore[override]
        return self.height

    @property
    def white(self) -> bool:  # type: ignore[override]
        return self.line is None

    def marks(self, top: float, height: float) -> list[Mark]:
        if self.line is None:
            return []
        return list(self.line.runs(self.x, top + self.drop))


@dataclass(frozen=True, slots=True)
class Paginated:
    """The marks of each page in the order of the blocks, at least one page, and what stands where on them."""

    pages: list[list[Mark]]
    bookmarks: list[Bookmark]
    places: list[Place]


def paginate(blocks: Iterable[Block], sheet: Sheet) -> Paginated:
    """Distribute blocks over pages."""
    pager = _Pager(sheet)
    queue = deque(blocks)
    while queue:
        group = _group(queue, sheet.grid_height)
        others, last = sum(block.least for block in group[:-1]) + pager.trim(group), group[-1]
        fresh = pager.y == 0
        if others + last.least <= pager.room + _TOLERANCE:
            pager.place(group)
            _drop(queue, len(group))
        elif parts := last.split(pager.room - others, sheet.block_height, force=fresh):
            pager.place([*group[:-1], parts[0]])
            _drop(queue, len(group))
            queue.appendleft(parts[1])
            pager.turn()
        elif not fresh:
            pager.turn()
        else:
            # No page holds what wants to stay together: the first of it are placed alone.
            fitting = _fitting(group, pager.room)
            pager.place(group[:fitting])
            _drop(queue, fitting)
    return Paginated(pager.pages, pager.bookmarks, pager.places)


class _Pager:
    """Pages so far; y is the distance from the top of the grid.

    Lines of text reach over the text block by half a space at its top and bottom, all else keeps inside it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.edge = sheet.space / 2
        self.pages: list[list[Mark]] = [[]]
        self.bookmarks: list[Bookmark] = []
        self.places: list[Place] = []
        self.y = 0.0

    @property
    def room(self) -> float:
        return self.sheet.grid_height - self.y

    def trim(self, group: Sequence[Block]) -> float:
        """What the edges of the text block take from the room for a group."""
        return self.edge * ((group[0].off_grid and self.y == 0) + group[-1].off_grid)

    def turn(self) -> None:
        self.pages.append([])
        self.y = 0.0

    def place(self, blocks: Sequence[Block]) -> None:
        least = sum(block.least for block in blocks)
        for block in blocks:
            if block.white and self.y == 0:
                least -= block.least
                continue
            room = self.room - (least - block.least)
            if block.off_grid:
                self.y = max(self.y, self.edge)
                room = self.room - self.edge - (least - block.least)
            # A table takes what the others leave, up to what it wants.
            height = min(block.wanted, max(room, block.least))
            least -= block.least
            if block.off_grid:
                height = self._on_grid(block.least, height)
            top = self.sheet.grid_top + self.y
            if block.bookmark:
                self.bookmarks.append(Bookmark(block.bookmark, block.level, len(self.pages) - 1, top))
            self.pages[-1] += block.marks(top, height)
            self.places += [Place(key, len(self.pages) - 1, *box) for key, box in block.boxes(top, height)]
            self.y += height
            if block.off_grid:
                lines = ceil(self.y / self.sheet.leading + _AFTER_TABLE - _TOLERANCE)
                self.y = min(lines * self.sheet.leading, self.sheet.grid_height)

    def _on_grid(self, least: float, height: float) -> float:
        """The height nearest to a table's own that leaves the usual white down to a line of the grid."""
        leading = self.sheet.leading
        lines = round((self.y + height) / leading + _AFTER_TABLE)
        fitting = (lines - _AFTER_TABLE) * leading - self.y
        if fitting < least:
            fitting += leading
        return fitting if self.y + fitting <= self.sheet.grid_height - self.edge else height


def _group(queue: deque[Block], page: float) -> list[Block]:
    """The blocks at the head of the queue that stay together; no more than one page cannot hold."""
    group: list[Block] = []
    height = 0.0
    for block in queue:
        group.append(block)
        height += block.least
        if not block.keeps or height > page:
            break
    return group


def _fitting(group: Sequence[Block], room: float) -> int:
    """How many blocks of a group fit into a page; at least one."""
    count = 0
    for block in group:
        room -= block.least
        if room < -_TOLERANCE:
            break
        count += 1
    return max(count, 1)


def _drop(queue: deque[Block], count: int) -> None:
    for _block in range(count):
        queue.popleft()
