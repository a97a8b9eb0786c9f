"""Where a line may end: 避头尾, numbers with their units, Latin words and web addresses.

Marks of punctuation follow GB/T 15834-2011 (标点符号用法), 5.1: closing marks and 浪纹 never begin a line, opening
marks never end one, the two parts of —— and …… stay together; …… is not begun with here either.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NO_START: Final = frozenset("，。、；：？！）》〉】』」〕〗〙〛］｝”’…·•‧・～〜％‰℃°′″々ー．%,.;:?!)]}")
"""Marks that never begin a line."""

NO_END: Final = frozenset("（《〈【『「〔〖〘〚［｛“‘￥¥№([{")
"""Marks that never end a line."""

LEGAL: Final = 0
IN_ADDRESS: Final = 1
IN_WORD: Final = 2
FORBIDDEN: Final = 3
"""Kinds of place between two characters, from a legal end of a line to the worst one."""

# Characters without shape of their own: controls, marks of direction, joiners, variation selectors, tags.
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_NEW_LINE = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_SPACE = "\t\u2000-\u2006\u2008-\u200a\u205f"
_NO_BREAK_SPACE = "\u2007\u202f"
_LONE_HALF = "\ud800-\udfff"
_UNCLEAN = re.compile(f"[{_UNSEEN}{_SPACE}{_NO_BREAK_SPACE}{_LONE_HALF}]|{_NEW_LINE}")
_CLEANING = (
    (re.compile(_NEW_LINE), "\n"),
    (re.compile(f"[{_SPACE}]"), " "),
    (re.compile(f"[{_NO_BREAK_SPACE}]"), "\u00a0"),
    (re.compile(f"[{_LONE_HALF}]"), "\ufffd"),
    (re.compile(f"[{_UNSEEN}]"), ""),
)

_UNIT = (
    "年度|人次|小时|平方公里|平方千米|平方米|立方米|公里|千米|公顷|公斤|千克|美元|百分点|工作日|"
    "[件条次人个元份项宗起篇期家户名天日月年时分秒周号页字章款类批场部套台册本处所位辆亩米吨度倍成级届点张例岁％‰℃]"
)
_QUANTITY = re.compile(rf"(?<=[0-9０-９%])(?: ?[余多几]?(?:[十百千万亿]+(?:{_UNIT})?|{_UNIT}))")
_ORDINAL = re.compile("第(?=[0-9０-９])")
_WIDE_NUMBER = re.compile("[０-９]+(?:[．.][０-９]+)*")
_WORD = re.compile("[!-~À-ɏ’\u0300-\u036f]{2,}")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]+\.){2,}[A-Za-z]{2,}")
_JOINT = re.compile(r"[./](?=[A-Za-z0-9_~#-])")
_DASHES = re.compile("—+")
_SLASH = re.compile("(?<![!-~])[/／]|[/／](?![!-~])")


class _Kinds(dict[int, str]):
    """For str.translate: the code of a character -> its kind, one letter.

    c closing, o opening, m joined to the character before, q joined to both sides, s space, x any other.
    """

    __slots__ = ()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in NO_START:
            kind = "c"
        elif char in NO_END:
            kind = "o"
        elif char in " \u3000":
            kind = "s"
        elif char in "\"'\u00a0":
            kind = "q"
        else:
            kind = "m" if unicodedata.category(char).startswith("M") else "x"
        self[code] = kind
        return kind


_KINDS = _Kinds()
# Spaces stay at the end of a line, so nothing is parted from a space before it.
_BEFORE = bytes(FORBIDDEN if kind in b"cmqs" else LEGAL for kind in range(256))
_AFTER = bytes(FORBIDDEN if kind in b"oq" else LEGAL for kind in range(256))
_OPEN_SPACES = re.compile(b"os+")


def clean(text: str) -> str:
    r"""The text as it is set: characters without shape are left out, a break of lines is \n, a tab a space.

    A lone surrogate becomes U+FFFD, which no face has, so that it is reported as missing.
    """
    if _UNCLEAN.search(text):
        for pattern, instead in _CLEANING:
            text = pattern.sub(instead, text)
    return text


def find_breaks(text: str) -> bytearray:
    """The kind of each place in a clean text without line breaks: LEGAL, IN_ADDRESS, IN_WORD or FORBIDDEN.

    Item i is the place before character i, the last item the end of the text.
    """
    places = bytearray(len(text) + 1)
    _bind_words(text, places)
    _bind_numbers(text, places)
    _bind_strokes(text, places)
    marks = _marks(text)
    # FORBIDDEN has every bit of the other kinds, so "or" keeps the stronger of two in one step for all places.
    both = int.from_bytes(places, "big") | int.from_bytes(marks, "big")
    places[:] = both.to_bytes(len(places), "big")
    places[0] = places[-1] = LEGAL
    return places


def _bind(places: bytearray, start: int, end: int, kind: int) -> None:
    """Give the places before the characters start … end - 1 a kind."""
    if end > start:
        places[start:end] = bytes((kind,)) * (end - start)


def _bind_words(text: str, places: bytearray) -> None:
    for found in _WORD.finditer(text):
        word = found[0].rstrip("([{")
        end = found.start() + len(word)
        # Half-width marks of a Chinese sentence (条,2020年) belong to what stands before them.
        start = end - len(word.lstrip(",.;:?!)]}’"))
        if _is_address(text[start:end]):
            _bind(places, start + 1, end, IN_ADDRESS)
            for joint in _JOINT.finditer(text, start, end):
                places[joint.end()] = LEGAL
        else:
            _bind(places, start + 1, end, IN_WORD)


def _is_address(word: str) -> bool:
    return "." in word and bool("://" in word or "@" in word or "www." in word or _DOMAIN.match(word))


def _bind_numbers(text: str, places: bytearray) -> None:
    for found in _QUANTITY.finditer(text):
        _bind(places, found.start(), found.end(), IN_WORD)
    for found in _ORDINAL.finditer(text):
        places[found.end()] = IN_WORD
    for found in _WIDE_NUMBER.finditer(text):
        _bind(places, found.start() + 1, found.end(), IN_WORD)


def _bind_strokes(text: str, places: bytearray) -> None:
    for found in _SLASH.finditer(text):
        # 分隔号 stands at neither end of a line; the last stroke of an address is none.
        if places[found.start()] != IN_ADDRESS:
            _bind(places, found.start() + (places[found.start()] != LEGAL), found.end() + 1, FORBIDDEN)
    for found in _DASHES.finditer(text):
        # —— may begin a line but not be cut; a single dash (一字线) joins two things and does not begin one.
        _bind(places, found.start() + (len(found[0]) > 1), found.end(), FORBIDDEN)


def _marks(text: str) -> bytearray:
    """The places that marks of punctuation and spaces forbid, as items of FORBIDDEN."""
    kinds = text.translate(_KINDS).encode("ascii")
    before, after = kinds.translate(_BEFORE), kinds.translate(_AFTER)
    both = int.from_bytes(before + b"\0", "big") | int.from_bytes(b"\0" + after, "big")
    places = bytearray(both.to_bytes(len(text) + 1, "big"))
    for found in _OPEN_SPACES.finditer(kinds):
        places[found.end()] = FORBIDDEN
    return places
