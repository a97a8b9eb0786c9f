"""Icons: one family of line drawings in resources/icons, coloured when they are loaded.

Each drawing has a 24 × 24 field and says `currentColor` where the colour goes. `gkdesk` keeps its own colours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gkdesk import paths
from ui import theme

BASE_SIZE = 20
"""Side of an icon in device-independent pixels at 100 %."""
OWN_COLOURS = "gkdesk"


class TakesIcon(Protocol):
    """An action, button or anything else with an icon."""

    def setIcon(self, icon: QIcon, /) -> None: ...


def icon(name: str, colour: str | None = None, size: int = BASE_SIZE) -> QIcon:
    """The icon `name` in `colour` (field of the colour set or `#RRGGBB`; by default the text colour).

    `size` is the side in device-independent pixels at which it is to be sharp; 100, 150 and 200 % screens and those
    attached have their own picture. Made once for each colour and size. Raises KeyError for an unknown name.
    """
    normal = theme.colour(colour or "text").name()
    return _icon(name, normal, theme.colour("disabled").name(), size, _ratios())


def pixmap(name: str, colour: str | None = None, size: int = BASE_SIZE, ratio: float = 1.0) -> QPixmap:
    """The same as one picture of `size` × `size` device-independent pixels for a screen of `ratio`."""
    return _pixmap(name, theme.colour(colour or "text").name(), size, ratio)


def paint(painter: QPainter, rect: QRectF, name: str, colour: str | None = None) -> None:
    """Draw the icon into `rect`, sharp at any size."""
    _renderer(name, theme.colour(colour or "text").name()).render(painter, rect)


def bind(target: TakesIcon, name: str, colour: str | None = None, size: int = BASE_SIZE) -> None:
    """Give `target` the icon, and give it anew whenever the theme changes; `size` is at 100 %."""
    _keeper().keep(target, name, colour, size)


def app_icon() -> QIcon:
    """The program's own icon, from 16 to 256 pixels."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_pixmap("gkdesk", "#000000", size, 1.0))
    return made


def names() -> list[str]:
    """Names of all icons there are."""
    return sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg"))


class _Keeper(QObject):
    """Remembers who carries which icon, and renews it when the theme changes."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: WeakKeyDictionary[TakesIcon, tuple[str, str | None, int]] = WeakKeyDictionary()
        theme.signals().changed.connect(self._on_theme_changed)

    def keep(self, target: TakesIcon, name: str, colour: str | None, size: int) -> None:
        self._kept[target] = (name, colour, size)
        target.setIcon(icon(name, colour, theme.gap(size)))

    def _on_theme_changed(self) -> None:
        for target, (name, colour, size) in list(self._kept.items()):
            try:
                target.setIcon(icon(name, colour, theme.gap(size)))
            except RuntimeError:  # the Qt object is gone, its Python shell not yet
                del self._kept[target]


@lru_cache(maxsize=1)
def _keeper() -> _Keeper:
    return _Keeper()


def _ratios() -> tuple[float, ...]:
    attached = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return tuple(sorted({1.0, 1.5, 2.0} | attached))


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, disabled: str, size: int, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        picture = _pixmap(name, normal, size, ratio)
        made.addPixmap(picture, QIcon.Mode.Normal)
        # Without this, Qt tints the icon of a selected row by itself.
        made.addPixmap(picture, QIcon.Mode.Selected)
        made.addPixmap(_pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2048)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(_drawn(name, size, ratio))
    if name != OWN_COLOURS:
        with QPainter(picture) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(QRectF(0, 0, size + 1, size + 1), QColor(colour))
    return picture


@lru_cache(maxsize=1024)
def _drawn(name: str, size: int, ratio: float) -> QPixmap:
    # Drawn once in black; a colour is then only a fill, which is several times cheaper.
    renderer = _renderer(name, "#000000")
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        renderer.render(painter, QRectF(0, 0, side, side))
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = _source(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    path = paths.resources() / "icons" / f"{name}.svg"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")
