"""How reports are read in: random ones through every export and back, in every shape of the wild, and damaged."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from gkdesk.exports import xlsx
from gkdesk.imports import own_workbook
from gkdesk.report import report_json
from tests.exports.strategies import contents, report_of
from tests.imports import damaged, round_trip
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
class Workbooks:
    """Reports of any content, hostile texts among it; ``formulas`` are cells that have become one."""

    reports: int = 0
    changed: int = 0
    formulas: int = 0

    @property
    def good(self) -> bool:
        return self.reports > 0 and not self.changed and not self.formulas


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
    """`count` reports of each format through each kind of export."""
    outcome = RoundTrips()
    for kind in round_trip.KINDS:
        found = round_trip.campaign(kind, 2 * count, seed, folder)
        outcome.differences += [f"{kind} {each}" for each in found[:5]]
        outcome.reports += 2 * count
    return outcome


def workbooks(count: int, start: int, folder: Path) -> Workbooks:
    """`count` different reports as workbooks and back to the same report JSON, byte by byte."""
    outcome = Workbooks()
    path, seen = folder / "a.xlsx", set[bytes]()

    @seed(start)
    @settings(
        max_examples=2 * count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(contents())
    def back(content: object) -> None:
        report = report_of(content)
        wanted = report_json.canonical(report)
        if wanted in seen or outcome.reports == count:
            return
        seen.add(wanted)
        xlsx.write(report, path)
        outcome.reports += 1
        outcome.changed += report_json.canonical(own_workbook.read(path)) != wanted
        with zipfile.ZipFile(path) as package:
            sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
        outcome.formulas += sum(len(re.findall(rb"<f[ />]", sheet)) for sheet in sheets)

    back()
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


def damaged_tables(count: int, seed: int) -> damaged.Damaged:
    """`count` reports with damaged tables."""
    outcome = damaged.Damaged()
    for number in range(count):
        damaged.measure(seed + number, outcome)
    outcome.wrong[20:] = []
    return outcome
