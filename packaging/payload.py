"""What an installer carries of GKDesk and of its libraries; the same for Windows and Linux.

`lay_program` copies the program, `cut` takes out of a folder of installed wheels what the program never loads. The
self-test of the installed program loads every module and every kind of file, so a cut too deep does not pass.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from machine import ROOT

PROGRAM = ("gkdesk", "ui", "resources")
NOT_CARRIED = ("__pycache__", "*.pyc", "*.pot", "*.ts")

QT = ("Core", "Gui", "Widgets", "Svg", "PrintSupport")
"""Modules of Qt that the program imports."""
QT_BELOW = ("DBus", "OpenGL", "XcbQpa", "WaylandClient")
"""Libraries of Qt that those, the plugins for X11 and the one of fcitx are linked with, on Linux."""
QT_PLUGINS = {
    "platforms": ("qxcb", "qoffscreen", "qwindows"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal",),
    "styles": ("qmodernwindowsstyle",),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico", "qjpeg"),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
}
"""X11 alone, which Wayland desktops have as XWayland."""
QT_OTHER = (
    "libicu*",
    "libpyside6.*",
    "pyside6.*.dll",
    "msvcp140*.dll",
    "vcruntime140*.dll",
    "__init__.py",
    "_*.py",
)
QT_TRANSLATIONS = ("qtbase_zh_CN.qm",)
LOCALES = ("root.dat", "zh*.dat", "en.dat", "en_US.dat")
"""babel's; 30 MB with all."""

CUT = (
    "bin", "share", "Scripts", "pip", "pip-*", "pypdfium2_cli", "sqlite_utils/cli.py", "lxml/includes",
    "lxml/isoschematron", "*.dist-info/licenses", "*.dist-info/LICEN[CS]E*", "*.dist-info/RECORD",
    "*.dist-info/REQUESTED", "*.dist-info/INSTALLER", "*.dist-info/WHEEL", "*.dist-info/sboms",
    "*.dist-info/AUTHORS*", "*.dist-info/top_level.txt", "**/tests", "**/__pycache__", "**/*.pyi", "**/*.pxd",
    "**/*.pyx", "PIL/_avif.*", "PIL/_webp.*", "PIL/_imagingtk.*", "**/*.c", "**/*.cpp", "**/*.h", "**/*.lib",
    "**/py.typed",
)  # fmt: skip
"""Names and patterns below the folder of modules. The licences stand in resources/licences/third-party.txt."""


def lay_program(target: Path) -> None:
    """Copy the program, its resources and licence into a new folder."""
    ignore = shutil.ignore_patterns(*NOT_CARRIED)
    for name in PROGRAM:
        shutil.copytree(ROOT / name, target / name, ignore=ignore)
    shutil.copy(ROOT / "LICENSE", target / "LICENSE")


def cut(modules: Path) -> None:
    """Take out of a folder of installed wheels what the program never loads."""
    for pattern in CUT:
        for path in sorted(modules.glob(pattern)):
            remove(path)
    for path in _others((modules / "babel" / "locale-data").iterdir(), LOCALES):
        remove(path)
    _cut_qt(modules / "PySide6")


def _cut_qt(folder: Path) -> None:
    inside = folder / "Qt" if (folder / "Qt").is_dir() else folder  # Linux wheels have a folder more
    libraries = "|".join((*QT, *QT_BELOW) if inside != folder else QT)
    kept = re.compile(rf"Qt({'|'.join(QT)})(\.abi3\.so|\.pyd)|(lib)?Qt6({libraries})(\.so\.6|\.dll)")
    for path in sorted(folder.iterdir()) + (sorted((inside / "lib").iterdir()) if inside != folder else []):
        wanted = path.name in ("Qt", "plugins", "translations") or kept.fullmatch(path.name)
        if not wanted and not any(fnmatch(path.name, pattern) for pattern in QT_OTHER):
            remove(path)
    for path in _others(inside.iterdir(), ("lib", "plugins", "translations")) if inside != folder else ():
        remove(path)
    for kind in sorted((inside / "plugins").iterdir()):
        names = QT_PLUGINS.get(kind.name, ())
        for path in _others(
            kind.iterdir(), tuple(f"{start}{name}.*" for name in names for start in ("", "lib"))
        ):
            remove(path)
        if not any(kind.iterdir()):
            kind.rmdir()
    for path in _others((inside / "translations").iterdir(), QT_TRANSLATIONS):
        remove(path)


def _others(paths: Iterator[Path], patterns: tuple[str, ...]) -> list[Path]:
    return [path for path in sorted(paths) if not any(fnmatch(path.name, pattern) for pattern in patterns)]


def remove(path: Path) -> None:
    """Delete a file or a folder with all in it; what is gone already is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.exists() or path.is_symlink():
        path.unlink()
