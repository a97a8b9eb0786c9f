"""Start of the program: the command line, which opens the window when it is given nothing to do."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code; with --reader be the limited process of a reader."""
    if sys.argv[1:] == ["--reader"]:  # before anything else is loaded: it is started for every foreign file
        from gkdesk.imports import gate_child

        gate_child.main()
        return
    from gkdesk.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
