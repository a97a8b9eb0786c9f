"""Start of the program: the command line, which opens the window when it is given nothing to do."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from gkdesk.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
