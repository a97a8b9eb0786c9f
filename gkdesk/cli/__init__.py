"""The command line: every function of the program without a window, and the way to the window.

Exit codes: 0 fine, 1 the report has issues of severity error (or is not 定稿 where that is asked for), 2 unusable
input or arguments, with one line on stderr that names the file and the cause. Text is UTF-8 on all three streams,
whatever the locale. `commands` lists the commands; `check`, `export` and `documents` do the work.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gkdesk.cli.guard import guarded
from gkdesk.errors import KnownError
from gkdesk.i18n import _

DOCUMENT = ".gkd"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without arguments open the window."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return guarded(lambda: open_window(None))
    if len(arguments) == 1 and arguments[0].lower().endswith(DOCUMENT):
        return guarded(lambda: open_window(Path(arguments[0])))  # a double click in the file manager

    def run() -> int:
        from gkdesk.cli.commands import run  # click is not needed on the way to the window

        return run(arguments)

    return guarded(run)


def open_window(path: Path | None) -> int:
    """Open the window, on a file if one is given. Raises KnownError where this machine cannot show one."""
    from gkdesk import __main__ as program

    try:
        return program.open_window(path)
    except ImportError as error:
        if (error.name or "").partition(".")[0] in ("ui", "gkdesk"):
            raise
        message = _("打不开窗口，缺少图形界面组件（{reason}）。命令行仍可使用：gkdesk --help。")
        raise KnownError(message.format(reason=error)) from error
