from __future__ import annotations

import pytest

from gkdesk.paper.geometry import MM, PAGE, centred


def test_margins_of_the_standard() -> None:
    assert (PAGE.top / MM, PAGE.left / MM) == pytest.approx((37, 28))
    assert (PAGE.width - PAGE.right) / MM == pytest.approx(26)
    assert (PAGE.height - PAGE.bottom) / MM == pytest.approx(35)


def test_28_characters_fill_the_line_and_never_overflow_it() -> None:
    assert PAGE.body_size == 15.79
    assert 0 <= PAGE.block_width - 28 * PAGE.body_size < 0.2


def test_22_lines_fill_the_block() -> None:
    """GB/T 9704-2012, 3.2 and 5.2: a line is 15/8 of a character; the first and the last touch the edges."""
    assert PAGE.leading == pytest.approx(15 / 8 * PAGE.body_size, rel=0.001)
    assert PAGE.baseline(0) - 0.88 * PAGE.body_size == pytest.approx(PAGE.top)
    assert PAGE.baseline(21) + 0.12 * PAGE.body_size == pytest.approx(PAGE.bottom)
    assert PAGE.line_top(1) - PAGE.line_top(0) == pytest.approx(PAGE.leading)
    assert PAGE.grid_top + PAGE.grid_height == pytest.approx(PAGE.bottom + PAGE.space / 2)


def test_a_title_begins_at_the_edge_of_the_block() -> None:
    assert PAGE.baseline(0, 22) - 0.88 * 22 == pytest.approx(PAGE.top)


def test_text_is_centred_in_a_strip() -> None:
    baseline = centred(30, 20)
    assert baseline - 0.88 * 20 == pytest.approx(30 - (baseline + 0.12 * 20))


def test_the_page_number_hangs_seven_millimetres_below_the_block() -> None:
    assert PAGE.number_baseline() - PAGE.bottom == pytest.approx(7 * MM + 14 / 3)
    assert PAGE.number_baseline() < PAGE.height
