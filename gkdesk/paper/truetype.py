"""One TrueType font file: which characters it has, how wide they are, whether it may be embedded.

Only the tables that setting text needs are read (head, hhea, hmtx, cmap; OS/2, name and the boxes of glyf when asked
for), because opening a Chinese font whole costs half a second.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from struct import Struct, error, unpack_from
from typing import BinaryIO, Literal

FULL_WIDTH = 0.95
"""From this advance on, in ems, a mark of punctuation counts as one em wide."""

_HALF = 0.5
_SLACK = 0.02
_DIRECTORY = Struct(">4sLLL")
_RESTRICTED, _PREVIEW, _EDITABLE, _NO_SUBSET, _BITMAPS_ONLY = 0x2, 0x4, 0x8, 0x100, 0x200
_CHINA = 0x0804

Reason = Literal["unreadable", "damaged", "outlines", "embedding"]


class UnusableFontError(Exception):
    """A font file that cannot be set or embedded.

    `reason` is `unreadable` (no access), `damaged`, `outlines` (not TrueType: CFF or bitmaps) or `embedding`
    (its licence bits forbid embedding of a subset).
    """

    def __init__(self, path: Path, reason: Reason) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason: Reason = reason


class _Advances(dict[str, float]):
    """Advance in ems by character, read when first asked for; a missing character takes that of `.notdef`."""

    __slots__ = ("_face",)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        advance = self._face.glyph_advance(self._face.glyph(char))
        self[char] = advance
        return advance


class _Glyphs(dict[str, int]):
    """Glyph by character, looked up in the font's map when first asked for; 0 for a missing character."""

    __slots__ = ("_map",)

    def __init__(self, characters: _CharacterMap) -> None:
        super().__init__()
        self._map = characters

    def __missing__(self, char: str) -> int:
        self[char] = glyph = self._map.glyph(ord(char))
        return glyph


class Face:
    """One font of a file. Obtain it through `open_face`, so that each font is parsed once a process.

    Attributes: `path`; `index` of the font in a collection (0 for a plain file); `advances`, a mapping from a
    character to its advance in ems; `ascent` and `descent` (positive, below) in ems; `tables`, offset and length of
    each table in the file.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        """Raise UnusableFontError when the file cannot be used at all; `check_embedding` asks for the rest."""
        self.path = path
        self.index = index
        self._halves: dict[str, Literal["left", "right"] | None] = {}
        try:
            with path.open("rb") as file:
                self.tables = _read_directory(file, index)
                if not {b"glyf", b"loca"} <= self.tables.keys():
                    raise UnusableFontError(path, "outlines")
                head, hhea = self.read(file, b"head"), self.read(file, b"hhea")
                self._units: int = unpack_from(">H", head, 18)[0]
                self._long_offsets: bool = unpack_from(">h", head, 50)[0] != 0
                ascent, descent = unpack_from(">hh", hhea, 4)
                self.ascent, self.descent = ascent / self._units, -descent / self._units
                self._widths = self._read_widths(file, *unpack_from(">H", hhea, 34))
                self._glyphs = _Glyphs(_CharacterMap(self.read(file, b"cmap")))
        except OSError as reason:
            raise UnusableFontError(path, "unreadable") from reason
        except (error, KeyError, IndexError, ValueError, ZeroDivisionError) as reason:
            raise UnusableFontError(path, "damaged") from reason
        self.advances: dict[str, float] = _Advances(self)

    def __repr__(self) -> str:
        return f"Face({self.path.name!r}, {self.index})"

    def glyph(self, char: str) -> int:
        """Number of the glyph for a character, 0 when the font lacks it."""
        return self._glyphs[char]

    def has(self, char: str) -> bool:
        """Whether the font has a glyph of its own for the character."""
        return self._glyphs[char] != 0

    def glyph_advance(self, glyph: int) -> float:
        """Advance of a glyph in ems; glyphs past the table repeat its last width, as the format says."""
        width: int = self._widths[min(glyph, len(self._widths) - 1)]
        return width / self._units

    def measure(self, text: str) -> float:
        """Advance of a whole text in ems."""
        return sum(map(self.advances.__getitem__, text))

    def missing(self, chars: Iterable[str]) -> set[str]:
        """Those of the characters that the font lacks."""
        return {char for char in chars if not self.has(char)}

    def half(self, char: str) -> Literal["left", "right"] | None:
        """The half of its em square that holds all ink of a full-width mark, None for any other character.

        Fonts differ here (？ fills the left half in one and stands centred in the next), so the outline is asked.
        """
        if char not in self._halves:
            self._halves[char] = self._find_half(char)
        return self._halves[char]

    def check_embedding(self) -> None:
        """Raise UnusableFontError unless the licence bits (OS/2 fsType) allow embedding a subset."""
        try:
            with self.path.open("rb") as file:
                (bits,) = unpack_from(">H", self.read(file, b"OS/2"), 8) if b"OS/2" in self.tables else (0,)
        except OSError as reason:
            raise UnusableFontError(self.path, "unreadable") from reason
        except (error, ValueError) as reason:
            raise UnusableFontError(self.path, "damaged") from reason
        # When several of the three usage bits are set, the least restrictive one holds.
        restricted = bits & _RESTRICTED and not bits & (_PREVIEW | _EDITABLE)
        if restricted or bits & (_NO_SUBSET | _BITMAPS_ONLY):
            raise UnusableFontError(self.path, "embedding")

    def family(self) -> str:
        """Family name for people, in Chinese when the font has one; the file's name when it has none."""
        try:
            with self.path.open("rb") as file:
                return _family(self.read(file, b"name")) or self.path.stem
        except (OSError, error, KeyError, ValueError):
            return self.path.stem

    def read(self, file: BinaryIO, tag: bytes) -> bytes:
        """A whole table of the font's open file. Raises KeyError without it, ValueError when it is cut."""
        offset, length = self.tables[tag]
        file.seek(offset)
        data = file.read(length)
        if len(data) < length:
            raise ValueError("a table is cut")
        return data

    def _read_widths(self, file: BinaryIO, count: int) -> array[int]:
        # hmtx holds (advance, left bearing) pairs: every other number is an advance.
        file.seek(self.tables[b"hmtx"][0])
        widths = _numbers("H", file.read(4 * count))[::2]
        if not widths:
            raise ValueError("no advances")
        return widths

    def _find_half(self, char: str) -> Literal["left", "right"] | None:
        glyph = self.glyph(char)
        if not glyph or self.advances[char] < FULL_WIDTH:
            return None
        try:
            with self.path.open("rb") as file:
                left, right = self._ink(file, glyph)
        except (OSError, error):
            return None
        if right <= _HALF + _SLACK:
            return "left"
        return "right" if left >= _HALF - _SLACK else None

    def _ink(self, file: BinaryIO, glyph: int) -> tuple[float, float]:
        """Left and right edge of a glyph's outline in ems; (0, 1) for a blank one, which has no half."""
        start = self.tables[b"loca"][0]
        file.seek(start + glyph * (4 if self._long_offsets else 2))
        begin, end = unpack_from(">LL" if self._long_offsets else ">HH", file.read(8))
        if begin == end:
            return 0.0, 1.0
        # Short offsets count pairs of bytes.
        file.seek(self.tables[b"glyf"][0] + begin * (1 if self._long_offsets else 2))
        _contours, left, _low, right = unpack_from(">hhhh", file.read(10))
        return left / self._units, right / self._units


@cache
def open_face(path: Path, index: int = 0) -> Face:
    """The font of a file, parsed once a process. Raises UnusableFontError."""
    return Face(path, index)


class _CharacterMap:
    """The best Unicode subtable of a cmap: format 12 (all planes) before format 4 (first plane)."""

    def __init__(self, table: bytes) -> None:
        count: int = unpack_from(">H", table, 2)[0]
        found: dict[int, int] = {}
        for i in range(count):
            platform, encoding, offset = unpack_from(">HHL", table, 4 + 8 * i)
            if platform == 0 or (platform == 3 and encoding in (1, 10)):
                found.setdefault(unpack_from(">H", table, offset)[0], offset)
        if 12 in found:
            self._read_12(table, found[12])
        elif 4 in found:
            self._read_4(table, found[4])
        else:
            raise ValueError("no Unicode character map")

    def _read_12(self, table: bytes, offset: int) -> None:
        (count,) = unpack_from(">L", table, offset + 12)
        groups = _numbers("I", table[offset + 16 : offset + 16 + 12 * count])
        if len(groups) < 3 * count:
            raise ValueError("character map is cut")
        self._starts, self._ends, self._firsts = groups[0::3], groups[1::3], groups[2::3]
        self._offsets = self._glyphs = array("H")

    def _read_4(self, table: bytes, offset: int) -> None:
        (length, double) = unpack_from(">H2xH", table, offset + 2)
        numbers = _numbers("H", table[offset + 14 : offset + length & ~1])
        count = double // 2
        # Four arrays of one number a segment, with a blank after the first; glyph numbers follow the last.
        self._ends = numbers[:count]
        self._starts = numbers[count + 1 : 2 * count + 1]
        self._firsts = numbers[2 * count + 1 : 3 * count + 1]
        self._offsets = numbers[3 * count + 1 : 4 * count + 1]
        self._glyphs = numbers[3 * count + 1 :]
        if len(self._offsets) < count:
            raise ValueError("character map is cut")

    def glyph(self, code: int) -> int:
        i = bisect_left(self._ends, code)
        if i == len(self._ends) or code < self._starts[i]:
            return 0
        if not self._glyphs:
            return self._firsts[i] + code - self._starts[i]
        if not self._offsets[i]:
            return (self._firsts[i] + code) & 0xFFFF
        # An offset counts bytes from its own place in the array of offsets.
        place = i + self._offsets[i] // 2 + code - self._starts[i]
        glyph = self._glyphs[place] if place < len(self._glyphs) else 0
        return (glyph + self._firsts[i]) & 0xFFFF if glyph else 0


def _numbers(kind: Literal["H", "I"], data: bytes) -> array[int]:
    numbers: array[int] = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _read_directory(file: BinaryIO, index: int) -> dict[bytes, tuple[int, int]]:
    start = file.read(12)
    base = 0
    if start[:4] == b"ttcf":
        file.seek(12 + 4 * index)
        (base,) = unpack_from(">L", file.read(4))
        file.seek(base)
        start = file.read(12)
    elif index:
        raise ValueError("not a collection")
    (count,) = unpack_from(">H", start, 4)
    entries = _DIRECTORY.iter_unpack(file.read(_DIRECTORY.size * count))
    return {tag: (offset, length) for tag, _checksum, offset, length in entries}


def _family(table: bytes) -> str:
    count, storage = unpack_from(">HH", table, 2)
    best, rank = "", 0
    for i in range(count):
        platform, encoding, language, name, length, offset = unpack_from(">6H", table, 6 + 12 * i)
        if platform != 3 or encoding not in (1, 10) or name not in (1, 16):
            continue
        score = 1 + (name == 16) + 2 * (language == _CHINA)
        if score > rank:
            raw = table[storage + offset : storage + offset + length]
            best, rank = raw.decode("utf-16-be", "replace"), score
    return best
