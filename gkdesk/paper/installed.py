"""The official document faces that may be installed on an office computer, found by the names of their files.

Windows and WPS ship 仿宋, 黑体 and 楷体 under fixed file names; 方正小标宋 and 仿宋_GB2312 are installed by hand.
Reading every font file to ask for its name would cost seconds on a computer with many fonts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".ttf", ".ttc")

INSTALLED_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "fangsong": (
        "simfang.ttf", "fangsong_gb2312.ttf", "仿宋_gb2312.ttf", "simfang_gb2312.ttf", "fangsong.ttf", "仿宋.ttf",
        "zhuquefangsong-regular.ttf",
    ),
    "heiti": ("simhei.ttf", "黑体.ttf"),
    "biaosong": (
        "fzxbsjw.ttf", "fzxbsk.ttf", "fzxbsjw--gb1-0.ttf", "fzxbsk--gbk1-0.ttf", "方正小标宋简体.ttf",
        "方正小标宋_gbk.ttf", "方正小标宋简.ttf",
    ),
    "kaiti": ("simkai.ttf", "kaiti_gb2312.ttf", "楷体_gb2312.ttf", "kaiti.ttf", "楷体.ttf"),
}  # fmt: skip
"""File names in lower case by role, the best first. Other roles are not looked for."""


def font_folders() -> list[Path]:
    """Where this system keeps its fonts, the user's own folder first."""
    if sys.platform == "win32":
        local, windows = os.environ.get("LOCALAPPDATA"), os.environ.get("WINDIR", r"C:\Windows")
        own = [Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []
        return [*own, Path(windows) / "Fonts"]
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


@cache
def font_files() -> Mapping[str, Path]:
    """Every TrueType file of this computer by its name in lower case; where two share one, the user's own."""
    files: dict[str, Path] = {}
    for folder in font_folders():
        for place, _folders, names in os.walk(folder):
            for name in names:
                if name.lower().endswith(SUFFIXES):
                    files.setdefault(name.lower(), Path(place) / name)
    return files
