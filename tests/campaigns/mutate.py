"""Damages documents in every way that disks, copies and people do, and opens them in a process with limits.

    python -m tests.campaigns.mutate [--count 10000] [--seed N]

A damaged document either opens with one of the contents it ever had, or is refused by a `KnownError`; what is
refused is then handed to `recover`. Nothing else may escape, none may take over 10 s or the process over 1 GB.
The work is done by a child process that says what it is at, so that a crash or a hang is noticed and counted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Timer

from gkdesk.errors import KnownError
from gkdesk.storage import Document
from gkdesk.storage.recovery import recover
from tests.campaigns.damage import contents, damage, make_original
from tests.campaigns.folder import fast_folder

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10
BYTES = 2**30
CHILD = [sys.executable, "-m", "tests.campaigns.mutate", "--child"]


@dataclass
class Outcome:
    """`changed` counts documents that opened with content that they never had."""

    count: int = 0
    opened: int = 0
    refused: int = 0
    escaped: int = 0
    changed: int = 0
    too_slow: int = 0
    too_big: int = 0
    crashed: int = 0
    slowest: float = 0.0
    largest_mb: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every document was opened as it was, or refused as it should be."""
        bad = self.escaped + self.changed + self.too_slow + self.too_big + self.crashed
        return bad == 0 and self.opened + self.refused == self.count


def campaign(count: int, seed: int) -> Outcome:
    """Open `count` damaged documents, beginning with the damage that `seed` makes."""
    outcome = Outcome()
    begin = seed
    while outcome.count < count:
        begin = _child(begin, seed + count, outcome)
    return outcome


def _child(begin: int, end: int, outcome: Outcome) -> int:
    """Let a child open the documents of the seeds from `begin`; returns the seed at which to go on."""
    command = [*CHILD, str(begin), str(end)]
    at = begin
    with (
        # A child that is killed cleans up nothing.
        tempfile.TemporaryDirectory(dir=fast_folder()) as folder,
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": folder, "GKDESK_DATA": str(Path(folder) / "data")},
        ) as process,
    ):
        assert process.stdout
        while True:
            # Started anew for every answer: the time limit of one document.
            watch = Timer(SECONDS + 20 * (at == begin), process.kill)
            watch.start()
            line = process.stdout.readline()
            hung = watch.finished.is_set()
            watch.cancel()
            if not line:
                break
            _count(json.loads(line), outcome)
            at += 1
    if at < end:
        outcome.count += 1
        outcome.too_slow += hung
        outcome.crashed += not hung
        outcome.examples.append(f"{at}: {'killed after its time' if hung else 'the process died'}")
        at += 1
    return at


def _count(answer: dict, outcome: Outcome) -> None:
    outcome.count += 1
    kind = answer["outcome"]
    setattr(outcome, kind, getattr(outcome, kind) + 1)
    if kind not in ("opened", "refused"):
        outcome.examples.append(f"{answer['seed']}: {kind}: {answer['detail']}")
    outcome.slowest = max(outcome.slowest, answer["seconds"])
    outcome.largest_mb = max(outcome.largest_mb, answer["mb"])


# ---------------------------------------------------------------- in the child


def child(begin: int, end: int) -> None:
    """Damage, open, answer; one JSON line a document."""
    largest = _limit_memory()
    with tempfile.TemporaryDirectory() as folder:
        original, journal, known = make_original(Path(folder))
        for seed in range(begin, end):
            chance = random.Random(seed)
            place = Path(folder) / str(seed)
            place.mkdir()
            damage(chance, original, journal, place / "a.gkd")
            started = time.perf_counter()
            outcome, detail = attempt(place, known)
            seconds = time.perf_counter() - started
            if outcome in ("opened", "refused") and seconds > SECONDS:
                outcome = "too_slow"
            answer = {"seed": seed, "outcome": outcome, "detail": detail, "seconds": round(seconds, 3)}
            print(json.dumps(answer | {"mb": largest()}), flush=True)
            for leftover in place.iterdir():
                leftover.unlink()
            place.rmdir()


def _limit_memory():
    """Forbid this process more than BYTES; returns a function that tells its peak so far in MB."""
    try:
        import resource
    except ImportError:  # Windows
        return lambda: 0
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def attempt(place: Path, known: list[dict[int, dict[str, str]]]) -> tuple[str, str]:
    """Open what lies in `place` and read all of it; recover it when that is refused."""
    path = place / "a.gkd"
    try:
        try:
            with Document.open(path) as document:
                found = contents(document)
                with suppress(KnownError):
                    for year in found:
                        document.revisions(year)
                document.copy_to(place / "b.gkd")
        except KnownError as error:
            if "\n" in str(error) or path.name not in str(error):
                return "escaped", f"not a line that names the file: {error}"
            with suppress(KnownError):
                recover(path)
            return "refused", type(error).__name__
    except Exception as error:  # noqa: BLE001 - that none escapes is what is tested
        return "escaped", f"{type(error).__name__}: {error}"
    return ("opened", "") if found in known else ("changed", "")


def main() -> int:
    """Run the campaign and print its figures; 1 when something escaped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--child", nargs=2, type=int)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return 0
    outcome = campaign(options.count, options.seed)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}, ensure_ascii=False))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
