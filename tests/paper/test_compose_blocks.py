from __future__ import annotations

from dataclasses import dataclass

import pytest

from gkdesk.paper.compose_blocks import Block, TextLine, paginate
from gkdesk.paper.geometry import PAGE
from gkdesk.paper.marks import Box

LINE = PAGE.leading
PAGE_LINES = 22


@dataclass(frozen=True)
class Piece(Block):
    """Draws a box as high as it came out, grey by its number."""

    number: int
    least: float
    wanted: float
    keeps: bool = False
    white: bool = False
    bookmark: str = ""
    divides: bool = False
    table: bool = False

    @property
    def off_grid(self):
        return self.table

    def marks(self, top, height):
        return [Box(0, top, 1, height, self.number)]

    def split(self, room, page, *, force):
        if not self.divides or room < LINE:
            return None
        first = Piece(self.number, room, room)
        return first, Piece(self.number, self.least - room, self.least - room, divides=True)


def lines(count, **facts):
    return [Piece(i, LINE, LINE, **facts) for i in range(count)]


def placed(blocks):
    pages = paginate(blocks, PAGE).pages
    return [[box.grey for box in page] for page in pages]


def test_nothing_is_one_empty_page():
    assert placed([]) == [[]]


def test_22_lines_fill_a_page():
    assert placed(lines(23)) == [list(range(22)), [22]]


def test_what_keeps_goes_to_the_next_page_together():
    blocks = [
        *lines(20),
        Piece(20, LINE, LINE, keeps=True),
        Piece(21, LINE, LINE, keeps=True),
        Piece(22, LINE, LINE),
    ]
    assert placed(blocks) == [list(range(20)), [20, 21, 22]]


def test_more_than_a_page_that_keeps_is_cut_at_the_page():
    assert placed([Piece(-1, LINE, LINE), *lines(50, keeps=True)]) == [
        [-1],
        list(range(22)),
        list(range(22, 44)),
        list(range(44, 50)),
    ]


def test_a_block_higher_than_a_page_stands_alone():
    assert placed([*lines(1), Piece(1, 900, 900), Piece(2, LINE, LINE)]) == [[0], [1], [2]]


def test_white_at_the_top_of_a_page_is_dropped():
    white = TextLine(None, 0, 16, LINE)
    assert placed([white, *lines(22), white, Piece(22, LINE, LINE)]) == [list(range(22)), [22]]


@pytest.mark.parametrize(("before", "height"), [(0, 21.5), (12, 9.5), (14, 7.5), (17, 4.7)])
def test_a_table_takes_what_is_left_up_to_what_it_wants(before, height):
    blocks = [*lines(before), Piece(99, 4.5 * LINE, 21.7 * LINE, table=True)]
    pages = paginate(blocks, PAGE).pages
    assert len(pages) == 1
    # Half a line stays white below it where there is room for that.
    assert pages[0][-1].height == pytest.approx(height * LINE, abs=0.5 * LINE + 0.01)
    assert PAGE.top <= pages[0][-1].y
    assert pages[0][-1].y + pages[0][-1].height <= PAGE.bottom + 0.01


def test_text_under_a_table_stands_on_the_grid():
    for height in range(40, 300, 7):
        pages = paginate([*lines(3), Piece(9, 40, height, table=True), *lines(2)], PAGE).pages
        table, after = pages[0][3], pages[0][4]
        lines_down = (after.y - PAGE.grid_top) / LINE
        assert lines_down == pytest.approx(round(lines_down))
        assert after.y - table.y - table.height == pytest.approx(LINE / 2)
        assert table.height >= 40


def test_a_block_that_can_be_cut_fills_the_page():
    pages = paginate([*lines(20), Piece(20, 30 * LINE, 30 * LINE, divides=True)], PAGE).pages
    heights = [round(page[-1].height / LINE, 3) for page in pages]
    assert heights == [2, 22, 6]


def test_bookmarks_name_page_and_place():
    blocks = [*lines(21), Piece(21, LINE, LINE, keeps=True, bookmark="甲"), Piece(22, LINE, LINE)]
    [mark] = paginate(blocks, PAGE).bookmarks
    assert (mark.title, mark.page, mark.y) == ("甲", 1, PAGE.grid_top)
