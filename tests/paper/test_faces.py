from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdesk import paths
from gkdesk.paper import installed
from gkdesk.paper.faces import FaceSet, Role, Wish, load_faces, refusal
from gkdesk.paper.truetype import open_face
from tests.paper.small_fonts import HAN, build_font

TEST_CHARACTERS = "玥堃喆昇龑㛃䶮𬭎浉鄠猇洣"


def names(faces: FaceSet, text: str, role: Role = Role.FANG) -> list[tuple[str, str]]:
    return [(face.path.stem, part) for face, part in faces.split(text, role)]


def test_digits_and_letters_come_from_the_latin_face(faces: FaceSet) -> None:
    assert names(faces, "共3000件,见GB/T 9704") == [
        ("body", "共"),
        ("latin", "3000"),
        ("body", "件"),
        ("latin", ","),
        ("body", "见"),
        ("latin", "GB/T 9704"),
    ]


def test_quotation_marks_and_dashes_are_chinese(faces: FaceSet) -> None:
    assert names(faces, "“a”——‘b’…") == [
        ("body", "“"),
        ("latin", "a"),
        ("body", "”——‘"),
        ("latin", "b"),
        ("body", "’…"),
    ]


def test_an_apostrophe_inside_a_word_is_latin(faces: FaceSet) -> None:
    assert names(faces, "it’s") == [("latin", "it’s")]


def test_a_quotation_mark_is_full_width_even_where_the_role_has_a_narrow_one(font_folder: Path) -> None:
    faces = FaceSet(
        {Role.KAI: open_face(font_folder / "latin.ttf"), Role.FANG: open_face(font_folder / "body.ttf")}
    )
    assert names(faces, "“", Role.KAI) == [("body", "“")]
    alone = FaceSet({Role.KAI: open_face(font_folder / "latin.ttf")})
    assert names(alone, "“", Role.KAI) == [("latin", "“")]


def test_rare_characters_fall_back_one_by_one(faces: FaceSet) -> None:
    assert names(faces, "王𬭎䶮国") == [("body", "王"), ("rare", "𬭎䶮"), ("body", "国")]


def test_what_an_installed_face_lacks_comes_from_the_bundled_face_of_its_role(
    tmp_path: Path, font_folder: Path
) -> None:
    other = open_face(build_font(tmp_path / "other.ttf", "Other", {"a": (1000, 0, 1, "国")}))
    body, rare = open_face(font_folder / "body.ttf"), open_face(font_folder / "rare.ttf")
    faces = FaceSet({Role.FANG: other, Role.RARE: rare}, {Role.FANG: body})
    assert names(faces, "国人𬭎") == [("other", "国"), ("body", "人"), ("rare", "𬭎")]


def test_nothing_is_dropped_and_the_missing_are_named(faces: FaceSet) -> None:
    text = "国😀人م\u202e国😀\x07"
    assert "".join(part for _face, part in faces.split(text, Role.FANG)) == text
    assert faces.missing(text) == ("😀", "م")
    assert faces.missing("国人\n123\t") == ()
    assert faces.missing("\ud83d") == ("\ufffd",)


def test_a_role_without_a_face_takes_the_body(faces: FaceSet) -> None:
    assert faces[Role.HEI] is faces[Role.FANG]
    with pytest.raises(ValueError, match="at least one face"):
        FaceSet({})


@pytest.fixture
def bundled(tmp_path: Path, font_folder: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    text = ""
    for role, name in ((Role.FANG, "body"), (Role.LATIN, "latin"), (Role.RARE, "rare")):
        (folder / f"{name}.ttf").write_bytes((font_folder / f"{name}.ttf").read_bytes())
        text += f'[[font]]\nrole = "{role}"\nfile = "{name}.ttf"\n'
    (folder / "fonts.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A computer with one folder of fonts, empty at first."""
    folder = tmp_path / "installed"
    (folder / "deep").mkdir(parents=True)
    monkeypatch.setattr(installed, "font_folders", lambda: [folder])
    installed.font_files.cache_clear()
    yield folder
    installed.font_files.cache_clear()


def test_bundle_alone(bundled: Path, computer: Path) -> None:
    faces = load_faces(bundled)
    assert faces[Role.FANG].path == bundled / "body.ttf"
    assert faces.rejected == ()


def test_an_installed_face_comes_before_the_bundle_and_a_choice_before_both(
    bundled: Path, computer: Path
) -> None:
    glyphs = {"a": (1000, 0, 1, "".join(map(chr, HAN)))}
    simfang = build_font(computer / "deep" / "SIMFANG.TTF", "FangSong", glyphs)
    chosen = build_font(computer / "mine.ttf", "Mine", glyphs)
    assert load_faces(bundled)[Role.FANG].path == simfang
    assert load_faces(bundled, installed=False)[Role.FANG].path == bundled / "body.ttf"
    assert load_faces(bundled, {Role.FANG: Wish(chosen)})[Role.FANG].path == chosen


def test_what_cannot_be_used_is_passed_over_and_named(bundled: Path, computer: Path) -> None:
    simfang = build_font(computer / "simfang.ttf", "FangSong", {"a": (1000, 0, 1, "国")}, bits=2)
    gone = computer / "gone.ttf"
    faces = load_faces(bundled, {Role.FANG: Wish(gone)})
    assert faces[Role.FANG].path == bundled / "body.ttf"
    assert [(found.path, found.reason) for found in faces.rejected] == [
        (gone, "unreadable"),
        (simfang, "embedding"),
    ]
    assert (refusal(simfang), refusal(bundled / "body.ttf")) == ("embedding", None)


def test_the_users_own_folder_comes_before_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("own", "all"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "simhei.ttf").touch()
    monkeypatch.setattr(
        installed, "font_folders", lambda: [tmp_path / "own", tmp_path / "all", tmp_path / "none"]
    )
    installed.font_files.cache_clear()
    assert installed.font_files() == {"simhei.ttf": tmp_path / "own" / "simhei.ttf"}
    installed.font_files.cache_clear()


def test_folders_of_windows_and_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "user")
    monkeypatch.setenv("WINDIR", "windows")
    assert installed.font_folders() == [Path("user/Microsoft/Windows/Fonts"), Path("windows/Fonts")]
    monkeypatch.delenv("LOCALAPPDATA")
    assert installed.font_folders() == [Path("windows/Fonts")]
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert installed.font_folders()[0] == Path("data/fonts")


def test_the_bundle_has_a_face_for_every_role_and_the_characters_of_names_and_places(bundle: FaceSet) -> None:
    assert len({bundle[role] for role in Role}) == len(Role)
    assert bundle.missing(TEST_CHARACTERS + "，。、；：？！（）《》“”‘’—…·～％〔〕０１２３") == ()
    for role in (Role.FANG, Role.HEI, Role.SONG, Role.KAI):
        assert {bundle[role].advances[char] for char in "国一，。“”‘’—…《》（）"} == {1.0}
        assert all(bundle[role].half(char) == "left" for char in "，。、”）》")
        assert all(bundle[role].half(char) == "right" for char in "“（《")


def test_the_bundle_may_be_embedded() -> None:
    faces = load_faces(paths.resources() / "fonts", installed=False)
    assert all(refusal(face.path) is None for face in faces.faces())
