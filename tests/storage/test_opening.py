"""What is refused on opening, and in which words; what a second program is told."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from gkdesk.errors import KnownError
from gkdesk.storage import Document, owner, reading, schema
from gkdesk.storage.failures import (
    Damaged,
    DiskTrouble,
    Locked,
    NewerVersion,
    NotADocument,
    NotFound,
    NotWritable,
)


def change(path, *statements):
    """Change the file behind the program's back."""
    with closing(sqlite3.connect(path)) as conn, conn:
        for statement in statements:
            conn.execute(statement)


def refused(path, kind, words):
    """Opening is refused, in one line that names the file; the file is untouched and not left locked."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind, match=words) as caught:
        Document.open(path)
    assert isinstance(caught.value, KnownError)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before
    assert not owner.record_path(path).exists()


def test_no_file(tmp_path):
    refused(tmp_path / "没有.gkd", NotFound, "找不到")


def test_a_folder(tmp_path):
    refused(tmp_path, NotADocument, "不是年报文档")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" * 500, b"SQLite format 3\x00", "文字".encode() * 999])
def test_another_file(path, content):
    path.write_bytes(content)
    refused(path, NotADocument, "不是年报文档")


def test_another_database(path):
    change(path, "CREATE TABLE entry (year, key, value)")
    refused(path, NotADocument, "不是年报文档")


def test_a_newer_version(closed):
    change(closed, f"PRAGMA user_version = {schema.version() + 1}")
    refused(closed, NewerVersion, "升级")


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 0",
        "UPDATE entry SET value = '13' WHERE key = 't3.new.natural'",
        "UPDATE entry SET key = 't3.new.natura1' WHERE key = 't3.new.natural'",
        "UPDATE entry SET value = x'00' WHERE key = 't3.new.natural'",
        "UPDATE entry SET value = CAST(x'ff' AS TEXT) WHERE key = 't3.new.natural'",
        "UPDATE entry SET year = 2023",
        "UPDATE report SET format = '2019'",
        "UPDATE entry SET year = 'zwölf'",
        "DELETE FROM entry WHERE key = 't3.new.natural'",
        "DELETE FROM report",
        "DELETE FROM revision",
        "UPDATE revision SET sha256 = ''",
        "DELETE FROM meta",
        "UPDATE meta SET value = '' WHERE key = 'document_id'",
        "INSERT INTO entry VALUES (2022, 'a', '1')",
        "DROP TABLE state",
        "CREATE TABLE more (a)",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM revision; END",
        "ALTER TABLE entry ADD COLUMN more TEXT",
        "ALTER TABLE meta ADD COLUMN more TEXT AS (key)",
        "DROP INDEX idx_revision_year",
    ],
)
def test_content_or_tables_that_are_not_ours(closed, statement):
    change(closed, statement)
    refused(closed, Damaged, "已损坏")


def test_the_year_that_does_not_fit_is_named(closed):
    with Document.open(closed) as document:
        document.add_report(2025, "2021", {}, "新建")
    change(closed, "DELETE FROM entry WHERE year = 2024")
    refused(closed, Damaged, "2024 年内容与保存记录不符")


def test_broken_pages(closed):
    content = bytearray(closed.read_bytes())
    content[4096 : 4096 * 6] = b"\xa5" * (4096 * 5)
    closed.write_bytes(content)
    refused(closed, Damaged, "数据库结构错误")


def test_a_file_cut_short(closed):
    closed.write_bytes(closed.read_bytes()[: 4096 * 3])
    refused(closed, Damaged, "已损坏")


def test_a_disk_that_cannot_be_read_is_not_called_damage(closed, monkeypatch):
    def no_disk(_conn):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(reading, "_read", no_disk)
    refused(closed, DiskTrouble, "读写")


def test_read_only(closed, monkeypatch):
    if sys.platform != "win32" and os.geteuid() == 0:
        # Root may write what is read-only: let SQLite open it as if it could not.
        real = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda at, **o: real(at.replace("mode=rw", "mode=ro"), **o))
    else:
        closed.chmod(0o400)
    refused(closed, NotWritable, "不能写入")


def test_a_folder_that_takes_no_owner_record(closed, monkeypatch):
    def full_up(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(owner, "write", full_up)
    refused(closed, NotWritable, "不能写入")


HOLD = """
import sys
from gkdesk.storage import Document
document = Document.open(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
document.close()
print("closed", flush=True)
"""


def test_a_second_program_is_told_who_has_it(closed, python):
    holder = python(HOLD, closed)
    assert holder.stdout.readline() == "open\n"
    record = owner.read(closed)
    assert (record.pid, record.computer) == (holder.pid, owner.computer_name())
    with pytest.raises(Locked) as caught:
        Document.open(closed)
    assert caught.value.owner == record
    for word in (closed.name, "本机另一个窗口", record.since_short):
        assert word in str(caught.value)
    assert record.computer not in str(caught.value).replace(str(closed), "")
    holder.stdin.write("\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "closed\n"
    assert not owner.record_path(closed).exists()
    Document.open(closed).close()


def test_two_in_one_process_are_refused_too(document, path):
    with pytest.raises(Locked) as caught:
        Document.open(path)
    assert caught.value.owner.pid == os.getpid()
    document.commit(2024, {"a": "1"}, "输入")
    assert owner.read(path) is not None


def test_what_a_killed_program_leaves_is_in_nobodys_way(closed, python):
    holder = python(HOLD, closed)
    assert holder.stdout.readline() == "open\n"
    holder.kill()
    holder.wait()
    assert owner.read(closed).pid == holder.pid
    with Document.open(closed) as document:
        assert owner.read(closed).pid == os.getpid()
        document.commit(2024, {"a": "1"}, "输入")


def test_a_lock_without_an_owner_names_nobody(closed):
    stale = owner.Owner("张三", owner.computer_name(), 2**22 + 1, "2025-01-01T08:00:00+08:00")
    with closing(sqlite3.connect(closed)) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        owner.write(closed, stale)
        with pytest.raises(Locked, match="其他程序") as caught:
            Document.open(closed)
        assert caught.value.owner is None
        assert "张三" not in str(caught.value)
