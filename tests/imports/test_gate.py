from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.exports import xlsx
from gkdesk.imports import gate, own_workbook
from tests.builders import balanced

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)


@pytest.fixture(scope="module")
def workbook():
    return xlsx.to_bytes(balanced(formats.load("2021"), 2024, list(range(100))))


def package(**parts):
    return packed({f"xl/{name}.xml": content for name, content in parts.items()})


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(tmp_path, data, **limits):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(data)
    with pytest.raises(gate.Refused) as caught:
        gate.read_package(path, gate.Limits(**limits))
    assert "坏.xlsx" in str(caught.value)
    return str(caught.value)


def test_our_own_workbook_passes(workbook, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook)
    assert gate.read_package(path, own_workbook.LIMITS) == workbook


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ('<row r="1048576"><c r="XFD1048576"/></row>', ""),
        ('<row r="1"><c r="XFD1"/></row>', ""),
        ('<row r="201"/>', ""),
        ("<row/>" * 201, ""),
        ("<row>" + "<c/>" * 31 + "</row>", ""),
        ("", '<mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>'),
        ("", '<mergeCells><mergeCell ref="A1:AE2"/></mergeCells>'),
    ],
)
def test_cells_and_merges_far_away_are_refused(rows, after, tmp_path):
    assert "太大" in refusal(tmp_path, package(sheet=SHEET.format(rows=rows, after=after)))


def test_a_sheet_is_known_by_its_content_not_its_name(tmp_path):
    far = SHEET.format(rows='<row r="9"><c r="XFD1048576"/></row>', after="")
    assert "太大" in refusal(tmp_path, packed({"media/picture.png": far}))


def test_the_last_row_and_column_allowed_pass(tmp_path):
    rows = '<row r="200"><c r="AD200"/></row>'
    merge = '<mergeCells><mergeCell ref="A1:AD200"/></mergeCells>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(package(sheet=SHEET.format(rows=rows, after=merge)))
    gate.read_package(path, gate.Limits())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    "declared",
    ["<!DOCTYPE a><a/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<!DOCTYPE a SYSTEM "file:///x"><a/>'],
)
def test_declared_types_and_entities_are_refused(declared, encoding, tmp_path):
    words = refusal(tmp_path, package(a=declared.encode(encoding)))
    assert "实体" in words or (encoding == "utf-16-le" and "损坏" in words)


def test_what_inflates_too_much_is_refused(tmp_path):
    assert "解压后太大" in refusal(tmp_path, packed({"a.bin": bytes(30_000_000)}))
    assert "解压后太大" in refusal(tmp_path, packed({"a.bin": bytes(200_000)}), ratio=10)
    assert "解压后太大" in refusal(tmp_path, packed({"a": random.Random(1).randbytes(9_000)}), inflated=8_000)


def test_a_size_that_lies_is_counted_or_refused(tmp_path):
    data = bytearray(packed({"a.bin": bytes(30_000_000)}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    refusal(tmp_path, bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "损坏"),
        (b"PK\x03\x04", "损坏"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "密码"),
        (packed({f"{number}.xml": "<a/>" for number in range(201)}), "太多"),
        (packed({"a.xml": "<a/>", "A.xml": "<a/>"}), "重名"),
        (package(a="<a>"), "损坏"),
        (package(a="<a>" * 65 + "</a>" * 65), "层次"),
        (package(a=b"\x4c\x6f\xa7\x94"), "编码"),
        (package(sheet=SHEET.format(rows='<row r="x"/>', after="")), "位置"),
    ],
    ids=["empty", "cut", "ole", "entries", "twice", "xml", "deep", "ebcdic", "reference"],
)
def test_other_broken_files_are_refused(data, words, tmp_path):
    assert words in refusal(tmp_path, data)


def test_other_methods_and_passwords_are_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.xml", "<a/>")
    assert "压缩方法" in refusal(tmp_path, buffer.getvalue())
    data = bytearray(package(a="<a/>"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert "密码" in refusal(tmp_path, bytes(data))
    assert "文件太大" in refusal(tmp_path, package(a="<a/>"), packed=10)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(KnownError, match="没有这个文件"):
        gate.read_package(tmp_path / "none.xlsx", gate.Limits())


def test_damaged_workbooks_are_told_not_crashed_on(workbook, tmp_path):
    """Bytes of the file and of its parts, changed at random: a report or words, nothing else."""
    chance = random.Random(20240131)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = 0
    for number in range(150):
        if number % 2:
            data = bytearray(workbook)
            for _each in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            name = chance.choice(sorted(parts))
            data = bytearray(parts[name])
            start = chance.randrange(len(data))
            data[start : start + chance.randint(1, 40)] = chance.choice(
                (b"", b"0", b"-1", b"99999999999", b"A1")
            )
            data = packed({**parts, name: bytes(data)})
        path.write_bytes(data)
        with suppress(KnownError):
            own_workbook.read(path)
            continue
        told += 1
    assert told > 30
