"""打印字体: what is used for what, a choice that is kept, and files that cannot be used."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from gkdesk import paths
from gkdesk.paper import chosen_faces
from gkdesk.paper.faces import Role
from ui.fonts_page import SAMPLES, FontsPage
from ui.printed_copy import wishes
from ui.settings import Settings


@pytest.fixture
def page(qtbot, look):
    made = FontsPage(Settings())
    qtbot.addWidget(made)
    made.show()
    return made


def choose(page, role, index):
    box = page.boxes[role]
    box.setCurrentIndex(index)
    box.activated.emit(index)


def own(file):
    return paths.resources() / "fonts" / file


def test_every_role_has_its_row_and_nothing_is_chosen(page):
    assert set(SAMPLES) == set(page.boxes) == set(Role)
    assert all(box.currentText().startswith("自动") for box in page.boxes.values())
    assert wishes(Settings()) == ()


def test_a_file_of_ones_own_is_kept_and_set(page, monkeypatch):
    file = own("GKDeskKai.ttf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    box = page.boxes[Role.FANG]
    choose(page, Role.FANG, box.count() - 1)
    assert not box.currentText().startswith("自动")
    faces = chosen_faces(wishes(Settings()))
    assert faces[Role.FANG].path == file
    assert faces[Role.HEI].path != file
    choose(page, Role.FANG, 0)
    assert wishes(Settings()) == ()


@pytest.mark.parametrize(("data", "words"), [(b"no font at all", "不是完好的字体"), (None, "打不开")])
def test_a_file_that_cannot_be_used_is_refused_in_words(page, monkeypatch, tmp_path, data, words):
    file = tmp_path / "x.ttf"
    if data is not None:
        file.write_bytes(data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    choose(page, Role.KAI, page.boxes[Role.KAI].count() - 1)
    assert words in page.message.text()
    assert page.boxes[Role.KAI].currentText().startswith("自动")
    assert wishes(Settings()) == ()


def test_a_font_that_is_gone_by_now_is_passed_over(page, tmp_path):
    settings = Settings()
    settings.choose_font("kaiti", tmp_path / "gone.ttf")
    faces = chosen_faces(wishes(settings))
    assert [refused.path.name for refused in faces.rejected] == ["gone.ttf"]
    page._fill(Role.KAI)
    assert page.boxes[Role.KAI].currentText().startswith("自动")
