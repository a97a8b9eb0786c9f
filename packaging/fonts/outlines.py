"""Changes to outlines and widths: cubic curves to quadratic ones, and full-width punctuation."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from charsets import is_han
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

EM = 1000
# Greatest distance between a cubic curve and the quadratic ones that replace it, in thousandths of an em.
MAX_ERROR = 0.5

# Marks that fill a whole cell in Chinese text, and where the ink stands in it. Brackets and commas of
# U+3000 and U+FF00 are full-width in every face already.
_RIGHT = "“‘"
_LEFT = "”’"
_MIDDLE = "…×÷±≠≤≥℃"
_STRETCHED = "—―"
# What maxp counts; the compiler fills in those that are not nought.
_COUNTS = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours",
    "maxComponentElements", "maxComponentDepth", "numGlyphs",
)  # fmt: skip
# From here on code points belong to Chinese text; below it only these marks do.
_FIRST_CHINESE = 0x2000
_LATIN_1_MARKS = frozenset((0xB0, 0xB1, 0xB7, 0xD7, 0xF7))


def to_quadratic(font: TTFont) -> None:
    """Replace the CFF outlines of `font` by TrueType ones (contours clockwise) in place."""
    order = font.getGlyphOrder()
    glyph_set = font.getGlyphSet()
    glyphs = {}
    for name in order:
        area, pen = AreaPen(), TTGlyphPen(None)
        glyph_set[name].draw(area)
        # CFF contours should run the other way round, but FandolFang's Chinese characters do not
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=area.value > 0))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    for name in order:
        glyphs[name].recalcBounds(glyf)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyphs[name], "xMin", 0))
    del font["CFF "]
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in _COUNTS:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font.sfntVersion = "\000\001\000\000"


def _transformed(font: TTFont, name: str, scale: float, move: float, advance: int, rise: int = 0) -> None:
    """Scale and move one glyph along x, raise it by `rise`, and give it `advance`."""
    glyph = font["glyf"][name]
    if glyph.isComposite():
        raise ValueError(f"glyph {name} is made of other glyphs")
    if glyph.numberOfContours:
        glyph.coordinates.scale((scale, 1))
        glyph.coordinates.translate((move, rise))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))


def _ink(font: TTFont, name: str) -> tuple[float, float]:
    """Return where the ink of a glyph begins and ends along x."""
    glyph_set = font.getGlyphSet()
    pen = BoundsPen(glyph_set)
    glyph_set[name].draw(pen)
    if pen.bounds is None:
        raise ValueError(f"glyph {name} is empty")
    return pen.bounds[0], pen.bounds[2]


def use_wide_forms(font: TTFont) -> None:
    """Point the dashes and the middle dot at the face's own Chinese forms, in place."""
    cmaps = [table.cmap for table in font["cmap"].tables if table.isUnicode() and table.format != 14]
    for cmap in cmaps:
        if 0x30FB in cmap:
            cmap[0x00B7] = cmap[0x30FB]
        # Latin dashes stand too low for Chinese; some faces keep the Chinese dash at U+2015 only, others at U+2014
        wide = cmap.get(0x2015) or cmap.get(0x2014)
        if wide and font["hmtx"][cmap.get(0x2014, wide)][0] != EM:
            cmap[0x2014] = wide
        cmap[0x2015] = cmap[0x2014]


def make_full_width(font: TTFont) -> None:
    """Give the marks of Chinese text the width of one em, in place; two dashes join into one line.

    Raises ValueError when the face is not drawn on a 1000-unit em, or a mark is a part of other glyphs or made of them.
    """
    if font["head"].unitsPerEm != EM:
        raise ValueError("the face is not drawn on a 1000-unit em")
    cmap = font.getBestCmap()
    parts = {part for glyph in font["glyf"].glyphs.values() for part in glyph.getComponentNames(font["glyf"])}
    done = set()
    for char in _RIGHT + _LEFT + _MIDDLE + _STRETCHED:
        name = cmap.get(ord(char))
        if name is None or name in done:
            continue
        if name in parts:
            raise ValueError(f"glyph {name} is also a part of other glyphs")
        done.add(name)
        advance, _ = font["hmtx"][name]
        begin, end = _ink(font, name)
        if char in _STRETCHED:
            if (round(begin), round(end)) != (0, EM) or advance != EM:
                scale = EM / (end - begin)
                _transformed(font, name, scale, -begin * scale, EM)
        elif advance != EM:
            move = EM - advance if char in _RIGHT else 0 if char in _LEFT else round((EM - advance) / 2)
            _transformed(font, name, 1, move, EM)


def make_han_full_width(font: TTFont) -> None:
    """Give every Chinese character the width of one em, its ink kept in the middle: sources have a few slips."""
    for code, name in font.getBestCmap().items():
        advance, _ = font["hmtx"][name]
        if is_han(code) and advance != EM:
            _transformed(font, name, 1, round((EM - advance) / 2), EM)


def raise_han(font: TTFont, rise: int) -> None:
    """Raise Chinese characters and marks, not Latin letters, by `rise` units, in place."""
    names = {
        name for code, name in font.getBestCmap().items() if code >= _FIRST_CHINESE or code in _LATIN_1_MARKS
    }
    for name in sorted(names):
        _transformed(font, name, 1, 0, font["hmtx"][name][0], rise)


def proportional(font: TTFont) -> str:
    """Return the marks (no letters, no Latin-1) whose advance is not one em: the line breaker must measure them."""
    cmap = font.getBestCmap()
    em = font["head"].unitsPerEm
    return "".join(
        chr(code)
        for code, name in sorted(cmap.items())
        if code >= 0x2000 and unicodedata.category(chr(code))[0] != "L" and font["hmtx"][name][0] != em
    )
