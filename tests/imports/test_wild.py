"""In every shape that reports are found in: what can be read is read right, what cannot is not told for certain."""

from __future__ import annotations

import pytest

from tests.imports.wild import SHAPES
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
