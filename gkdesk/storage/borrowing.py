"""A copy to read of a document that somebody else has open.

Under the exclusive lock SQLite lets nobody read; the file's bytes can be read all the same. They make a whole document
when no transaction was under way meanwhile, which the journal, the file's change counter and the checks of every
opening tell.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from gkdesk import paths
from gkdesk.storage import copying
from gkdesk.storage.failures import READ_ERRORS, Locked, StorageError, explain
from gkdesk.storage.places import absolute, check_is_file

MOST_BYTES = 2**28
"""Of a document; what is larger is damaged, as the check of the copy will tell."""
TRIES = 60
PAUSE = 0.03
"""Seconds between two tries; a transaction takes a few hundredths."""

_open_here: set[Path] = set()


def opened_here(path: Path) -> None:
    """This process has the document open from now on."""
    _open_here.add(path)


def closed_here(path: Path) -> None:
    """This process has it open no more."""
    _open_here.discard(path)


def borrow(path: str | Path) -> Path:
    """A verified copy in a folder of its own in the data folder; returns its path, with the same file name.

    Raises Locked where this very process has the document open: reading the file would drop the locks on it (POSIX).
    Raises NotFound, NotADocument, NewerVersion, Damaged, DiskFull, DiskTrouble as well; nothing remains then.
    """
    place = absolute(path)
    check_is_file(place)
    if any(_is_same(place, each) for each in _open_here):
        raise Locked(place)
    try:
        parent = paths.data_folder() / "copies"
        parent.mkdir(mode=0o700, exist_ok=True)
        copy = Path(tempfile.mkdtemp(dir=parent)) / place.name
    except OSError as error:
        raise explain(error, place) from error
    failure: StorageError = Locked(place)
    for _ in range(TRIES):
        try:
            if _copied(place, copy):
                copying.check_copy(copy, place)
                return copy
        except (OSError, *READ_ERRORS, StorageError) as error:
            failure = explain(error, place)  # a transaction came in between, or it really is so
        time.sleep(PAUSE)
    give_back(copy)
    raise failure


def give_back(copy: Path) -> None:
    """Remove a copy and its folder. Never raises."""
    try:
        for leftover in copy.parent.iterdir():
            leftover.unlink()
        copy.parent.rmdir()
    except OSError:
        return


def _copied(place: Path, copy: Path) -> bool:
    """Copy the bytes; False when somebody was writing meanwhile."""
    before = _mark(place)
    with place.open("rb") as file:
        copy.write_bytes(file.read(MOST_BYTES))
    copy.chmod(0o600)
    return before is not None and before == _mark(place)


def _mark(place: Path) -> tuple[bytes, int, int] | None:
    """What a transaction changes; None while one is under way (its journal has something in it)."""
    journal = place.with_name(f"{place.name}-journal")
    if journal.exists() and journal.stat().st_size:
        return None
    with place.open("rb") as file:
        head = file.read(100)
    status = place.stat()
    return head, status.st_size, status.st_mtime_ns


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other
