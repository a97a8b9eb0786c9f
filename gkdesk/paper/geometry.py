"""The page of an official document, in points, after GB/T 9704-2012 (党政机关公文格式).

All lengths are points (1/72 inch). y grows downward from the top edge of the sheet, x to the right from its left edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MM: Final = 72 / 25.4
"""One millimetre in points."""

ASCENT: Final = 0.88
"""Part of an ideographic em square that stands above the baseline; the other 0.12 hangs below it."""

SIZE_2: Final = 22.0
"""二号: the title (GB/T 9704-2012, 7.3.1)."""

SIZE_3: Final = 16.0
"""三号: body and headings (GB/T 9704-2012, 5.2.2)."""

SIZE_4: Final = 14.0
"""四号: page numbers (GB/T 9704-2012, 7.5)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one text block (版心). Defaults are the portrait A4 page of GB/T 9704-2012, 5.1 and 5.2.

    `lines` and `characters` are those of a full text block, which they fill to its edges (5.2.3, 撑满版心). A character
    is the unit in both directions: 28 of them are 156 mm, and as a line is the height of a character and 7/8 of one
    (3.2), 22 of them with 21 spaces between are 225 mm. So the first line's characters stand at the upper edge of the
    block and the last line's at its lower edge; a ruler on paper finds the margins there. Word processors, which put
    half a space above the first line, begin 2.3 mm lower.
    """

    width: float = 210 * MM
    height: float = 297 * MM
    top: float = 37 * MM
    left: float = 28 * MM
    block_width: float = 156 * MM
    block_height: float = 225 * MM
    lines: int = 22
    characters: int = 28

    @property
    def right(self) -> float:
        """x of the right edge of the text block (26 mm from the edge of the sheet)."""
        return self.left + self.block_width

    @property
    def bottom(self) -> float:
        """y of the lower edge of the text block (35 mm from the edge of the sheet)."""
        return self.top + self.block_height

    @property
    def leading(self) -> float:
        """From one line of the grid to the next: 29.62 pt, 15/8 of a character (3.2)."""
        return (self.block_height - self.body_size) / (self.lines - 1)

    @property
    def space(self) -> float:
        """The white between the characters of two lines, 7/8 of one: 13.83 pt."""
        return self.leading - self.body_size

    @property
    def grid_top(self) -> float:
        """y of the upper edge of the grid's first line, which has half a space above its characters."""
        return self.top - self.space / 2

    @property
    def grid_height(self) -> float:
        """Height of all lines of the grid: the text block and half a space over and under it."""
        return self.lines * self.leading

    @property
    def body_size(self) -> float:
        """Size of body text, 15.79 pt: 28 characters of 三号 (448 pt) do not fit the 442.2 pt of the block."""
        # Cut, not rounded, so that 28 characters never come out wider than the block.
        return int(self.block_width / self.characters * 100) / 100

    @property
    def indent(self) -> float:
        """First-line indent of a paragraph: two characters (7.3.3)."""
        return 2 * self.body_size

    def line_top(self, line: float) -> float:
        """y of the upper edge of a line of the grid, counted from 0."""
        return self.grid_top + line * self.leading

    def baseline(self, line: float, size: float | None = None) -> float:
        """y of the baseline of text of `size` (body size when None) in a line of the grid.

        Larger text begins at the same height and reaches deeper, so that a title too stands at the edge of the block.
        """
        return self.line_top(line) + self.space / 2 + ASCENT * (self.body_size if size is None else size)

    def number_baseline(self) -> float:
        """y of the baseline of the page number: its dash stands 7 mm below the text block (7.5)."""
        # A dash stands about a third of an em above the baseline.
        return self.bottom + 7 * MM + SIZE_4 / 3


def centred(height: float, size: float) -> float:
    """Distance from the upper edge of a strip of `height` to the baseline of text of `size` centred in it."""
    return (height - size) / 2 + ASCENT * size


PAGE: Final = Sheet()
"""The page every copy is set on."""

NUMBER_INDENT: Final = SIZE_4
"""A page number stands one character in: odd pages from the right, even pages from the left (7.5)."""

DATE_INDENT_CHARACTERS: Final = 4
"""A signature date stands four characters in from the right (7.3.5.2)."""
