"""The notices name all that is carried along, with its licence, and are up to date."""

from __future__ import annotations

import tomllib
from importlib import metadata

import pytest


@pytest.fixture
def notices(script):
    return script("notices")


def test_they_are_up_to_date(notices):
    assert notices.main(["check"]) == 0


def test_they_are_not_when_a_licence_has_changed(notices, tmp_path, monkeypatch, capsys):
    text = notices.NOTICES.read_text(encoding="utf-8").replace("MIT", "ISC", 1)
    monkeypatch.setattr(notices, "ROOT", tmp_path)
    monkeypatch.setattr(notices, "NOTICES", tmp_path / "third-party.txt")
    assert notices.main(["check"]) == 1
    notices.NOTICES.write_text(text, encoding="utf-8")
    assert notices.main(["check"]) == 1
    assert "notices.py update" in capsys.readouterr().out


def test_every_package_has_its_licence_and_its_text(notices):
    page = notices.NOTICES.read_text(encoding="utf-8")
    packages = notices.locked()
    assert {"reportlab", "shiboken6", "pikepdf"} <= {name for name, _version in packages}
    without = {"pyside6-essentials", "shiboken6"}  # their wheels have none: Qt has a part of its own
    for name, version in packages:
        distribution = metadata.distribution(name)
        assert f"  {distribution.metadata['Name']} {version}: " in page
        assert "see below" not in notices.licence_of(distribution.metadata), name
        assert list(notices.texts_of(distribution)) or name in without, name


def test_every_font_is_named_with_a_licence_that_is_there(notices):
    page = notices.NOTICES.read_text(encoding="utf-8")
    fonts = tomllib.loads((notices.FONTS / "fonts.toml").read_text(encoding="utf-8"))["font"]
    assert fonts
    for font in fonts:
        assert f"font {font['family']}, from {font['original']}: {font['licence']}" in page
        assert (notices.FONTS / font["licence_file"]).is_file()


def test_a_package_that_is_not_that_of_the_lock_is_refused(notices, monkeypatch):
    monkeypatch.setattr(notices, "locked", lambda: [("click", "1.0")])
    with pytest.raises(SystemExit, match="click"):
        notices.notices()
