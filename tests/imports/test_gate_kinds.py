"""What a file is, by its content; what cannot be read is refused with what to do instead."""

from __future__ import annotations

import pytest

from gkdesk.errors import KnownError
from gkdesk.imports import contract, gate, gate_kinds, gate_rules
from gkdesk.imports.gate_kinds import recognise
from tests.imports import bombs

PAGE = "<html><head><title>年报</title></head><body><table><tr><td>新收</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bombs.workbook("<sheetData/>"), "xlsx"),
        (bombs.document("<w:p/>"), "docx"),
        (bombs.pdf(bombs.page(b"")), "pdf"),
        (b"\n\n junk %PDF-1.7 ...", "pdf"),
        (PAGE.encode(), "html"),
        (PAGE.encode("gb18030"), "html"),
        (PAGE.encode("utf-16"), "html"),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML PUBLIC '-//W3C//DTD'><p>", "html"),
        (b"<?xml version='1.0'?><html xmlns:o='urn:schemas-microsoft-com:office:office'>", "html"),
        (b"<table><tr><td>1</table>", "html"),
        ("前言<p>新收</p>".encode(), "html"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n", "mhtml"),
        (b'\xef\xbb\xbf {"schema": 1}', "json"),
        (b"SQLite format 3\0" + bytes(100), "gkd"),
        ("一、总体情况\n本机关 < 3 件".encode(), "text"),
        ("一、总体情况".encode("gb18030"), "text"),
        ("一、总体情况".encode("utf-16"), "text"),
    ],
)
def test_kinds(data, kind):
    assert recognise(data) == kind
    assert kind in gate_kinds.KINDS


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (ole("WordDocument"), "另存为 .docx"),
        (ole("Workbook"), "另存为 .xlsx"),
        (ole("other"), "另存为"),
        (ole("EncryptedPackage"), "密码"),
        (b"{\\rtf1 ", "RTF"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "2003"),
        (bombs.packed({"xl/workbook.bin": b"", "xl/a": b""}), ".xlsb"),
        (bombs.packed({"OFD.xml": b"", "Doc_0/a": b""}), "OFD"),
        (bombs.packed({"content.xml": b"", "mimetype": b""}), "OpenDocument"),
        (bombs.packed({"年报.docx": b""}), "解压"),
        (b"Rar!\x1a\x07", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "解压"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"BM\x00\x00", "图片"),
        (b"PK\x03\x04", "损坏"),
        (b"\x7fELF\0\0", "不是能读的文件"),
    ],
)
def test_what_nobody_can_read_says_what_to_do(data, words, tmp_path):
    path = tmp_path / "年报.dat"
    path.write_bytes(data)
    with pytest.raises(gate.Refused) as caught:
        gate.load(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert str(caught.value).isprintable()


def test_each_kind_has_its_cap(monkeypatch):
    data = PAGE.encode()
    monkeypatch.setitem(gate_rules.MOST_BYTES, "html", len(data) - 1)
    with pytest.raises(gate.Refused, match=r"“剪贴板”.*太大"):
        gate.recognise(data, "剪贴板")
    monkeypatch.setitem(gate_rules.MOST_BYTES, "html", len(data))
    assert gate.recognise(data, "剪贴板") == gate.Foreign("html", data, "剪贴板")
    assert set(gate_rules.MOST_BYTES) == set(gate_kinds.KINDS)
    assert set(gate_rules.READERS) == set(gate_kinds.KINDS) - {"json", "gkd"}


def test_our_own_data_is_opened_not_imported(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"{}")
    with pytest.raises(gate.Refused, match="直接打开"):
        gate.read(path)


def test_files_that_are_not_there_or_no_files(tmp_path):
    with pytest.raises(KnownError, match="没有这个文件"):
        gate.load(tmp_path / "a.docx")
    with pytest.raises(KnownError, match="不是文件"):
        gate.load(tmp_path)


TABLE = {"kind": "table", "rows": [[{"text": "a", "colspan": 9_999, "rowspan": 1}, {"text": "b"}]]}


def reading(*blocks, **more):
    return {"title": "", "blocks": list(blocks), "notes": [], **more}


def test_an_answer_is_held_to_the_contract():
    held = contract.checked(reading({"kind": "paragraph", "text": "一"}, TABLE, {**TABLE, "flat": True}))
    assert held["blocks"][0] == {"kind": "paragraph", "where": "", "text": "一"}
    assert held["blocks"][1]["rows"] == [
        [
            {"text": "a", "colspan": contract.MAX_SPAN, "rowspan": 1},
            {"text": "b", "colspan": 1, "rowspan": 1},
        ]
    ]
    assert [block.get("flat") for block in held["blocks"]] == [None, None, True]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        reading(title=1),
        reading(notes=[1]),
        reading("a"),
        reading({"kind": "picture"}),
        reading({"kind": "paragraph"}),
        reading({"kind": "table"}),
        reading({"kind": "table", "rows": ["a"]}),
        reading({"kind": "table", "rows": [["a"]]}),
        reading({"kind": "table", "rows": [[{"text": None}]]}),
        reading({"kind": "table", "rows": [[{"text": "", "colspan": 0}]]}),
        reading({"kind": "table", "rows": [[{"text": "", "rowspan": "2"}]]}),
        reading({"kind": "table", "rows": [[{"text": ""}] * (contract.MAX_COLUMNS + 1)]}),
        reading({"kind": "table", "rows": [[]] * (contract.MAX_ROWS + 1)}),
        reading(*[{"kind": "table", "rows": [[{"text": ""}] * 50] * 1001}]),
        reading(*[{"kind": "paragraph", "text": ""}] * (contract.MAX_BLOCKS + 1)),
        reading({"kind": "paragraph", "text": "a" * (contract.MAX_TEXT + 1)}),
    ],
)
def test_an_answer_that_breaks_the_contract_is_refused(answer):
    with pytest.raises(KnownError):
        contract.checked(answer)
