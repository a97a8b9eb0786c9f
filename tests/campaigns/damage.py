"""Ways to damage a document: by bytes as disks and copies do it, by SQL as people do it, by journals."""

from __future__ import annotations

import random
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path

from gkdesk.storage import Document

YEARS = (2023, 2024)


def make_original(folder: Path) -> tuple[bytes, bytes, list[dict[int, dict[str, str]]]]:
    """A document with some history, the journal of its last commit, and every content that it ever had."""
    path = folder / "original.gkd"
    chance = random.Random(0)
    known: list[dict[int, dict[str, str]]] = [{}]
    with Document.create(path, "某单位") as document:
        for year in YEARS:
            document.add_report(year, "2021", {"unit.name": "某单位"}, "新建")
            known.append(contents(document))
        for number in range(60):
            key = chance.choice(["text.overview", "text.problems", "t3.new.natural", "t2.fees.amount"])
            text = "长" * chance.randrange(1, 4000) if key.startswith("text.") else str(number)
            document.commit(chance.choice(YEARS), {key: text}, "输入")
            known.append(contents(document))
        before = path.read_bytes()  # reading drops the lock, which nobody wants here
        document.commit(2024, {"text.overview": "短", "t3.new.business": "7"}, "输入")
        known.append(contents(document))
    return path.read_bytes(), _journal(before), known


def _journal(before: bytes) -> bytes:
    """A journal as it lies there when the power goes: the old pages, ready to be rolled back."""
    pages = len(before) // 4096
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">IIIII", pages, 7, pages, 512, 4096)
    records = []
    for number in range(1, pages + 1):
        page = before[(number - 1) * 4096 : number * 4096]
        checksum = (7 + sum(page[at] for at in range(4096 - 200, 0, -200))) % 2**32
        records.append(struct.pack(">I", number) + page + struct.pack(">I", checksum))
    return head.ljust(512, b"\0") + b"".join(records)


def contents(document: Document) -> dict[int, dict[str, str]]:
    return {year: document.entries(year) for year in document.years()}


def damage(chance: random.Random, original: bytes, journal: bytes, path: Path) -> None:
    """Write a damaged `original` (and for some a damaged journal beside it) to `path`."""
    kind = chance.choice([*BYTE_DAMAGE, *BYTE_DAMAGE, sql_damage, journal_damage])
    if kind in (sql_damage, journal_damage):
        path.write_bytes(original)
        kind(chance, path, journal)
        return
    content = bytearray(original)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if content:
            kind(chance, content)
    path.write_bytes(content)


def _flip_bits(chance: random.Random, content: bytearray) -> None:
    for _ in range(chance.choice((1, 3, 30))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _overwrite(chance: random.Random, content: bytearray) -> None:
    at, length = chance.randrange(len(content)), chance.choice((1, 2, 16, 512, 4096, 20000))
    length = min(length, len(content) - at)
    fill = chance.choice((bytes, lambda n: b"\xff" * n, chance.randbytes))
    content[at : at + length] = fill(length)


def _cut(chance: random.Random, content: bytearray) -> None:
    del content[chance.randrange(len(content)) :]


def _shift(chance: random.Random, content: bytearray) -> None:
    at = chance.randrange(len(content))
    if chance.random() < 0.5:
        del content[at : at + chance.choice((1, 512, 4096))]
    else:
        content[at:at] = chance.randbytes(chance.choice((1, 512, 4096)))


def _swap_pages(chance: random.Random, content: bytearray) -> None:
    size = chance.choice((512, 4096))
    one, two = (chance.randrange(max(1, len(content) // size)) * size for _ in range(2))
    content[one : one + size], content[two : two + size] = (
        content[two : two + size],
        content[one : one + size],
    )


def _head(chance: random.Random, content: bytearray) -> None:
    """Fields of the file's head and of page heads: sizes, page numbers, types, counts."""
    pages = max(1, len(content) // 4096)
    at = chance.choice(
        (16, 18, 20, 24, 28, 32, 36, 40, 44, 52, 56, 60, 64, 68, 92, 96, 100, 101, 103, 105, 108)
    )
    if chance.random() < 0.5:
        at = chance.randrange(pages) * 4096 + chance.randrange(0, 24)
    value = chance.choice(
        (0, 1, 2, pages, pages + 1, 2**16 - 1, 2**31 - 1, 2**32 - 1, chance.randrange(2**32))
    )
    width = chance.choice((1, 2, 4))
    content[at : at + width] = (value % 256**width).to_bytes(width, "big")


BYTE_DAMAGE = [_flip_bits, _overwrite, _cut, _shift, _swap_pages, _head]

STATEMENTS = [
    "UPDATE entry SET value = value || ?",
    "UPDATE entry SET value = ? WHERE key = 't3.new.natural'",
    "UPDATE entry SET value = CAST(? AS BLOB)",
    "UPDATE entry SET key = ? WHERE rowid = 1",
    "DELETE FROM entry WHERE value > ?",
    "UPDATE revision SET name = ?, user = ?1, time = ?1",
    "UPDATE revision SET sha256 = ?",
    "UPDATE revision SET id = id * 1000000 + length(?)",
    "DELETE FROM revision WHERE id % 3 = length(?) % 3",
    "UPDATE report SET format = ?",
    "UPDATE report SET year = year + length(?)",
    "UPDATE state SET state = ?",
    "UPDATE meta SET value = ?",
    "UPDATE meta SET value = zeroblob(length(?))",
    "INSERT INTO entry VALUES (2024, ?, hex(zeroblob(500000)))",
    "CREATE TABLE IF NOT EXISTS more AS SELECT ? AS a",
    "CREATE VIEW IF NOT EXISTS revision_view AS SELECT * FROM revision",
    "DROP TABLE IF EXISTS state",
    "ALTER TABLE entry RENAME TO entry_old",
    "ALTER TABLE report ADD COLUMN more TEXT",
]
HISTORY = ("before", "after", "change", "edit")
VALUES = [
    "",
    "0",
    "１２",
    "[",
    "{}",
    "[[[[",
    '{"a":1}',
    "null",
    "\x00",
    "长" * 5000,
    "1e999",
    '{"t3.new.natural":[9]}',
]


def sql_damage(chance: random.Random, path: Path, _journal: bytes) -> None:
    """What another program, or a hand, writes into the tables."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        columns = {row[1] for row in conn.execute("PRAGMA table_info(revision)")}
        ours = [f"UPDATE revision SET {column} = ?" for column in HISTORY if column in columns]
        for _ in range(chance.choice((1, 1, 2, 4))):
            statement = chance.choice(STATEMENTS + ours * 3)
            with suppress(sqlite3.Error):
                count = 1 if "?" in statement else 0
                conn.execute(statement, [chance.choice(VALUES)] * count)


def journal_damage(chance: random.Random, path: Path, journal: bytes) -> None:
    """A journal that was never ours, or is damaged itself, beside a document that is whole."""
    content = bytearray(journal)
    for _ in range(chance.choice((0, 1, 1, 3))):
        chance.choice(BYTE_DAMAGE)(chance, content)
        if not content:
            break
    path.with_name(path.name + "-journal").write_bytes(content)
