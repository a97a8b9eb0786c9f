"""What Qt is told before it starts on Linux: plugins that are there, whatever the desktop has asked its own Qt for."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from pathlib import Path

INPUT_METHOD = "QT_IM_MODULE"
X11_INPUT_METHOD = "XMODIFIERS"
PLATFORM = "QT_QPA_PLATFORM"


def choose(environment: MutableMapping[str, str], folder: str | Path) -> None:
    """Set the variables by which Qt chooses, given its folder of plugins."""
    _choose_input_method(environment, Path(folder, "platforminputcontexts"))
    _choose_platform(environment, Path(folder, "platforms"))


def _choose_input_method(environment: MutableMapping[str, str], folder: Path) -> None:
    """Have Qt use fcitx where the desktop runs it, or ibus where there is no plugin for fcitx.

    Some desktops name fcitx for X11's own way alone, which Qt no longer knows. The Linux package brings the plugin, the
    wheels of PySide6 do not: nothing but Latin letters could be typed then, but fcitx 5 speaks as ibus too.
    """
    asked = environment.get(INPUT_METHOD, "")
    if not asked and environment.get(X11_INPUT_METHOD, "").startswith("@im=fcitx"):
        asked = environment[INPUT_METHOD] = "fcitx"
    if asked.startswith("fcitx"):
        names = ("fcitx5", "fcitx") if asked == "fcitx" else (asked,)
        if not _has(folder, (f"{name}platforminputcontextplugin" for name in names)):
            environment[INPUT_METHOD] = "ibus"


def _choose_platform(environment: MutableMapping[str, str], folder: Path) -> None:
    """Have Qt use X11 where none of the platforms asked for is there: it would end the program.

    Desktops set Wayland or a platform of their own (dxcb) for the Qt that they come with; X11 is there all the same.
    """
    asked = environment.get(PLATFORM, "")
    # A name may carry options (offscreen:size=…); a plugin's file may serve several (wayland-egl, wayland-generic).
    names = [name.partition(":")[0] for name in asked.split(";")]
    if asked and not _has(folder, (f"q{name}" for name in names)):
        environment[PLATFORM] = "xcb"


def _has(folder: Path, names: Iterable[str]) -> bool:
    return any(name and any(folder.glob(f"lib{name}*.so")) for name in names)
