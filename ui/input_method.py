"""Chinese input on Linux: the plugin of Qt that speaks to the input method that the desktop runs."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from pathlib import Path

VARIABLE = "QT_IM_MODULE"
X11 = "XMODIFIERS"
PLUGINS = "platforminputcontexts"


def choose(environment: MutableMapping[str, str], folders: Iterable[str]) -> None:
    """Before Qt starts: have it use fcitx where the desktop runs it, or ibus where there is no plugin for fcitx.

    Some desktops name fcitx for X11's own way alone, which Qt no longer knows. The Linux package brings the plugin, the
    wheels of PySide6 do not: nothing but Latin letters could be typed then, but fcitx 5 speaks as ibus too.
    """
    asked = environment.get(VARIABLE, "")
    if not asked and environment.get(X11, "").startswith("@im=fcitx"):
        asked = environment[VARIABLE] = "fcitx"
    if asked.startswith("fcitx") and not _has_plugin(folders, asked):
        environment[VARIABLE] = "ibus"


def _has_plugin(folders: Iterable[str], name: str) -> bool:
    kinds = ("fcitx5", "fcitx") if name == "fcitx" else (name,)
    return any(
        Path(folder, PLUGINS, f"lib{kind}platforminputcontextplugin.so").is_file()
        for folder in folders
        for kind in kinds
    )
