"""Files made to keep a reader busy or to fill the memory: name -> (kind in words, bytes). Small to build."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STORED = zipfile.ZIP_STORED
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(sheet: str, method: int = zipfile.ZIP_DEFLATED, **more: bytes | str) -> bytes:
    """A small valid workbook around the XML of its only sheet."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        **more,
    }  # fmt: skip
    return packed(parts, method)


def document(body: str, method: int = zipfile.ZIP_DEFLATED, **more: bytes | str) -> bytes:
    """A small valid Word document around the XML of its body."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        **more,
    }  # fmt: skip
    return packed(parts, method)


def pdf(objects: list[bytes], trailer: bytes = b"/Root 1 0 R", tail: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a right table."""
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        data += b"%010d 00000 n \n" % place
    data += b"trailer\n<< /Size %d %b >>\n" % (len(objects) + 1, trailer)
    data += tail or b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(data)


def page(content: bytes, filters: bytes = b"") -> list[bytes]:
    """The objects of a PDF of one page."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), filters, content),
    ]


def _cell(reference: str, row: int) -> bytes:
    return workbook(f'<sheetData><row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>')


def _deflated(byte: bytes, size: int) -> bytes:
    """A raw deflate stream of one byte over and over; a flushed megabyte can be repeated as it is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(byte)  # what comes before the first flush is left out
    packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(byte * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return megabyte * (size >> 20) + packer.flush()


def _zeros(size: int) -> bytes:
    """A whole zlib stream of zeros. Of n zeros Adler's first sum stays 1, the second is n."""
    return b"\x78\x9c" + _deflated(b"\0", size) + struct.pack(">2H", size % 65521, 1)


def _inflating(size: int) -> bytes:
    """A workbook with a sheet that inflates to so many bytes."""
    whole = workbook("<sheetData/>")
    stream = _deflated(b" ", size)
    name = b"xl/worksheets/sheet2.xml"
    fields = (20, 0, 8, 0, 33, 0, len(stream), size, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + name + stream
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0) + name
    end = whole.rindex(b"PK\5\6")
    place, count = struct.unpack_from("<L", whole, end + 16)[0], struct.unpack_from("<H", whole, end + 8)[0]
    directory = bytearray(whole[place:end])
    at = 0
    while at < len(directory):  # the new part lies before all others
        old = struct.unpack_from("<L", directory, at + 42)[0]
        struct.pack_into("<L", directory, at + 42, old + len(local))
        at += 46 + sum(struct.unpack_from("<3H", directory, at + 28))
    directory += entry
    tail = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), place + len(local), 0
    )
    return local + whole[:place] + bytes(directory) + tail


def _entries(count: int) -> bytes:
    names = [b"xl/%d" % number for number in range(count)]
    fields = (20, 0, 0, 0, 33, 0, 0, 0)
    local = struct.pack("<4s5H3L", b"PK\3\4", *fields)
    parts = b"".join(local + struct.pack("<2H", len(name), 0) + name for name in names)
    entry = struct.pack("<4s6H3L", b"PK\1\2", 20, *fields)
    directory, place = [], 0
    for name in names:
        directory.append(entry + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, place) + name)
        place += len(local) + 4 + len(name)
    table = b"".join(directory)
    number = min(count, 0xFFFF)
    return parts + table + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(table), place, 0)


def _laughs() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]><worksheet xmlns="{MAIN}">&e11;</worksheet>'


def _nested(data: bytes, times: int) -> bytes:
    for _each in range(times):
        data = packed({"xl/inner.zip": data})
    return data


def _looping_pdf() -> bytes:
    data = pdf(page(b"BT /F 9 Tf (a) Tj ET"))
    start = data.rindex(b"xref\n0 ")
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % start)


def _objects_pdf(count: int) -> bytes:
    return pdf([*page(b"BT ET"), *[b"null"] * count])


def _claiming_pdf(key: bytes) -> bytes:
    return pdf(page(b"BT ET")).replace(b"/Size 5", key)


def _kids_pdf() -> bytes:
    objects = page(b"BT ET")
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count 1000000000 >>" % (b"2 0 R " * 1000)
    return pdf(objects)


BOMBS: dict[str, Callable[[], bytes]] = {
    "cell in the last corner": lambda: _cell("XFD1048576", 1_048_576),
    "cell in the last column": lambda: _cell("XFD1", 1),
    "merge over millions": lambda: workbook(
        '<sheetData/><mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>'
    ),
    "100,000 rows": lambda: workbook(f"<sheetData>{'<row/>' * 100_000}</sheetData>", STORED),
    "inflates to 500 MB": lambda: _inflating(500 << 20),
    "inflates a thousand times": lambda: packed({"xl/workbook.xml": b"<a>" + b" " * 15_000_000 + b"</a>"}),
    "zips in zips": lambda: _nested(packed({"xl/a": bytes(1 << 20)}), 10),
    "entities of entities": lambda: workbook("", **{"xl/worksheets/sheet9.xml": _laughs()}),
    "entity of another file": lambda: workbook(
        "", **{"xl/a.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}
    ),
    "100,000 entries": lambda: _entries(100_000),
    "million elements": lambda: document("<w:p/>" * 1_000_000, STORED),
    "deep Word document": lambda: document("<w:tbl>" * 50_000 + "</w:tbl>" * 50_000, STORED),
    "span of a Word table": lambda: document(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "entities in a Word document": lambda: document("", **{"word/a.xml": _laughs()}),
    "web page 100,000 deep": lambda: b"<html><body>" + b"<div>" * 100_000 + "年报".encode(),
    "tables 100,000 deep": lambda: b"<html><body>" + b"<table><tr><td>" * 100_000,
    "million tags": lambda: b"<html><body>" + b"<p>a" * 1_000_000,
    "12 MB of web page": lambda: b"<html><body>" + b"a" * 12_000_000,
    "PDF that leads back to itself": _looping_pdf,
    "PDF of 200,000 objects": lambda: _objects_pdf(200_000),
    "PDF that says it has a milliard objects": lambda: _claiming_pdf(b"/Size 1000000000"),
    "PDF that says it has a table of a milliard": lambda: _claiming_pdf(b"/Index [0 1000000000] /Size 5"),
    "PDF whose pages are its pages": _kids_pdf,
    "PDF whose page inflates to 500 MB": lambda: pdf(page(_zeros(500 << 20), b"/Filter /FlateDecode")),
    "PDF whose page inflates twice": lambda: pdf(
        page(zlib.compress(_zeros(1 << 30), 9), b"/Filter [/FlateDecode /FlateDecode]")
    ),
    "30 MB of text": lambda: b"a" * 30_000_000,
    "150 MB of anything": lambda: b"%PDF-1.4" + bytes(150_000_000),
}
