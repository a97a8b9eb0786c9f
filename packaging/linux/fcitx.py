"""fcitx's plugin for Qt, without which nobody types Chinese on Kylin and UOS; PySide6 brings none.

Debian 13 has it for Qt 6.8, the very Qt of the wheels, and it speaks to fcitx 4 and 5. Compiled there it asks for a
newer libstdc++ than Debian 11 has, for two functions: these requirements are made weak, and fcitx_shim.c has the
functions.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import root as roots
from machine import SetupError

LOCK = roots.HERE / "fcitx.lock"
KEPT = roots.BUILD / "fcitx"
LIBRARIES = Path("usr", "lib", "x86_64-linux-gnu")
PLUGIN = Path("qt6", "plugins", "platforminputcontexts", "libfcitx5platforminputcontextplugin.so")
ADDONS = "libFcitx5Qt6DBusAddons.so.1"
SHIM = "libgkdesk-shim.so"
TOO_NEW = ("GLIBCXX_3.4.29", "CXXABI_1.3.15")

_VERNEED = 0x6FFFFFFE
_WEAK = 2


def fetch() -> Path:
    """The unpacked packages that fcitx.lock names, each checked by its hash. Raises SetupError."""
    unpacked = KEPT / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir(parents=True)
    for line in LOCK.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        digest, path = line.split()
        package = KEPT / Path(path).name
        if not package.is_file() or _sha256(package) != digest:
            try:
                with urllib.request.urlopen(f"{roots.MIRROR}/{path}", timeout=60) as answer:
                    package.write_bytes(answer.read())
            except OSError as error:
                raise SetupError(f"{roots.MIRROR}/{path} could not be fetched: {error}") from error
        if _sha256(package) != digest:
            raise SetupError(f"{package} is not the file that fcitx.lock names.")
        subprocess.run(["dpkg-deb", "-x", str(package), str(unpacked)], check=True)
    return unpacked / LIBRARIES


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def lay(root: Path, tree: Path, qt: Path) -> None:
    """Put plugin, its library and the shim into a folder of Qt (below the tree inside the root). Raises SetupError."""
    source = fetch()
    target = root / tree / qt
    plugin = qt / "plugins" / "platforminputcontexts" / PLUGIN.name
    shutil.copy((source / ADDONS).resolve(), target / "lib" / ADDONS)
    shutil.copy(source / PLUGIN, root / tree / plugin)
    inside = f"/{tree}/{qt}/lib/{SHIM}"
    roots.run(
        root,
        [
            "gcc",
            "-O2",
            "-Wall",
            "-fPIC",
            "-shared",
            f"-Wl,-soname,{SHIM}",
            "-o",
            inside,
            roots.give(root, "fcitx_shim.c"),
        ],
    )
    for file, origin in ((plugin, "$ORIGIN/../../lib"), (qt / "lib" / ADDONS, "$ORIGIN")):
        # Debian 11's patchelf confuses the two when they are asked for at once.
        roots.run(root, ["patchelf", "--set-rpath", origin, f"/{tree}/{file}"])
        roots.run(root, ["patchelf", "--add-needed", SHIM, f"/{tree}/{file}"])
        weaken(root / tree / file, TOO_NEW)


def weaken(file: Path, names: tuple[str, ...]) -> None:
    """Mark versions that a compiled file needs as weak: where the system lacks one, the loader goes on."""
    data = bytearray(file.read_bytes())
    for at, name in _references(data):
        if name in names:
            flags = struct.unpack_from("<H", data, at + 4)[0]
            struct.pack_into("<H", data, at + 4, flags | _WEAK)
    file.write_bytes(data)


def _references(data: bytearray) -> Iterator[tuple[int, str]]:
    """Where each Elf64_Vernaux stands in the file, and the version that it names."""
    sections, size, count = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 58)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, sections + number * size) for number in range(count)]
    for _name, kind, _flags, _address, offset, _size, link, entries, *_rest in headers:
        if kind != _VERNEED:
            continue
        strings = headers[link][4]
        need = offset
        for _entry in range(entries):
            _version, parts, _file, first, following = struct.unpack_from("<HHIII", data, need)
            auxiliary = need + first
            for _part in range(parts):
                name, after = struct.unpack_from("<II", data, auxiliary + 8)
                end = data.index(0, strings + name)
                yield auxiliary, data[strings + name : end].decode()
                auxiliary += after
            need += following
