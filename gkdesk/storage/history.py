"""The history of a document as read: revisions with their whole texts, states, named versions.

Only changes are stored; texts come back by walking from the present content to the past, newest first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from gkdesk.i18n import _
from gkdesk.storage import delta
from gkdesk.storage.content import Revision, content_hash
from gkdesk.storage.failures import Damaged, NoRevision

FILLING, REVIEW, FINAL = "filling", "review", "final"
STATES = (FILLING, REVIEW, FINAL)
"""填报中, 送审, 定稿: the way of a report through the office."""


@dataclass(frozen=True)
class StateChange:
    """`revision` is the number of the year's newest revision at that moment; `reason` may be empty."""

    year: int
    revision: int
    time: str
    user: str
    state: str
    reason: str


@dataclass(frozen=True)
class Version:
    """A name that somebody gave to the content after `revision`."""

    year: int
    revision: int
    time: str
    user: str
    name: str


_REVISIONS = (
    "SELECT id, time, user, name, format, change, sha256 FROM revision WHERE year = ? ORDER BY id DESC"
)
_STATES = "SELECT year, revision, time, user, state, reason FROM state WHERE year = ? ORDER BY id"
_VERSIONS = "SELECT year, revision, time, user, name FROM version WHERE year = ? ORDER BY id"


def walk(
    conn: sqlite3.Connection, path: Path, year: int, entries: Mapping[str, str]
) -> Iterator[tuple[Revision, dict[str, str]]]:
    """The year's revisions, newest first, each with the content before it; `entries` is the present content.

    The content is one dictionary that changes while walking. Raises Damaged where a change does not fit.
    """
    content = dict(entries)
    for number, time, user, name, format_id, change, digest in conn.execute(_REVISIONS, (year,)):
        before: dict[str, str | None] = {}
        after: dict[str, str | None] = {}
        try:
            for key, pair in delta.parse(change).items():
                after[key] = content.get(key)
                before[key] = text = delta.backwards(pair, after[key])
                if text is None:
                    content.pop(key, None)
                else:
                    content[key] = text
        except delta.BadChangeError as error:
            raise Damaged(
                path, _("{year} 年第 {number} 次修改的记录错误").format(year=year, number=number)
            ) from error
        yield (
            Revision(
                number, year, str(time), str(user), str(name), before, after, str(digest), str(format_id)
            ),
            content,
        )


def revisions(
    conn: sqlite3.Connection, path: Path, year: int, entries: Mapping[str, str], limit: int | None
) -> list[Revision]:
    """The newest `limit` revisions of the year, newest first. Raises Damaged."""
    return [revision for revision, _before in islice(walk(conn, path, year, entries), limit)]


def content_after(
    conn: sqlite3.Connection, path: Path, year: int, entries: Mapping[str, str], number: int
) -> dict[str, str]:
    """The year's content after revision `number`, compared with the hash stored then.

    Raises NoRevision where the year has none of that number or it removed the report, Damaged.
    """
    found = dict(entries)
    for revision, before in walk(conn, path, year, entries):
        if revision.number == number and revision.sha256:
            if content_hash(revision.format_id, year, found) != revision.sha256:
                raise Damaged(
                    path, _("{year} 年第 {number} 次修改的记录错误").format(year=year, number=number)
                )
            return found
        if revision.number < number:
            break
        found = dict(before)
    raise NoRevision(path, year, number)


def states(conn: sqlite3.Connection, year: int) -> list[StateChange]:
    """Every change of the report's state, oldest first."""
    return [StateChange(*row) for row in conn.execute(_STATES, (year,))]


def versions(conn: sqlite3.Connection, year: int) -> list[Version]:
    """The named versions of the year, oldest first."""
    return [Version(*row) for row in conn.execute(_VERSIONS, (year,))]


def newest(conn: sqlite3.Connection, year: int) -> int:
    """Number of the year's newest revision; 0 when there is none."""
    (number,) = conn.execute("SELECT max(id) FROM revision WHERE year = ?", (year,)).fetchone()
    return int(number or 0)
