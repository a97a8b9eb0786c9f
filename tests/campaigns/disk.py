"""A disk that forgets what was not synced: a recording VFS, and what a power cut leaves of its record.

Everything between two syncs of a file is a list of writes of whole or partial sectors, truncations, creation and
deletion. A power cut keeps any of these and drops the others, in whatever combination: that is what write caches do.
A sync (of the file, for its name too) makes everything before it safe.
"""

# ruff: noqa: N802 (the names are SQLite's)
from __future__ import annotations

import itertools
from pathlib import Path

import apsw

SECTOR = 512
_names = itertools.count()


class Recorder(apsw.VFS):
    """The system's own VFS that also notes every change: (kind, file name, …)."""

    def __init__(self):
        self.name = f"recorder{next(_names)}"
        self.log = []
        super().__init__(self.name, base="")

    def xOpen(self, name, flags):
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        existed = path is not None and Path(path).exists()
        file = _File(name, flags, self.log, Path(path).name if path else None)
        if path and not existed:
            self.log.append(("create", Path(path).name))
        return file

    def xDelete(self, name, sync_folder):
        super().xDelete(name, sync_folder)
        self.log.append(("delete", Path(name).name, sync_folder))


class _File(apsw.VFSFile):
    def __init__(self, name, flags, log, short):
        super().__init__("", name, flags)
        self._log, self._short = log, short

    def xWrite(self, data, offset):
        super().xWrite(data, offset)
        self._note("write", offset, bytes(data))

    def xTruncate(self, size):
        super().xTruncate(size)
        self._note("truncate", size)

    def xSync(self, flags):
        self._note("sync")  # what is safe is decided by the record alone

    def _note(self, kind, *what):
        if self._short:
            self._log.append((kind, self._short, *what))


class _Kept:
    """What is safe of one file (None: no such file), and what happened to it since."""

    def __init__(self, content):
        self.content = content
        self.since = []


def after_power_cut(before, log, chance):
    """The files (name -> bytes) that a power cut at the end of `log` leaves of the files `before`."""
    files = {name: _Kept(content) for name, content in before.items()}
    for kind, name, *what in log:
        if kind == "ack":
            continue
        file = files.setdefault(name, _Kept(None))
        if kind == "sync" or (kind == "delete" and what[0]):
            file.since.append(("delete",) if kind == "delete" else ("create",))
            file.content = _replay(file.content, file.since)
            file.since = []
        else:
            file.since += _sectors(*what) if kind == "write" else [(kind, *what)]
    # Now a cache that lost nearly all, now one that lost a single sector.
    share = chance.choice((0.0, 0.03, 0.5, 0.97, chance.random()))
    left = {}
    for name, file in files.items():
        kept = [each for each in file.since if chance.random() < share]
        content = _replay(file.content, kept)
        if content is not None:
            left[name] = content
    return left


def _sectors(offset, data):
    """One write as the sectors that reach the disk each by itself."""
    first = SECTOR - offset % SECTOR
    cuts = [0, *range(first, len(data), SECTOR), len(data)]
    return [("write", offset + start, data[start:end]) for start, end in itertools.pairwise(cuts)]


def _replay(content, changes):
    for kind, *what in changes:
        if kind == "delete":
            content = None
            continue
        held = bytearray(content or b"")
        if kind == "write":
            offset, data = what
            held.extend(bytes(max(0, offset - len(held))))
            held[offset : offset + len(data)] = data
        elif kind == "truncate":
            del held[what[0] :]
        content = bytes(held)
    return content
