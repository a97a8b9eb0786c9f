"""Kills `gkdesk edit FILE --stdin` at random moments, and counts what is missing afterwards.

    python -m tests.campaigns.kill [--rounds 500] [--seed N] [--command CMD...]

All rounds use one document, one after the other, so that damage would add up. A line that was answered `ok` must
be there; the one after it may be. SIGKILL takes nothing from the disk's cache: this shows that `ok` is said late
enough and that journals are rolled back, not that a power cut loses nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from gkdesk.errors import KnownError
from gkdesk.storage import Document

ROOT = Path(__file__).resolve().parents[2]
EDIT = [sys.executable, "-m", "gkdesk", "edit", "{file}", "--stdin"]
KEYS = [
    f"t3.new.{applicant}"
    for applicant in ("natural", "business", "research", "charity", "legal_service", "other_org")
]
YEAR = 2024
LINES = 120


@dataclass
class Outcome:
    """`lost` counts acknowledged lines that are missing, `damaged` documents that do not open."""

    rounds: int = 0
    acknowledged: int = 0
    unacknowledged_but_there: int = 0
    rolled_back: int = 0
    lost: int = 0
    damaged: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing is missing."""
        return self.lost == self.damaged == 0


def campaign(file: Path, rounds: int, seed: int, command: list[str] = EDIT) -> Outcome:
    """Kill `command` (in which {file} stands for the document) in `rounds` rounds; `file` is made here."""
    chance = random.Random(seed)
    outcome = Outcome()
    with Document.create(file, "某单位") as document:
        document.add_report(YEAR, "2021", {}, "新建")
    counter = 0
    for _ in range(rounds):
        lines = [(KEYS[n % len(KEYS)], str(counter + n)) for n in range(1, LINES + 1)]
        counter += LINES
        before = _entries(file)
        said = _type_and_kill([part.replace("{file}", str(file)) for part in command], lines, chance)
        outcome.rounds += 1
        outcome.acknowledged += said
        journal = file.with_name(file.name + "-journal")
        outcome.rolled_back += journal.exists() and journal.stat().st_size > 0
        try:
            found = _entries(file)
        except KnownError:
            outcome.damaged += 1
            break
        if found == _after(before, lines[: said + 1]):
            outcome.unacknowledged_but_there += 1
        elif found != _after(before, lines[:said]):
            outcome.lost += 1
    return outcome


def _after(before: dict[str, str], lines: list[tuple[str, str]]) -> dict[str, str]:
    return before | dict(lines)


def _entries(file: Path) -> dict[str, str]:
    with Document.open(file) as document:
        return document.entries(YEAR)


def _type_and_kill(command: list[str], lines: list[tuple[str, str]], chance: random.Random) -> int:
    """Start the program, kill it somewhere, and return the number of its last `ok`."""
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        # All lines fit into the pipe's buffer, so that this does not wait for the program.
        process.stdin.write("".join(f"{key}={value}\n" for key, value in lines).encode())
        process.stdin.close()
        wanted = chance.randrange(len(lines) - 20)
        answers = []
        if wanted % 10 == 0:  # while it starts
            time.sleep(chance.random() * 0.6)
        else:
            answers = [process.stdout.readline() for _ in range(wanted)]
            time.sleep(chance.random() * 0.006)
        process.kill()
        answers += process.stdout.readlines()
    said = [
        int(answer.split()[1]) for answer in answers if answer.startswith(b"ok ") and answer.endswith(b"\n")
    ]
    assert said == list(range(1, len(said) + 1)), "answers out of order"
    return len(said)


def main() -> int:
    """Run the campaign and print its figures; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--command", nargs=argparse.REMAINDER, default=EDIT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = campaign(Path(folder) / "a.gkd", options.rounds, options.seed, options.command)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
