"""Types into a document as `gkdesk edit FILE --stdin` does: lines `key=value` in, `ok N` out once line N is committed.

Run as `python -m tests.campaigns.typist FILE`; `kill` kills it. Storage alone, without formats and checks.
"""

from __future__ import annotations

import sys

from gkdesk.storage import Document


def main() -> None:
    """Commit every line of the standard input to the newest year."""
    with Document.open(sys.argv[1]) as document:
        year = document.years()[-1]
        for number, line in enumerate(sys.stdin, 1):
            key, _, value = line.rstrip("\n").partition("=")
            document.commit(year, {key: value or None}, "输入")
            sys.stdout.write(f"ok {number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
