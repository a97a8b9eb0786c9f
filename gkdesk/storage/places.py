"""Where documents lie: absolute paths, and what kind of medium they are on."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

from gkdesk.storage.failures import NoAccess, NotADocument, NotFound, explain

Medium = Literal["local", "removable", "network", "unknown"]

NETWORK = {
    "9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone",
    "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb2", "smb3", "smbfs", "virtiofs",
}  # fmt: skip
"""File system types whose files another computer keeps."""

PORTABLE = {"vfat", "exfat", "msdos", "fuseblk", "iso9660", "udf"}
"""File system types of sticks, where the system does not tell more."""

_ESCAPED = re.compile(r"\\([0-7]{3})")


def absolute(path: str | Path) -> Path:
    """The path from the root, links and mapped drives left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would turn a mapped drive into its share


def check_is_file(path: Path) -> None:
    """Raises NotFound or NotADocument where there is no file with something in it, NoAccess where it is not for us."""
    try:
        if not path.exists():
            raise NotFound(path)
        if not path.is_file() or path.stat().st_size == 0:
            raise NotADocument(path)
        if not _may_read(path):
            raise NoAccess(path)
    except PermissionError as error:  # not even its folder may be looked into
        raise NoAccess(path) from error
    except OSError as error:
        raise explain(error, path) from error


def _may_read(path: Path) -> bool:
    """SQLite would only say that the file cannot be opened, as it does of a stick that is gone."""
    if sys.platform == "win32":
        return _may_read_on_windows(path)
    return os.access(path, os.R_OK)


def _may_read_on_windows(path: Path) -> bool:
    """`os.access` knows nothing of access control lists; opening drops no locks there, unlike with POSIX."""
    access_denied = 5  # a file that another program has for itself is a sharing violation, 32
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as error:
        return getattr(error, "winerror", None) != access_denied
    return True


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file in this place from another one put there; None where the system does not tell.

    Windows lets nobody remove or rename a file that is open. Raises OSError, FileNotFoundError when it is gone.
    """
    if sys.platform == "win32":
        return None
    status = path.stat()
    return (status.st_dev, status.st_ino) if status.st_ino else None


def medium_of(path: str | Path) -> Medium:
    """What kind of medium `path` is on; it need not exist yet. Never raises.

    On a share other computers may want the document too and saving may take long; a stick may be pulled.
    """
    place = absolute(path)
    with suppress(OSError, ValueError):
        return _on_windows(place) if sys.platform == "win32" else _by_mounts(place.resolve())
    return "unknown"


def _by_mounts(
    place: Path, mounts: Path = Path("/proc/self/mounts"), sys_block: Path = Path("/sys/dev/block")
) -> Medium:
    """By the table of mounts of Linux: device, mount point and type in each line, blanks as octal escapes."""
    best: tuple[int, str, str] = (-1, "", "")
    for line in mounts.read_text("utf-8", "surrogateescape").splitlines():
        fields = [_ESCAPED.sub(lambda match: chr(int(match[1], 8)), field) for field in line.split(" ")[:3]]
        # Of two mounts on one point the later one is seen.
        if len(fields) == 3 and place.is_relative_to(fields[1]) and len(Path(fields[1]).parts) >= best[0]:
            best = (len(Path(fields[1]).parts), fields[0], fields[2])
    _depth, device, kind = best
    if kind in NETWORK or (kind.startswith("fuse") and "//" in device):
        return "network"
    if device.startswith("/dev/"):
        return _by_device(place, kind, sys_block)
    return "local" if kind else "unknown"


def _by_device(place: Path, kind: str, sys_block: Path) -> Medium:
    """Whether the disk under `place` hangs on USB or calls itself removable."""
    existing = next((folder for folder in (place, *place.parents) if folder.exists()), place)
    number = existing.stat().st_dev
    block = sys_block / f"{os.major(number)}:{os.minor(number)}"
    if not block.exists():
        return "removable" if kind in PORTABLE else "local"
    device = block.resolve()
    if any(part.startswith("usb") for part in device.parts):
        return "removable"
    for disk in (device, device.parent):
        with suppress(OSError):
            if (disk / "removable").read_text("ascii").strip() == "1":
                return "removable"
    return "local"


def _on_windows(place: Path) -> Medium:
    """By the drive's type (GetDriveTypeW); a path that begins with a server is on a share."""
    if place.drive.startswith("\\\\"):
        return "network"
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kinds: dict[int, Medium] = {2: "removable", 3: "local", 4: "network", 5: "removable", 6: "local"}
    return kinds.get(int(kernel.GetDriveTypeW(f"{place.drive}\\")), "unknown")
