"""Cuts the power at random moments of opening, committing and recovering, in the shipped journal mode.

    python -m tests.campaigns.power [--rounds 1000] [--seed N] [--mode shipped|normal|wal]

Each round opens the document that the last cut left (its journal still to be rolled back), commits patches through
the shipped code on a recording VFS, and then chooses the moment of the cut. What is left must open and hold every
acknowledged patch; the one under way may be there. Other modes show that the harness can fail.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from gkdesk.errors import KnownError
from gkdesk.storage import Document
from tests.campaigns.bridge import shipped_code_on
from tests.campaigns.disk import Recorder, after_power_cut

MODES = {
    "shipped": (),
    "normal": ("synchronous = NORMAL",),
    "wal": ("journal_mode = WAL", "synchronous = NORMAL"),
}
YEAR = 2024
NAME = "a.gkd"


@dataclass
class Outcome:
    """`lost` counts cuts after which an acknowledged patch was missing, `damaged` those that left no document."""

    rounds: int = 0
    acknowledged: int = 0
    hot_journals: int = 0
    lost: int = 0
    damaged: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing is missing."""
        return self.lost == self.damaged == 0


def campaign(folder: Path, rounds: int, seed: int, mode: str = "shipped") -> Outcome:
    """Cut the power `rounds` times; `folder` is empty and holds the files of one round at a time."""
    chance = random.Random(seed)
    outcome = Outcome()
    files, entries = _new(folder / "new")
    for number in range(rounds):
        try:
            log, states = _work(folder / f"{number}", files, entries, chance, MODES[mode])
        except KnownError:  # what had been read a moment ago, with its journal still there
            outcome.rounds += 1
            outcome.damaged += 1
            files, entries = _new(folder / f"{number}-new")
            continue
        moment = chance.randrange(len(log) + 1)
        acknowledged = sum(event[0] == "ack" for event in log[:moment])
        files = after_power_cut(files, log[:moment], chance)
        outcome.rounds += 1
        outcome.acknowledged += acknowledged
        outcome.hot_journals += any(name != NAME and content for name, content in files.items())
        found = _read(folder / f"{number}-after", files)
        if found is None or found not in states:
            outcome.damaged += 1
            files, entries = _new(folder / f"{number}-new")
        else:
            # The newest state that looks like this: a patch may change nothing.
            place = len(states) - 1 - states[::-1].index(found)
            outcome.lost += place < acknowledged
            entries = found
    return outcome


def _new(folder: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    folder.mkdir()
    with Document.create(folder / NAME, "某单位") as document:
        document.add_report(YEAR, "2021", {"unit.name": "某单位"}, "新建")
    return {NAME: (folder / NAME).read_bytes()}, {"unit.name": "某单位"}


def _work(folder, files, entries, chance, settings):
    """Commit some patches; returns the record of the disk and the content after 0, 1, 2, … patches."""
    _place(folder, files)
    recorder = Recorder()
    states = [entries]
    with shipped_code_on(recorder.name, *settings):
        document = Document.open(folder / NAME)
        for _ in range(chance.randrange(1, 9)):
            document.commit(YEAR, _patch(chance), "输入")
            recorder.log.append(("ack", ""))
            states.append(document.entries(YEAR))
        log = list(recorder.log)
        document.close()
        # Closing removes the journal: a moment like any other.
        log += recorder.log[len(log) :]
    recorder.unregister()
    return log, states


def _patch(chance: random.Random) -> dict[str, str | None]:
    if chance.random() < 0.2:
        # Long enough to spill over several pages.
        return {f"text.{chance.randrange(4)}": "长" * chance.randrange(1, 6000)}
    if chance.random() < 0.1:
        return {f"text.{chance.randrange(4)}": None}
    return {
        f"t3.new.{chance.randrange(40)}": str(chance.randrange(10**6)) for _ in range(chance.randrange(1, 4))
    }


def _read(folder: Path, files: dict[str, bytes]) -> dict[str, str] | None:
    _place(folder, files)
    try:
        with Document.open(folder / NAME) as document:
            return document.entries(YEAR)
    except KnownError:
        return None


def _place(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def main() -> int:
    """Run the campaign and print its figures; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--mode", choices=MODES, default="shipped")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = campaign(Path(folder), options.rounds, options.seed, options.mode)
    print(json.dumps({"seed": options.seed, "mode": options.mode, **asdict(outcome)}))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
