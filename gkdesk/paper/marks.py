"""What a finished page consists of: runs of text, strokes and boxes. Writers draw these and decide nothing.

Coordinates are points from the top left corner of the sheet, y downward (the PDF writer turns y over; OFD needs no
turning). Marks are drawn in their order, so what lies below comes first. `grey` runs from 0 (black) to 1 (white).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gkdesk.paper.truetype import Face


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face and size on one baseline.

    `x` is the origin of the first character; `spacing` is added after every character, the last one too
    (charSpace of PDF). `angle` turns the run about its origin, in degrees against the clock (watermark).
    """

    x: float
    baseline: float
    text: str
    face: Face
    size: float
    spacing: float = 0.0
    grey: float = 0.0
    angle: float = 0.0

    @property
    def width(self) -> float:
        """Advance of the run in points, without the spacing after its last character."""
        return self.face.measure(self.text) * self.size + self.spacing * max(len(self.text) - 1, 0)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from (x0, y0) to (x1, y1), `width` points thick, centred on the two ends."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle without outline; (x, y) is its top left corner."""

    x: float
    y: float
    width: float
    height: float
    grey: float


Mark = Run | Stroke | Box


@dataclass(frozen=True, slots=True)
class Page:
    """One finished page; `number` is the printed one, None on a page without number (签批单)."""

    marks: tuple[Mark, ...]
    number: int | None
    width: float
    height: float

    def runs(self) -> Iterator[Run]:
        """The text of the page in the order in which it is drawn."""
        return (mark for mark in self.marks if isinstance(mark, Run))


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: `level` 0 is the outermost, `page` counts from 0, `y` is the top of its place."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of the report stands on paper: `key` is a cell's id, empty for a text that was looked for.

    `page` counts from 0; the box is in points from the top left corner of the sheet.
    """

    key: str
    page: int
    x: float
    y: float
    width: float
    height: float
