"""Faces embedded in a PDF: one subset a face, addressed by glyph, with the characters for copying and searching.

reportlab's own TrueType fonts come in pieces of 256 characters, name characters beyond U+FFFF wrongly and parse every
font whole; a composite font (ISO 32000-1, 9.7.4) needs none of that.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from reportlab.pdfbase import pdfdoc

from gkdesk.paper.subset import bounding_box, subset
from gkdesk.paper.truetype import Face

_MOST_LINES = 100
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


class _Codes(dict[int, str]):
    """For str.translate: a character -> its two bytes in hexadecimal, given when first asked for."""

    __slots__ = ("chars",)

    def __init__(self) -> None:
        super().__init__()
        self.chars: list[str] = []

    def __missing__(self, code: int) -> str:
        self.chars.append(chr(code))
        # Glyph 0 is the sign for a missing character.
        encoded = f"{len(self.chars):04X}"
        self[code] = encoded
        return encoded


class EmbeddedFace:
    """The characters of one face that a document uses; each has its own glyph in the subset."""

    def __init__(self, face: Face, name: str) -> None:
        """`name` is the font's name in the content of the pages."""
        self.face = face
        self.name = name
        self._codes = _Codes()

    def encode(self, text: str) -> str:
        """The text as hexadecimal codes, two bytes a character."""
        return text.translate(self._codes)

    def add_to(self, document: Any) -> Any:
        """Put the font with its subset into the document (of reportlab); a reference to it."""
        glyphs = [0, *(self.face.glyph(char) for char in self._codes.chars)]
        data = subset(self.face, glyphs)
        name = f"{_tag(data)}+{_plain_name(self.face)}"
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
                "FontFile2": stream(document, data, Length1=len(data)),
            }
        )
        widths = [_number(1000 * self.face.glyph_advance(glyph)) for glyph in glyphs]
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
                "W": f"[0 [{' '.join(widths)}]]",
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
                "ToUnicode": stream(document, _to_unicode(self._codes.chars).encode("ascii")),
            }
        )
        return document.Reference(font)


def stream(document: Any, data: bytes, **entries: int) -> Any:
    """Put a compressed stream into the document (of reportlab); a reference to it."""
    content = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data, [pdfdoc.PDFZCompress])
    return document.Reference(content)


def _to_unicode(chars: list[str]) -> str:
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


def _tag(data: bytes) -> str:
    """Six capital letters that stand for this subset (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(data).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _plain_name(face: Face) -> str:
    return re.sub("[^A-Za-z0-9-]", "", face.path.stem) or "Font"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
