"""The Debian package for x86-64 desktops from glibc 2.28 on: dist/gkdesk_<version>_amd64.deb.

    python3 packaging/linux/build.py [--stub]

As root on Debian 12. A Debian 11 root gives the Python and the libraries; the wheels are those of the lock. With --stub
a small script stands for the program: everything but the program itself is made, in seconds, without a root.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import elf
import fcitx
import machine
import package
import payload
import root as roots
import wheelhouse
from machine import ROOT, SetupError, say
from package import PLACE

BUILD = roots.BUILD
WHEELS = ROOT / "build" / "wheels" / "linux"
DIST = ROOT / "dist"
TREE = Path("payload")
"""The tree of the package, inside the root while it is made there."""

STANDARD = Path("lib", "python3.11")
MODULES = Path("lib", "modules")
QT = MODULES / "PySide6" / "Qt"
NOT_OF_PYTHON = (
    "config-*", "distutils", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "pydoc.py", "site-packages", "test",
    "tkinter", "turtle.py", "turtledemo", "unittest", "venv", "__phello__", "antigravity.py", "this.py",
    "curses", "dbm", "wsgiref", "xmlrpc", "lib-dynload/*_failed.so", "lib-dynload/xxlimited*", "lib-dynload/nis.*",
    "lib-dynload/ossaudiodev.*", "lib-dynload/_crypt.*", "lib-dynload/spwd.*", "**/__pycache__", "**/test", "**/tests",
)  # fmt: skip
"""What the program never loads of Python's library."""

GROUPS = {
    "Qt and PySide6": "opt/gkdesk/lib/modules/PySide6",
    "fonts": "opt/gkdesk/app/resources/fonts",
    "Python and its library": "opt/gkdesk/lib/python3.11",
    "the interpreter": "opt/gkdesk/gkdesk",
    "fontTools": "opt/gkdesk/lib/modules/fontTools",
    "Pillow": "opt/gkdesk/lib/modules/pillow.libs",
    "Pillow's modules": "opt/gkdesk/lib/modules/PIL",
    "cryptography": "opt/gkdesk/lib/modules/cryptography",
    "lxml": "opt/gkdesk/lib/modules/lxml",
    "pdfium": "opt/gkdesk/lib/modules/pypdfium2",
    "pdfminer": "opt/gkdesk/lib/modules/pdfminer",
    "pikepdf": "opt/gkdesk/lib/modules/pikepdf",
    "reportlab": "opt/gkdesk/lib/modules/reportlab",
    "other modules": "opt/gkdesk/lib/modules",
    "GKDesk and its resources": "opt/gkdesk/app",
}

STUB = """#!/bin/sh
echo "gkdesk {version} (stub)"
"""


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 2 where this machine or a gate says no."""
    if [word for word in arguments if word != "--stub"]:
        print((__doc__ or "").strip())
        return 2
    began = time.monotonic()
    try:
        target = stub() if arguments else full()
    except (SetupError, elf.TooNew) as error:
        say(str(error))
        return 2
    said = f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB"
    say(f"{said}, in {time.monotonic() - began:.0f} s")
    return 0


def stub() -> Path:
    """The package with a script in the program's place. Raises SetupError."""
    tree = BUILD / "stub"
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / PLACE / "gkdesk"
    program.parent.mkdir(parents=True)
    program.write_text(STUB.format(version=machine.version()))
    program.chmod(0o755)
    package.lay_desktop(tree)
    package.validate(tree)
    target = DIST / "stub" / name()
    package.make_deb(tree, elf.depends([elf.Needs(frozenset(elf.SYSTEM))]), target)
    return target


def full() -> Path:
    """The package. Raises SetupError, and elf.TooNew where a file needs more than the oldest system has."""
    root = roots.provide_root()
    wheelhouse.fetch("linux", WHEELS)
    tree = root / TREE
    shutil.rmtree(tree, ignore_errors=True)
    lay_python(root, tree / PLACE)
    lay_modules(root, tree / PLACE)
    payload.lay_program(tree / PLACE / "app")
    compile_modules(root)
    needs = look_through(root, tree)
    elf.refuse_newer(needs)
    say("Newest glibc that a file needs: " + ".".join(map(str, elf.newest(needs.values()))))
    package.lay_desktop(tree)
    package.validate(tree)
    target = DIST / name()
    package.make_deb(tree, elf.depends(needs.values()), target)
    tell_sizes(tree, target)
    return target


def name() -> str:
    """File name of the package."""
    return f"gkdesk_{machine.version()}_amd64.deb"


def lay_python(root: Path, place: Path) -> None:
    """The interpreter under the program's name, and as much of its library as the program may need."""
    shutil.copytree(root / roots.PYTHON / STANDARD, place / STANDARD, symlinks=True)
    for pattern in NOT_OF_PYTHON:
        for path in sorted((place / STANDARD).glob(pattern)):
            payload.remove(path)
    launcher, header = (roots.give(root, name) for name in ("launcher.c", "glibc228.h"))
    inside = f"/{roots.PYTHON}"
    script = (
        f"gcc -O2 -Wall -Wextra -include {header} -I{inside}/include/python3.11 -Wl,--export-dynamic "
        f"-o /{TREE}/{PLACE}/gkdesk {launcher} {inside}/lib/libpython3.11.a -lpthread -ldl -lutil -lm"
    )
    roots.run(root, ["sh", "-c", script])


def lay_modules(root: Path, place: Path) -> None:
    """The locked wheels without what is never loaded, the libraries that not every desktop has, and fcitx's plugin."""
    wheelhouse.unpack("linux", WHEELS, place / MODULES)
    payload.cut(place / MODULES)
    dynamic = STANDARD / "lib-dynload"
    (ctypes,) = (place / dynamic).glob("_ctypes.*.so")
    for folder, library, user in (
        *((QT / "lib", library, library) for library in elf.CARRIED),
        (dynamic, elf.FFI, ctypes.name),
    ):
        source = root / "usr" / "lib" / "x86_64-linux-gnu" / library
        shutil.copy(source.resolve(), place / folder / library)
        roots.run(root, ["patchelf", "--set-rpath", "$ORIGIN", f"/{TREE}/{PLACE}/{folder}/{user}"])
    script = f"find /{TREE} -type f \\( -name '*.so*' -o -name gkdesk \\) -exec strip --strip-unneeded {{}} +"
    roots.run(root, ["sh", "-c", script])
    fcitx.lay(root, TREE, PLACE / QT)


def compile_modules(root: Path) -> None:
    """Compile to byte code that no time stamp can spoil; the program's own source stays beside it, to be read."""
    python = f"/{roots.PYTHON}/bin/python3.11"
    strip = ["-s", f"/{TREE}", "-p", "/", "-q", "--invalidation-mode", "unchecked-hash"]
    libraries = f"/{TREE}/{PLACE}/lib"
    roots.run(root, [python, "-m", "compileall", *strip, "-b", libraries])
    roots.run(root, ["find", libraries, "-name", "*.py", "-delete"])
    roots.run(root, [python, "-m", "compileall", *strip, f"/{TREE}/{PLACE}/app"])


def look_through(root: Path, tree: Path) -> dict[str, elf.Needs]:
    """What every compiled file needs, by its name below the tree."""
    files = [path.relative_to(tree).as_posix() for path in sorted(tree.rglob("*")) if elf.is_elf(path)]
    return {file: elf.needs_of(roots.run(root, ["objdump", "-p", f"/{TREE}/{file}"])) for file in files}


def tell_sizes(tree: Path, target: Path) -> None:
    """Write beside the package what takes the space when it is installed."""
    found = package.sizes(tree, GROUPS)
    lines = [f"{size / 1e6:7.1f} MB  {name}" for name, size in found]
    lines.append(f"{sum(size for _name, size in found) / 1e6:7.1f} MB  installed")
    lines.append(f"{target.stat().st_size / 1e6:7.1f} MB  {target.name}")
    target.with_suffix(".sizes.txt").write_text("\n".join(lines) + "\n")
    say("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
