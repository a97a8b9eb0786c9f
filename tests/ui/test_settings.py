"""Settings survive the program: what another version left is kept beside."""

from __future__ import annotations

import pytest

from gkdesk import __version__, paths
from ui.settings import Settings


@pytest.fixture
def file():
    return paths.settings_file()


def copies(file):
    return sorted(path.name for path in file.parent.glob("settings-*.ini"))


def test_a_newer_version_goes_on_with_the_settings_and_keeps_them_as_they_were(file):
    file.write_text("[General]\nscale=120\nversion=0.0.9\n", encoding="utf-8")
    assert Settings().scale == 120
    assert copies(file) == ["settings-0.0.9.ini"]
    kept = file.with_name("settings-0.0.9.ini")
    assert "version=0.0.9" in kept.read_text(encoding="utf-8")
    Settings().scale = 90
    assert Settings().scale == 90
    assert copies(file) == ["settings-0.0.9.ini"]
    assert "scale=120" in kept.read_text(encoding="utf-8")
    assert f"version={__version__}" in file.read_text(encoding="utf-8")


def test_the_same_version_keeps_nothing_and_a_new_user_has_nothing_to_keep(file):
    Settings()
    Settings()
    assert copies(file) == []


def test_a_version_from_a_damaged_file_names_no_place(file):
    file.write_text("[General]\nversion=../../x/y\n", encoding="utf-8")
    Settings()
    assert all(path.parent == file.parent for path in file.parent.parent.rglob("*.ini"))
