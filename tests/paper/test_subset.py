from __future__ import annotations

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from gkdesk.paper.faces import Role
from gkdesk.paper.subset import bounding_box, subset
from gkdesk.paper.truetype import open_face


def font_of(pieces):
    return TTFont(io.BytesIO(b"".join(pieces)), checkChecksums=2)


def shape(font, index):
    name = font.getGlyphName(index)
    glyph = font["glyf"][name]
    return glyph.getCoordinates(font["glyf"])[0].array, font["hmtx"][name]


@pytest.mark.parametrize("role", list(Role))
def test_glyphs_keep_outline_and_metrics(bundle, role):
    face = bundle[role]
    chars = [char for char in "一国公开年1aé，" if face.has(char)]
    wanted = [0, *map(face.glyph, chars)]
    cut, whole = font_of(subset(face, wanted)), TTFont(face.path)
    for place, glyph in enumerate(wanted):
        mine, theirs = shape(cut, place), shape(whole, glyph)
        assert list(mine[0]) == list(theirs[0])
        assert mine[1] == theirs[1]
    assert "cmap" not in cut
    assert sum(map(len, subset(face, wanted))) < 100_000


@pytest.fixture
def composite(tmp_path):
    """A font whose 双 is 一 and 三 set beside each other, 三 itself made of 一."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 100))
    pen.lineTo((400, 100))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", "twin", "three", "one"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("一"): "one", ord("三"): "three", ord("双"): "twin"})
    three, twin = TTGlyphPen({"one": 0}), TTGlyphPen({"one": 0, "three": 0})
    three.addComponent("one", (1, 0, 0, 1, 0, 300))
    twin.addComponent("one", (1, 0, 0, 1, 0, 0))
    twin.addComponent("three", (0.5, 0, 0, 0.5, 500, 0))
    glyphs = {".notdef": pen.glyph(), "one": pen.glyph(), "three": three.glyph(), "twin": twin.glyph()}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Composite", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "composite.ttf")
    return open_face(tmp_path / "composite.ttf")


def test_parts_of_composite_glyphs_come_along(composite):
    data = subset(composite, [0, composite.glyph("双")])
    cut, whole = font_of(data), TTFont(composite.path)
    assert cut["maxp"].numGlyphs == 4
    assert list(shape(cut, 1)[0]) == list(shape(whole, 1)[0])


def test_a_glyph_may_stand_twice(composite):
    one = composite.glyph("一")
    cut = font_of(subset(composite, [0, one, one]))
    assert list(shape(cut, 1)[0]) == list(shape(cut, 2)[0])


def test_same_glyphs_same_bytes(bundle):
    face = bundle[Role.FANG]
    glyphs = [0, *map(face.glyph, "公开")]
    assert subset(face, glyphs) == subset(face, list(glyphs))
    assert subset(face, glyphs) != subset(face, glyphs[:2])


def test_a_further_glyph_changes_one_piece_of_outlines(bundle):
    """What a writer made of the other pieces can be kept; first and last have the tables."""
    face = bundle[Role.FANG]
    glyphs = sorted({0, *map(face.glyph, "主动公开政府信息工作年度报告情况统计期限")})
    more = sorted({*glyphs, face.glyph("县")})
    before, after = subset(face, glyphs)[1:-1], subset(face, more)[1:-1]
    assert len(after) > 5
    assert len(set(after) - set(before)) == 1
    assert font_of(subset(face, more))["maxp"].numGlyphs == len(more)


def test_box_is_in_thousandths_of_an_em(bundle):
    left, low, right, high = bounding_box(bundle[Role.RARE])
    assert left < 100
    assert -1000 < low < 0
    assert right > 900
    assert 500 < high < 3000


def test_a_font_file_that_is_gone_is_an_os_error(composite):
    glyph = composite.glyph("一")
    composite.path.unlink()
    with pytest.raises(OSError, match="composite"):
        subset(composite, [0, glyph])
