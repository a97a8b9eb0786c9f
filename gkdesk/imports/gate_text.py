"""The gate before parsers of web pages and PDF: cheap looks at the bytes that keep bombs out.

What gets past them still runs against the limits of the process; these looks only make the refusal quick and its words
plain. Nothing here decodes or builds anything, and all of it takes time in proportion to the bytes.
"""

from __future__ import annotations

import re
import zlib

from gkdesk.i18n import _
from gkdesk.imports.gate_package import Reason

MOST_TAGS = 300_000
MOST_DEPTH = 400
"""Of elements that pages do close; nested layout tables and Word paste stay below 100."""
MOST_OBJECTS = 50_000
MOST_INFLATED = 30_000_000
"""Bytes of one stream of a PDF, pictures apart."""
MOST_INFLATED_IN_ALL = 150_000_000
MOST_NUMBER = 10_000_000
"""For a count, a size or a place in a PDF: more than the bytes that it may have."""

_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9:]{0,20})")
_OFTEN_OPEN = frozenset(
    b"p li td th tr tbody thead tfoot dt dd option br hr img input meta link base col colgroup area embed param source"
    b" wbr html body head font center o:p".split()
)
_OBJECT = re.compile(rb"\d\s+obj\b")
_NUMBERS = re.compile(rb"/(?:Size|Count|Prev|Length|Length1|First|N|Columns)\s+(\d{1,40})")
_INDEX = re.compile(rb"/(?:Index|W)\s*\[([\d\s]{1,4000})\]")
_DICTIONARY = 4096
"""Bytes in which the dictionary before a stream is looked for."""
_UPDATES = 200
"""Times that a PDF may have been changed by adding to its end."""
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_STREAM = re.compile(rb"(?<!end)stream(?:\r?\n|\r)")
_START = re.compile(rb"startxref\s+(\d{1,12})")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")


def check_page(data: bytes) -> None:
    """Raise the reason why a web page (HTML, MHTML) may not be parsed."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.replace(b"\0", b"")
    depth = 0
    for tags, found in enumerate(_TAG.finditer(data)):
        if tags > MOST_TAGS:
            raise Reason(_("内容太多，不像一份年报"))
        if found[2].lower() not in _OFTEN_OPEN:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > MOST_DEPTH:
                raise Reason(_("里面的内容层次太多"))


def check_text(data: bytes) -> None:
    """Raise the reason why bytes are no plain text."""
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Reason(_("不是文字文件"))


def check_pdf(data: bytes) -> None:
    """Raise the reason why a PDF may not be parsed."""
    if data.count(b"endobj") > MOST_OBJECTS or sum(1 for _found in _OBJECT.finditer(data)) > MOST_OBJECTS:
        raise Reason(_("内容太多，不像一份年报"))
    numbers = _NUMBERS.findall(data)
    for group in _INDEX.findall(data):
        numbers += group.split()
    if any(int(number) > MOST_NUMBER for number in numbers):
        raise Reason(_("里面的内容已经损坏"))
    _check_chain(data)
    _check_streams(data)


def _check_chain(data: bytes) -> None:
    """The tables of objects must not lead back to one another: a library may follow them for ever."""
    starts = _START.findall(data)
    seen: set[int] = set()
    place = int(starts[-1]) if starts else -1
    while 0 <= place < len(data):
        if place in seen or len(seen) > _UPDATES:
            raise Reason(_("里面的内容已经损坏"))
        seen.add(place)
        end = data.find(b"startxref", place)
        found = _PREVIOUS.search(data, place, end if end >= 0 else len(data))
        place = int(found[1]) if found else -1


def _check_streams(data: bytes) -> None:
    """Deflated streams must not inflate to more than they may; those of pictures are never inflated."""
    left = MOST_INFLATED_IN_ALL
    end = 0
    while found := _STREAM.search(data, end):
        before = data[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = before[before.rfind(b"obj") + 1 :]
        end = data.find(b"endstream", found.end())
        if end < 0:
            end = len(data)
        if len(_FLATE.findall(dictionary)) > 1:
            raise Reason(_("解压后太大"))  # packed twice: nothing but bombs is
        if not _FLATE.search(dictionary):
            continue
        if re.search(rb"/Subtype\s*/Image", dictionary):
            continue  # a white page is a thousand times smaller packed, and no reader unpacks it
        size = _inflated(data[found.end() : end], min(left, MOST_INFLATED))
        left -= size
        if size >= MOST_INFLATED or left <= 0:
            raise Reason(_("解压后太大"))


def _inflated(packed: bytes, most: int) -> int:
    """How many bytes a stream inflates to, counted up to ``most``; what does not inflate counts as far as it does."""
    unpacker = zlib.decompressobj()
    size = 0
    rest = packed
    try:
        while rest and size < most:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        pass
    return size
