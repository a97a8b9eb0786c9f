"""Programs that run in a Debian root, as this machine's /proc tells of them."""

from __future__ import annotations

import os
import re
from pathlib import Path


def of_root(root: Path) -> list[tuple[Path, Path]]:
    """The folder of /proc and the program of every process whose program lies in the root."""
    found = []
    for link in Path("/proc").glob("[0-9]*/exe"):
        try:
            program = link.readlink()
        except OSError:  # it has ended
            continue
        if program.is_relative_to(root):
            found.append((link.parent, program))
    return found


def forget_files(root: Path) -> None:
    """Drop the program and the system's libraries from this machine's file cache, as far as it lets go of them."""
    os.sync()
    for folder in ("opt/gkdesk", "usr/lib", "lib"):
        for path in (root / folder).rglob("*"):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def peak_memory(folder: Path) -> int:
    """The most memory, in MB, that a process (its folder of /proc) has held at once; 0 when it has ended."""
    try:
        told = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
    except OSError:
        return 0
    return int(told[1]) // 1000 if told else 0


def processor_time(folder: Path) -> float:
    """Seconds of processor time that a process (its folder of /proc) has used: other jobs do not count."""
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
