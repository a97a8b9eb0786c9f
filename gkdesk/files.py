"""Writing files: whole or not at all, under names that every system takes, and words for what went wrong."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from gkdesk.errors import KnownError
from gkdesk.i18n import _

LONGEST_STEM = 180
"""Bytes of a file name without its suffix: file systems stop at 255, encrypted ones well before."""

_HELD = (32, 33)
"""Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def atomic_write(target: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` make a file under a temporary name beside the target, then give it the target's name.

    A new file has the permissions that any program's new file would have there (the user's umask), for colleagues
    read it; one that takes an older file's place keeps those of that file. A link stays one: what it points to is
    replaced. Devices and pipes are refused, for a file would take their place.
    Nothing is left behind when ``write`` fails. Raises KnownError, naming the target, for every OSError;
    other errors of ``write`` pass through.
    """
    if is_folder(target):
        raise KnownError(_("“{file}”是文件夹，请写明文件名。").format(file=target))
    temporary: Path | None = None
    try:
        if target.is_symlink():
            target = Path(os.path.realpath(target))
        temporary, permissions = _new_file(target)
        write(temporary)
        flush(temporary)
        if permissions is not None:
            with suppress(PermissionError):  # some shares and sticks know no permissions
                temporary.chmod(permissions)
        _put_in_place(temporary, target)
        temporary = None
        flush_folder(target.parent)
    except OSError as error:
        if not is_folder(target.parent):
            message = _("没有文件夹“{folder}”，请先建立。").format(folder=target.parent)
        else:
            message = _("无法写入“{file}”：{reason}。").format(file=target, reason=reason(error))
        raise KnownError(message) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _new_file(target: Path) -> tuple[Path, int | None]:
    """An empty file beside the target, and the permissions that it is to have; None where it has them already."""
    permissions: int | None = None
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        pass
    else:
        if not stat.S_ISREG(mode):
            raise KnownError(_("“{file}”是设备或管道，不是文件，不能写入。").format(file=target))
        permissions = mode & 0o777
    while True:
        path = target.with_name(f".gkdesk-{token_hex(6)}{target.suffix}")
        with suppress(FileExistsError):
            os.close(
                os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if permissions is None else 0o600)
            )
            return path, permissions


def _put_in_place(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        # The folder takes new files, so it is this one that another program holds: Windows then says "access denied".
        message = _(
            "无法写入“{file}”：它正在别的程序（如 WPS、PDF 阅读器）里打开着，或者是只读的。请先关闭它，或另取文件名。"
        )
        raise KnownError(message.format(file=target)) from error


def safe_name(title: str, suffix: str) -> str:
    """A file name made of a title: characters that some system refuses become “_”, the length is bounded.

    ``suffix`` begins with its dot.
    """
    stem = _NOT_IN_NAMES.sub("_", "".join(c for c in title if c.isprintable()))
    stem = stem.encode("utf-8")[:LONGEST_STEM].decode("utf-8", "ignore").strip(" .")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem + suffix


def is_folder(path: Path) -> bool:
    """Whether the path is a folder; False also where that cannot be told (no permission, impossible name)."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether something is at the path; False also where that cannot be told (no permission, impossible name)."""
    try:
        return path.exists()
    except OSError:
        return False


def reason(error: OSError) -> str:
    """Why the system refused, in a few words; its own words for what is rare."""
    if getattr(error, "winerror", None) in _HELD:
        return _("正被其他程序使用")
    words = {
        errno.ENOENT: _("没有这个文件或文件夹"),
        errno.ENOTDIR: _("没有这个文件或文件夹"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
        errno.EISDIR: _("是文件夹，不是文件"),
        errno.EROFS: _("磁盘是只读的"),
        errno.ENOSPC: _("磁盘已满"),
        errno.EDQUOT: _("磁盘已满"),
        errno.ENAMETOOLONG: _("名称太长"),
        errno.EINVAL: _("名称里有不能使用的字符"),
        errno.EBUSY: _("正被其他程序使用"),
    }
    return words.get(error.errno or 0) or error.strerror or type(error).__name__


def flush(path: Path) -> None:
    """Return when the file's content is on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)  # Windows flushes only what it may write
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can do that."""
    with suppress(OSError):  # Windows opens no folders, some shares flush none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
