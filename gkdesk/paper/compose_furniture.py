"""What stands outside the text block: the page number."""

from __future__ import annotations

from gkdesk.paper.compose_text import TextSetter
from gkdesk.paper.faces import Role
from gkdesk.paper.geometry import NUMBER_INDENT, SIZE_4
from gkdesk.paper.linebreak import Span, break_lines
from gkdesk.paper.marks import Run


def page_number(number: int, setter: TextSetter) -> list[Run]:
    """— 1 — below the text block: odd pages right, even pages left, one character in (GB/T 9704-2012, 7.5)."""
    sheet = setter.sheet
    spans = [Span(f"— {number} —", Role.FANG, SIZE_4)]
    line = break_lines(spans, setter.faces, sheet.block_width, justify=False)[0]
    odd = number % 2 == 1
    x = sheet.right - NUMBER_INDENT - line.width if odd else sheet.left + NUMBER_INDENT
    return line.runs(x, sheet.number_baseline())
