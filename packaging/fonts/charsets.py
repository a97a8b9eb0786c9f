"""Which characters each bundled font keeps."""

from __future__ import annotations

from pathlib import Path

LIST = Path(__file__).with_name("tgh.txt")

# ASCII and Latin-1: a face that is asked for a Latin letter must not answer with nothing.
_LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
# Marks that reports and sign-off sheets use beyond GBK: dashes, bullets, primes, currency, boxes to tick,
# circled and bracketed numbers, the two-em dash of GB/T 15834, full-width forms.
_MARKS = [
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203C),
    0x20AC,
    *range(0x2100, 0x2130),
    *range(0x2150, 0x2180),
    *range(0x2190, 0x21A0),
    *range(0x2200, 0x2270),
    *range(0x2460, 0x24FF),
    *range(0x25A0, 0x2600),
    *range(0x2605, 0x2613),
    0x2713,
    0x2714,
    0x2717,
    0x2718,
    0x2E3A,
    *range(0x3000, 0x302A),
    *range(0x3030, 0x3040),
    *range(0x3200, 0x3400),
    *range(0xFF01, 0xFF5F),
    *range(0xFFE0, 0xFFE7),
]
_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))


def is_han(code: int) -> bool:
    """Whether `code` is a Chinese character (unified, extension A to H, or compatibility)."""
    return any(low <= code < high for low, high in _HAN_RANGES)


def _decoded(encoding: str, first: int, last: int) -> frozenset[int]:
    """Return every character of a two-byte encoding whose lead byte is in first..last."""
    found = set()
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                found.add(ord(bytes((lead, trail)).decode(encoding)))
            except (UnicodeDecodeError, TypeError):
                continue
    return frozenset(found)


def gb2312() -> frozenset[int]:
    """Return GB/T 2312: 6763 characters and 682 marks, in both spellings of its dash and its dot."""
    return _decoded("gb2312", 0xA1, 0xF7) | {0x2014, 0x00B7}


def gbk() -> frozenset[int]:
    """Return GBK: 20,975 characters and the marks, without the vertical forms."""
    return frozenset(code for code in _decoded("gbk", 0x81, 0xFE) if not 0xFE30 <= code <= 0xFE4F)


def tgh() -> frozenset[int]:
    """Return 通用规范汉字表: 8105 characters, 196 of them beyond U+FFFF."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(ord(char) for line in lines if not line.startswith("#") for char in line)


def marks() -> frozenset[int]:
    """Return Latin letters, digits and every mark that is worth keeping, where the face has it."""
    return frozenset(_LATIN) | frozenset(_MARKS) | frozenset(c for c in gbk() if not is_han(c))


def all_han() -> frozenset[int]:
    """Return every code point of a Chinese character: for the face that catches the rare ones."""
    return frozenset(code for low, high in _HAN_RANGES for code in range(low, high))


SETS = {
    "gb2312": lambda: gb2312() | marks(),
    "common": lambda: gb2312() | tgh() | marks(),
    "all": lambda: gbk() | tgh() | all_han() | marks(),
}
