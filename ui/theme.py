"""Look of the whole program: colours, font and spacing, applied to the application in one call.

Widgets ask `current()` for colours and `gap()` for distances when they paint, and connect a bound method to
`signals().changed` where they keep something that was made from them.
"""

from __future__ import annotations

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gkdesk import paths
from ui.theme_colours import DARK, LIGHT, ColourSet
from ui.theme_sheet import style_sheet

__all__ = [
    "DARK",
    "LIGHT",
    "SCALE_MAX",
    "SCALE_MIN",
    "ColourSet",
    "apply",
    "colour",
    "current",
    "figure_font",
    "font",
    "gap",
    "scale",
    "scheme",
    "set_role",
    "signals",
    "text_font",
]

BASE_POINTS = 10.5
SCALE_MIN = 90
SCALE_MAX = 150
SCHEMES = ("light", "dark", "system")

# The first that is installed is taken; UOS and Kylin ship Noto or Source Han.
UI_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
TEXT_FAMILIES = (
    "FangSong",
    "FangSong_GB2312",
    "仿宋",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    *UI_FAMILIES,
)


FONT = "bound_font"
"""Property of a widget whose font is a share of the base size: factor and whether it is bold."""


class Signals(QObject):
    """Tells that colours, font or scale were changed by `apply`."""

    changed = Signal()


class _State:
    colours: ColourSet = LIGHT
    scheme: str = "light"
    scale: int = 100
    signals: Signals | None = None


def signals() -> Signals:
    """The object whose `changed` is emitted at the end of each `apply`."""
    if _State.signals is None:
        _State.signals = Signals()
    return _State.signals


def current() -> ColourSet:
    """The colour set in force; LIGHT before the first `apply`."""
    return _State.colours


def scheme() -> str:
    """What was asked for last: `light`, `dark` or `system`."""
    return _State.scheme


def scale() -> int:
    """Size of text and distances in per cent, 90 to 150."""
    return _State.scale


def colour(name: str) -> QColor:
    """A colour of the current set by its field name, or `#RRGGBB` as it is.

    Raises AttributeError for a name that the set does not have.
    """
    return QColor(name if name.startswith("#") else str(getattr(_State.colours, name)))


def gap(pixels: float) -> int:
    """A distance given in device-independent pixels at 100 %, scaled with the text; at least 1 unless 0."""
    if pixels == 0:
        return 0
    return max(1, round(pixels * _State.scale / 100))


def font(factor: float = 1.0, *, bold: bool = False) -> QFont:
    """The interface font, `factor` times the base size."""
    made = _first_installed(UI_FAMILIES)
    made.setPointSizeF(BASE_POINTS * _State.scale / 100 * factor)
    made.setBold(bold)
    return made


def figure_font(factor: float = 1.0, *, bold: bool = False) -> QFont:
    """The interface font with figures of equal width, for columns of numbers."""
    made = font(factor, bold=bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def text_font(points: float = 15.0) -> QFont:
    """The serif font in which the report's running text is edited; `points` at 100 %."""
    made = _first_installed(TEXT_FAMILIES)
    made.setPointSizeF(points * _State.scale / 100)
    return made


def bind_font(widget: QWidget, factor: float = 1.0, *, bold: bool = False) -> None:
    """Give a widget the interface font, `factor` times the base size, now and after each `apply`."""
    widget.setProperty(FONT, (factor, bold))
    widget.setFont(font(factor, bold=bold))


def apply(app: QApplication, scheme: str = "light", scale_percent: int = 100) -> ColourSet:
    """Give `app` the Fusion style, colours, font and style sheet, and return the colour set.

    `scheme` is `light`, `dark` or `system`; a scale outside 90 to 150 per cent is brought into it, as it may come
    from an edited settings file. Raises ValueError for another scheme.
    """
    if scheme not in SCHEMES:
        raise ValueError(scheme)
    hints = app.styleHints()
    # Asked of Qt too, so that the title bar on Windows follows.
    asked = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
    hints.setColorScheme(asked[scheme])
    dark = scheme == "dark" or (scheme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _State.scheme = scheme
    _State.colours = DARK if dark else LIGHT
    _State.scale = min(SCALE_MAX, max(SCALE_MIN, scale_percent))
    # The style sheet can name pictures by file only; a search path spares it odd characters in folder names.
    QDir.setSearchPaths("controls", [str(paths.resources() / "icons" / "controls")])
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette(_State.colours))
    app.setStyleSheet(style_sheet(_State.colours, gap))
    for widget in app.allWidgets():
        bound = widget.property(FONT)
        if bound is not None:
            widget.setFont(font(bound[0], bold=bound[1]))
    signals().changed.emit()
    return _State.colours


def set_role(widget: QWidget, role: str) -> None:
    """Mark a widget for the style sheet; an empty role is the plain look.

    Buttons: `primary` (the one thing to do here), `quiet` (no frame), `link`. Labels: `secondary`.
    Frames: `paper`, `bar`. Texts to read: `plain` (no frame).
    """
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _first_installed(families: tuple[str, ...]) -> QFont:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    installed = set(QFontDatabase.families())
    found = [family for family in families if family in installed]
    made = QFont(system)
    if found:
        made.setFamilies([*found, *system.families()])
    return made


def _palette(colours: ColourSet) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    normal = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.paper,
        role.AlternateBase: colours.label,
        role.Text: colours.text,
        role.PlaceholderText: colours.secondary,
        role.Button: colours.paper,
        role.ButtonText: colours.text,
        role.BrightText: colours.error,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.paper,
        role.ToolTipText: colours.text,
        role.Light: colours.paper,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.line_strong,
        role.Shadow: colours.line_strong,
    }
    palette = QPalette()
    for name, value in normal.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, name, QColor(colours.disabled))
    palette.setColor(group.Disabled, role.Base, QColor(colours.label))
    palette.setColor(group.Disabled, role.Button, QColor(colours.window))
    palette.setColor(group.Disabled, role.Accent, QColor(colours.disabled))
    return palette
