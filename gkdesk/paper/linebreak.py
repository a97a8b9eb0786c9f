"""Paragraphs into lines: 避头尾, justification, marks squeezed where they meet.

reportlab's own paragraphs break Chinese rules and drop characters, so lines are broken here, from prefix sums of
advances: the end of a line is found by bisection and mended backwards to the next legal place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from gkdesk.paper.breaks import FORBIDDEN, IN_ADDRESS, IN_WORD, LEGAL, clean, find_breaks
from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.marks import Run
from gkdesk.paper.truetype import Face

MAX_STRETCH: Final = 0.2
"""Most that justification adds between two characters, in ems. A line that would need more stays ragged."""

HOLE: Final = 1.5
"""What a ragged line may lack at its end, in ems, before an address is cut at any letter to fill it."""

HALF: Final = 0.5
"""What a squeezed mark gives up, in ems: the empty half of its square."""

_TOLERANCE = 1e-6
# Marks that fill one half of their square in most faces; the face itself is asked about each.
_LEFT = "，。、；：！？）》〉】』」〕〗］｝”’"
_RIGHT = "（《〈【『「〔〖［｛“‘"
_MEETING = re.compile(f"[{_LEFT}](?=[{_LEFT}{_RIGHT}])|[{_RIGHT}](?=[{_RIGHT}])")
_SPACES = " \u3000"
_WORD_SPACE = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a paragraph in one role and size (points)."""

    text: str
    role: Role
    size: float


class Piece(NamedTuple):
    """Characters of one face at a distance x from the start of the text block, in points."""

    x: float
    text: str
    face: Face
    size: float
    spacing: float


@dataclass(frozen=True, slots=True)
class Line:
    """One set line.

    `pieces` are in order of reading, their x counted from the left edge of the measure (an indent is in it). `text`
    is the line's part of the paragraph, spaces at its end included. `width` is what is visible, without
    the indent. `stretch` is the justification in points between two characters. `forced` tells that no legal place
    was found and that a word, number or run of marks was cut.
    """

    pieces: tuple[Piece, ...]
    text: str
    width: float
    indent: float
    stretch: float
    forced: bool

    def runs(self, x: float, baseline: float, grey: float = 0.0) -> list[Run]:
        """The line as marks of a page, its measure beginning at x."""
        return [Run(x + p.x, baseline, p.text, p.face, p.size, p.spacing, grey) for p in self.pieces]


def break_lines(
    spans: Sequence[Span], faces: FaceSet, measure: float, *, first_indent: float = 0.0, justify: bool = True
) -> list[Line]:
    r"""Break one paragraph into lines of at most `measure` points; the last line is not justified.

    A \n in the text ends a line, which is not justified and not followed by an indent. The texts of the lines joined
    are the cleaned text without \n. An empty text gives one empty line. Lines keep within the measure but
    for a measure narrower than a single character.
    """
    lines: list[Line] = []
    for part in _hard_lines(spans):
        indent = 0.0 if lines else first_indent
        lines += _Paragraph(part, faces).lines(measure, indent, justify)
    return lines


def natural_width(spans: Sequence[Span], faces: FaceSet) -> float:
    """Width in points of a text on one line, marks squeezed where they meet."""
    return max(_Paragraph(part, faces).width() for part in _hard_lines(spans))


def _hard_lines(spans: Sequence[Span]) -> Iterator[list[Span]]:
    part: list[Span] = []
    for span in spans:
        head, *rest = clean(span.text).split("\n")
        part.append(Span(head, span.role, span.size))
        for text in rest:
            yield part
            part = [Span(text, span.role, span.size)]
    yield part


class _Paragraph:
    """A text with its faces, advances and places to break at.

    `ends[i]` is the advance of the first i characters, `gaps[i]` the number of gaps after them that justification
    may widen (none inside a Latin word); `starts` are the places where a new piece begins, `fonts` their faces and
    sizes; `squeezed[i]` is what mark i gave up because of the mark after it.
    """

    def __init__(self, spans: Sequence[Span], faces: FaceSet) -> None:
        self.text = "".join(span.text for span in spans)
        # Without a Latin face of its own the text has no words that must not be stretched.
        self.latin = faces.latin if faces.latin is not faces[Role.FANG] else None
        self.starts: list[int] = []
        self.fonts: list[tuple[Face, float]] = []
        self.squeezed: dict[int, float] = {}
        advances: list[float] = []
        place = 0
        for span in spans:
            for face, text in faces.split(span.text, span.role):
                self.starts.append(place)
                self.fonts.append((face, span.size))
                size = span.size
                advances += [size * advance for advance in map(face.advances.__getitem__, text)]
                place += len(text)
        self.places = find_breaks(self.text)
        self._squeeze(advances)
        self.ends = list(accumulate(advances, initial=0.0))
        self._cut()
        self.gaps = self._count_gaps()

    def font(self, place: int) -> tuple[Face, float]:
        """Face and size of a character."""
        return self.fonts[bisect_right(self.starts, place) - 1]

    def width(self) -> float:
        """Width of everything on one line."""
        return self._visible(0, len(self.text))[1]

    def lines(self, measure: float, indent: float, justify: bool) -> list[Line]:
        lines = []
        start, end = 0, len(self.text)
        while True:
            stop, forced = self._stop(start, measure - indent, measure)
            filled = justify and stop < end
            lines.append(self._line(start, stop, measure - indent, indent, justify=filled, forced=forced))
            if stop >= end:
                return lines
            start, indent = stop, 0.0

    def _squeeze(self, advances: list[float]) -> None:
        """Take the empty half between two marks that meet: ）， or 》《 or “《 stand as in print."""
        for found in _MEETING.finditer(self.text):
            first = found.start()
            # A closing mark gives up its own empty half, an opening one that of the opening mark after it.
            giver, half = (first, "left") if found[0] in _LEFT else (first + 1, "right")
            face, size = self.font(giver)
            if face.half(self.text[giver]) == half:
                advances[first] -= HALF * size
                self.squeezed[first] = HALF * size

    def _cut(self) -> None:
        """Begin a piece after each squeezed mark and after the spaces between Latin words."""
        cuts = {place + 1 for place in self.squeezed}
        for found in _WORD_SPACE.finditer(self.text):
            if self.font(found.start())[0] is self.latin:
                cuts.add(found.end())
        cuts.difference_update(self.starts)
        cuts.discard(len(self.text))
        if cuts:
            merged = sorted((*self.starts, *cuts))
            self.fonts = [self.font(place) for place in merged]
            self.starts = merged

    def _count_gaps(self) -> list[int]:
        wide = bytearray(b"\1") * len(self.text)
        ends = (*self.starts, len(self.text))
        for i, (face, _size) in enumerate(self.fonts):
            start, stop = ends[i : i + 2]
            if face is self.latin:
                wide[start : stop - 1] = bytes(stop - 1 - start)
        return list(accumulate(wide, initial=0))

    def _visible(self, start: int, stop: int) -> tuple[int, float]:
        """End of a line without the spaces at its end, and the width up to there."""
        text, end = self.text, stop
        while end > start and text[end - 1] in _SPACES:
            end -= 1
        if end == start:
            return end, 0.0
        return end, self.ends[end] - self.ends[start] + self.squeezed.get(end - 1, 0.0)

    def _least(self, start: int, stop: int) -> float:
        """Width of a line whose last mark gives up its empty half."""
        end, width = self._visible(start, stop)
        if end == start or self.text[end - 1] not in _LEFT:
            return width
        face, size = self.font(end - 1)
        return width - HALF * size if face.half(self.text[end - 1]) == "left" else width

    def _furthest(self, start: int, room: float) -> int:
        """The last place at which a line may end by its width alone; at least one character fits."""
        text, ends = self.text, self.ends
        stop = max(bisect_right(ends, ends[start] + room + _TOLERANCE, start + 1) - 1, start + 1)
        if stop > start + 1 and self._least(start, stop) > room + _TOLERANCE:
            # The last mark was counted squeezed, which it no longer is at the end of a line.
            stop -= 1
        elif stop < len(text) and self._least(start, stop + 1) <= room + _TOLERANCE:
            stop += 1
        while stop < len(text) and text[stop] in _SPACES:
            stop += 1
        return stop

    def _stop(self, start: int, room: float, measure: float) -> tuple[int, bool]:
        """Where the line that begins at `start` ends, and whether that place had to be forced."""
        end = len(self.text)
        if start >= end:
            return end, False
        furthest = self._furthest(start, room)
        if furthest >= end:
            return end, False
        places = self.places
        stop = places.rfind(LEGAL, start + 1, furthest + 1)
        if stop > start and not self._hollow(start, stop, room):
            return stop, False
        # What follows is long. An address is cut anywhere, a longer word only if no line holds it.
        address = places.rfind(IN_ADDRESS, start + 1, furthest + 1)
        if address > stop:
            return address, False
        if stop > start and self.ends[places.find(LEGAL, stop + 1)] - self.ends[stop] <= measure:
            return stop, False
        for kind in (IN_WORD, FORBIDDEN):
            forced = places.rfind(kind, start + 1, furthest + 1)
            if forced > start:
                return max(forced, stop), forced > stop
        return furthest, True

    def _hollow(self, start: int, stop: int, room: float) -> bool:
        """Whether a line can be neither justified nor left ragged without a hole that is seen."""
        hole = room - self._visible(start, stop)[1]
        return self._stretch(start, stop, room) > MAX_STRETCH and hole > HOLE * self.font(start)[1]

    def _stretch(self, start: int, stop: int, room: float) -> float:
        """What each gap of a line would get, in ems of its first character."""
        end, width = self._visible(start, stop)
        if width >= room or end == start:
            return 0.0
        gaps = self.gaps[end - 1] - self.gaps[start]
        return (room - width) / gaps / self.font(start)[1] if gaps > 0 else float("inf")

    def _line(
        self, start: int, stop: int, room: float, indent: float, *, justify: bool, forced: bool
    ) -> Line:
        _end, width = self._visible(start, stop)
        spacing = 0.0
        if justify and (ems := self._stretch(start, stop, room)) <= MAX_STRETCH:
            spacing = ems * self.font(start)[1]
        shown = room if spacing else min(width, max(room, self._least(start, stop)))
        pieces = tuple(self._pieces(start, stop, indent, spacing))
        return Line(pieces, self.text[start:stop], shown, indent, spacing, forced)

    def _pieces(self, start: int, stop: int, indent: float, spacing: float) -> Iterator[Piece]:
        i = bisect_right(self.starts, start)
        origin, before = indent - self.ends[start], self.gaps[start]
        first = start
        while first < stop:
            last = min(self.starts[i], stop) if i < len(self.starts) else stop
            face, size = self.fonts[i - 1]
            x = origin + self.ends[first] + spacing * (self.gaps[first] - before)
            yield Piece(x, self.text[first:last], face, size, 0.0 if face is self.latin else spacing)
            first = last
            i += 1
