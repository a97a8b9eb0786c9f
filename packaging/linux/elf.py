"""What compiled files need of the system, and the gate that refuses what an older system does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

OLDEST = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11)}
"""Of Debian 10, from which UOS 20 comes; Kylin V10 SP1 has glibc 2.31 and the libstdc++ of GCC 9."""

SYSTEM = {
    "libc.so.6": "libc6 (>= {}.{})".format(*OLDEST["GLIBC"]),
    "ld-linux-x86-64.so.2": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6 (>= 8)",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
}
"""Libraries that every desktop of the Debian family has, and the package. Everything else is carried along."""
OPTIONAL = {"libcups.so.2": "libcups2 | libcups2t64"}
"""Of plugins that Qt leaves out where the library is missing: without CUPS there is printing to PDF."""
ALSO = ("xkb-data",)
"""Files that the carried libxkbcommon reads."""

FFI = "libffi.so.7"
"""Of Python's ctypes; Debian 12 has another."""
CARRIED = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-util.so.1",
    "libxcb-xkb.so.1",
    "libxkbcommon.so.0",
    "libxkbcommon-x11.so.0",
)
"""Libraries that Qt's X11 plugin needs and not every desktop has, as they are in Debian 11."""

_VERSION = re.compile(
    r"^\s*0x[0-9a-f]+ 0x([0-9a-f]+) \d+ (GLIBC|GLIBCXX|CXXABI)_(\d+(?:\.\d+)+)$", re.MULTILINE
)
_WEAK = 2


@dataclass(frozen=True)
class Needs:
    """Of one compiled file."""

    libraries: frozenset[str] = frozenset()
    versions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


class TooNew(Exception):
    """Files that an older system cannot load; a line each."""


def is_elf(path: Path) -> bool:
    """Whether the file is compiled for Linux."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def needs_of(objdump: str) -> Needs:
    """What `objdump -p` says that a file needs; versions that it can do without are left out."""
    versions: dict[str, tuple[int, ...]] = {}
    required = objdump.partition("Version References:")[2]
    for flags, name, number in _VERSION.findall(required):
        if not int(flags, 16) & _WEAK:
            version = tuple(int(part) for part in number.split("."))
            versions[name] = max(version, versions.get(name, ()))
    return Needs(frozenset(re.findall(r"^\s*NEEDED\s+(\S+)$", objdump, re.MULTILINE)), versions)


def refuse_newer(found: Mapping[str, Needs]) -> None:
    """Raise TooNew for files that need more than the oldest system has, or a library that is neither there nor here."""
    here = {Path(name).name for name in found}
    known = here | SYSTEM.keys() | OPTIONAL.keys()
    wrong = []
    for name, needs in sorted(found.items()):
        for what, version in needs.versions.items():
            if version > OLDEST[what]:
                wrong.append(f"{name} needs {what}_{'.'.join(map(str, version))}")
        wrong += [f"{name} needs {library}" for library in sorted(needs.libraries - known)]
    if wrong:
        raise TooNew("\n".join(wrong))


def newest(found: Iterable[Needs], what: str = "GLIBC") -> tuple[int, ...]:
    """The newest version that any of the files needs."""
    return max((needs.versions[what] for needs in found if what in needs.versions), default=())


def depends(found: Iterable[Needs]) -> str:
    """The Depends line of the package: what the files are linked with, libc6 with the version first."""
    libraries = {library for needs in found for library in needs.libraries} | {"libc.so.6"}
    packages = {SYSTEM[library] for library in libraries if library in SYSTEM} - {"libc6"}
    first = SYSTEM["libc.so.6"]
    return ", ".join([first, *sorted(packages - {first}), *ALSO])
