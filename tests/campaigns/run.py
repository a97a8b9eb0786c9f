"""The long campaigns that the tests only sample, one after the other, and the table of their figures.

    python3 packaging/dev.py campaign [NAME…] [--share F] [--seed N]

Without names all are run. `--share 0.1` runs a tenth of each. Every line says whether it is as it must be; the exit
code is 1 when one is not.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.campaigns import clauses, edits, foreign, full, imports, kill, mutate, power, pull, size
from tests.campaigns.folder import fast_folder


@dataclass(frozen=True)
class Campaign:
    """`run` takes a count, a seed and an empty folder on a real disk, and returns an outcome.

    `fails` is for the campaigns that show that their harness can: there something must be lost.
    """

    what: str
    count: int
    run: Callable[[int, int, Path], object]
    fails: bool = False


def _power(mode: str) -> Callable[[int, int, Path], object]:
    # The simulated disk is the question here, not the one below it.
    def run(count: int, seed: int, _folder: Path) -> object:
        with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
            return power.campaign(Path(folder), count, seed, mode)

    return run


CAMPAIGNS = {
    "kill": Campaign(
        "SIGKILL of gkdesk edit",
        500,
        lambda count, seed, folder: kill.campaign(folder / "a.gkd", count, seed),
    ),
    "power": Campaign("power cut, TRUNCATE/FULL as shipped", 1000, _power("shipped")),
    "power-normal": Campaign("power cut, TRUNCATE/NORMAL", 300, _power("normal"), fails=True),
    "power-wal": Campaign("power cut, WAL/NORMAL", 300, _power("wal"), fails=True),
    "full": Campaign("disk full", 200, lambda count, seed, folder: full.campaign(folder, count, seed)),
    "pull": Campaign(
        "disk pulled or hanging", 300, lambda count, seed, folder: pull.campaign(folder, count, seed)
    ),
    "mutate": Campaign("damaged document", 10_000, lambda count, seed, _folder: mutate.campaign(count, seed)),
    "workbooks": Campaign(
        "damaged workbook", 10_000, lambda count, seed, _folder: foreign.workbooks(count, seed)
    ),
    "documents": Campaign(
        "damaged docx, html, mhtml, pdf, text",
        2_000,
        lambda count, seed, _folder: foreign.documents(count, seed),
    ),
    "bombs": Campaign("named bombs", 1, lambda _count, _seed, folder: foreign.named_bombs(folder)),
    "round-trips": Campaign(
        "random reports of each format through HTML, Word, Excel and PDF and back",
        200,
        imports.round_trips,
    ),
    "excel": Campaign(
        "random report as workbook and back to the same report JSON",
        1_000,
        imports.workbooks,
    ),
    "shapes": Campaign(
        "reports in the shapes of the wild", 10, lambda count, seed, _folder: imports.shapes(count, seed)
    ),
    "tables": Campaign(
        "tables with cells lost, doubled or moved",
        5_000,
        lambda count, seed, _folder: imports.damaged_tables(count, seed),
    ),
    "clauses": Campaign(
        "clauses of the corpora at random, every fix applied",
        50_000,
        lambda count, seed, _folder: clauses.campaign(count, seed),
    ),
    "edits": Campaign(
        "random edit, undo, redo, reopen", 20_000, lambda count, _seed, _folder: edits.campaign(count)
    ),
    "size": Campaign(
        "revision of heavy editing",
        20_000,
        lambda count, seed, folder: size.campaign(folder / "a.gkd", count, seed),
    ),
}


def main() -> int:
    """Run the campaigns and print their table; 1 when one of them is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "names", nargs="*", choices=[*CAMPAIGNS, []], metavar="NAME", help=", ".join(CAMPAIGNS)
    )
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}\n")
    print("| campaign | count | as it must be | figures | minutes |\n|---|---|---|---|---|", flush=True)
    bad = 0
    for name in options.names or CAMPAIGNS:
        campaign = CAMPAIGNS[name]
        count = max(1, round(campaign.count * options.share))
        started = time.monotonic()
        right, figures = _run(campaign, count, options.seed)
        minutes = (time.monotonic() - started) / 60
        bad += not right
        answer = "yes" if right else "NO"
        print(f"| {name}: {campaign.what} | {count} | {answer} | {figures} | {minutes:.1f} |", flush=True)
    return 1 if bad else 0


def _run(campaign: Campaign, count: int, seed: int) -> tuple[bool, str]:
    """Whether it went as it must, and its figures in words."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        os.environ["GKDESK_DATA"] = data
        try:
            outcome = campaign.run(count, seed, Path(folder))
        except AssertionError as error:
            return False, str(error).replace("\n", " ")[:500]
    figures = asdict(outcome)  # type: ignore[call-overload]
    words = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items() if value != [])
    good = getattr(outcome, "good", True)
    return (not good if campaign.fails else good), words


if __name__ == "__main__":
    sys.exit(main())
