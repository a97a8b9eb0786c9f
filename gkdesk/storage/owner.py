"""Who has a document open: a small record beside it, for the words of the refusal only.

The lock itself is SQLite's; the record (`<name>.gkd.lock`, JSON) says who, where and since when. A record
that a killed program left behind is stale: it is told by its process being gone, and whoever gets the
lock of SQLite writes a new one over it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 4096


@dataclass(frozen=True)
class Owner:
    """`since` is ISO 8601 with offset."""

    user: str
    computer: str
    pid: int
    since: str

    @property
    def since_short(self) -> str:
        """Day and minute as a clerk reads them."""
        return self.since[:16].replace("T", " ")

    def is_gone(self) -> bool:
        """Whether the process is known to have ended. Of another computer's processes nothing is known."""
        return self.computer == computer_name() and not _process_runs(self.pid)


def user_name() -> str:
    """Login name; empty when the system does not tell."""
    import getpass

    with contextlib.suppress(
        ImportError, KeyError
    ):  # Windows has no such list; an account need not have a name
        import pwd

        # Before what the environment says: that may be of another account.
        return pwd.getpwuid(os.geteuid()).pw_name
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def computer_name() -> str:
    """Name of this computer in its network."""
    import platform

    return platform.node()


def now() -> str:
    """The present moment, ISO 8601 to the second with the computer's offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def leave(document: Path) -> Owner:
    """Write the record of this process beside `document`. Raises OSError.

    Where another account has left a record that only it may replace, there is none of this process.
    """
    owner = Owner(user_name(), computer_name(), os.getpid(), now())
    try:
        write(document, owner)
    except PermissionError:
        if not record_path(document).exists():
            raise
    return owner


def record_path(document: Path) -> Path:
    """Where the record of `document` lies."""
    return document.with_name(document.name + ".lock")


def write(document: Path, owner: Owner) -> None:
    """Write the record in one step, over a stale one. Raises OSError."""
    target = record_path(document)
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        temporary.write_text(json.dumps(asdict(owner), ensure_ascii=False), "utf-8")
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def read(document: Path) -> Owner | None:
    """The record beside `document`; None when there is none, or none that makes sense."""
    try:
        with record_path(document).open("rb") as file:
            record = json.loads(file.read(_MOST_BYTES))
        owner = Owner(record["user"], record["computer"], record["pid"], record["since"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    texts = (owner.user, owner.computer, owner.since)
    if not all(isinstance(text, str) for text in texts) or type(owner.pid) is not int:
        return None
    return owner


def holder(document: Path) -> Owner | None:
    """The owner to name when `document` is locked; None when the record is stale or missing."""
    owner = read(document)
    return None if owner is None or owner.is_gone() else owner


def remove(document: Path, owner: Owner) -> None:
    """Remove the record if it is still `owner`'s. To be called while the lock is held; never raises."""
    if read(document) == owner:
        with contextlib.suppress(OSError):
            record_path(document).unlink()


def _process_runs(pid: int) -> bool:
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _process_runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # it runs under another account
    return True


def _process_runs_on_windows(pid: int) -> bool:
    """`os.kill(pid, 0)` would send Ctrl+C there."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    query_limited_information, access_denied, still_active = 0x1000, 5, 259
    handle = kernel.OpenProcess(query_limited_information, 0, pid)
    if not handle:
        return bool(ctypes.get_last_error() == access_denied)  # type: ignore[attr-defined,unused-ignore]
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not known or code.value == still_active
