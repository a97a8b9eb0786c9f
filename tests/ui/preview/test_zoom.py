"""Steps of size."""

from __future__ import annotations

import pytest

from ui.preview import zoom


@pytest.mark.parametrize(
    ("percent", "larger", "smaller"),
    [(83.2, 100, 75), (100, 125, 75), (50, 75, 50), (300, 300, 200), (10, 50, 50)],
)
def test_steps(percent, larger, smaller):
    assert (zoom.larger(percent), zoom.smaller(percent)) == (larger, smaller)
