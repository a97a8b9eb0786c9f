"""Which plugins Qt is told to use on Linux."""

from __future__ import annotations

import pytest

from ui import plugins


@pytest.fixture
def chosen(tmp_path):
    """What the environment becomes where these plugins are there."""

    def choose(*files, **environment):
        for file in files:
            path = tmp_path / file
            path.parent.mkdir(exist_ok=True)
            path.touch()
        plugins.choose(environment, tmp_path)
        return environment

    return choose


def fcitx(name):
    return f"platforminputcontexts/lib{name}platforminputcontextplugin.so"


@pytest.mark.parametrize(
    ("asked", "there", "used"),
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
def test_fcitx_without_a_plugin_is_asked_as_ibus(chosen, asked, there, used):
    assert chosen(*map(fcitx, there), QT_IM_MODULE=asked) == {"QT_IM_MODULE": used}


def test_a_desktop_that_names_fcitx_for_x11_alone(chosen):
    assert chosen(XMODIFIERS="@im=ibus") == {"XMODIFIERS": "@im=ibus"}
    assert chosen(XMODIFIERS="@im=fcitx")["QT_IM_MODULE"] == "ibus"
    assert chosen(fcitx("fcitx5"), XMODIFIERS="@im=fcitx")["QT_IM_MODULE"] == "fcitx"


@pytest.mark.parametrize(
    ("asked", "there", "used"),
    [
        ("wayland", ["qxcb"], "xcb"),
        ("dxcb;xcb", ["qxcb"], "dxcb;xcb"),
        ("dxcb", ["qxcb"], "xcb"),
        ("wayland", ["qwayland-egl", "qxcb"], "wayland"),
        ("offscreen:size=1366x768", ["qoffscreen", "qxcb"], "offscreen:size=1366x768"),
        ("xcb", ["qxcb"], "xcb"),
    ],
)
def test_a_platform_that_is_not_there_is_no_end(chosen, asked, there, used):
    files = [f"platforms/lib{name}.so" for name in there]
    assert chosen(*files, QT_QPA_PLATFORM=asked) == {"QT_QPA_PLATFORM": used}


def test_nothing_is_set_where_nothing_was_asked(chosen):
    assert chosen() == {}
