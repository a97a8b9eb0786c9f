"""Faces embedded in a PDF: one subset a face, addressed by glyph, with the characters for copying and searching.

reportlab's own TrueType fonts come in pieces of 256 characters, name characters beyond U+FFFF wrongly and parse every
font whole; a composite font (ISO 32000-1, 9.7.4) needs none of that.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.pdfbase import pdfdoc

from gkdesk.paper.subset import bounding_box, subset
from gkdesk.paper.truetype import Face

LEVEL = 4
"""Of zlib: half the time of its usual 6, and a report is 2 % larger."""

_MOST_LINES = 100
_KEPT_PIECES = 256
_KEPT_CUTS = 16
_ZLIB_HEAD, _DEFLATE_END = b"\x78\x5e", b"\x03\x00"
_SYMBOLIC = 4
_UPRIGHT_STEM = 80
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{lines}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class EmbeddedFace:
    """The characters of one face that a document uses; each has its own glyph in the subset."""

    def __init__(self, face: Face, name: str, chars: Iterable[str]) -> None:
        """`name` is the font's name in the content of the pages, `chars` is everything that is set from it."""
        self.face = face
        self.name = name
        # The face's own order: the subset then keeps most of its pieces when a character comes in.
        self._chars = tuple(sorted(set(chars), key=lambda char: (face.glyph(char), char)))
        # Glyph 0 is the sign for a missing character.
        self._codes = {ord(char): f"{code:04X}" for code, char in enumerate(self._chars, 1)}

    def encode(self, text: str) -> str:
        """The text as hexadecimal codes, two bytes a character."""
        return text.translate(self._codes)

    def add_to(self, document: Any) -> Any:
        """Put the font with its subset into the document (of reportlab); a reference to it."""
        cut = _cut(self.face, self._chars)
        name = f"{cut.tag}+{_plain_name(self.face)}"
        box = bounding_box(self.face)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(box),
                "ItalicAngle": 0,
                "Ascent": round(1000 * self.face.ascent),
                "Descent": -round(1000 * self.face.descent),
                "CapHeight": round(1000 * self.face.ascent),
                "StemV": _UPRIGHT_STEM,
                "FontFile2": _add_packed(document, cut.program, Length1=cut.length),
            }
        )
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "CIDToGIDMap": pdfdoc.PDFName("Identity"),
                "DW": 1000,
                "W": f"[0 [{cut.widths}]]",
                "FontDescriptor": document.Reference(descriptor),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": _add_packed(document, cut.unicode),
            }
        )
        return document.Reference(font)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A face cut down to some characters: the packed font, advances in thousandths of an em, the packed ToUnicode.

    `length` is that of the font before packing.
    """

    program: bytes
    length: int
    tag: str
    widths: str
    unicode: bytes


@lru_cache(maxsize=_KEPT_CUTS)
def _cut(face: Face, chars: tuple[str, ...]) -> _Cut:
    """Kept, for an edit seldom changes the characters of more than one face."""
    glyphs = [0, *map(face.glyph, chars)]
    program = subset(face, glyphs)
    return _Cut(
        program=_pack(program),
        length=sum(map(len, program)),
        tag=_tag(glyphs),
        widths=" ".join(_number(1000 * face.glyph_advance(glyph)) for glyph in glyphs),
        unicode=zlib.compress(_to_unicode(chars).encode("ascii"), LEVEL),
    )


def stream(document: Any, data: bytes, **entries: int) -> Any:
    """Put a compressed stream into the document (of reportlab); a reference to it."""
    return _add_packed(document, zlib.compress(data, LEVEL), **entries)


def _add_packed(document: Any, packed: bytes, **entries: int) -> Any:
    facts = {**entries, "Filter": pdfdoc.PDFName("FlateDecode")}
    # What has its filter named is not compressed again.
    return document.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(facts), packed + b"\n"))


def _pack(pieces: Sequence[bytes]) -> bytes:
    """The pieces as one zlib stream (RFC 1950): each compressed for itself, so that most of them are from last time."""
    check = 1
    for piece in pieces:
        check = zlib.adler32(piece, check)
    return b"".join((_ZLIB_HEAD, *map(_packed_piece, pieces), _DEFLATE_END, check.to_bytes(4, "big")))


@lru_cache(maxsize=_KEPT_PIECES)
def _packed_piece(piece: bytes) -> bytes:
    """Blocks of deflate that end at a byte and are not the last ones."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)


def _to_unicode(chars: Sequence[str]) -> str:
    """The map from codes to characters, UTF-16BE also beyond U+FFFF."""
    lines: list[str] = []
    for first in range(0, len(chars), _MOST_LINES):
        part = chars[first : first + _MOST_LINES]
        lines.append(f"{len(part)} beginbfchar")
        lines += [
            f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>"
            for code, char in enumerate(part, first + 1)
        ]
        lines.append("endbfchar")
    return _CMAP.format(lines="\n".join(lines))


def _tag(glyphs: Sequence[int]) -> str:
    """Six capital letters that stand for this subset (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr(glyphs).encode("ascii")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _plain_name(face: Face) -> str:
    return re.sub("[^A-Za-z0-9-]", "", face.path.stem) or "Font"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
