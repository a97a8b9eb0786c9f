"""Processes of another account of the same computer; only root can start them."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

FIRST, SECOND = 65_534, 65_533
"""User and group ids; nobody needs to have a name for them."""

needed = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can work as another account"
)

# Whatever is used must be loaded before: the account may not be able to read where Python lies.
_PRELUDE = """
import encodings.ascii, getpass, json, os, platform, pwd, socket, sys
import gkdesk.storage.backups, gkdesk.storage.borrowing, gkdesk.storage.recovery
from gkdesk.errors import KnownError
from gkdesk.storage import Document, owner
user = int(sys.argv.pop(1))
os.setgroups([])
os.setgid(user)
os.setuid(user)
os.umask(int(sys.argv.pop(1), 8))
try:
    exec(json.loads(sys.stdin.readline()))
except KnownError as error:
    print(type(error).__name__ + " " + str(error), flush=True)
"""


@contextmanager
def common_folder():
    """A folder that every account may use (pytest's belong to root alone)."""
    with tempfile.TemporaryDirectory(dir=tempfile.gettempdir()) as folder:
        place = Path(folder)
        place.chmod(0o777)
        yield place


def run_as(python, user, code, *arguments, umask="022", **options):
    """Start Python as the account `user` on `code`; a KnownError becomes a line: its kind and its words."""
    process = python(_PRELUDE, user, umask, *arguments, **options)
    process.stdin.write(json.dumps(code) + "\n")
    process.stdin.flush()
    return process
