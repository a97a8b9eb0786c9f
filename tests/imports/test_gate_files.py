"""Whole files through the whole gate: good ones are read, locked and empty ones told, nothing is fetched."""

from __future__ import annotations

import io
import socket

import pikepdf
import pytest

from gkdesk.imports import gate
from tests.imports import bombs

WORDS = "Annual report 2024"
PAGE = bombs.pdf(bombs.page(f"BT /F 12 Tf 72 700 Td ({WORDS}) Tj ET".encode()))
CELL = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{WORDS}</t></is></c></row></sheetData>'
GOOD = {
    "xlsx": bombs.workbook(CELL),
    "docx": bombs.document(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"),
    "pdf": PAGE,
    "html": f"<html><body><p>{WORDS}</p></body></html>".encode(),
    "mhtml": f"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><p>{WORDS}</p></html>".encode(),
    "text": f"{WORDS}\n".encode(),
}


def texts(reading):
    for block in reading["blocks"]:
        yield block.get("text", "")
        yield from (cell["text"] for row in block.get("rows", []) for cell in row)


@pytest.mark.parametrize("kind", gate.READERS)
def test_good_files_are_read(kind, tmp_path):
    path = tmp_path / "年报"
    path.write_bytes(GOOD[kind])
    assert gate.load(path).kind == kind
    assert any(WORDS in text for text in texts(gate.read(path)))


def encrypted(user, owner):
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(PAGE)) as document:
        document.save(buffer, encryption=pikepdf.Encryption(user=user, owner=owner))
    return buffer.getvalue()


def refusal(data):
    with pytest.raises(gate.Refused) as caught:
        gate.read(gate.recognise(data, "年报.pdf"))
    assert "年报.pdf" in str(caught.value)
    return str(caught.value)


def test_a_pdf_with_a_password_is_told():
    assert "密码" in refusal(encrypted("secret", "secret"))


def test_a_pdf_that_only_forbids_printing_is_read():
    reading = gate.read(gate.recognise(encrypted("", "secret"), "年报.pdf"))
    assert any(WORDS in text for text in texts(reading))


def test_a_pdf_without_text_is_told():
    assert "图片" in refusal(bombs.pdf(bombs.page(b"0 0 100 100 re f")))


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_a_file_cut_short_is_told(kind):
    assert "损坏" in refusal(GOOD[kind][:200])


def test_nothing_is_fetched():
    """Templates, pictures, style sheets and frames of files point to a server that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        relations = (
            f'<Relationships xmlns="{bombs.RELATIONS}">'
            f'<Relationship Id="x" Type="{bombs.OFFICE}/attachedTemplate" Target="{address}" TargetMode="External"/>'
            f'<Relationship Id="y" Type="{bombs.OFFICE}/image" Target="{address}" TargetMode="External"/>'
            "</Relationships>"
        )
        page = (
            f"<html><head><link rel=stylesheet href={address}><base href={address}></head><body>"
            f"<img src={address}><iframe src={address}></iframe><p>{WORDS}</p></body></html>"
        )
        word = bombs.document(
            f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>", **{"word/_rels/document.xml.rels": relations}
        )
        book = bombs.workbook(CELL, **{"xl/worksheets/_rels/sheet1.xml.rels": relations})
        for data in (word, book, page.encode()):
            assert any(WORDS in text for text in texts(gate.read(gate.recognise(data, "a"))))
        with pytest.raises(TimeoutError):
            server.accept()
