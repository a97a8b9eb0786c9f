"""Where things lie: the program's own resources, and what it keeps for the user."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from gkdesk.errors import KnownError
from gkdesk.i18n import _

ENVIRONMENT = "GKDESK_DATA"
PORTABLE = "portable.txt"
"""Beside gkdesk.exe: this copy is carried about on a stick and keeps what it is given in `data` there."""


@cache
def resources() -> Path:
    """Folder of formats, fonts, icons, translations, help and samples.

    Inside the package where GKDesk is installed, beside it in a checkout. Raises KnownError where neither is there.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise KnownError(_("程序文件不完整，缺少 resources 文件夹。请重新安装本程序。"))


def data_folder() -> Path:
    r"""Folder of the user's documents and settings, made when it is not there.

    `%LOCALAPPDATA%\GKDesk` on Windows, `~/.local/share/GKDesk` on Linux, `data` beside a portable copy, or what
    GKDESK_DATA names. Raises KnownError where it cannot be made.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        return _made(Path(named).absolute())
    beside = Path(sys.executable).parent
    if getattr(sys, "frozen", False) and (beside / PORTABLE).is_file():
        return _made(beside / "data")
    import platformdirs

    return _made(platformdirs.user_data_path("GKDesk", appauthor=False))


def log_folder() -> Path:
    """Folder of the program's own logs, made when it is not there. Raises KnownError as data_folder()."""
    return _made(data_folder() / "logs")


def settings_file() -> Path:
    """File of the window's settings (INI); it need not exist. Raises KnownError as data_folder()."""
    return data_folder() / "settings.ini"


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("无法建立数据文件夹“{folder}”（{reason}）。请检查磁盘空间和文件夹权限。")
        raise KnownError(message.format(folder=folder, reason=reason)) from error
    return folder
