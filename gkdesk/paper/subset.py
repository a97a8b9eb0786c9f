"""Cutting a TrueType font down to the glyphs of one report, for embedding."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from struct import pack, unpack_from
from typing import BinaryIO

from gkdesk.paper.truetype import Face

_COPIED = (b"cvt ", b"fpgm", b"prep")
_MORE, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x1, 0x8, 0x40, 0x80
_CHECKSUM, _MASK = 0xB1B0AFBA, 0xFFFFFFFF
_GLYPHS_IN_PIECE = 512
_KEPT_SUMS = 256


def subset(face: Face, glyphs: Sequence[int]) -> tuple[bytes, ...]:
    """A font whose glyph i is glyph `glyphs[i]` of the face; parts of composite glyphs follow after them.

    It has the tables that a PDF needs for a font addressed by glyph (ISO 32000-1, 9.9), and no character map. It comes
    in pieces: where the glyphs are in the face's order, a further one changes the piece of its neighbours and no other
    with outlines, so what was made of the others can be kept. Raises OSError when the file has become unreadable, and
    struct.error when it is damaged.
    """
    return _source(face).subset(glyphs)


def bounding_box(face: Face) -> tuple[int, int, int, int]:
    """The box around all glyphs of the face in thousandths of an em: left, low, right, high."""
    return _source(face).box


@cache
def _source(face: Face) -> _Source:
    return _Source(face)


class _Source:
    """The tables of a face that every subset needs, read once, and the outlines read so far."""

    def __init__(self, face: Face) -> None:
        self.face = face
        with face.path.open("rb") as file:
            self.copied = {tag: face.read(file, tag) for tag in _COPIED if tag in face.tables}
            self.head, self.hhea = face.read(file, b"head"), face.read(file, b"hhea")
            self.maxp, self.metrics = face.read(file, b"maxp"), face.read(file, b"hmtx")
            loca = face.read(file, b"loca")
        self.full = unpack_from(">H", self.hhea, 34)[0]
        long_offsets = unpack_from(">h", self.head, 50)[0]
        self.offsets = _numbers("I" if long_offsets else "H", loca)
        self.scale = 1 if long_offsets else 2
        self.start = face.tables[b"glyf"][0]
        units = unpack_from(">H", self.head, 18)[0]
        left, low, right, high = (round(1000 * v / units) for v in unpack_from(">4h", self.head, 36))
        self.box = (left, low, right, high)
        self.outlines: dict[int, bytes] = {}

    def subset(self, glyphs: Sequence[int]) -> tuple[bytes, ...]:
        chosen = list(glyphs)
        places = {glyph: place for place, glyph in reversed(list(enumerate(chosen)))}
        outlines: list[bytes] = []
        with self.face.path.open("rb") as file:
            for glyph in chosen:  # grows by the parts of composite glyphs
                outline = self._outline(file, glyph)
                parts = [place for place, _part in _parts(outline)]
                if parts:
                    changed = bytearray(outline)
                    for place, part in _parts(outline):
                        if part not in places:
                            places[part] = len(chosen)
                            chosen.append(part)
                        changed[place : place + 2] = pack(">H", places[part])
                    outline = bytes(changed)
                outlines.append(outline + b"\0" * (-len(outline) % 4))
        offsets, total = [0], 0
        for outline in outlines:
            total += len(outline)
            offsets.append(total)
        metrics = b"".join(map(self._metric, chosen))
        neighbours = groupby(zip(chosen, outlines, strict=True), lambda pair: pair[0] // _GLYPHS_IN_PIECE)
        pieces = [b"".join(outline for _glyph, outline in pairs) for _number, pairs in neighbours]
        tables = {
            **self.copied,
            b"head": self.head[:8] + b"\0\0\0\0" + self.head[12:50] + b"\0\1" + self.head[52:],
            b"hhea": self.hhea[:34] + pack(">H", len(chosen)) + self.hhea[36:],
            b"hmtx": metrics,
            b"loca": pack(f">{len(offsets)}L", *offsets),
            b"maxp": self.maxp[:4] + pack(">H", len(chosen)) + self.maxp[6:],
        }
        return _assemble(tables, pieces)

    def _outline(self, file: BinaryIO, glyph: int) -> bytes:
        if glyph not in self.outlines:
            begin, end = (offset * self.scale for offset in self.offsets[glyph : glyph + 2])
            file.seek(self.start + begin)
            self.outlines[glyph] = file.read(end - begin)
        return self.outlines[glyph]

    def _metric(self, glyph: int) -> bytes:
        """Advance and left bearing; glyphs after the full pairs share the last advance."""
        if glyph < self.full:
            return self.metrics[4 * glyph : 4 * glyph + 4]
        advance = self.metrics[4 * self.full - 4 : 4 * self.full - 2]
        place = 4 * self.full + 2 * (glyph - self.full)
        return advance + self.metrics[place : place + 2]


def _parts(outline: bytes) -> Iterator[tuple[int, int]]:
    """Place and glyph number of each part of a composite glyph; nothing for any other."""
    if len(outline) < 10 or unpack_from(">h", outline)[0] >= 0:
        return
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, part = unpack_from(">HH", outline, place)
        yield place + 2, part
        place += 8 if flags & _WORDS else 6
        place += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0


def _assemble(tables: dict[bytes, bytes], outlines: Sequence[bytes]) -> tuple[bytes, ...]:
    """A font file with these tables and `outlines` as its table glyf; all outlines are multiples of four long."""
    names = sorted([*tables, b"glyf"])
    count = len(names)
    power = count.bit_length() - 1
    directory = bytearray(pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power)))
    before, after = bytearray(), bytearray()
    place, total = 12 + 16 * count, 0
    for name in names:
        pieces = outlines if name == b"glyf" else (tables[name],)
        length, checksum = sum(map(len, pieces)), sum(map(_checksum, pieces)) & _MASK
        directory += pack(">4sLLL", name, checksum, place, length)
        place += length + -length % 4
        total += checksum
        if name != b"glyf":
            body = before if name < b"glyf" else after
            if name == b"head":
                adjustment = len(body) + 8
            body += tables[name] + b"\0" * (-length % 4)
    # Tables begin at multiples of four, so the sum of the file is the sum of its parts.
    total += _checksum(bytes(directory))
    after[adjustment : adjustment + 4] = pack(">L", (_CHECKSUM - total) & _MASK)
    return (bytes(directory + before), *outlines, bytes(after))


@lru_cache(maxsize=_KEPT_SUMS)
def _checksum(data: bytes) -> int:
    return sum(_numbers("I", data + b"\0" * (-len(data) % 4))) & _MASK


def _numbers(kind: str, data: bytes) -> array[int]:
    numbers: array[int] = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
