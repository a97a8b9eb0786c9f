"""The icons: one family, coloured by the theme, sharp on every screen."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAction, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton

from gkdesk import paths
from ui import icons, theme
from ui.widgets.states import State

WANTED = [
    "state-done",
    "state-filling",
    "state-error",
    "state-warning",
    "state-hint",
    "state-empty",
    "undo",
    "redo",
    "paste",
    "copy",
    "fill-zero",
    "compare-year",
    "export",
    "import",
    "settings",
    "help",
    "add",
    "open",
    "folder",
    "document",
    "calendar",
    "saved",
    "saving",
    "save-failed",
    "arrow-left",
    "arrow-right",
    "locate",
    "note",
    "fix",
    "search",
    "fold-panel",
    "unfold-panel",
    "print",
    "table",
    "text",
    "home",
    "lock",
    "checklist",
    "history",
    "rollup",
    "preview",
    "close",
    "more",
    "remove",
    "chevron-down",
    "chevron-right",
    "gkdesk",
]
LINE_ICONS = [name for name in WANTED if name != "gkdesk"]


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light", 100)
    yield
    theme.apply(qapp, "light", 100)


def inked(image: QImage) -> set[str]:
    """Colours of the pixels that are wholly covered."""
    return {
        colour.name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if (colour := image.pixelColor(x, y)).alpha() == 255
    }


def test_all_are_there_and_none_unknown(qapp):
    assert sorted(icons.names()) == sorted(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_drawing_is_valid_svg(qapp, name):
    assert QSvgRenderer(str(paths.resources() / "icons" / f"{name}.svg")).isValid()


@pytest.mark.parametrize("name", LINE_ICONS)
def test_family_has_one_field_and_one_stroke(name):
    root = ET.parse(paths.resources() / "icons" / f"{name}.svg").getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert (root.get("stroke"), root.get("stroke-width")) == ("currentColor", "1.75")
    assert (root.get("stroke-linecap"), root.get("stroke-linejoin")) == ("round", "round")
    for part in root:
        assert part.get("stroke-width") is None
        assert {part.get("fill"), part.get("stroke")} <= {None, "none", "currentColor"}


@pytest.mark.parametrize("name", LINE_ICONS)
def test_drawing_stays_inside_its_field(qapp, name):
    side = 120
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, QRectF(0, 0, side, side), name)
    painter.end()
    assert inked(image)
    rim = [image.pixelColor(at, edge) for at in range(side) for edge in (0, 1, side - 2, side - 1)]
    rim += [image.pixelColor(edge, at) for at in range(side) for edge in (0, 1, side - 2, side - 1)]
    assert {colour.alpha() for colour in rim} == {0}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colour_is_the_themes(qapp, scheme):
    colours = theme.apply(qapp, scheme)
    assert inked(icons.pixmap("add", size=48).toImage()) == {colours.text}
    assert inked(icons.pixmap("add", "error", 48).toImage()) == {colours.error}
    assert inked(icons.pixmap("add", "#123456", 48).toImage()) == {"#123456"}


def test_disabled_icon_is_pale(qapp):
    picture = icons.icon("add", size=48).pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled)
    assert inked(picture.toImage()) == {theme.LIGHT.disabled}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [16, 20, 24])
def test_icon_has_a_picture_of_its_own_for_each_screen(qapp, size, ratio):
    picture = icons.icon("saved", size=size).pixmap(QSize(size, size), ratio)
    assert picture.width() == size * ratio
    assert picture.toImage() == icons.pixmap("saved", size=size, ratio=ratio).toImage()


def test_same_icon_is_made_once(qapp):
    assert icons.icon("undo").cacheKey() == icons.icon("undo").cacheKey()
    assert icons.icon("undo").cacheKey() != icons.icon("undo", "accent").cacheKey()


def test_unknown_icon_is_a_bug_that_shows(qapp):
    with pytest.raises(KeyError, match="unicorn"):
        icons.icon("unicorn")


def test_bound_icon_follows_theme_and_scale(qapp, qtbot):
    button = QToolButton()
    qtbot.addWidget(button)
    action = QAction()
    for target in (button, action):
        icons.bind(target, "add", size=24)
    theme.apply(qapp, "dark", 150)
    for target in (button, action):
        picture = target.icon().pixmap(QSize(36, 36), 1.0)
        assert picture.width() == 36
        assert inked(picture.toImage()) == {theme.DARK.text}


def test_bound_icon_may_outlive_nobody(qapp):
    from shiboken6 import delete

    button = QToolButton()
    icons.bind(button, "add")
    delete(button)
    theme.apply(qapp, "dark")
    gone = QToolButton()
    icons.bind(gone, "add")
    del gone
    theme.apply(qapp, "light")


def test_app_icon_keeps_its_colours(qapp):
    theme.apply(qapp, "dark")
    icon = icons.app_icon()
    assert {size.width() for size in icon.availableSizes()} >= {16, 32, 48, 256}
    colours = inked(icon.pixmap(QSize(256, 256), 1.0).toImage())
    assert "#FFFFFF" in colours
    assert "#2B8A52" in colours


def test_every_state_has_its_icon_and_colours(qapp):
    for state in State:
        assert not icons.icon(state.icon, state.colour).isNull()
        assert theme.colour(state.ground).isValid()
