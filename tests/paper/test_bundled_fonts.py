"""The bundled fonts: unchanged, embeddable, complete, and readable by reportlab."""

from __future__ import annotations

import hashlib
import sys
import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from gkdesk import paths

MIB = 1 << 20
SCRIPTS = Path(__file__).parents[2] / "packaging" / "fonts"
FONTS = paths.resources() / "fonts"
ENTRIES = tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))["font"]
ROLES = [entry["role"] for entry in ENTRIES]
CHINESE = [role for role in ROLES if role != "latin"]
NAMES = "玥堃喆昇龑㛃䶮𬭎浉鄠猇洣"
MARKS = "〔〕《》“”‘’—…·①②③×％℃，。、；：？！（）【】～"
LATIN = "0123456789ABCXYZabcxyz%.,:/-@()+"


@cache
def entry(role):
    return next(entry for entry in ENTRIES if entry["role"] == role)


@cache
def opened(role):
    return TTFont(FONTS / entry(role)["file"])


def outline(font, name):
    """The drawing commands of a glyph, its parts resolved."""
    glyph_set = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyph_set)
    glyph_set[name].draw(pen)
    return pen.value


def glyph_name(role, char):
    return characters(role)[ord(char)]


@cache
def characters(role):
    return opened(role).getBestCmap()


@cache
def covered(role):
    return frozenset(characters(role))


@cache
def listed_characters():
    """The 8105 characters of 通用规范汉字表."""
    lines = (SCRIPTS / "tgh.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(char for line in lines if not line.startswith("#") for char in line)


def test_there_is_one_font_for_each_role():
    assert sorted(ROLES) == ["biaosong", "fangsong", "heiti", "kaiti", "latin", "rare"]


@pytest.mark.parametrize("role", ROLES)
def test_the_file_is_the_one_of_the_manifest(role):
    data = (FONTS / entry(role)["file"]).read_bytes()
    assert len(data) == entry(role)["size"]
    assert hashlib.sha256(data).hexdigest() == entry(role)["sha256"]


def test_the_manifest_agrees_with_the_sources():
    sources = tomllib.loads((SCRIPTS / "sources.toml").read_text(encoding="utf-8"))["font"]
    shared = ("role", "file", "family", "package", "version", "source_sha256", "licence", "licence_file")
    assert [{key: one[key] for key in shared} for one in sources] == [
        {key: one[key] for key in shared} for one in ENTRIES
    ]


def test_the_bundle_is_small_enough_and_holds_nothing_else():
    files = {path.name for path in FONTS.iterdir()}
    expected = {one[key] for one in ENTRIES for key in ("file", "licence_file")}
    assert files == expected | {"fonts.toml", "GKDeskFang-EXCEPTION.txt"}
    assert sum((FONTS / name).stat().st_size for name in files) < 40 * MIB


@pytest.mark.parametrize("role", ROLES)
def test_a_pdf_can_embed_it(role):
    font = opened(role)
    assert "glyf" in font
    assert "CFF " not in font
    assert font["OS/2"].fsType == 0
    assert font["name"].getDebugName(1) == entry(role)["family"]
    assert font["name"].getDebugName(6) == entry(role)["postscript_name"]


@pytest.mark.parametrize("role", CHINESE)
def test_a_changed_font_bears_no_reserved_name_and_says_what_changed(role):
    names = opened(role)["name"]
    shown = " ".join(names.getDebugName(number) for number in (1, 3, 4, 6))
    assert not any(word in shown for word in ("LXGW", "霞鹜", "Source", "Noto", "Klee", "Fandol"))
    assert entry(role)["original"] in names.getDebugName(10)
    assert {(part.platformID, part.format) for part in opened(role)["cmap"].tables} == {(3, 4), (3, 12)}


def test_licences_are_there():
    for one in ENTRIES:
        text = (FONTS / one["licence_file"]).read_text(encoding="utf-8")
        title = "SIL OPEN FONT LICENSE" if one["licence"] == "OFL-1.1" else "GNU GENERAL PUBLIC LICENSE"
        assert title in text
        assert "Copyright" in text
    exception = (FONTS / "GKDeskFang-EXCEPTION.txt").read_text(encoding="utf-8")
    assert "extend that exception to this changed version" in exception


@pytest.mark.parametrize("role", ["heiti", "biaosong", "kaiti", "rare"])
def test_the_common_list_is_covered(role):
    assert len(listed_characters()) == 8105
    assert not {char for char in listed_characters() if ord(char) not in covered(role)}


@pytest.mark.parametrize("role", CHINESE)
def test_gb2312_and_the_marks_of_reports_are_covered(role):
    rows = range(0xB0, 0xF8)
    pairs = [(row, cell) for row in rows for cell in range(0xA1, 0xFF) if row != 0xD7 or cell < 0xFA]
    common = "".join(bytes(pair).decode("gb2312") for pair in pairs)
    assert len(common) == 6763
    assert not {char for char in common + MARKS + LATIN if ord(char) not in covered(role)}


@pytest.mark.parametrize("role", CHINESE)
def test_rare_names_are_covered_with_the_reserve(role):
    assert not {char for char in NAMES if ord(char) not in covered(role) | covered("rare")}
    assert not {char for char in LATIN if ord(char) not in covered("latin")}


@pytest.mark.parametrize("role", CHINESE)
def test_every_character_of_the_formats_is_in_every_face(role):
    texts = [path.read_text(encoding="utf-8") for path in (paths.resources() / "formats").glob("*.toml")]
    assert len(texts) >= 2
    assert not {char for char in "".join(texts) if char.isprintable() and ord(char) not in covered(role)}


@pytest.mark.parametrize("role", CHINESE)
def test_chinese_text_stands_in_squares(role):
    font = opened(role)
    cmap = characters(role)
    full = [char for char in (*listed_characters(), *MARKS, *"—―±÷≤≥") if ord(char) in cmap]
    assert {font["hmtx"][cmap[ord(char)]][0] for char in full} == {font["head"].unitsPerEm} == {1000}
    for char in "—―":
        glyph = font["glyf"][cmap[ord(char)]]
        assert (glyph.xMin, glyph.xMax) == (0, 1000), "two dashes must join"
    narrow = {char for char in map(chr, cmap) if char in entry(role)["proportional"]}
    assert narrow == set(entry(role)["proportional"])
    assert not narrow & set(MARKS)


@pytest.mark.parametrize("role", CHINESE)
def test_the_faces_are_level(role):
    """A rare character beside others must not jump: the middle of 国 lies at one height, within 4% of an em."""
    glyph = opened(role)["glyf"][glyph_name(role, "国")]
    assert (glyph.yMin + glyph.yMax) / 2 == pytest.approx(350, abs=40)


@pytest.mark.parametrize("role", ROLES)
def test_outer_contours_run_clockwise(role):
    """TrueType fills by direction: 口 and o are rings, their ink is the outer contour less the inner one."""
    glyph_set = opened(role).getGlyphSet()
    cmap = characters(role)
    for char in "oO" if role == "latin" else "一口国o":
        pen = AreaPen(glyph_set)
        glyph_set[cmap[ord(char)]].draw(pen)
        assert pen.value < 0


@pytest.mark.parametrize("role", ROLES)
def test_reportlab_reads_it_and_embeds_what_is_asked(role):
    from reportlab.pdfbase.ttfonts import TTFontFile

    rare = "0Å" if role == "latin" else "国“" if role == "fangsong" else "国浉㛃䶮𬭎"
    face = TTFontFile(str(FONTS / entry(role)["file"]))
    assert face.name.decode() == entry(role)["postscript_name"]
    # reportlab also keeps the end mark of a format 4 table
    assert set(face.charToGlyph) - {0xFFFF} == covered(role)
    embedded = TTFont(BytesIO(face.makeSubset([ord(char) for char in rare])))
    shapes = [outline(embedded, name) for name in embedded.getGlyphOrder()]
    for char in rare:
        wanted = outline(opened(role), glyph_name(role, char))
        assert wanted
        assert wanted in shapes
    widths = {char: face.charWidths[ord(char)] for char in rare}
    units = opened(role)["head"].unitsPerEm
    for char, width in widths.items():
        advance = opened(role)["hmtx"][glyph_name(role, char)][0]
        assert width == pytest.approx(advance * 1000 / units, abs=1)


def test_the_scripts_make_the_same_character_sets(monkeypatch):
    """The sets that make.py asks for are the ones that the files hold, where the source has the character."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    monkeypatch.delitem(sys.modules, "charsets", raising=False)
    import charsets

    sources = tomllib.loads((SCRIPTS / "sources.toml").read_text(encoding="utf-8"))["font"]
    for source in sources:
        if source["charset"]:
            assert covered(source["role"]) <= charsets.SETS[source["charset"]]()
    assert len([code for code in charsets.gb2312() if charsets.is_han(code)]) == 6763
