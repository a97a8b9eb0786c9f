"""How well a report in some shape was read, cell by cell and text by text."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from gkdesk.imports.importing import understand
from tests.builders import UNIT
from tests.imports.wild import Wild, report_of
from tests.imports.wild_page import Page, page_of


@dataclass
class Score:
    """Cells of a shape. ``wrong`` are certain and not what the file says; ``off`` guessed and wrong."""

    right: int = 0
    guessed: int = 0
    off: int = 0
    wrong: list[str] = field(default_factory=list)
    refused: int = 0
    unread: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def measure(shape: Callable[[Page, random.Random], Wild], seed: int, id: str, score: Score) -> None:
    """Import one report in this shape and count."""
    rng = random.Random(seed)
    page = page_of(report_of(rng, id))
    wild = shape(page, rng)
    report = page.report
    reader = import_module(f"gkdesk.imports.readers.{'html' if wild.kind == 'mhtml' else wild.kind}")
    imported = understand(reader.read(wild.data), kind=wild.kind, name="x")
    for cell in report.form.cells:
        found = imported.cells.get(cell)
        expected = None if cell in wild.blank else report.values[cell]
        if found is None:
            if cell in wild.lost:
                score.refused += 1
            else:
                score.unread.append(cell)
        elif found.value == expected and cell not in wild.lost:
            score.right += found.certain
            score.guessed += not found.certain
        elif found.certain and not (cell in wild.lost and found.value in (None, expected)):
            score.wrong.append(f"{id}/{seed} {cell}: {expected} read as {found.value} ({found.where})")
        else:
            score.off += 1
    if imported.form is not report.form or imported.year != report.year:
        score.texts.append(f"{id}/{seed} form {imported.form.id} {imported.year}")
    if wild.texts:
        keys = ["unit.name", *(f"unit.{name}" for name in ("address", "postcode", "phone"))]
        keys += [part.key for part in report.form.text_fields]
        assert UNIT.keys() >= set(keys[:4])
        for key in keys:
            if imported.fields.get(key) != report.fields.get(key):
                score.texts.append(f"{id}/{seed} {key}: {imported.fields.get(key)!r}")
