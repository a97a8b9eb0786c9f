"""A sign of life beside a document on a share, where locks do not always hold between computers.

Some shares are mounted so that each computer keeps its locks to itself: then two could get the lock of one file. The
owner record of a document that is open on a share is touched again and again, and whoever finds it fresh stays away.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from gkdesk.storage import copying, owner
from gkdesk.storage.owner import Owner
from gkdesk.storage.places import medium_of

BEAT = 30.0
"""Seconds from one sign of life to the next."""
FRESH = 100.0
"""Seconds after which somebody who gave no sign is taken to be gone: a crash must not keep others out for long."""


class Pulse:
    """Gives signs of life for the document at `path` until it is stopped. On a share only; never raises."""

    def __init__(self, path: Path, beat: float = BEAT) -> None:
        self._path = path
        self._beat = beat
        self._stopped = threading.Event()
        if medium_of(path) == "network":
            # On a thread of its own: a share that does not answer holds up this one alone.
            threading.Thread(target=self._run, name="pulse", daemon=True).start()

    def stop(self) -> None:
        """The document is closed."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(self._beat):
            found = owner.read(self._path)
            if found is not None and _is_ours(found):
                with suppress(OSError):
                    os.utime(owner.record_path(self._path))


def at_work(document: Path) -> Owner | None:
    """Who gave a sign of life for a document on a share lately, by the share's own clock; None elsewhere.

    To be asked before the file is opened: opening it rolls back what another one is about to write.
    Raises OSError where nothing can be put beside the document.
    """
    if medium_of(document) != "network":
        return None
    found = owner.read(document)
    if found is None or found.is_gone() or _is_ours(found):
        return None
    trial = document.with_name(f".{document.name}.{os.urandom(4).hex()}.tmp")
    copying.new_file(trial)
    try:
        now = trial.stat().st_mtime
        return found if now - owner.record_path(document).stat().st_mtime < FRESH else None
    except FileNotFoundError:  # it has just been closed there
        return None
    finally:
        with suppress(OSError):
            trial.unlink()


def _is_ours(found: Owner) -> bool:
    return (found.computer, found.pid) == (owner.computer_name(), os.getpid())
