"""What a document's file must pass before anything in it is believed, and its content as read.

Structure (SQLite's quick_check), tables (exactly ours) and content (the hash of every year against its newest
revision: damage that SQLite does not notice does change what is typed there).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gkdesk.i18n import _
from gkdesk.storage import schema
from gkdesk.storage.content import content_hash
from gkdesk.storage.failures import READ_ERRORS, Damaged, DiskTrouble, NewerVersion, NotADocument, explain
from gkdesk.storage.history import FILLING, STATES
from gkdesk.words import listed

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Held:
    """One year as it is in the file after the last commit."""

    format_id: str
    entries: dict[str, str] = field(default_factory=dict)
    state: str = FILLING


@dataclass
class Content:
    """The present content of a document, without its history."""

    meta: dict[str, str]
    reports: dict[int, Held]

    def hashes(self) -> dict[int, str]:
        """Year -> SHA-256 of its content."""
        return {year: content_hash(held.format_id, year, held.entries) for year, held in self.reports.items()}


def check_version(conn: sqlite3.Connection, path: Path) -> int:
    """The version of the document. Raises NotADocument, NewerVersion, Damaged."""
    (application,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        raise NotADocument(path)
    if version > schema.version():
        raise NewerVersion(path)
    if version < 1:
        raise Damaged(path, _("版本号错误"))
    return int(version)


def check_pages(conn: sqlite3.Connection, path: Path) -> None:
    """Raises Damaged when SQLite itself finds something wrong in the file."""
    try:
        (answer,) = conn.execute("PRAGMA quick_check(1)").fetchone()
    except READ_ERRORS as error:
        raise _unreadable(error, path) from error
    if answer != "ok":
        raise Damaged(path, _("数据库结构错误"))


def check_structure(conn: sqlite3.Connection, path: Path) -> None:
    """Raises Damaged when pages, records or tables are not as they should be."""
    check_pages(conn, path)
    try:
        fitting = _has_our_tables(conn)
    except READ_ERRORS as error:
        raise _unreadable(error, path) from error
    if not fitting:
        raise Damaged(path, _("数据表与本软件不符"))


def _has_our_tables(conn: sqlite3.Connection) -> bool:
    """Exactly our tables, columns and indexes; no view, trigger or computed column of somebody else's making."""
    expected = {("table", table.name) for table in schema.TABLES}
    for table in schema.TABLES:
        expected |= {("index", f"idx_{table.name}_{'_'.join(index)}") for index in table.indexes}
        found = conn.execute("SELECT name, type, hidden FROM pragma_table_xinfo(?)", (table.name,)).fetchall()
        if found != [(c.name, "INTEGER" if c.kind is int else "TEXT", 0) for c in table.columns]:
            return False
    objects = conn.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'")
    return set(objects) == expected


def read_content(conn: sqlite3.Connection, path: Path) -> Content:
    """Everything but the history, compared with the newest revision of each year. Raises Damaged."""
    try:
        content, recorded = _read(conn)
    except READ_ERRORS as error:
        raise _unreadable(error, path) from error
    if content is None:
        raise Damaged(path, _("内容类型错误"))
    hashes = content.hashes()
    if hashes != recorded:
        years = sorted(y for y in hashes.keys() | recorded.keys() if hashes.get(y) != recorded.get(y))
        raise Damaged(path, _("{years} 年内容与保存记录不符").format(years=listed(years)))
    if not content.meta.get("document_id") or "unit_name" not in content.meta:
        raise Damaged(path, _("缺少文档信息"))
    return content


_NEWEST = "SELECT year, {column} FROM {table} WHERE id IN (SELECT max(id) FROM {table} GROUP BY year)"


def _read(conn: sqlite3.Connection) -> tuple[Content | None, dict[int, str]]:
    """The content (None when something in it is of the wrong type) and the hash recorded for each year."""
    meta = conn.execute("SELECT key, value FROM meta").fetchall()
    reports = conn.execute("SELECT year, format FROM report ORDER BY year").fetchall()
    entries = conn.execute("SELECT year, key, value FROM entry").fetchall()
    newest = conn.execute(_NEWEST.format(column="sha256", table="revision")).fetchall()
    states = conn.execute(_NEWEST.format(column="state", table="state")).fetchall()
    by_year = (*reports, *entries, *newest, *states)
    texts = [text for row in (*meta, *(row[1:] for row in by_year)) for text in row]
    years = {row[0] for row in by_year}
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(year, int) for year in years):
        return None, {}
    newest_state = dict(states)
    if not set(newest_state.values()) <= set(STATES):
        return None, {}
    held = {year: Held(format_id, {}, newest_state.get(year, FILLING)) for year, format_id in reports}
    for year, key, value in entries:
        if year not in held:
            return None, {}
        held[year].entries[key] = value
    return Content(dict(meta), held), {year: sha256 for year, sha256 in newest if sha256}


def _unreadable(error: Exception, path: Path) -> Exception:
    """Once the lock is held, what cannot be read is damage, unless the disk itself is the trouble."""
    failure = explain(error, path)
    return failure if isinstance(failure, DiskTrouble) else Damaged(path, _("数据库结构错误"))
