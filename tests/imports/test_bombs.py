"""Every bomb is refused in words; how fast is measured by the campaign of that name."""

from __future__ import annotations

import zlib

import pytest

from gkdesk.errors import KnownError
from gkdesk.imports import gate, gate_rules, gate_text
from tests.imports import bombs
from tests.imports.bombs import BOMBS

BY_LIMITS = {"zips in zips"}
"""Harmless to the gate, which does not look inside; its reader finds nothing in it."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name, tmp_path):
    path = tmp_path / "年报"
    path.write_bytes(BOMBS[name]())
    with pytest.raises(gate.Refused) as caught:
        gate.read(path)
    assert str(path) in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", sorted(BOMBS.keys() - BY_LIMITS))
def test_a_bomb_does_not_get_as_far_as_a_reader(name):
    """Without the process and its limits: the gate alone refuses it."""
    data = BOMBS[name]()
    with pytest.raises(KnownError):
        gate_rules.check(gate.recognise(data, "a").kind, data)


HARMLESS = {
    "xlsx": bombs.workbook('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'),
    "docx": bombs.document("<w:p><w:r><w:t>年报</w:t></w:r></w:p>"),
    "pdf": bombs.pdf(bombs.page(b"BT /F 9 Tf (a) Tj ET")),
    "html": b"<html><body>" + b"<div><table><tr><td>" * 60 + b"<p>a<li>b<br>" * 5_000,
    "text": "新收\t1".encode(),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_is_harmless_passes(kind):
    assert gate.recognise(HARMLESS[kind], "a").kind == kind
    gate_rules.check(kind, HARMLESS[kind])


def test_a_pdf_that_was_changed_twice_passes():
    data = HARMLESS["pdf"]
    for _each in range(2):
        start = data.rindex(b"startxref")
        previous = int(data[start:].split()[1])
        place = len(data)
        data += b"xref\n0 0\ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
            previous,
            place,
        )
    gate_text.check_pdf(data)


def test_a_white_picture_in_a_pdf_passes():
    picture = bombs._zeros(40 << 20)
    stream = b"<< /Subtype /Image /Filter /FlateDecode >>\nstream\n%b\nendstream" % picture
    gate_text.check_pdf(bombs.pdf([*bombs.page(b""), stream]))
    with pytest.raises(KnownError, match="解压后太大"):
        gate_text.check_pdf(bombs.pdf([*bombs.page(b""), stream.replace(b"/Subtype /Image", b"")]))


def test_streams_are_counted_together(monkeypatch):
    monkeypatch.setattr(gate_text, "MOST_INFLATED_IN_ALL", 5_000)
    stream = b"<< /Filter /FlateDecode >>\nstream\n%b\nendstream" % zlib.compress(bytes(3_000))
    gate_text.check_pdf(bombs.pdf([*bombs.page(b""), stream]))
    with pytest.raises(KnownError, match="解压后太大"):
        gate_text.check_pdf(bombs.pdf([*bombs.page(b""), stream, stream]))
