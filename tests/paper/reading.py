"""Reading composed pages back: lines of text by baseline, and where things stand."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from gkdesk.paper.geometry import PAGE
from gkdesk.paper.marks import Page, Run, Stroke

BODY = PAGE.body_size


def body_runs(page: Page) -> list[Run]:
    """Runs of the text block: page numbers stand below it."""
    return [run for run in page.runs() if run.baseline < PAGE.bottom]


def lines(page: Page, *, sizes: tuple[float, ...] = (BODY, 22.0)) -> list[str]:
    """Texts of the lines of the grid from top to bottom."""
    rows = defaultdict(list)
    for run in body_runs(page):
        if run.size in sizes:
            rows[round(run.baseline, 2)].append(run)
    return ["".join(run.text for run in rows[y]) for y in sorted(rows)]


def text(pages) -> str:
    """Everything in the text blocks in the order of drawing, without white space."""
    return "".join("".join(run.text for page in pages for run in body_runs(page)).split())


def frames(page: Page) -> list[tuple[float, float]]:
    """Top and bottom of the tables of a page: thick rules in pairs."""
    ys = sorted(s.y0 for s in page.marks if isinstance(s, Stroke) and s.width == 1.0 and s.y0 == s.y1)
    return list(zip(ys[::2], ys[1::2], strict=True))


def runs_within(page: Page, top: float, bottom: float) -> list[Run]:
    return [run for run in body_runs(page) if top < run.baseline < bottom]


def first_words(runs: list[Run]) -> list[str]:
    """Texts by baseline, for the rows of a table."""
    ordered = sorted(runs, key=lambda run: (round(run.baseline, 1), run.x))
    return ["".join(r.text for r in row) for _y, row in groupby(ordered, lambda run: round(run.baseline, 1))]
