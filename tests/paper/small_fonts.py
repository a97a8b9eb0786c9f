"""Small fonts of our own making, so that a test of line breaking hangs on no outline of a real font."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LEFT = "，。、；：！）》〉】」’”〕"
RIGHT = "（《〈【「“‘〔"
MIDDLE = "？…—·％～０１２３４５６７８９"
HAN = [*range(0x4E00, 0xA000)]
RARE = "㛃䶮𬭎"


def _square(left: float, right: float):
    pen = TTGlyphPen(None)
    if right > left:
        low, high = int(left * 1000), int(right * 1000)
        pen.moveTo((low, 0))
        pen.lineTo((low, 700))
        pen.lineTo((high, 700))
        pen.lineTo((high, 0))
        pen.closePath()
    return pen.glyph()


def build_font(
    path: Path, name: str, glyphs: dict[str, tuple[int, float, float, str]], *, bits: int = 0
) -> Path:
    """Write a font; each glyph is (advance, left edge, right edge of its ink in ems, characters)."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs])
    builder.setupCharacterMap({ord(char): glyph for glyph, facts in glyphs.items() for char in facts[3]})
    shapes = {glyph: _square(left, right) for glyph, (_advance, left, right, _chars) in glyphs.items()}
    builder.setupGlyf({".notdef": _square(0.1, 0.9), **shapes})
    metrics = {glyph: (facts[0], int(facts[1] * 1000)) for glyph, facts in glyphs.items()}
    builder.setupHorizontalMetrics({".notdef": (1000, 100), **metrics})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(fsType=bits)
    builder.setupPost()
    builder.save(path)
    return path
