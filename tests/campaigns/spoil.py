"""Spoils foreign files as damage and malice do: bytes, pieces of markup, numbers, whole parts of a package."""

from __future__ import annotations

import io
import random
import re
import zipfile

NUMBERS = (
    b"0 -1 1 63 64 201 32767 65536 1048576 2147483648 99999999999999999999 1e999 NaN x XFD1048576 A1:XFD20000 A0 "
    b"$A$1:$A$999999 true"
).split()
_WORDS = (
    b"< > /> </ <![CDATA[ <!-- &#0; &#x110000; &amp &e1; \xff\xfe \xef\xbb\xbf \xed\xa0\x80 xml:space='preserve' "
    b"encoding='utf-7' charset=utf-32 colspan='9999999' rowspan='0' <table> </table> <tr> <td> TargetMode='External' "
    b"file:///etc/passwd http://127.0.0.1:9/ endobj endstream << >> [ ] ( /Predictor /LZWDecode Tj Td \xc4\xea"
)
WORDS = [
    *_WORDS.split(),
    *(
        b"\0",
        b"\r",
        b"\x0c",
        b"<!DOCTYPE a>",
        b"stream\n",
        b" 1 0 R ",
        b" 4 0 R ",
        b"/Length 0",
        b"/Kids [2 0 R]",
    ),
    *(b"/Filter [/ASCII85Decode /FlateDecode]", b"<div>" * 300, b"q " * 500, b"BT " * 100),
]

_NUMBER = re.compile(rb"\d+")
_VALUE = re.compile(rb'(?<=[=>])"?[^"<>]{1,60}(?=["<])')
_EMPTY = re.compile(rb"<[^<>/!?][^<>]{0,300}/>")
_TAG = re.compile(rb"<[^<>]{1,300}>")


def spoil(chance: random.Random, data: bytes, *, finely: bool = False) -> bytes:
    """A file of bytes or of markup after one to five accidents; `finely` leaves markup well-formed."""
    accidents = _FINE_ACCIDENTS if finely else _ACCIDENTS
    for _each in range(chance.choice((1, 1, 1, 2, 3, 5))):
        data = chance.choice(accidents)(chance, data) if data else data
    return data


def spoil_package(chance: random.Random, data: bytes) -> bytes:
    """A package spoiled as it lies on the disk, or, more often, in one of its parts and packed anew."""
    if chance.random() < 0.15:
        return spoil(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _each in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice(sorted(parts))
        match chance.randrange(20):
            case 0:
                del parts[name]
                if not parts:
                    return b"PK"
            case 1:
                parts[name] = parts[chance.choice(sorted(parts))]
            case 2:
                parts[chance.choice(("xl/a.xml", "word/../b.xml", "/c.xml", "xl\\d.xml", name.upper()))] = (
                    parts[name]
                )
            case 3:
                parts[name] = b""
            case _:
                parts[name] = spoil(chance, parts[name], finely=chance.random() < 0.8)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _span(chance: random.Random, data: bytes) -> tuple[int, int]:
    """A stretch of the data: most are short, some long."""
    start = chance.randrange(len(data))
    return start, min(len(data), start + int(2 ** chance.uniform(0, 13)))


def _flip(chance: random.Random, data: bytes) -> bytes:
    spoiled = bytearray(data)
    for _each in range(chance.choice((1, 2, 8, 64))):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _drop(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + data[end:]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 10, 100)) + data[end:]


def _move(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    place = chance.randrange(len(data))
    return data[:place] + data[start:end] + data[place:]


def _insert(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(WORDS) + data[place:]


def _number(chance: random.Random, data: bytes) -> bytes:
    found = _NUMBER.search(data, chance.randrange(len(data)))
    if found is None:
        return data
    return data[: found.start()] + chance.choice(NUMBERS) + data[found.end() :]


def _tag(chance: random.Random, data: bytes) -> bytes:
    """Drop, repeat or swap a tag: what a document lacks or has twice after somebody's script."""
    found = _TAG.search(data, chance.randrange(len(data)))
    other = _TAG.search(data, chance.randrange(len(data)))
    if found is None or other is None:
        return data
    instead = chance.choice((b"", found[0] * 2, other[0], found[0] * 300))
    return data[: found.start()] + instead + data[found.end() :]


def _value(chance: random.Random, data: bytes) -> bytes:
    """Another value for an attribute, or another text: one from elsewhere, or a number out of range."""
    found = _VALUE.search(data, chance.randrange(len(data)))
    other = _VALUE.search(data, chance.randrange(len(data)))
    if found is None or other is None:
        return data
    quote = b'"' if found[0].startswith(b'"') else b""
    instead = chance.choice((b"", other[0].strip(b'"'), *chance.sample(NUMBERS, 2)))
    return data[: found.start()] + quote + instead + data[found.end() :]


def _empty(chance: random.Random, data: bytes) -> bytes:
    """Drop, repeat or swap an element that has nothing in it."""
    found = _EMPTY.search(data, chance.randrange(len(data)))
    other = _EMPTY.search(data, chance.randrange(len(data)))
    if found is None or other is None:
        return data
    instead = chance.choice((b"", found[0] * 2, other[0], found[0] * 20))
    return data[: found.start()] + instead + data[found.end() :]


_FINE_ACCIDENTS = (_number, _value, _value, _empty)
_ACCIDENTS = (_flip, _cut, _drop, _repeat, _move, _insert, _insert, _number, _number, _number, _tag, _tag)
