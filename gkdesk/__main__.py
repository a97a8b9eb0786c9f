"""Start of the program: the command line, which opens the window when it is given nothing to do."""

import sys
from pathlib import Path


def main() -> None:
    """Run the command line and leave with its exit code; with --reader be the limited process of a reader."""
    if sys.argv[1:] == ["--reader"]:  # before anything else is loaded: it is started for every foreign file
        from gkdesk.imports import gate_child

        gate_child.main()
        return
    from gkdesk.cli import main as run

    sys.exit(run())


def open_window(path: Path | None) -> int:
    """Show the window until it is closed; the one place of the core that knows there is one."""
    from ui import app

    code: int = app.run(path)
    return code


def try_window(path: Path) -> str:
    """Open the window on a document where no screen is needed; returns what it showed, for the self-test."""
    from ui import selftest

    told: str = selftest.run(path)
    return told


if __name__ == "__main__":
    main()
