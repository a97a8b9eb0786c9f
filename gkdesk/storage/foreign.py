"""A document that is only read, maybe somebody else's: its content, with nothing of the file believed or changed.

`read` runs in a limited process. It works on a copy in memory: no lock, no journal, no owner record, no migration of
the file itself. SQLite is held short there (limits of its statements, no functions from the schema, a handler that
stops endless work), and the file must be exactly ours as at every opening. What comes back is plain data, of which
`ReadDocument` is made outside.

A document with a journal beside it is not for this: it is open somewhere, or was left by a crash.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gkdesk.i18n import _
from gkdesk.storage.failures import Damaged, NoReport, NotADocument, StorageError, explain
from gkdesk.storage.places import absolute, check_is_file

if TYPE_CHECKING:
    from gkdesk.storage.reading import Content

READER = f"{__name__}:read"
MOST_BYTES = 100_000_000
"""A year of heavy editing takes less than 10 MB."""

_SECONDS = 8.0
_WAL = b"\x02\x02"
_ROLLBACK = b"\x01\x01"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 20_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 60,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 60,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 2,
}


@dataclass(frozen=True, slots=True)
class ReadYear:
    """One report: its format, its entries, its state."""

    format: str
    entries: Mapping[str, str]
    state: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The present content of a document, with the methods of `Document` that read it."""

    path: Path
    reports: Mapping[int, ReadYear]

    @classmethod
    def of(cls, path: Path, answer: Any) -> ReadDocument:
        """From what `read` gave back. Raises Damaged where that is not as it should be."""
        try:
            reports = {
                int(year): ReadYear(str(form), {str(k): str(v) for k, v in entries.items()}, str(state))
                for year, form, entries, state in answer
            }
        except (TypeError, ValueError, AttributeError) as error:
            raise Damaged(path, _("内容类型错误")) from error
        return cls(path, reports)

    def years(self) -> list[int]:
        """Years with a report, oldest first."""
        return sorted(self.reports)

    def format_of(self, year: int) -> str:
        """Raises NoReport."""
        return self._year(year).format

    def entries(self, year: int) -> dict[str, str]:
        """Raises NoReport."""
        return dict(self._year(year).entries)

    def state_of(self, year: int) -> str:
        """Raises NoReport."""
        return self._year(year).state

    def _year(self, year: int) -> ReadYear:
        if year not in self.reports:
            raise NoReport(self.path, year)
        return self.reports[year]


def is_at_rest(path: Path) -> bool:
    """Whether nobody has the document open, and nobody left it by a crash: no journal lies beside it."""
    place = absolute(path)
    return not any(place.with_name(f"{place.name}-{ending}").exists() for ending in ("journal", "wal"))


def read(_data: bytes, path: str) -> list[list[Any]]:
    """For the limited process: year, format, entries and state of every report of the document at ``path``.

    The file is opened here and not where the question comes from: on POSIX closing it there would drop the locks that
    a process has on it. Raises as Document.open, but for Locked and NotWritable.
    """
    place = Path(path)
    try:
        check_is_file(place)
        if place.stat().st_size > MOST_BYTES:
            raise NotADocument(place)
        data = place.read_bytes()
        if data[18:20] == _WAL:  # a copy in memory knows no such journal, and none lies beside the file
            data = data[:18] + _ROLLBACK + data[20:]
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
            conn.deserialize(data)
            content = _content(conn, place)
    except (OSError, sqlite3.Error, OverflowError, UnicodeError) as error:
        raise _failure(error, place) from error
    return [[year, held.format_id, held.entries, held.state] for year, held in content.reports.items()]


def _content(conn: sqlite3.Connection, place: Path) -> Content:
    from gkdesk.storage import reading, schema

    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY"):
        conn.execute(f"PRAGMA {pragma}")
    for limit, most in _LIMITS.items():
        conn.setlimit(limit, most)
    end = time.monotonic() + _SECONDS
    conn.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    if reading.check_version(conn, place) < schema.version():
        reading.check_pages(conn, place)
        schema.migrate(conn)
    conn.execute("PRAGMA query_only = ON")
    reading.check_structure(conn, place)
    return reading.read_content(conn, place)


def _failure(error: Exception, place: Path) -> StorageError:
    failure = explain(error, place)
    if isinstance(failure, NotADocument) or isinstance(error, OSError):
        return failure
    return Damaged(place, _("数据库结构错误"))
