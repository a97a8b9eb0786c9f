"""How the program leaves: an exit code and at most one plain line, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO

from gkdesk import paths
from gkdesk.errors import KnownError
from gkdesk.i18n import _

FINE = 0
HAS_ERRORS = 1
UNUSABLE = 2
INTERRUPTED = 130
"""Ctrl+C, as shells count it: 128 + SIGINT."""
READER_GONE = 141
"""Whoever read our output has closed it (`gkdesk check … | head`): 128 + SIGPIPE."""

LOG_LIMIT = 1_000_000
"""Bytes; a longer log is begun anew."""


def guarded(action: Callable[[], int]) -> int:
    """Run an action; every failure becomes an exit code and a line on stderr."""
    use_utf8()
    try:
        code = action()
        _flush(sys.stdout)
    except KnownError as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return READER_GONE
    except OSError as error:
        from gkdesk.files import reason

        _drop_output()
        return refuse(_("读写出错：{reason}。").format(reason=reason(error)))
    except Exception as error:  # noqa: BLE001 - a bug: the clerk gets a line, the log the rest
        return refuse(_bug(error))
    return code


def refuse(message: str) -> int:
    """Tell why nothing was done; returns the exit code for it."""
    tell(message)
    return UNUSABLE


def tell(message: str) -> None:
    """One line on stderr, whatever is in the message; where Windows gave no stderr to a double click, in a box."""
    line = plain(message)
    if sys.stderr is None:
        _show_box(line)
        return
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def _show_box(line: str) -> None:
    if sys.platform == "win32":
        import ctypes

        icon_error = 0x10
        ctypes.windll.user32.MessageBoxW(None, line, _("政府信息公开年报填报助手"), icon_error)


def plain(text: str) -> str:
    """The text in one line that cannot steer a terminal: what comes from files may hold anything."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def use_utf8() -> None:
    """UTF-8 on stdin, stdout and stderr, also where the locale says GBK or nothing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _flush(stream: TextIO | None) -> None:
    if stream is not None:
        stream.flush()


def _drop_output() -> None:
    """What is still buffered has no reader; Python must not try again, and complain, when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _bug(error: Exception) -> str:
    """Write what happened to the log; returns the line for the clerk."""
    import traceback  # loads half the parser; needed only here

    try:
        log = paths.log_folder() / "gkdesk.log"
        _append(log, "".join(traceback.format_exception(error)))
    except (KnownError, OSError):
        return _("程序出错（{kind}），日志也未能写入。").format(kind=type(error).__name__)
    message = _("程序出错（{kind}），请把日志“{file}”发给维护人员。")
    return message.format(kind=type(error).__name__, file=log)


def _append(log: Path, text: str) -> None:
    full = log.exists() and log.stat().st_size > LOG_LIMIT
    with log.open("w" if full else "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{text}\n")
