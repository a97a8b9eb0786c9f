"""The Debian 11 root in which the Linux package is built: glibc 2.31, as Kylin V10 has it, and a Python compiled there.

Kept under build/linux and used again while the recipe is the same; the first time takes some minutes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import machine
from machine import ROOT, SetupError, say

HERE = Path(__file__).resolve().parent
BUILD = ROOT / "build" / "linux"
RELEASE = "bullseye"
RECIPE = ("python.sh", "glibc228.h")
PYTHON = Path("opt", "python")
GIVEN = Path("gkdesk-build")
"""Folder of the root for the files of this one that are compiled or run there: no name that a machine has too."""
MIRROR = os.environ.get("GKDESK_DEBIAN_MIRROR", "http://deb.debian.org/debian")
SECURITY = os.environ.get("GKDESK_DEBIAN_SECURITY", "http://deb.debian.org/debian-security")
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
"""The environment inside a root: nothing of the caller's."""


def provide_root() -> Path:
    """The root with its Python, made where it is not there or was made by another recipe. Raises SetupError."""
    root = BUILD / RELEASE
    stamp = root / PYTHON / "RECIPE"
    recipe = hashlib.sha256(b"\0".join((HERE / name).read_bytes() for name in RECIPE)).hexdigest()
    if stamp.is_file() and stamp.read_text() == recipe:
        return root
    if not (root / "usr" / "bin" / "dpkg").exists():
        make_root(root, RELEASE)
    say("Compiling Python in the Debian 11 root: about 5 minutes, once …")
    script, _header = [give(root, name) for name in RECIPE]
    run(root, ["sh", script], log=BUILD / "python.log", MIRROR=MIRROR, SECURITY=SECURITY)
    stamp.write_text(recipe)
    return root


def give(root: Path, name: str) -> str:
    """Copy a file of this folder into the root; returns its path there."""
    (root / GIVEN).mkdir(exist_ok=True)
    shutil.copy(HERE / name, root / GIVEN / name)
    return f"/{GIVEN}/{name}"


def make_root(root: Path, release: str) -> None:
    """Debootstrap a minimal Debian into a folder. Raises SetupError."""
    if not (machine.on_debian() and machine.is_root()):
        raise SetupError("The Linux package is built as root on Debian 12: debootstrap and chroot need it.")
    if not shutil.which("debootstrap"):
        machine.install_packages(["debootstrap"])
    say(f"Making a Debian root ({release}) …")
    root.parent.mkdir(parents=True, exist_ok=True)
    discard(root)
    log = root.parent / f"debootstrap-{root.name}.log"
    with log.open("w") as output:
        command = ["debootstrap", "--variant=minbase", release, str(root), MIRROR]
        if subprocess.run(command, stdout=output, stderr=output, check=False).returncode:
            raise SetupError(f"debootstrap failed: see {log}")
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")


def discard(root: Path) -> None:
    """Delete a root. Raises SetupError where something of this machine is mounted in it and cannot be taken off."""
    for target in reversed(_mounts(root)):
        subprocess.run(["umount", "--lazy", target], check=False)
    if _mounts(root):
        raise SetupError(f"Something is mounted in {root}: it is not deleted. See: mount | grep {root.name}")
    shutil.rmtree(root, ignore_errors=True)


def _mounts(root: Path) -> list[str]:
    """What is mounted below a folder, in the order in which it was."""
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    return [place for place in (line.split()[1] for line in lines) if Path(place).is_relative_to(root)]


@contextmanager
def mounted(root: Path, *folders: Path) -> Iterator[None]:
    """/proc, and folders of this machine, inside the root, for programs that look there. Raises SetupError."""
    done: list[Path] = []
    try:
        for source, options in (("proc", ["-t", "proc"]), *((str(folder), ["--bind"]) for folder in folders)):
            target = root / source.lstrip("/")
            target.mkdir(parents=True, exist_ok=True)
            if subprocess.run(["mount", *options, source, str(target)], check=False).returncode:
                raise SetupError(f"{target} cannot be mounted.")
            done.append(target)
        yield
    finally:
        for target in reversed(done):
            subprocess.run(["umount", "--lazy", str(target)], check=False)


def run(root: Path, command: Sequence[str], *, log: Path | None = None, **environment: str) -> str:
    """Run a program inside the root; returns what it prints. Raises SetupError with its last lines where it fails."""
    done = subprocess.run(
        ["chroot", str(root), *command],
        env={**CLEAN, **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if log is not None:
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        sys.stderr.write("\n".join((done.stdout + done.stderr).splitlines()[-15:]) + "\n")
        raise SetupError(
            f"In {root.name}: {' '.join(command[:3])} ended with {done.returncode}"
            + (f"; see {log}" if log else "")
        )
    return done.stdout
