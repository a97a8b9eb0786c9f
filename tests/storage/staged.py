"""Documents on staged disks, and what a worker's tests ask of them."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import ClassVar

from gkdesk.storage import Document

LONG = 30  # seconds; nothing here takes that long unless it hangs


class Troubled(Document):
    """A document whose disk can be made slow or made to fail, in `trouble`."""

    trouble: Exception | None = None
    wait = 0.0
    entered = threading.Event()
    seen: ClassVar[list] = []

    def commit(self, *arguments):
        self.entered.set()
        self.seen.append(arguments)
        time.sleep(type(self).wait)
        if type(self).trouble:
            raise type(self).trouble
        return super().commit(*arguments)


def kinds(states):
    return [state.kind for state in states]


def stored(path):
    with Document.open(path) as document:
        return document.entries(2024)


FULL = sqlite3.OperationalError("database or disk is full")
