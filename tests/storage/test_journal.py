"""A journal beside a document is rolled back when it is ours, and only then."""

from __future__ import annotations

import os

import pytest

from gkdesk.storage import Document
from gkdesk.storage.failures import Damaged
from gkdesk.storage.journal import check_journal, journal_path
from gkdesk.storage.recovery import recover

MAGIC = bytes.fromhex("d9d505f920a163d7")

KILLED = """
import os, sys
from gkdesk.storage import Document, connection
document = Document.open(sys.argv[1])
conn = document._conn
conn.execute("PRAGMA cache_size = 5")  # so that the document is written before the COMMIT
conn.execute("BEGIN IMMEDIATE")
conn.execute("UPDATE entry SET value = 'half'")
for n in range(2000):
    conn.execute("INSERT INTO entry VALUES (2024, ?, ?)", (f"text.{n}", "长" * 100))
print("half", flush=True)
sys.stdin.readline()
"""


def header(pages, page_size=4096, records=0):
    numbers = (records, 1, pages, 512, page_size)
    return (MAGIC + b"".join(number.to_bytes(4, "big") for number in numbers)).ljust(512, b"\0")


def test_what_a_killed_program_left_is_rolled_back(closed, python):
    process = python(KILLED, closed)
    assert process.stdout.readline() == "half\n"
    process.kill()
    process.wait()
    assert journal_path(closed).stat().st_size > 0
    stretched = closed.stat().st_size
    with Document.open(closed) as document:
        assert document.entries(2024)["t3.new.natural"] == "12"
    assert closed.stat().st_size < stretched


@pytest.mark.parametrize(
    "journal",
    [
        header(2**20),
        header(2**32 - 1, 65536),
        header(1, 512) + bytes(2**22),
        # The name of another file to be removed: page number, name, length, sum of its bytes, magic.
        header(1, 512) + b"\0\0\0\1/x" + (2).to_bytes(4, "big") + sum(b"/x").to_bytes(4, "big") + MAGIC,
    ],
)
def test_what_is_none_of_ours_is_refused(closed, journal):
    content, size = closed.read_bytes(), closed.stat().st_size
    journal_path(closed).write_bytes(journal)
    with pytest.raises(Damaged, match=r"日志文件.*-journal.*与文档不符"):
        Document.open(closed)
    assert closed.stat().st_size == size
    assert closed.read_bytes() == content
    assert journal_path(closed).read_bytes() == journal


def test_another_file_is_not_removed_for_a_journal(closed, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", "utf-8")
    name = os.fsencode(victim)
    end = len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + MAGIC
    journal_path(closed).write_bytes(
        header(closed.stat().st_size // 4096) + (1).to_bytes(4, "big") + name + end
    )
    with pytest.raises(Damaged):
        Document.open(closed)
    assert recover(closed).years == (2024,)
    assert victim.read_text("utf-8") == "mine"


def test_recovery_goes_without_such_a_journal(closed):
    journal_path(closed).write_bytes(header(2**22))
    recovery = recover(closed)
    assert (recovery.salvaged, recovery.years, recovery.doubtful) == (closed, (2024,), ())
    assert journal_path(recovery.aside).exists()
    with Document.open(closed) as document:
        assert document.entries(2024)["t3.new.natural"] == "12"


@pytest.mark.parametrize("journal", [b"", bytes(512), b"anything else", MAGIC])
def test_what_sqlite_takes_for_none_is_let_pass(closed, journal):
    journal_path(closed).write_bytes(journal)
    check_journal(closed)
    size = closed.stat().st_size
    Document.open(closed).close()
    assert closed.stat().st_size == size


def test_locks_are_not_dropped_by_looking(document, path, python):
    check_journal(path)
    code = "import sys; from gkdesk.storage import Document; Document.open(sys.argv[1]).close()"
    assert python(code, path).wait() != 0
