"""What stands outside the text block or behind it: page number, watermark, fingerprint and its QR symbol."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from math import cos, radians, sin

from gkdesk.paper.compose_text import TextSetter
from gkdesk.paper.faces import Role
from gkdesk.paper.geometry import MM, NUMBER_INDENT, SIZE_4, Sheet
from gkdesk.paper.linebreak import Span, break_lines
from gkdesk.paper.marks import Box, Run
from gkdesk.paper.qr import qr_matrix

CODE_WORD = "核对码"

CODE_SIZE = 9.0
CODE_GREY = 0.25
CODE_BASELINE = 16 * MM
"""From the text block down to the fingerprint: clear of the page number and of what printers cannot reach."""

FOOT_QR = 14 * MM
"""Side of the symbol at the foot of a page; a module is two thirds of a millimetre."""
_FOOT_QR_TOP = 6 * MM

WATERMARK_SIZE = 108.0
WATERMARK_GREY = 0.92
WATERMARK_ANGLE = 45.0
_MIDDLE_OF_CHARACTER = 0.38


def page_number(number: int, setter: TextSetter) -> list[Run]:
    """— 1 — below the text block: odd pages right, even pages left, one character in (GB/T 9704-2012, 7.5)."""
    sheet = setter.sheet
    spans = [Span(f"— {number} —", Role.FANG, SIZE_4)]
    line = break_lines(spans, setter.faces, sheet.block_width, justify=False)[0]
    x = sheet.right - NUMBER_INDENT - line.width if _odd(number) else sheet.left + NUMBER_INDENT
    return line.runs(x, sheet.number_baseline())


def watermark(text: str, setter: TextSetter) -> Iterator[Run]:
    """A word behind the text, across the middle of the sheet."""
    sheet, size = setter.sheet, WATERMARK_SIZE
    parts = setter.faces.split(text, Role.HEI)
    along, up = cos(radians(WATERMARK_ANGLE)), sin(radians(WATERMARK_ANGLE))
    width = sum(face.measure(part) for face, part in parts) * size
    back, down = width / 2, _MIDDLE_OF_CHARACTER * size
    x = sheet.width / 2 - back * along + down * up
    y = sheet.height / 2 + back * up + down * along
    for face, part in parts:
        yield Run(x, y, part, face, size, grey=WATERMARK_GREY, angle=WATERMARK_ANGLE)
        x += face.measure(part) * size * along
        y -= face.measure(part) * size * up


def foot_code(code: str, setter: TextSetter) -> list[Run]:
    """The fingerprint in small type, centred at the foot of a page."""
    sheet = setter.sheet
    spans = [Span(f"{CODE_WORD} {code}", Role.FANG, CODE_SIZE)]
    line = break_lines(spans, setter.faces, sheet.block_width, justify=False)[0]
    x = sheet.left + (sheet.block_width - line.width) / 2
    return line.runs(x, sheet.bottom + CODE_BASELINE, CODE_GREY)


def foot_qr(code: str, number: int, sheet: Sheet) -> list[Box]:
    """The fingerprint as QR symbol in the bottom margin, at the side where the page number is not."""
    x = sheet.left if _odd(number) else sheet.right - FOOT_QR
    return qr_boxes(code, x, sheet.bottom + _FOOT_QR_TOP, FOOT_QR)


def qr_boxes(code: str, x: float, y: float, side: float) -> list[Box]:
    """A QR symbol with its upper left corner at (x, y); it needs QUIET modules of white around it."""
    matrix = _kept_matrix(code)
    module = side / len(matrix)
    boxes: list[Box] = []
    for row, line in enumerate(matrix):
        column = 0
        for dark, same in groupby(line):
            count = len(list(same))
            if dark:
                boxes.append(Box(x + column * module, y + row * module, count * module, module, 0.0))
            column += count
    return boxes


_kept_matrix = lru_cache(maxsize=16)(qr_matrix)


def _odd(number: int) -> bool:
    return number % 2 == 1
