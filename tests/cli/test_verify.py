"""gkdesk verify: which version was printed, and what has changed since."""

from __future__ import annotations

import pytest

from gkdesk.report.fingerprint import fingerprint
from gkdesk.sources import report_of
from gkdesk.storage import Document
from gkdesk.verify import find_printed


def code_now(path, year=2024):
    with Document.open(path) as document:
        return fingerprint(report_of(document, year))


@pytest.fixture
def edited(gkdesk, document):
    """A document with some edits, and the code after each of them."""
    codes = []
    for line in ("t3.new.natural=3", "text.overview=一二三", "t3.new.natural=4", "text.overview="):
        assert gkdesk("edit", document, "--stdin", stdin=line).code == 0
        codes.append(code_now(document))
    assert len(set(codes)) == len(codes)
    return document, codes


def test_the_present_version(gkdesk, edited):
    document, codes = edited
    for typed in (codes[-1], codes[-1].lower().replace("-", " ")):
        answer = gkdesk("verify", document, typed)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith("一致：打印件就是现在的内容，即2024 年年报第 5 号修改后的内容")


def test_an_older_version_and_what_is_different_now(gkdesk, edited):
    document, codes = edited
    answer = gkdesk("verify", document, codes[1])
    assert (answer.code, answer.err) == (1, "")
    first, second, *changes = answer.lines
    assert first.startswith("已改过：打印件是2024 年年报第 3 号修改后的内容")
    assert first.endswith("此后又改了 2 次。")
    assert second == "现在与打印件不同的有 2 处："
    assert sorted(change.strip() for change in changes) == [
        "总体情况 一二三 → 空白",
        "表三 自然人 本年新收 3 → 4",
    ]


def test_every_version_is_found_at_its_revision(edited):
    path, codes = edited
    with Document.open(path) as document:
        for number, code in enumerate(codes, 2):
            found = find_printed(document, code)
            assert (found.revision.number, len(found.since), found.current) == (
                number,
                5 - number,
                number == 5,
            )


def test_content_that_came_back_is_the_present_one(gkdesk, edited):
    document, codes = edited
    gkdesk("edit", document, "--stdin", stdin="t3.new.natural=9\nt3.new.natural=4\n")
    assert code_now(document) == codes[-1]
    assert gkdesk("verify", document, codes[-1]).code == 0


def test_all_years_are_searched(gkdesk, edited):
    document, codes = edited
    with Document.open(document) as opened:
        opened.add_report(2019, "2019", {"unit.name": "局"}, "新建")
        opened.add_report(2025, "2021", {"unit.name": "局"}, "新建")
    assert "2019 年年报" in gkdesk("verify", document, code_now(document, 2019)).out
    assert "2024 年年报" in gkdesk("verify", document, codes[0]).out


def test_revisions_of_another_program_are_passed_over(gkdesk, edited):
    document, codes = edited
    with Document.open(document) as opened:
        opened.commit(2024, {"t9.new.cell": "1"}, "新版本")
        opened.commit(2024, {"t9.new.cell": None}, "旧版本")
    assert gkdesk("verify", document, codes[-1]).code == 0
    assert gkdesk("verify", document, codes[0]).code == 1


def test_a_code_of_no_version(gkdesk, edited):
    document, _codes = edited
    answer = gkdesk("verify", document, "1111-2222-3333")
    assert (answer.code, answer.err) == (1, "")
    assert "没有核对码为 1111-2222-3333 的版本" in answer.out
    assert str(document) in answer.out


def test_what_cannot_be_verified(refused, gkdesk, document, tmp_path):
    assert "不是核对码" in refused("verify", document, "12")
    assert str(tmp_path / "no.gkd") in refused("verify", tmp_path / "no.gkd", "1111-2222-3333")
    assert "CODE" in refused("verify", document)
    with Document.open(document):
        refused("verify", document, "1111-2222-3333")
