"""How reports are read in: random ones through every export and back, and in every shape of the wild."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.imports import round_trip
from tests.imports.wild import SHAPES
from tests.imports.wild_score import Score, measure


@dataclass
class RoundTrips:
    """``differences`` are what was not read as it was written."""

    reports: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.reports > 0 and not self.differences


@dataclass
class Shapes:
    """Cells of all shapes together; ``wrong`` are certain and not what the file says."""

    shapes: int = 0
    certain: int = 0
    guessed: int = 0
    guessed_wrong: int = 0
    refused: int = 0
    unread: int = 0
    wrong: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        accepted = self.certain + self.guessed + self.guessed_wrong
        enough = self.certain + self.guessed >= 0.995 * accepted > 0
        return enough and not (self.wrong or self.texts or self.unread)


def round_trips(count: int, seed: int, folder: Path) -> RoundTrips:
    """`count` reports through each kind of export."""
    outcome = RoundTrips()
    for kind in round_trip.KINDS:
        found = round_trip.campaign(kind, count, seed, folder)
        outcome.differences += [f"{kind} {each}" for each in found[:5]]
        outcome.reports += count
    return outcome


def shapes(count: int, seed: int) -> Shapes:
    """`count` reports of each format in each shape."""
    outcome = Shapes()
    for shape in SHAPES:
        score = Score()
        for number in range(count):
            for id in ("2019", "2021"):
                measure(shape, seed + number, id, score)
        outcome.shapes += 1
        outcome.certain += score.right
        outcome.guessed += score.guessed
        outcome.guessed_wrong += score.off
        outcome.refused += score.refused
        outcome.unread += len(score.unread)
        outcome.wrong += [f"{shape.__name__} {each}" for each in score.wrong[:5]]
        outcome.texts += [f"{shape.__name__} {each}" for each in score.texts[:5]]
    return outcome
