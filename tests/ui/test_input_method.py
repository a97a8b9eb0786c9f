"""Which input method Qt is told to use on Linux."""

from __future__ import annotations

import pytest

from ui import input_method


@pytest.mark.parametrize(
    ("asked", "plugins", "used"),
    [
        ("fcitx", [], "ibus"),
        ("fcitx5", [], "ibus"),
        ("fcitx", ["fcitx5"], "fcitx"),
        ("fcitx5", ["fcitx5"], "fcitx5"),
        ("fcitx5", ["fcitx"], "ibus"),
        ("ibus", [], "ibus"),
        ("compose", [], "compose"),
    ],
)
def test_fcitx_without_a_plugin_is_asked_as_ibus(tmp_path, asked, plugins, used):
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    for plugin in plugins:
        (folder / f"lib{plugin}platforminputcontextplugin.so").touch()
    environment = {"QT_IM_MODULE": asked}
    input_method.choose(environment, [str(tmp_path)])
    assert environment == {"QT_IM_MODULE": used}


def test_nothing_is_set_where_nothing_was_asked(tmp_path):
    environment = {}
    input_method.choose(environment, [str(tmp_path)])
    assert environment == {}


def test_a_desktop_that_names_fcitx_for_x11_alone(tmp_path):
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    environment = {"XMODIFIERS": "@im=fcitx"}
    input_method.choose(environment, [str(tmp_path)])
    assert environment["QT_IM_MODULE"] == "ibus"
    (folder / "libfcitx5platforminputcontextplugin.so").touch()
    environment = {"XMODIFIERS": "@im=fcitx"}
    input_method.choose(environment, [str(tmp_path)])
    assert environment["QT_IM_MODULE"] == "fcitx"
    environment = {"XMODIFIERS": "@im=ibus"}
    input_method.choose(environment, [str(tmp_path)])
    assert "QT_IM_MODULE" not in environment
