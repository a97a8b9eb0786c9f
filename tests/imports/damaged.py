"""Tables that were damaged on their way: cells lost, doubled or moved, rows filled up again, headers gone.

A damage changes a page (see wild_page) and answers the cells that the page does not tell any more: for those a
certain reading may be blank or happen to be right, and is wrong otherwise. All other cells must be read as they were.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.imports.importing import understand
from gkdesk.report import Report
from tests.builders import balanced
from tests.imports import wild_page
from tests.imports.wild_page import Cell, Page, page_of, unmerged

Rows = list[list[Cell]]
TABLES = ("t2", "t3", "t4")
SUMMED = ("t3", "t4")
"""Tables whose figures add up. In others a row that is full again cannot be told from a sound one."""


@dataclass
class Damage:
    """``what`` is the function's name; ``lost`` are the cells that are no longer told."""

    what: str
    lost: set[str]


def _data(rows: Rows) -> list[list[Cell]]:
    """The rows with figures to damage, which may have been damaged before."""
    return [row for row in rows if sum(bool(one.key) for one in row[:-1]) > 1]


def _keys(row: list[Cell]) -> set[str]:
    return {one.key for one in row if one.key}


def _lose(row: list[Cell], rng: random.Random) -> Cell:
    gone = rng.choice([one for one in row if one.key])
    row.remove(gone)
    return gone


def lost(rows: Rows, rng: random.Random) -> set[str]:
    """A cell is gone, the row is short."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    _lose(row, rng)
    return keys


def padded(rows: Rows, rng: random.Random) -> set[str]:
    """A cell is gone, an empty one stands at the end."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    _lose(row, rng)
    row.append(Cell(""))
    return keys


def padded_twice(rows: Rows, rng: random.Random) -> set[str]:
    row = rng.choice(_data(rows))
    keys = _keys(row)
    for _each in range(2):
        _lose(row, rng)
        row.append(Cell(""))
    return keys


def padded_inside(rows: Rows, rng: random.Random) -> set[str]:
    """A cell is gone, an empty one stands somewhere else in the row."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    first = next(index for index, one in enumerate(row) if one.key)
    _lose(row, rng)
    row.insert(rng.randint(first, len(row)), Cell(""))
    return keys


def padded_zero(rows: Rows, rng: random.Random) -> set[str]:
    """A cell is gone, a 0 stands at the end."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    _lose(row, rng)
    row.append(Cell("0"))
    return keys


def doubled(rows: Rows, rng: random.Random) -> set[str]:
    """A cell stands twice, the row is too long."""
    row = rng.choice(_data(rows))
    index = rng.choice([index for index, one in enumerate(row) if one.key])
    row.insert(index, Cell(row[index].text))
    return _keys(row)


def doubled_cut(rows: Rows, rng: random.Random) -> set[str]:
    """A cell stands twice, and the last one is gone for it."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    index = rng.choice([index for index, one in enumerate(row) if one.key])
    row.insert(index, Cell(row[index].text))
    row.pop()
    return keys


def pushed(rows: Rows, rng: random.Random) -> set[str]:
    """An empty cell has come in between, the row is too long."""
    row = rng.choice(_data(rows))
    first = next(index for index, one in enumerate(row) if one.key)
    row.insert(rng.randint(first, len(row)), Cell(""))
    return _keys(row)


def pushed_cut(rows: Rows, rng: random.Random) -> set[str]:
    """An empty cell has come in between, and the last one is gone for it."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    first = next(index for index, one in enumerate(row) if one.key)
    row.insert(rng.randint(first, len(row) - 1), Cell(""))
    row.pop()
    return keys


def merged(rows: Rows, rng: random.Random) -> set[str]:
    """Two figures in one cell over both columns."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    index = rng.choice([index for index, one in enumerate(row) if one.key and row[index + 1 :]])
    one, other = row[index : index + 2]
    one.text, one.colspan = one.text + rng.choice((" ", "\n", "")) + other.text, one.colspan + other.colspan
    row.remove(other)
    return keys


def swallowed(rows: Rows, rng: random.Random) -> set[str]:
    """A cell has grown over its neighbour, whose figure is gone."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    index = rng.choice([index for index, one in enumerate(row) if one.key and row[index + 1 :]])
    row[index].colspan += row[index + 1].colspan
    del row[index + 1]
    return keys


def row_gone(rows: Rows, rng: random.Random) -> set[str]:
    """The figures of a row are gone; labels that stand over several rows stay."""
    row = rng.choice(_data(rows))
    keys = _keys(row)
    row[:] = [one for one in row if not one.key]
    return keys


def row_twice(rows: Rows, rng: random.Random) -> set[str]:
    """A row stands twice, with other figures the second time."""
    row = rng.choice(_data(rows))
    again = [Cell(str(rng.randint(0, 99)) if one.key else one.text, one.colspan) for one in row]
    if any(one.rowspan > 1 for one in row) or not any(one.text for one in row if one.key):
        return set()
    rows.insert(rows.index(row) + 1, again)
    for above in rows[: rows.index(again)]:
        for one in above:
            if one.rowspan > 1 and rows.index(above) + one.rowspan >= rows.index(again):
                one.rowspan += 1
    return _keys(row)


def head_cell_gone(rows: Rows, rng: random.Random) -> set[str]:
    """A label of the header is gone; the others move up."""
    heads = [row for row in rows if not any(one.key for one in row) and len(row) > 2]
    row = rng.choice(heads)
    row.remove(rng.choice(row))
    row.append(Cell(""))
    return {key for row in rows for key in _keys(row)}


def head_gone(rows: Rows, rng: random.Random) -> set[str]:
    """A line of the header is gone."""
    heads = [row for row in rows if not any(one.key for one in row)]
    row = rng.choice(heads)
    at = rows.index(row)
    for above in rows[:at]:
        for one in above:
            if rows.index(above) + one.rowspan > at:
                one.rowspan -= 1
    rows.remove(row)
    return {key for row in rows for key in _keys(row)}


DAMAGES: tuple[Callable[[Rows, random.Random], set[str]], ...] = (
    lost, padded, padded_twice, padded_inside, padded_zero, doubled, doubled_cut, pushed, pushed_cut, merged,
    swallowed, row_gone, row_twice, head_cell_gone, head_gone,
)  # fmt: skip
UNSEEN = {"padded_zero", "doubled_cut", "swallowed"}
"""They leave a row full of figures: only sums can tell."""


def _html(page: Page) -> bytes:
    return wild_page.html(page).encode()


def _flat_html(page: Page) -> bytes:
    return wild_page.html(_loose(page)).encode()


def _pipes(page: Page) -> bytes:
    return wild_page.text(_loose(page), lambda row: " | ".join(one.text for one in row)).encode()


def _tabs(page: Page) -> bytes:
    return wild_page.text(_loose(page), lambda row: "\t".join(one.text for one in row)).encode()


def _loose(page: Page) -> Page:
    for item in page.items:
        if item.rows:
            item.rows = unmerged(item.rows)
    return page


WRITERS: dict[str, tuple[str, Callable[[Page], bytes]]] = {
    "html": ("html", _html),
    "html without spans": ("html", _flat_html),
    "docx": ("docx", wild_page.docx),
    "xlsx": ("xlsx", wild_page.xlsx),
    "bars": ("text", _pipes),
    "tabs": ("text", _tabs),
}


@dataclass
class Damaged:
    """Cells of damaged reports. ``wrong`` are certain and not what the file says; ``seen`` are lost and not certain."""

    reports: int = 0
    certain: int = 0
    guessed: int = 0
    unread: int = 0
    refused: int = 0
    seen: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.reports > 0 and not self.wrong


def report_of(rng: random.Random, id: str) -> Report:
    """A balanced report as they are: mostly zeros, few or many figures."""
    busy = rng.random()
    figures = [
        rng.choice((rng.randint(1, 9), rng.randint(1, 300), rng.randint(1, 20_000)))
        if rng.random() < busy
        else 0
        for _each in range(180)
    ]
    return balanced(formats.load(id), {"2019": 2020, "2021": 2023}[id], figures, stated=True)


def measure(seed: int, outcome: Damaged) -> None:
    """One report, one to three of its tables damaged, in one of the kinds of files, and what is read of it."""
    rng = random.Random(seed)
    report = report_of(rng, rng.choice(("2019", "2021")))
    page = page_of(report)
    blank = _blanks(page, rng) if rng.random() < 0.3 else set()
    lost_cells: set[str] = set()
    damages = []
    for tag in rng.sample(TABLES, rng.choice((1, 1, 1, 2, 3))):
        damage = rng.choice(DAMAGES)
        if (tag not in SUMMED and damage.__name__ in UNSEEN) or not _data(page.table(tag)):
            continue
        lost_cells |= damage(page.table(tag), rng)
        damages.append(f"{damage.__name__} {tag}")
    name, (kind, write) = rng.choice(list(WRITERS.items()))
    reader = import_module(f"gkdesk.imports.readers.{kind}")
    outcome.reports += 1
    try:
        imported = understand(reader.read(write(page)), kind=kind)
    except KnownError:
        outcome.refused += len(report.form.cells)
        return
    for cell in report.form.cells:
        found = imported.cells.get(cell)
        expected = None if cell in blank else report.values[cell]
        if found is None:
            outcome.unread += 1
            outcome.seen += cell in lost_cells
        elif not found.certain:
            outcome.guessed += 1
            outcome.seen += cell in lost_cells
        elif found.value == expected or (cell in lost_cells and found.value in (None, expected or 0)):
            outcome.certain += 1
        else:
            what = ", ".join(damages)
            outcome.wrong.append(f"{seed} {name} ({what}) {cell}: {expected} read as {found.value}")


def _blanks(page: Page, rng: random.Random) -> set[str]:
    """Zeros left empty, as many units do.

    Not the last of a row that no sum bears out: pushed beyond the table it leaves no trace, and the row is full again.
    """
    blank = set()
    share = rng.choice((0.3, 1))
    for tag in TABLES:
        for row in page.table(tag):
            for one in row if tag in SUMMED else row[:-1]:
                if one.key and one.text == "0" and rng.random() < share:
                    one.text = ""
                    blank.add(one.key)
    return blank
