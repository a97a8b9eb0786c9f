"""Pulls the disk away at random moments while a worker saves: it makes errors, or it never answers again.

    python -m tests.campaigns.pull [--rounds 300] [--seed N]

The moment is an operation of SQLite's on the file or its journal, so it is in the middle of commits as well. Then the
disk comes back and saving is tried again, or everything goes elsewhere, from memory alone where the disk hangs. Nothing
that was typed may be lost, and what was acknowledged before must be on the old disk too.
"""

# ruff: noqa: N802 (the names are SQLite's)
from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

import apsw

from gkdesk.errors import KnownError
from gkdesk.storage import Document, StorageWorker
from tests.campaigns.bridge import shipped_code_on

YEAR = 2024
PATCHES = 15
OPERATIONS = 300
"""At most before the disk goes; the patches take about that many."""
LONG = 120  # seconds; only a hang that nobody meant takes that long
_names = itertools.count()


class Stick(apsw.VFS):
    """The system's VFS on a disk that is gone for files of `folder` after `left` operations (None: never).

    Once it is gone each operation makes an error, or waits until `answer` is set when it `hangs`.
    """

    def __init__(self, folder: Path):
        self.name = f"stick{next(_names)}"
        self.folder = folder
        self.left: int | None = None
        self.hangs = False
        self.gone = threading.Event()
        self.answer = threading.Event()
        super().__init__(self.name, base="")

    def pull(self) -> None:
        """Have it gone from now on."""
        self.left = 0

    def plug_in(self) -> None:
        """Have it back."""
        self.left = None
        self.answer.set()

    def touch(self, path: str | None) -> None:
        """Count an operation on a file."""
        if self.left is None or path is None or Path(path).parent != self.folder:
            return
        if self.left > 0:
            self.left -= 1
            return
        self.gone.set()
        if not self.hangs:
            raise apsw.exception_for(apsw.SQLITE_IOERR)
        assert self.answer.wait(LONG)

    def xOpen(self, name, flags):
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.touch(path)
        return _File(name, flags, self, path)

    def xDelete(self, name, sync_folder):
        self.touch(name)
        super().xDelete(name, sync_folder)


class _File(apsw.VFSFile):
    def __init__(self, name, flags, disk, path):
        super().__init__("", name, flags)
        self._touch = lambda: disk.touch(path)

    def xRead(self, amount, offset):
        self._touch()
        return super().xRead(amount, offset)

    def xWrite(self, data, offset):
        self._touch()
        super().xWrite(data, offset)

    def xTruncate(self, size):
        self._touch()
        super().xTruncate(size)

    def xSync(self, flags):
        self._touch()


@dataclass
class Outcome:
    """`lost` counts rounds after which something acknowledged or typed was missing in either place."""

    rounds: int = 0
    pulled: int = 0
    hung: int = 0
    retried: int = 0
    moved: int = 0
    from_memory: int = 0
    lost: int = 0
    damaged: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing is missing, and disks did go, in each way."""
        return self.lost == self.damaged == 0 and self.pulled >= self.rounds * 0.7 and self.from_memory > 0


def campaign(folder: Path, rounds: int, seed: int) -> Outcome:
    """Pull the disk `rounds` times, each time from under another document in `folder`."""
    chance = random.Random(seed)
    outcome = Outcome()
    for number in range(rounds):
        place = folder / str(number)
        place.mkdir()
        _round(place, chance, outcome)
        shutil.rmtree(place)
    return outcome


def _round(place: Path, chance: random.Random, outcome: Outcome) -> None:
    inner = place / "disk"
    inner.mkdir()
    path = inner / "a.gkd"
    with Document.create(path, "某单位") as document:
        document.add_report(YEAR, "2021", {}, "新建")
    disk = Stick(inner)
    typed = {f"text.{n}": f"{n}" + "长" * chance.randrange(20, 3000) for n in range(PATCHES)}
    with shipped_code_on(disk.name):
        worker = StorageWorker(path, retry_every=None, rescue_after=0.02)
        worker.opened.result(LONG)
        disk.hangs = outcome.rounds % 2 == 0
        disk.left = chance.randrange(OPERATIONS)
        thread = worker.thread
        for key, text in typed.items():
            worker.submit(YEAR, {key: text}, "输入")
        while not disk.gone.wait(0.01) and not worker.flush(0):
            pass
        acknowledged = _end_round(worker, disk, place, outcome)
        outcome.lost += not worker.close(LONG)
        thread.join(LONG)
    disk.unregister()
    wanted = dict(list(typed.items())[:acknowledged])
    last = next(place.glob("b.gkd"), path)
    for file in {path, last}:
        try:
            with Document.open(file) as document:
                found = document.entries(YEAR)
        except KnownError:
            outcome.damaged += 1
            continue
        outcome.lost += (
            found != typed if file == last else not wanted.items() <= found.items() <= typed.items()
        )


def _end_round(worker: StorageWorker, disk: Stick, place: Path, outcome: Outcome) -> int:
    """Plug the disk in again or go elsewhere; returns how many patches had been acknowledged before."""
    outcome.rounds += 1
    if not disk.gone.is_set():
        disk.plug_in()
        return worker.acknowledged
    outcome.pulled += 1
    if disk.hangs:
        outcome.hung += 1
    else:
        worker.flush(LONG)
    acknowledged = worker.acknowledged
    if outcome.rounds % 4 == 0:
        outcome.retried += 1
        disk.plug_in()
        worker.retry()
    else:
        moved = worker.save_elsewhere(place / "b.gkd", LONG).result(LONG)
        outcome.moved += 1
        outcome.from_memory += not moved.with_history
        disk.plug_in()
    worker.flush(LONG)
    return acknowledged


def main() -> int:
    """Run the campaign and print its figures; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = campaign(Path(folder), options.rounds, options.seed)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
