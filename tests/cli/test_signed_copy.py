"""The way of the signed copy: fill, 送审稿, sent back, mend, 定稿, 正式稿, and what both papers' codes are worth."""

from __future__ import annotations

import io
import re

import pdfplumber
import pikepdf
import pytest
from pikepdf import pdfa

from gkdesk.report import report_json
from gkdesk.storage import Document

CODE = re.compile("核对码 ?([0-9A-Z]{4}(?:-[0-9A-Z]{4})+)")


def printed(data: bytes) -> tuple[list[str], set[str], int]:
    """Text of each page, the codes on them, and how many pages carry one."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        pages = [page.extract_text() for page in document.pages]
    codes = [CODE.search(page) for page in pages]
    return pages, {found[1] for found in codes if found}, sum(map(bool, codes))


@pytest.fixture
def filled(gkdesk, document, sample):
    """A document with the sample's content, typed in by the command line."""
    report = report_json.read_file(sample)
    lines = [
        f"{key}={text}".replace("\\", "\\\\").replace("\n", "\\n") for key, text in report.entries().items()
    ]
    totals = set(report.form.sums)
    lines = [line for line in lines if line.partition("=")[0] not in totals]
    answer = gkdesk("edit", document, "--stdin", stdin="\n".join(lines) + "\n")
    assert answer.code == 0
    assert gkdesk("check", document).code == 0
    return document


def test_from_the_review_copy_to_the_final_one(gkdesk, filled, tmp_path):
    review, final, archive = (tmp_path / f"{name}.pdf" for name in ("review", "final", "archive"))
    assert gkdesk("export", filled, "--to", "pdf", "--out", review).code == 0
    pages, [first], count = printed(review.read_bytes())
    assert "送审签批单" in pages[0].replace(" ", "")
    assert count == len(pages)
    assert gkdesk("verify", filled, first).out.startswith("一致")

    # Sent back: a figure was wrong. There is no final copy before 定稿, and the paper is out of date.
    assert gkdesk("edit", filled, "--stdin", stdin="t2.licence.decisions=1287\n").code == 0
    answer = gkdesk("verify", filled, first)
    assert answer.code == 1
    assert answer.lines[0].startswith("已改过")
    assert "1286 → 1287" in answer.out
    assert gkdesk("export", filled, "--to", "pdf", "--copy", "final", "--out", final).code == 1
    assert not final.exists()

    with Document.open(filled) as opened:
        opened.set_state(2024, "final")
    assert gkdesk("export", filled, "--to", "pdf", "--copy", "final", "--out", final).code == 0
    pages, [second], count = printed(final.read_bytes())
    assert "签批单" not in "".join(pages)
    assert count == len(pages)
    assert second != first
    assert gkdesk("verify", filled, second).out.startswith("一致")
    assert gkdesk("verify", filled, first).code == 1

    # What is final stays so, and so does the archive copy with the same code.
    refused = gkdesk("edit", filled, "--stdin", stdin="t2.licence.decisions=1\n")
    assert refused.code == 2
    assert "已定稿，不能修改" in refused.err
    assert gkdesk("export", filled, "--to", "pdf", "--archive", "--out", archive).code == 0
    assert printed(archive.read_bytes())[1] == {second}
    with pikepdf.open(archive) as opened:
        assert str(opened.Root.Lang) == "zh-CN"
    assert pdfa.validate_written(io.BytesIO(archive.read_bytes()), "2b").passed
    assert gkdesk("verify", filled, second).code == 0
