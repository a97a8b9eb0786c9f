"""Chinese input on Linux: the plugin of Qt that speaks to the input method that the desktop runs."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from pathlib import Path

VARIABLE = "QT_IM_MODULE"
PLUGINS = "platforminputcontexts"


def choose(environment: MutableMapping[str, str], folders: Iterable[str]) -> None:
    """Before Qt starts: have it use ibus where fcitx is asked for and no plugin for that is in the plugin folders.

    Without a plugin nothing but Latin letters could be typed; fcitx 5 answers to the protocol of ibus as well.
    """
    asked = environment.get(VARIABLE, "")
    if asked.startswith("fcitx") and not _has_plugin(folders, asked):
        environment[VARIABLE] = "ibus"


def _has_plugin(folders: Iterable[str], name: str) -> bool:
    kinds = ("fcitx5", "fcitx") if name == "fcitx" else (name,)
    return any(
        Path(folder, PLUGINS, f"lib{kind}platforminputcontextplugin.so").is_file()
        for folder in folders
        for kind in kinds
    )
