"""The gate before parsers of packed office files (xlsx, docx): what is too big or hostile stays outside.

A few kilobytes can keep an XML or workbook library busy for minutes: bombs of entities or of deflate, one cell in
the last row of a sheet, a merge over a million cells. So the package is inflated here with a count, every XML part
is run through expat (which builds nothing), and cells, merges and spans must lie in a fixed range. Relationships to
other places may be there (every link is one): no reader of ours follows them, and its process could not.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import contract

_CHUNK = 1 << 16
_EBCDIC = b"\x4c\x6f\xa7\x94"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MOST_DEPTH = 64
_MOST_SPAN = 63
"""Columns of a Word table."""
_TABLE_END = struct.Struct("<4s4H2LH")
"""End of a zip's directory (APPNOTE 4.3.16): mark, disks, entries here and in all, size and place, comment."""
_ENTRY_BYTES = 400
"""Of the directory for one entry; names of office parts are short."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may hold: bytes packed and inflated, their ratio, entries, rows and columns of a sheet."""

    packed: int = 20_000_000
    inflated: int = 20_000_000
    ratio: int = 100
    entries: int = 200
    rows: int = 200
    columns: int = 30
    merges: int = 5_000
    elements: int = 150_000


class Reason(KnownError):
    """Why a package is refused, without the file's name."""


def check(data: bytes, limits: Limits) -> None:
    """Raise the reason why these bytes may not be parsed."""
    if len(data) > limits.packed:
        raise Reason(_("文件太大"))
    try:
        check_directory(data, limits)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_entries(package, len(data), limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Reason(_("不是 Office 文件，或者文件已经损坏")) from error


def check_directory(data: bytes, limits: Limits) -> None:
    """Raise the reason why not even the list of entries may be read: with 100,000 of them that alone takes seconds."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 70_000))
    if place < 0 or len(data) < place + _TABLE_END.size:
        raise zipfile.BadZipFile
    _mark, _disk, _first, _here, entries, size, _place, _comment = _TABLE_END.unpack_from(data, place)
    if entries > limits.entries or size > limits.entries * _ENTRY_BYTES:
        raise Reason(_("里面的部件太多"))


def _check_entries(package: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    entries = package.infolist()
    if len(entries) > limits.entries:
        raise Reason(_("里面的部件太多"))
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise Reason(_("里面有重名的部件"))
    left = min(limits.inflated, packed * limits.ratio)
    scan = _Scan(limits)
    for entry in entries:
        if entry.flag_bits & 1:
            raise contract.Locked
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Reason(_("用了不认识的压缩方法"))
        content = _inflate(package, entry, left)
        left -= len(content)
        _check_part(entry.filename, content, scan)


def _inflate(package: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    parts, size = [], 0
    with package.open(entry) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > most:
                raise Reason(_("解压后太大"))
            parts.append(part)
    return b"".join(parts)


def _check_part(name: str, content: bytes, scan: _Scan) -> None:
    """XML must be plain and in range; anything that an XML parser would not even start on may be there."""
    head = content[:200]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip()
    if content.startswith(_EBCDIC):
        raise Reason(_("部件“{part}”的编码不认识").format(part=name[:60]))
    if head.startswith(b"<"):
        scan.run(content)


class _Scan:
    """One pass of expat over each XML part; elements and merges are counted over all parts."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._depth = 0
        self._sheet = False
        self._rows = 0
        self._cells = 0
        self._merges = 0
        self._elements = 0

    def run(self, content: bytes) -> None:
        self._depth = self._rows = 0
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        try:
            parser.Parse(content, True)  # noqa: FBT003 - it takes no keyword
        except expat.ExpatError as error:
            raise Reason(_("里面的内容已经损坏")) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _MOST_DEPTH:
            raise Reason(_("里面的内容层次太多"))
        if self._elements > self._limits.elements:
            raise Reason(_("里面的内容太多，不像一份年报"))
        word = name.rpartition("\n")[2]
        if self._depth == 1:
            self._sheet = word == "worksheet"
        if self._sheet:
            self._check_sheet(word, attributes)
        elif word == "gridSpan":
            _check_span(attributes)

    def _check_sheet(self, word: str, attributes: dict[str, str]) -> None:
        if word == "row":
            self._rows += 1
            self._cells = 0
            self._in_range("A" + attributes.get("r", "1"))
            self._count(self._rows, self._limits.rows)
        elif word == "c":
            self._cells += 1
            self._count(self._cells, self._limits.columns)
            self._in_range(attributes.get("r", "A1"))
        elif word == "mergeCell":
            self._merges += 1
            self._count(self._merges, self._limits.merges)
            for corner in attributes.get("ref", "").split(":"):
                self._in_range(corner)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _in_range(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise Reason(_("表格里有不认识的格子位置"))
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        self._count(int(found[2]), self._limits.rows)
        self._count(column, self._limits.columns)

    def _count(self, number: int, most: int) -> None:
        if number > most:
            message = _("表格太大：一张表最多 {rows} 行、{columns} 列")
            raise Reason(message.format(rows=self._limits.rows, columns=self._limits.columns))


def _check_span(attributes: dict[str, str]) -> None:
    span = next((value for name, value in attributes.items() if name.rpartition("\n")[2] == "val"), "1")
    if not span.isascii() or not span.isdigit() or int(span[:9]) > _MOST_SPAN:
        raise Reason(_("表格里有一格合并了太多列"))


def _refuse_doctype(*_arguments: object) -> None:
    raise Reason(_("里面有文档类型或实体声明，可能是恶意文件"))
