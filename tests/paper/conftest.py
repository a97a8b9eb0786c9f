from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk import paths
from gkdesk.paper.faces import FaceSet, Role, load_faces
from gkdesk.paper.truetype import open_face
from tests.paper.small_fonts import HAN, LEFT, MIDDLE, RARE, RIGHT, build_font


@pytest.fixture(scope="session")
def font_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    build_font(
        folder / "body.ttf",
        "Test Body",
        {
            "han": (1000, 0.05, 0.95, "".join(map(chr, HAN))),
            "left": (1000, 0.1, 0.4, LEFT),
            "right": (1000, 0.6, 0.9, RIGHT),
            "middle": (1000, 0.3, 0.7, MIDDLE),
            "blank": (1000, 0, 0, "\u3000"),
        },
    )
    ascii_marks = "".join(map(chr, range(0x21, 0x7F)))
    build_font(
        folder / "latin.ttf",
        "Test Latin",
        {
            "letter": (500, 0.05, 0.45, ascii_marks),
            "space": (250, 0, 0, " \u00a0"),
            "quote": (400, 0.1, 0.3, "‘’“”"),
        },
    )
    build_font(folder / "rare.ttf", "Test Rare", {"han": (1000, 0.05, 0.95, RARE + "国")})
    return folder


@pytest.fixture(scope="session")
def faces(font_folder: Path) -> FaceSet:
    return FaceSet(
        {
            Role.FANG: open_face(font_folder / "body.ttf"),
            Role.LATIN: open_face(font_folder / "latin.ttf"),
            Role.RARE: open_face(font_folder / "rare.ttf"),
        }
    )


@pytest.fixture(scope="session")
def bundle() -> FaceSet:
    return load_faces(paths.resources() / "fonts", installed=False)
