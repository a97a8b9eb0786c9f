"""Clauses of the corpora put together at random, checked in both formats, and every fix that is offered applied.

    python -m tests.campaigns.clauses [--count 20000] [--seed N]

The corpora hold what people write; what stands beside what is new here. Nothing may fail, every message can be said,
every place lies in its text, and a fix that is applied does away with its issue.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cache

from gkdesk.checks import explain, fix, open_session
from gkdesk.report import Issue, Report
from tests.corpus import blind, measure

KEY = "text.overview"
_MARKS = ("，", "，", "，", "、", "；", "。", "：", "（", "）", "\n", "")
_SHOWN = 5


@dataclass
class Outcome:
    """Counts; ``crashes`` and ``unmended`` quote the first texts that went wrong."""

    texts: int = 0
    issues: int = 0
    fixes: int = 0
    crashed: int = 0
    unmended: int = 0
    slowest_ms: float = 0.0
    examples: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.crashed and not self.unmended and self.issues > 0

    def note(self, text: str, what: str) -> None:
        if len(self.examples) < _SHOWN:
            self.examples.append(f"{what}: {text!r}")


@cache
def clauses() -> tuple[str, ...]:
    """All clauses of the corpora, once each."""
    texts = [case.text for case in measure.cases(measure.HERE / "own.toml")]
    texts += [case["text"] for corpus in blind.CORPORA.values() for case in corpus.cases()]
    return tuple(
        dict.fromkeys(part for text in texts for part in re.split(r"[，,。；;：:（）()\n]", text) if part)
    )


def texts(count: int, seed: int) -> Iterator[str]:
    """So many texts of two to six clauses."""
    rng = random.Random(seed)
    for _number in range(count):
        parts = [(rng.choice(clauses()), rng.choice(_MARKS)) for _each in range(rng.randint(2, 6))]
        yield "".join(part + mark for part, mark in parts)


def campaign(count: int, seed: int) -> Outcome:
    """Check so many texts against the reports of the corpora."""
    outcome = Outcome()
    reports = list(measure.reports().values())
    rng = random.Random(seed)
    for text in texts(count, seed):
        outcome.texts += 1
        report, previous = rng.sample(reports, 2)
        started = time.perf_counter()
        try:
            _check(text, report, previous, outcome)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            outcome.crashed += 1
            outcome.note(text, f"{type(error).__name__} {error}")
        outcome.slowest_ms = max(outcome.slowest_ms, round((time.perf_counter() - started) * 1000, 1))
    return outcome


def _check(text: str, report: Report, previous: Report, outcome: Outcome) -> None:
    before = previous if previous.year == report.year - 1 else None
    session = open_session(replace(report, fields={**report.fields, KEY: text}), before)
    for issue in [issue for issue in session.issues if issue.field == KEY]:
        outcome.issues += 1
        assert explain(issue, report.form)
        if issue.span is not None:
            start, end = issue.span
            assert 0 <= start < end <= len(text)
        patch = fix(issue, session.view)
        if patch is None:
            continue
        outcome.fixes += 1
        session.edit(patch, "fix")
        session.check_texts()
        if any(_is_there_still(issue, other) for other in session.issues):
            outcome.unmended += 1
            outcome.note(text, f"{issue.rule} stays")
        session.undo()
        session.check_texts()


def _is_there_still(issue: Issue, other: Issue) -> bool:
    begins = (issue.span or (0,))[0]
    return (other.rule, other.field) == (issue.rule, KEY) and (other.span or (0,))[0] == begins


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    outcome = campaign(options.count, options.seed)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}, ensure_ascii=False, indent=1))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
