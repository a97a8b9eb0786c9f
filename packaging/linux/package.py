"""The tree of the Debian package around the program, and the package made of it."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import machine
from machine import ROOT, SetupError, say

HERE = Path(__file__).resolve().parent
PLACE = Path("opt", "gkdesk")
SIZES = (16, 24, 32, 48, 64, 128, 256)
DOCUMENT_SIZES = (48, 64, 128, 256)
HICOLOR = Path("usr", "share", "icons", "hicolor")
SCRIPTS = ("preinst", "prerm")


def lay_desktop(tree: Path) -> None:
    """What the desktop finds: command, menu entry, file type, icons, manual page, licences. Raises SetupError."""
    command = tree / "usr" / "bin" / "gkdesk"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("..", "..", PLACE, "gkdesk"))
    share = tree / "usr" / "share"
    for source, target in (("gkdesk.desktop", "applications"), ("gkdesk.xml", "mime/packages")):
        (share / target).mkdir(parents=True)
        shutil.copy(HERE / source, share / target / source)
    drawn = tree / "drawn"
    words = [
        str(machine.provide_environment()),
        str(ROOT / "packaging" / "icons.py"),
        str(drawn),
        *map(str, SIZES),
    ]
    if subprocess.run(words, check=False).returncode:
        raise SetupError("The icons could not be drawn (see above).")
    for kind, name, sizes in (
        ("apps", "gkdesk", SIZES),
        ("mimetypes", "application-x-gkdesk", DOCUMENT_SIZES),
    ):
        for size in sizes:
            _put(drawn / f"{size}.png", tree / HICOLOR / f"{size}x{size}" / kind / f"{name}.png")
        _put(ROOT / "resources" / "icons" / "gkdesk.svg", tree / HICOLOR / "scalable" / kind / f"{name}.svg")
    shutil.rmtree(drawn)
    manual = (HERE / "gkdesk.1").read_text(encoding="utf-8").replace("@VERSION@", machine.version())
    _pack(manual.encode(), share / "man" / "man1" / "gkdesk.1.gz")
    _pack((ROOT / "CHANGELOG.md").read_bytes(), share / "doc" / "gkdesk" / "changelog.gz")
    rights = (
        "GKDesk\n\n"
        + (ROOT / "LICENSE").read_text(encoding="utf-8")
        + "\nWhat it carries along has licences of its "
        f"own: /{PLACE.as_posix()}/app/resources/licences/third-party.txt\n"
    )
    (share / "doc" / "gkdesk" / "copyright").write_text(rights, encoding="utf-8")


def validate(tree: Path) -> None:
    """Have desktop-file-validate look at the menu entry; say so where it cannot be had. Raises SetupError."""
    tool = "desktop-file-validate"
    if not shutil.which(tool) and machine.is_root():
        machine.install_packages(["desktop-file-utils"])
    if not shutil.which(tool):
        say(f"The menu entry was not looked at: {tool} is not here (apt-get install desktop-file-utils).")
        return
    entry = tree / "usr" / "share" / "applications" / "gkdesk.desktop"
    done = subprocess.run([tool, str(entry)], capture_output=True, text=True, check=False)
    if done.returncode or done.stdout:
        raise SetupError(done.stdout.strip() or f"{tool} ended with {done.returncode}")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _pack(data: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(data, 9, mtime=0))


def make_deb(tree: Path, depends: str, target: Path) -> None:
    """Write control files into the tree and pack it: the same tree at the same commit gives the same bytes.

    Raises SetupError.
    """
    settle(tree)
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    installed = sum(size_on_disk(path) for path in files)
    control = tree / "DEBIAN"
    control.mkdir()
    filled = (HERE / "control").read_text(encoding="utf-8")
    for mark, value in (
        ("VERSION", machine.version()),
        ("SIZE", str(installed // 1024)),
        ("DEPENDS", depends),
    ):
        filled = filled.replace(f"@{mark}@", value)
    (control / "control").write_text(filled, encoding="utf-8")
    sums = [f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    for name in SCRIPTS:
        shutil.copy(HERE / name, control / name)
        (control / name).chmod(0o755)
    target.parent.mkdir(parents=True, exist_ok=True)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SetupError("dpkg-deb could not make the package (see above).")


def size_on_disk(path: Path) -> int:
    """Bytes that a file takes, in blocks of 4 KB, as dpkg counts."""
    return -(-path.stat().st_size // 4096) * 4096


def settle(tree: Path) -> None:
    """Plain permissions and one time for all files: that of the last commit."""
    time = moment()
    for path in [*tree.rglob("*"), tree]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (time, time), follow_symlinks=False)


def moment() -> int:
    """Seconds since 1970 of the last commit; of the files themselves where there is no repository."""
    words = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        told = ""
    return int(told) if told.isdecimal() else int((ROOT / "gkdesk" / "__init__.py").stat().st_mtime)


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def sizes(tree: Path, groups: Mapping[str, str]) -> list[tuple[str, int]]:
    """Bytes that each group of files (name -> path below the tree) takes, largest first, then the rest."""
    counted = dict.fromkeys(groups, 0)
    rest = 0
    prefixes = sorted(((path, name) for name, path in groups.items()), key=lambda pair: -len(pair[0]))
    for path in tree.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        inside = path.relative_to(tree).as_posix()
        name = next((name for prefix, name in prefixes if inside.startswith(prefix)), None)
        if name is None:
            rest += size_on_disk(path)
        else:
            counted[name] += size_on_disk(path)
    return [*sorted(counted.items(), key=lambda pair: -pair[1]), ("rest", rest)]
