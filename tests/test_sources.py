"""A SOURCE is told apart by name and content, and what cannot be read is refused with its name and cause."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from gkdesk import formats, paths, sources
from gkdesk.errors import KnownError
from gkdesk.exports import xlsx
from gkdesk.report import report_json
from gkdesk.storage import Document
from tests.imports import bombs

SAMPLE = paths.resources() / "samples" / "sample-2021.json"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "局.gkd"
    with Document.create(path, "云溪县水务局") as made:
        for year in (2019, 2021, 2022):
            entries = {"unit.name": "云溪县水务局", "t3.new.natural": str(year - 2000)}
            made.add_report(year, formats.for_year(year).id, entries, "新建")
    return path


def refusal(path, year=None):
    with pytest.raises(KnownError) as caught:
        sources.read(path, year)
    message = str(caught.value)
    assert str(path) in message
    assert message.isprintable()
    return message


def test_report_json():
    source = sources.read(SAMPLE)
    assert source.report == report_json.read_file(SAMPLE)
    assert (source.previous, source.final, source.path) == (None, False, SAMPLE)
    assert sources.read(SAMPLE, 2024).report == source.report
    assert "没有 2023 年的年报，只有：2024" in refusal(SAMPLE, 2023)


@pytest.mark.parametrize("name", ["年报", "年报.txt", "年报.JSON"])
def test_report_json_under_any_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf \n" + SAMPLE.read_bytes())
    assert sources.read(path).report.year == 2024


def test_a_document_gives_its_latest_year_and_the_year_before(document):
    source = sources.read(document)
    assert (source.report.year, source.report.values["t3.new.natural"]) == (2022, 22)
    assert source.previous is not None
    assert (source.previous.year, source.final) == (2021, False)
    older = sources.read(document, 2021)
    assert older.report.year == 2021
    assert older.previous is None, "2019 is not the year before 2021"
    assert "只有：2019、2021、2022" in refusal(document, 2020)


def test_a_document_knows_what_is_final(document):
    with Document.open(document) as opened:
        opened.set_state(2022, sources.FINAL)
    assert sources.read(document).final
    assert not sources.read(document, 2021).final


def test_last_year_comes_from_any_source(document):
    assert sources.read_previous(document, 2022).year == 2021
    assert sources.read_previous(SAMPLE, 2025).year == 2024
    with pytest.raises(KnownError, match="没有 2022 年的年报"):
        sources.read_previous(SAMPLE, 2023)


def test_a_document_under_another_name(document, tmp_path):
    other = tmp_path / "备份.bak"
    shutil.copy(document, other)
    assert sources.read(other).report.year == 2022


def test_a_document_without_reports(tmp_path):
    path = tmp_path / "空.gkd"
    Document.create(path, "云溪县水务局").close()
    assert "还没有年报" in refusal(path)


def test_a_document_with_a_key_that_this_version_does_not_know(tmp_path):
    path = tmp_path / "局.gkd"
    with Document.create(path, "局") as made:
        made.add_report(2024, "2021", {"t9.new": "1"}, "新建")
    assert "不认识的项“t9.new”" in refusal(path)


def test_a_document_of_an_unknown_format(tmp_path):
    path = tmp_path / "局.gkd"
    with Document.create(path, "局") as made:
        made.add_report(2024, "2099", {}, "新建")
    with pytest.raises(KnownError, match="不认识格式“2099”"):
        sources.read(path)


def test_a_document_that_is_open(document):
    with Document.open(document):
        assert "打开" in refusal(document)


def test_a_document_is_not_opened_behind_the_back_of_storage(document, monkeypatch):
    """Closing a second descriptor of the file would drop the locks that storage holds on it."""
    opened = []
    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *rest, **named: (opened.append(self), real(self, *rest, **named))[1]
    )
    sources.read(document)
    assert document not in opened


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3", b"PK\x03\x04"])
def test_files_that_are_something_else(tmp_path, content):
    strange = tmp_path / "x.gkd"
    strange.write_bytes(content)
    assert "不是年报文档" in refusal(strange)
    strange = tmp_path / "x.dat"
    strange.write_bytes(content)
    assert "能读" in refusal(strange)


@pytest.mark.parametrize("name", ["年报.xlsx", "年报.dat"])
def test_a_workbook_of_ours(tmp_path, name):
    report = report_json.read_file(SAMPLE)
    made = tmp_path / "a.xlsx"
    xlsx.write(report, made)
    path = made.rename(tmp_path / name)
    assert sources.read(path).report == report
    assert "没有 2023 年的年报" in refusal(path, 2023)


def test_a_workbook_of_somebody_else(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(bombs.workbook("<sheetData/>"))
    assert "不是能读的年报" in refusal(path)
    path.write_bytes(bombs.BOMBS["merge over millions"]())
    assert "表格太大" in refusal(path)


def test_reading_a_document_changes_nothing(document):
    """No lock, no owner record, no migration: it may be somebody else's."""
    before = {path: path.read_bytes() for path in document.parent.iterdir()}
    times = {path: path.stat().st_mtime_ns for path in before}
    sources.read(document)
    assert {path: path.read_bytes() for path in document.parent.iterdir()} == before
    assert {path: path.stat().st_mtime_ns for path in before} == times


def test_an_old_document_is_read_without_migrating_it(tmp_path):
    stored = Path(__file__).parent / "storage" / "documents"
    path = tmp_path / "旧.gkd"
    shutil.copy(min(stored.glob("*.gkd")), path)
    before = path.read_bytes()
    report = sources.read(path).report
    assert path.read_bytes() == before
    with Document.open(path) as opened:
        assert report == sources.report_of(opened, report.year)


def test_a_document_that_a_crash_left_is_mended_by_storage(document):
    document.with_name(f"{document.name}-journal").write_bytes(b"")
    assert sources.read(document).report.year == 2022


def test_a_foreign_document_with_a_view_of_its_own(document):
    with sqlite3.connect(document) as conn:
        conn.execute("CREATE VIEW bad AS SELECT writefile('x', 'y')")
    conn.close()
    assert "数据表与本软件不符" in refusal(document)


def test_a_document_in_another_journal_mode(document):
    with sqlite3.connect(document) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    conn.close()
    assert sources.read(document).report.year == 2022


def test_a_foreign_database(tmp_path):
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE a (b)")
    conn.close()
    assert "不是年报文档" in refusal(path)


def test_a_document_of_a_newer_version(document):
    with sqlite3.connect(document) as conn:
        conn.execute("PRAGMA user_version = 999")
    conn.close()
    assert "升级" in refusal(document)


@pytest.mark.parametrize("name", ["x.gkd", "x.json", "x"])
def test_what_is_not_there(tmp_path, name):
    assert "找不到文件" in refusal(tmp_path / name)
    (tmp_path / name).mkdir()
    assert "不是" in refusal(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="FIFOs are POSIX's")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.json")
    assert "不是文件" in refusal(tmp_path / "x.json")


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "x.json"
    path.touch()

    def denied(*_rest, **_named):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "没有权限" in refusal(path)


GOOD = json.loads(SAMPLE.read_text(encoding="utf-8"))
BROKEN = {
    "schema": (GOOD | {"schema": "gkdesk-report/9"}, "schema 应为 gkdesk-report/1"),
    "format": (GOOD | {"format": "2031"}, "不认识格式“2031”"),
    "old year": (GOOD | {"year": 2018}, "2018 年的年报没有可用的格式"),
    "year": (GOOD | {"year": "2024"}, "year 应为四位数"),
    "absurd year": (GOOD | {"year": 10**30}, "year 应为四位数"),
    "unknown cell": (GOOD | {"cells": {"t3.new.nobody": 1}}, "没有“t3.new.nobody”这一格"),
    "cell of another kind": (GOOD | {"cells": {"t3.new.natural": [1]}}, "“t3.new.natural”应为数字或文字"),
    "no unit": ({key: value for key, value in GOOD.items() if key != "unit"}, "unit"),
    "unit kind": (GOOD | {"unit": {"name": "局", "kind": "shop"}}, "unit.kind"),
    "unknown key": (GOOD | {"figures": {}}, "不认识的项“figures”"),
    "date": (GOOD | {"date": "2025年1月"}, "日期"),
    "no object": ([1], "应为一个对象"),
}


@pytest.mark.parametrize(("content", "cause"), BROKEN.values(), ids=BROKEN)
def test_json_that_breaks_the_schema(tmp_path, content, cause):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert cause in refusal(path)


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b'{"schema": NaN}',
        "{“schema”：1}".encode(),
        "{}".encode("utf-16"),
        '{"a": "年"}'.encode("gbk"),
        b'{"a": ' * 100_000,
        b"[" * 1_000_000,
        b'{"schema": "gkdesk-report/1", "year": 1e999999}',
        b'{"schema": "gkdesk-report/1", "year": 1e99999999999999999999}',
        b'{"schema": "gkdesk-report/1", "year": ' + b"9" * 100_000 + b"}",
        b"{" + b" " * 6_000_000 + b"}",
    ],
    ids=[
        "cut",
        "nan",
        "full-width",
        "utf-16",
        "gbk",
        "deep",
        "deeper",
        "exponent",
        "overflow",
        "digits",
        "big",
    ],
)
def test_json_that_is_none(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_bytes(text)
    assert "不是可用的年报数据" in refusal(path)
