"""Fills the disk at random moments while a worker saves, then makes room, saves elsewhere, or kills the program.

    python -m tests.campaigns.full [--rounds 200] [--seed N]

The disk has a limited number of bytes: a write that would need more is done in part and then refused, as a file
system does it. Whatever was acknowledged must be there, and nothing that was typed may be lost.
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
from dataclasses import asdict, dataclass
from pathlib import Path

import apsw

from gkdesk.errors import KnownError
from gkdesk.storage import Document, StorageWorker
from gkdesk.storage.failures import DiskFull
from tests.campaigns.bridge import shipped_code_on

YEAR = 2024
PATCHES = 25
LONG = 120  # seconds; only a hang takes that long
_names = itertools.count()


class SmallDisk(apsw.VFS):
    """The system's VFS on a disk that has `room` bytes left for files of `folder`; None is endless room."""

    def __init__(self, folder: Path):
        self.name = f"small{next(_names)}"
        self.folder = folder
        self.room: int | None = None
        self.refused = 0
        super().__init__(self.name, base="")

    def xOpen(self, name, flags):
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        inside = path is not None and Path(path).parent == self.folder
        if self.room is not None and self.room <= 0 and inside and not Path(path).exists():
            self.refused += 1
            raise apsw.exception_for(apsw.SQLITE_FULL)
        return _File(name, flags, self if inside else None)


class _File(apsw.VFSFile):
    def __init__(self, name, flags, disk):
        super().__init__("", name, flags)
        self._disk = disk

    def xWrite(self, data, offset):
        disk = self._disk
        grows = max(0, offset + len(data) - self.xFileSize())
        if disk is None or disk.room is None or not grows:
            super().xWrite(data, offset)
            return
        fits = len(data) - max(0, grows - disk.room)
        if fits > 0:
            super().xWrite(bytes(data)[:fits], offset)
        disk.room = max(0, disk.room - grows)
        if fits < len(data):
            disk.refused += 1
            raise apsw.exception_for(apsw.SQLITE_FULL)

    def xTruncate(self, size):
        freed = self.xFileSize() - size
        super().xTruncate(size)
        if self._disk is not None and self._disk.room is not None and freed > 0:
            self._disk.room += freed

    def xSync(self, flags):
        pass


@dataclass
class Outcome:
    """`lost` counts rounds after which something acknowledged or typed was missing."""

    rounds: int = 0
    full: int = 0
    retried: int = 0
    moved: int = 0
    killed: int = 0
    told_otherwise: int = 0
    lost: int = 0
    damaged: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing is missing, every full disk was called one, and disks did get full."""
        return self.lost == self.damaged == self.told_otherwise == 0 and self.full >= self.rounds * 0.9


def campaign(folder: Path, rounds: int, seed: int) -> Outcome:
    """Fill the disk `rounds` times, each time under another document in `folder`."""
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
    disk = SmallDisk(inner)
    typed = {f"text.{n}": f"{n}" + "长" * chance.randrange(20, 3000) for n in range(PATCHES)}
    with shipped_code_on(disk.name):
        worker = StorageWorker(path, retry_every=None)
        worker.opened.result(LONG)
        disk.room = chance.randrange(120_000)
        for key, text in typed.items():
            worker.submit(YEAR, {key: text}, "输入")
        worker.flush(LONG)
        outcome.rounds += 1
        acknowledged = worker.acknowledged
        if disk.refused:
            outcome.full += 1
            outcome.told_otherwise += not isinstance(worker.state.error, DiskFull)
        _end_round(worker, disk, place, chance, outcome)
        worker.close(LONG, discard=True)
    disk.unregister()
    wanted = dict(list(typed.items())[:acknowledged])
    for file in sorted(place.rglob("*.gkd")):
        try:
            with Document.open(file) as document:
                found = document.entries(YEAR)
        except KnownError:
            outcome.damaged += 1
            continue
        whole = file.parent.name != "killed" and not (file == path and (place / "elsewhere").exists())
        outcome.lost += found != typed if whole else not wanted.items() <= found.items() <= typed.items()


def _end_round(worker, disk, place, chance, outcome) -> None:
    """Make room and retry, go elsewhere, or look at what a kill would leave and then make room."""
    way = chance.choice(("retried", "moved", "killed"))
    if way == "killed":
        shutil.copytree(disk.folder, place / "killed")
        (place / "killed" / "a.gkd.lock").unlink()
    if way == "moved":
        (place / "elsewhere").mkdir()
        worker.save_elsewhere(place / "elsewhere" / "a.gkd").result(LONG)
    else:
        disk.room = None
        worker.retry()
    setattr(outcome, way, getattr(outcome, way) + 1)
    worker.flush(LONG)


def main() -> int:
    """Run the campaign and print its figures; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = campaign(Path(folder), options.rounds, options.seed)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
