"""How large pages are shown: fitted to the width, as a whole, or in per cent of their size on paper."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

FIT_WIDTH, FIT_PAGE = -1, -2
PERCENTS = (50, 75, 100, 125, 150, 200, 300)


def larger(percent: float) -> int:
    """The next step above a size in per cent."""
    return PERCENTS[min(bisect_right(PERCENTS, round(percent)), len(PERCENTS) - 1)]


def smaller(percent: float) -> int:
    """The next step below a size in per cent."""
    return PERCENTS[max(bisect_left(PERCENTS, round(percent)) - 1, 0)]
