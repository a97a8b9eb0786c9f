"""A short code as QR symbol: version 1 (21 × 21 modules), error correction Q, alphanumeric (ISO/IEC 18004).

A quarter of the symbol may be lost under a seal or a fold. Longer texts need larger versions, which no copy uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, product
from typing import Final

SIDE: Final = 21
"""Modules of a side, without the quiet zone around it."""
QUIET: Final = 4
"""Modules of white that the symbol needs around it."""
LONGEST: Final = 16

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DATA, _CORRECTION = 13, 13
_LEVEL_Q = 0b11
_FORMAT_DIVISOR, _FORMAT_MASK = 0b10100110111, 0b101010000010010
_FIELD = 0b100011101
_FINDERS = ((0, 0), (0, SIDE - 7), (SIDE - 7, 0))
_ALIKE_AS_FINDER = ((1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0), (0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1))

Matrix = tuple[tuple[bool, ...], ...]
"""Rows from the top, modules from the left; True is dark."""

_MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _c: r % 2 == 0,
    lambda _r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def qr_matrix(text: str) -> Matrix:
    """The symbol of at most LONGEST capital letters, digits and `` $%*+-./:``. Raises ValueError for another text."""
    data = _codewords(text)
    bits = [byte >> i & 1 for byte in (*data, *_correction(data)) for i in range(7, -1, -1)]
    symbols = [_symbol(bits, mask) for mask in range(len(_MASKS))]
    return min(symbols, key=_penalty)


def _codewords(text: str) -> list[int]:
    if not text or len(text) > LONGEST or not set(text) <= set(_ALPHABET):
        raise ValueError(text)
    values = [_ALPHABET.index(char) for char in text]
    bits = f"0010{len(text):09b}"
    for i in range(0, len(values), 2):
        pair = values[i : i + 2]
        bits += f"{pair[0] * 45 + pair[1]:011b}" if len(pair) == 2 else f"{pair[0]:06b}"
    bits += "0" * min(4, 8 * _DATA - len(bits))
    bits += "0" * (-len(bits) % 8)
    found = [int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)]
    return found + [(0xEC, 0x11)[i % 2] for i in range(_DATA - len(found))]


def _times(a: int, b: int) -> int:
    """Product in the field of 256 elements."""
    product = 0
    while b:
        product ^= a * (b & 1)
        a = a << 1 ^ (_FIELD if a & 0x80 else 0)
        b >>= 1
    return product


def _correction(data: list[int]) -> list[int]:
    """The Reed-Solomon codewords of the data: the rest after division by the generator polynomial."""
    generator, root = [1], 1
    for _i in range(_CORRECTION):
        shifted = [0, *(_times(part, root) for part in generator)]
        generator = [a ^ b for a, b in zip([*generator, 0], shifted, strict=True)]
        root = _times(root, 2)
    rest = [0] * _CORRECTION
    for byte in data:
        factor = byte ^ rest[0]
        rest = [a ^ _times(part, factor) for a, part in zip([*rest[1:], 0], generator[1:], strict=True)]
    return rest


def _symbol(bits: list[int], mask: int) -> Matrix:
    modules = dict(_patterns()) | dict(_format(mask))
    stream = iter(bits)
    for row, column in _path():
        if (row, column) not in modules:
            modules[row, column] = bool(next(stream)) ^ _MASKS[mask](row, column)
    return tuple(tuple(modules[row, column] for column in range(SIDE)) for row in range(SIDE))


def _patterns() -> Iterator[tuple[tuple[int, int], bool]]:
    """The three finders with their white borders, and the timing lines between them."""
    for top, left in _FINDERS:
        for row, column in product(range(-1, 8), repeat=2):
            if 0 <= top + row < SIDE and 0 <= left + column < SIDE:
                ring = max(abs(row - 3), abs(column - 3))
                yield (top + row, left + column), ring not in (2, 4)
    for i in range(8, SIDE - 8):
        yield (6, i), i % 2 == 0
        yield (i, 6), i % 2 == 0


def _format(mask: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """Level and mask in fifteen bits, twice, and the module that is always dark."""
    rest = value = _LEVEL_Q << 3 | mask
    for _i in range(10):
        rest = rest << 1 ^ (rest >> 9) * _FORMAT_DIVISOR
    bits = (value << 10 | rest) ^ _FORMAT_MASK
    for i in range(15):
        dark = bool(bits >> i & 1)
        along = i + (i >= 6) if i < 8 else SIDE - 15 + i
        yield (along, 8), dark
        yield (8, SIDE - 1 - i if i < 8 else 14 - i + (i < 9)), dark
    yield (SIDE - 8, 8), True


def _path() -> Iterator[tuple[int, int]]:
    """The order of the data: up and down in pairs of columns from the right, past the timing line."""
    rights = [right if right > 6 else right - 1 for right in range(SIDE - 1, 0, -2)]
    for i, right in enumerate(rights):
        for step in range(SIDE):
            row = step if i % 2 else SIDE - 1 - step
            yield row, right
            yield row, right - 1


def _penalty(symbol: Matrix) -> int:
    """How hard a symbol is to read (ISO/IEC 18004, 7.8.3)."""
    points = 0
    for line in (*symbol, *zip(*symbol, strict=True)):
        points += sum(n - 2 for _dark, same in groupby(line) if (n := len(list(same))) >= 5)
        points += 40 * sum(line[i : i + 11] in _ALIKE_AS_FINDER for i in range(SIDE - 10))
    for row, column in product(range(SIDE - 1), repeat=2):
        square = {symbol[row + i][column + j] for i, j in product((0, 1), repeat=2)}
        points += 3 * (len(square) == 1)
    dark = sum(map(sum, symbol))
    return points + 10 * (abs(20 * dark - 10 * SIDE * SIDE) // (SIDE * SIDE))
