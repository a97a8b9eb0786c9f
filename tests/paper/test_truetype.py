from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont

from gkdesk import paths
from gkdesk.paper.faces import bundled_files
from gkdesk.paper.truetype import Face, UnusableFontError, open_face
from tests.paper.small_fonts import build_font


def same_as_fonttools(path: Path, codes: range) -> None:
    face = open_face(path)
    with TTFont(path, lazy=True) as font:
        mapped, metrics, numbers = font.getBestCmap(), font["hmtx"], font.getReverseGlyphMap()
        units = font["head"].unitsPerEm
        for code in codes:
            glyph = face.glyph(chr(code))
            assert glyph == (numbers[mapped[code]] if code in mapped else 0), hex(code)
            if glyph:
                assert face.advances[chr(code)] == pytest.approx(metrics[mapped[code]][0] / units)


@pytest.mark.parametrize("name", ["body.ttf", "latin.ttf", "rare.ttf"])
def test_every_character_and_advance_is_read_as_fonttools_reads_them(font_folder: Path, name: str) -> None:
    same_as_fonttools(font_folder / name, range(0x30000))


def test_bundled_fonts_are_read_as_fonttools_reads_them() -> None:
    for path in bundled_files(paths.resources() / "fonts").values():
        same_as_fonttools(path, range(0, 0x30000, 7))


def test_advances_are_ems_and_a_missing_character_takes_that_of_notdef(font_folder: Path) -> None:
    latin = open_face(font_folder / "latin.ttf")
    assert latin.advances["a"] == 0.5
    assert latin.measure("a b") == 1.25
    assert latin.advances["国"] == 1.0
    assert not latin.has("国")
    assert latin.missing("国a𬭎") == {"国", "𬭎"}


def test_the_half_of_a_mark_is_found_from_its_outline(font_folder: Path) -> None:
    body = open_face(font_folder / "body.ttf")
    assert [body.half(char) for char in "，（？国\u3000𬭎"] == ["left", "right", None, None, None, None]
    assert open_face(font_folder / "latin.ttf").half("”") is None


def test_a_font_is_parsed_once(font_folder: Path) -> None:
    assert open_face(font_folder / "body.ttf") is open_face(font_folder / "body.ttf")


def test_family_name_prefers_the_chinese_one(tmp_path: Path, font_folder: Path) -> None:
    assert open_face(font_folder / "body.ttf").family() == "Test Body"
    font = TTFont(font_folder / "latin.ttf")
    font["name"].setName("测试体", 1, 3, 1, 0x0804)
    font.save(tmp_path / "named.ttf")
    assert Face(tmp_path / "named.ttf").family() == "测试体"


def test_vertical_measures(font_folder: Path) -> None:
    face = open_face(font_folder / "body.ttf")
    assert (face.ascent, face.descent) == (0.88, 0.12)


def test_a_font_of_a_collection(tmp_path: Path, font_folder: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(font_folder / "latin.ttf"), TTFont(font_folder / "body.ttf")]
    path = tmp_path / "both.ttc"
    collection.save(path)
    assert Face(path, 0).has("a")
    assert not Face(path, 0).has("国")
    assert Face(path, 1).has("国")
    assert Face(path, 1).half("，") == "left"


@pytest.mark.parametrize(
    ("bits", "allowed"),
    [
        (0, True),
        (8, True),
        (4, True),
        (2, False),
        (2 | 8, True),
        (0x100, False),
        (0x200, False),
        (0x108, False),
    ],
)
def test_embedding_bits(tmp_path: Path, bits: int, allowed: bool) -> None:
    path = build_font(tmp_path / "bits.ttf", "Bits", {"a": (500, 0, 0.5, "a")}, bits=bits)
    face = Face(path)
    if allowed:
        face.check_embedding()
        return
    with pytest.raises(UnusableFontError) as caught:
        face.check_embedding()
    assert caught.value.reason == "embedding"


def test_cff_outlines_are_refused(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupCFF("Cff", {}, {".notdef": T2CharStringPen(500, None).getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "cff.otf")
    with pytest.raises(UnusableFontError) as caught:
        Face(tmp_path / "cff.otf")
    assert caught.value.reason == "outlines"


def test_missing_and_damaged_files_are_told_apart(tmp_path: Path, font_folder: Path) -> None:
    with pytest.raises(UnusableFontError) as caught:
        Face(tmp_path / "none.ttf")
    assert caught.value.reason == "unreadable"
    whole = (font_folder / "latin.ttf").read_bytes()
    path = tmp_path / "cut.ttf"
    for length in (0, 3, 11, 40, 300, len(whole) // 2):
        path.write_bytes(whole[:length])
        with pytest.raises(UnusableFontError):
            Face(path)
    path.write_text("这不是字体", encoding="utf-8")
    with pytest.raises(UnusableFontError):
        Face(path)


def test_any_cut_font_is_refused_or_still_sets_text(tmp_path: Path, font_folder: Path) -> None:
    whole = (font_folder / "latin.ttf").read_bytes()
    path = tmp_path / "cut.ttf"
    refused = 0
    for length in range(0, len(whole), 13):
        path.write_bytes(whole[:length])
        try:
            face = Face(path)
            face.measure("a国")
            face.half("’")
            face.family()
            face.check_embedding()
        except UnusableFontError:
            refused += 1
    assert refused > 10
