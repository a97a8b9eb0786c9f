"""Which encoding the bytes of a Chinese page or text are in: what they are, before what they claim to be."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,30})""", re.IGNORECASE)
_HEAD = 4096
"""Bytes at the start in which a page may declare its encoding (HTML looks at 1024)."""
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312", "cp936", "936", "gb_2312-80"))


def decode(data: bytes, declared: str = "") -> str:
    """The text of these bytes without its mark; ``declared`` is the encoding that a header outside names.

    Bytes that are UTF-8 as a whole are UTF-8, whatever is declared: chance cannot make them so. Then what is declared
    is tried, then GB18030, which holds GBK and GB2312. Bytes that fit nothing come out with U+FFFD in the bad places.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    if wide := _utf16(data):
        return data.decode(wide, errors="replace")
    for name in ("utf-8", *_declared(data, declared), "gb18030"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    # One broken byte must not turn the rest of the page into other characters.
    tries = [data.decode(name, errors="replace") for name in ("utf-8", "gb18030")]
    return min(tries, key=lambda text: text.count("\ufffd"))


def _declared(data: bytes, outside: str) -> list[str]:
    inside = [name.decode("ascii") for name in _DECLARED.findall(data[:_HEAD])]
    names = [name.strip().lower() for name in (outside, *inside) if name.strip()]
    names = ["gb18030" if name in _CHINESE else name for name in names]
    return [
        name for name in names if _is_text(name) and not name.startswith(("iso-8859", "latin", "windows-125"))
    ]


def _is_text(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - "hex" and "zip" are codecs too
    except (LookupError, ValueError):
        return False


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark shows in its ASCII characters: every other byte is zero."""
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = len(head) // 50, len(head) // 10
    if odd > many and even <= few:
        return "utf-16-le"
    return "utf-16-be" if even > many and odd <= few else ""
