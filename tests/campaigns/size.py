"""A year of heavy editing: how large the document gets, and how long it takes to open.

python -m tests.campaigns.size [--revisions 20000] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from gkdesk.storage import Document
from tests.campaigns.folder import fast_folder

YEAR = 2024
LENGTH = 4000
MB = 10.0
SECONDS = 0.3


@dataclass
class Outcome:
    """`open_seconds` is the median of seven openings."""

    revisions: int
    megabytes: float
    open_seconds: float
    history_seconds: float
    same: bool

    @property
    def good(self) -> bool:
        """Whether size and opening are within what was asked for 20,000 revisions."""
        room = MB * max(self.revisions, 1000) / 20_000
        return self.same and self.megabytes < room and self.open_seconds < SECONDS


def campaign(path: Path, revisions: int, seed: int) -> Outcome:
    """Type into long texts and cells; `path` is made here."""
    chance = random.Random(seed)
    content = {f"text.{n}": "".join(chance.choices("政府信息公开年报，。", k=LENGTH)) for n in range(5)}
    begun = dict(content)
    with Document.create(path, "某单位") as document:
        document.add_report(YEAR, "2021", content, "新建")
        for number in range(revisions - 1):
            key, value = _edit(chance, content, number)
            content[key] = value
            document.commit(YEAR, {key: value}, "输入")
    times = []
    for _ in range(7):
        started = time.perf_counter()
        with Document.open(path) as document:
            times.append(time.perf_counter() - started)
            same = document.entries(YEAR) == content
    with Document.open(path) as document:
        started = time.perf_counter()
        first = document.revisions(YEAR)[-1]
        history = time.perf_counter() - started
        same = same and first.after == begun == document.entries_after(YEAR, first.number)
    size = round(path.stat().st_size / 1e6, 2)
    return Outcome(revisions, size, round(statistics.median(times), 3), round(history, 3), same)


def _edit(chance: random.Random, content: dict[str, str], number: int) -> tuple[str, str]:
    """Two of three edits change a few words somewhere in a long text, the others a figure."""
    if chance.random() < 1 / 3:
        return f"t3.new.{chance.randrange(200)}", str(number)
    key = f"text.{chance.randrange(5)}"
    text = content[key]
    at = chance.randrange(len(text))
    removed = chance.choice((0, 0, 1, 8))
    return key, text[:at] + "新" * chance.choice((0, 1, 3, 10)) + text[at + removed :]


def main() -> int:
    """Run it and print the figures; 1 when they are too large."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--revisions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
        outcome = campaign(Path(folder) / "a.gkd", options.revisions, options.seed)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
