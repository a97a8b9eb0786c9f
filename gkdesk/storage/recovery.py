"""What is left of a damaged document: it is set aside, what can be read goes into a new one, a backup is offered.

Each year is read twice, from its present entries and by replaying its history, and compared with the hash that was
stored with its newest revision. What agrees with the hash is certain; otherwise every key on which the two disagree
(or that only one of them has) is doubtful, and all keys when one of the two cannot be read at all.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gkdesk.i18n import _
from gkdesk.storage import backups, connection, copying, delta, owner
from gkdesk.storage.backups import Backup
from gkdesk.storage.content import content_hash
from gkdesk.storage.document import Document
from gkdesk.storage.failures import READ_ERRORS, Damaged, NotADocument, NotDamaged, StorageError, explain
from gkdesk.storage.history import FINAL, STATES
from gkdesk.storage.journal import check_journal, journal_path
from gkdesk.storage.places import absolute, check_is_file
from gkdesk.storage.reading import Content, Held

MOST_ROWS = 200_000
"""Rows read of a table; a damaged one can seem endless."""

MOST_BYTES = 2**28
"""Of a file; twenty years of heavy editing are less."""
MOST_SECONDS = 8.0
"""For reading all of it: a file from elsewhere can pretend to have tables that compute without end."""


@dataclass(frozen=True)
class Doubt:
    """`kept` is the text in the new document, `other` what the other reading has; None is blank or unreadable."""

    year: int
    key: str
    kept: str | None
    other: str | None


@dataclass(frozen=True)
class Recovery:
    """`salvaged` is the new document (where the damaged one was), None when nothing could be read.

    `aside` is where the damaged file lies now; `years` are those in the new document; `backup` is the newest good
    one (its `time` is to be offered with it), None when there is none.
    """

    aside: Path
    salvaged: Path | None
    years: tuple[int, ...]
    doubtful: tuple[Doubt, ...]
    backup: Backup | None


@dataclass
class _Found:
    """All rows that could be read, of whatever type they turn out to be."""

    meta: dict[str, str] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    entries: dict[int, dict[str, str]] = field(default_factory=dict)
    replayed: dict[int, dict[str, str]] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    troubled: set[str] = field(default_factory=set)
    """Names of tables of which rows are missing."""
    states: dict[int, str] = field(default_factory=dict)


def recover(path: str | Path) -> Recovery:
    """Set the damaged document at `path` aside and save what can be read into a new one in its place.

    The damaged file is renamed (`<name>.损坏-<date>.gkd`) and never changed or removed. Raises NotDamaged when it
    opens, NotFound, NewerVersion, Locked, NotWritable, DiskFull, DiskTrouble; then it is where it was, unless the
    new document could not be written: `Recovery` then has no `salvaged`.
    """
    place = absolute(path)
    _check_damaged(place)
    found = _read_copy(place)
    aside = _set_aside(place)
    content, doubtful = _decide(found)
    salvaged = None
    if content.reports:
        with suppress(StorageError):
            Document.from_content(place, content, _("从损坏的文档中抢救")).close()
            salvaged = place
    known = backups.of_document(found.meta.get("document_id", "")) if found.meta.get("document_id") else []
    return Recovery(
        aside,
        salvaged,
        tuple(sorted(content.reports)) if salvaged else (),
        tuple(doubtful) if salvaged else (),
        backups.newest_good(known or backups.of_name(place)),
    )


def _check_damaged(place: Path) -> None:
    """Raises unless opening says that the file is damaged (or no database any more)."""
    check_is_file(place)
    try:
        Document.open(place).close()
    except (Damaged, NotADocument):
        return
    raise NotDamaged(place)


def _set_aside(place: Path) -> Path:
    """Rename the file and its journal to names that are free; returns the file's. Raises a StorageError."""
    day = datetime.now().strftime("%Y-%m-%d")  # noqa: DTZ005 - the name is for people: their clock
    for number in range(1, 1000):
        mark = "" if number == 1 else f"-{number}"
        aside = place.with_name(f"{place.stem}.{_('损坏')}-{day}{mark}{place.suffix}")
        try:
            copying.take_name(place, aside)
        except FileExistsError:
            continue
        except OSError as error:
            raise explain(error, place) from error
        with suppress(OSError):
            if journal_path(place).exists():
                journal_path(place).replace(journal_path(aside))
            owner.record_path(place).unlink(missing_ok=True)
        return aside
    raise explain(FileExistsError(), aside)


def _read_copy(place: Path) -> _Found:
    """Whatever can be read, from a copy: reading rolls journals back, and the file must stay as it is."""
    found = _Found()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy.gkd"
            _copy_beginning(place, copy)
            with suppress(Damaged, FileNotFoundError):  # without one that is not to be believed
                check_journal(place)
                _copy_beginning(journal_path(place), journal_path(copy))
            with suppress(*READ_ERRORS), closing(connection.connect(copy)) as conn:
                _read(conn, found)
    except OSError as error:
        raise explain(error, place) from error
    return found


def _copy_beginning(source: Path, target: Path) -> None:
    """A damaged journal can make SQLite extend a file to terabytes of nothing."""
    with source.open("rb") as file, target.open("xb") as copy:
        left = MOST_BYTES
        while left > 0 and (block := file.read(min(left, 2**20))):
            copy.write(block)
            left -= len(block)


def _read(conn: sqlite3.Connection, found: _Found) -> None:
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    deadline = time.monotonic() + MOST_SECONDS
    conn.set_progress_handler(lambda: time.monotonic() > deadline, 100_000)
    for key, value in _rows(conn, "meta", "key, value", (str, str), found.troubled):
        found.meta[key] = value
    for year, format_id in _rows(conn, "report", "year, format", (int, str), found.troubled):
        found.formats[year] = format_id
    for year, key, value in _rows(conn, "entry", "year, key, value", (int, str, str), found.troubled):
        found.entries.setdefault(year, {})[key] = value
    for _number, year, state in sorted(
        _rows(conn, "state", "id, year, state", (int, int, str), found.troubled)
    ):
        if state in STATES:
            found.states[year] = state
    broken = set()
    history = _rows(
        conn, "revision", "id, year, format, change, sha256", (int, int, str, str, str), found.troubled
    )
    rows = sorted(history)
    if [row[0] for row in rows] != list(range(1, len(rows) + 1)):
        found.troubled.add("revision")  # numbers are never left out
    for _number, year, format_id, change, digest in rows:
        found.hashes[year] = digest
        if digest:
            found.formats.setdefault(year, format_id)
        try:
            _replay(found.replayed.setdefault(year, {}), change)
        except delta.BadChangeError:
            broken.add(year)
    for year in broken:
        del found.replayed[year]


def _replay(content: dict[str, str], change: str) -> None:
    for key, pair in delta.parse(change).items():
        text = delta.forwards(pair, content.get(key))
        if text is None:
            content.pop(key, None)
        else:
            content[key] = text


def _rows(
    conn: sqlite3.Connection, table: str, columns: str, kinds: tuple[type, ...], troubled: set[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of the right types: from the front, and after an unreadable place from the back."""
    seen: set[int] = set()
    for order in ("ASC", "DESC"):
        try:
            # The primary keys of some tables are words; every table has its rowid.
            sql = f"SELECT rowid, {columns} FROM {table} ORDER BY rowid {order} LIMIT {MOST_ROWS}"  # noqa: S608
            cursor = conn.execute(sql)
            for rowid, *row in cursor:
                if rowid in seen:
                    continue
                seen.add(rowid)
                if all(type(value) is kind for value, kind in zip(row, kinds, strict=True)):
                    yield tuple(row)
        except (*READ_ERRORS, OverflowError):
            troubled.add(table)
        else:
            return


def _decide(found: _Found) -> tuple[Content, list[Doubt]]:
    """The content to go on with, and what in it is doubtful."""
    unit = next((entries["unit.name"] for entries in found.entries.values() if "unit.name" in entries), "")
    meta = {
        "unit_name": found.meta.get("unit_name", unit),
        "document_id": found.meta.get("document_id") or os.urandom(16).hex(),
        "created": found.meta.get("created", owner.now()),
        "due": found.meta.get("due", ""),
    }
    reports: dict[int, Held] = {}
    doubtful: list[Doubt] = []
    for year, format_id in sorted(found.formats.items()):
        digest = found.hashes.get(year)
        if digest == "":
            continue  # the report had been removed
        readings = [reading[year] for reading in (found.entries, found.replayed) if year in reading] or [{}]
        certain = [
            each
            for each in readings
            # A history that lacks its end leads to an older content, and to the hash of that.
            if content_hash(format_id, year, each) == digest
            and (each is found.entries.get(year) or "revision" not in found.troubled)
        ]
        entries = dict((certain or readings)[0])
        if not certain:
            first, second = readings[0], readings[1] if len(readings) > 1 else {}
            entries = {**second, **first}
            doubtful += [
                Doubt(year, key, text, second.get(key) if key in first else None)
                for key, text in sorted(entries.items())
                if first.get(key) != second.get(key)
            ]
        state = found.states.get(year, STATES[0])
        # What is doubtful must be looked at again, whatever it was before.
        reports[year] = Held(format_id, entries, state if certain or state != FINAL else STATES[0])
    return Content(meta, reports), doubtful
