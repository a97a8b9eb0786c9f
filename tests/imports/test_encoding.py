"""The encoding of a page is found from what its bytes are, not from what it says."""

from __future__ import annotations

import pytest

from gkdesk.imports.readers.encoding import decode

WORDS = "政府信息公开工作年度报告：玥堃喆𬭎，共 12 件。"


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_without_a_declaration(name):
    text = f"<html><title>x</title><body class='a b c'>{WORDS}</body></html>"
    assert decode(text.encode(name)) == text


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "iso-8859-1", "utf-16", "hex", "nonsense"])
def test_a_wrong_declaration_of_utf8(declared):
    text = f'<meta charset="{declared}">{WORDS}'
    assert decode(text.encode()) == text


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "latin-1", "big5"])
def test_a_wrong_declaration_of_gb18030(declared):
    text = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">规章堃12件'
    if declared != "big5":  # what fits a declared encoding is believed
        assert decode(text.encode("gb18030")) == text


def test_big5_where_it_is_declared():
    assert decode('<meta charset="big5">政府資訊'.encode("big5")) == '<meta charset="big5">政府資訊'


def test_a_header_outside_declares():
    assert decode("政府資訊公開".encode("big5"), "big5") == "政府資訊公開"


def test_one_broken_byte_breaks_one_character():
    data = (WORDS * 3).encode() + b"\xff" + WORDS.encode()
    assert decode(data).count("\ufffd") == 1
