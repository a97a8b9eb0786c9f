"""What strace saw a program do: files that it wrote, and ways to the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

CALLS = (
    "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,"
    "truncate,chmod,socket"
)
"""For strace -e: what `written` and `networks` look at."""

_PATHS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")
_OPENING = ("open", "openat", "creat")
_CHANGING = ("mkdir", "rename", "unlink", "link", "symlink", "truncate", "chmod")


def calls(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Name and whole text of every call that succeeded; what other threads cut in two is put together."""
    begun: dict[str, str] = {}
    found = []
    for line in lines:
        process, _space, text = line.strip().partition(" ")
        if not process.isdigit():
            process, text = "", line.strip()
        text = text.lstrip()
        if text.endswith("<unfinished ...>"):
            begun[process] = text.removesuffix("<unfinished ...>")
            continue
        if text.startswith("<... "):
            text = begun.pop(process, "") + text.partition("resumed>")[2]
        name = text.partition("(")[0]
        if name.isidentifier() and " = -1 " not in text:
            found.append((name, text))
    return found


def written(lines: Iterable[str]) -> set[str]:
    """Absolute paths that were opened for writing, made, renamed or removed; a relative one as it was named."""
    paths: set[str] = set()
    for name, text in calls(lines):
        opened = name in _OPENING and (name == "creat" or any(flag in text for flag in _WRITING))
        if opened or name.startswith(_CHANGING):
            paths.update(_decoded(path) for path in _PATHS.findall(text))
    return paths


def _decoded(path: str) -> str:
    return (
        path.encode("latin-1", "replace")
        .decode("unicode_escape")
        .encode("latin-1")
        .decode("utf-8", "replace")
    )


def elsewhere(paths: Iterable[str], allowed: Sequence[str]) -> list[str]:
    """Those of the paths that lie under none of the allowed folders (a name with * stands for what begins so)."""

    def fits(path: str) -> bool:
        for place in allowed:
            if place.endswith("*"):
                if path.startswith(place[:-1]):
                    return True
            elif PurePosixPath(path).is_relative_to(place):
                return True
        return False

    return sorted(path for path in paths if not fits(path))


def networks(lines: Iterable[str]) -> set[str]:
    """Families of the sockets that were asked for; AF_UNIX alone means that nothing leaves the computer."""
    return {
        family for name, text in calls(lines) if name == "socket" for family in re.findall(r"\bAF_\w+", text)
    }
