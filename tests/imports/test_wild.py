"""In every shape that reports are found in: what can be read is read right, what cannot is not told for certain."""

from __future__ import annotations

import random

import pytest

from gkdesk.imports.importing import understand
from gkdesk.imports.readers import html
from tests.imports.wild import SHAPES, no_spans, report_of
from tests.imports.wild_page import Cell, page_of
from tests.imports.wild_score import Score, measure

LOSSY = {"one_other_row", "no_regulations", "collapsed", "run_together", "padded", "total_first_pipes"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_shape(shape):
    score = Score()
    for id in ("2019", "2021"):
        measure(shape, 0, id, score)
    assert score.wrong == [], "read for certain, and not what the file says"
    assert score.unread == []
    assert score.texts == []
    accepted = score.right + score.guessed + score.off
    assert (score.right + score.guessed) / accepted >= 0.995
    assert (score.refused > 0) == (shape.__name__ in LOSSY)


def test_there_are_enough_shapes():
    assert len(SHAPES) == len({shape.__name__ for shape in SHAPES}) >= 25


def test_a_label_that_stands_twice_in_a_header_makes_its_columns_unsure():
    page = page_of(report_of(random.Random(1), "2021"))
    page.table("t3")[2].insert(0, Cell("商业企业"))
    found = understand(html.read(no_spans(page, None).data), kind="html")
    certain = [reading for id, reading in found.cells.items() if id.startswith("t3") and reading.certain]
    assert certain == []
