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
from gkdesk.storage.failures import Damaged, NoReport, NoRevision

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


@dataclass(frozen=True)
class Mark:
    """A place in a year's history: `entries` is the content before revision `below`.

    What is stored is never changed, so a mark stays good whatever is committed later.
    """

    below: int
    entries: Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """`revisions`, newest first; `older` of them are left, from `next` on (None when there are none)."""

    revisions: list[Revision]
    next: Mark | None
    older: int


@dataclass(frozen=True)
class Moment:
    """A revision, and the year's whole content after it."""

    revision: Revision
    entries: dict[str, str]


@dataclass(frozen=True)
class Removed:
    """A report as it was before its removal; `created` is when it was added, ISO 8601 with offset."""

    format_id: str
    entries: dict[str, str]
    state: str
    created: str


_NOW = 2**63 - 1
"""Larger than every number of a revision."""

_REVISIONS = (
    "SELECT id, time, user, name, format, change, sha256 FROM revision"
    " WHERE year = ? AND id < ? ORDER BY id DESC"
)
_NEWEST = "SELECT id, sha256 FROM revision WHERE year = ? ORDER BY id DESC LIMIT 2"
_ADDED = (
    "SELECT time FROM revision WHERE year = :year AND id > coalesce("
    "(SELECT max(id) FROM revision WHERE year = :year AND id < :last AND sha256 = ''), 0) ORDER BY id LIMIT 1"
)
"""When the report was added, or brought back, whose last revision before its removal is `last`."""
_OLDER = "SELECT count(*) FROM revision WHERE year = ? AND id < ?"
_STATES = "SELECT year, revision, time, user, state, reason FROM state WHERE year = ? ORDER BY id"
_VERSIONS = "SELECT year, revision, time, user, name FROM version WHERE year = ? ORDER BY id"


def present(entries: Mapping[str, str]) -> Mark:
    """The mark of a year's present content, before which the whole history lies."""
    return Mark(_NOW, entries)


def walk(
    conn: sqlite3.Connection, path: Path, year: int, mark: Mark
) -> Iterator[tuple[Revision, dict[str, str]]]:
    """The year's revisions before the mark, newest first, each with the content before it.

    The content is one dictionary that changes while walking. Raises Damaged where a change does not fit.
    """
    content = dict(mark.entries)
    for number, time, user, name, format_id, change, digest in conn.execute(_REVISIONS, (year, mark.below)):
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


def page(conn: sqlite3.Connection, path: Path, year: int, mark: Mark, limit: int | None) -> Page:
    """The newest `limit` revisions before the mark (all without a limit). Raises Damaged."""
    found: list[Revision] = []
    content: Mapping[str, str] = mark.entries
    for revision, before in islice(walk(conn, path, year, mark), limit):
        found.append(revision)
        content = before
    below = found[-1].number if found else mark.below
    (older,) = conn.execute(_OLDER, (year, below)).fetchone()
    return Page(found, Mark(below, dict(content)) if older else None, int(older))


def moment(conn: sqlite3.Connection, path: Path, year: int, mark: Mark, number: int) -> Moment:
    """Revision `number`, which lies before the mark, with the content after it, compared with the hash stored then.

    Raises NoRevision where the year has none of that number or it removed the report, Damaged.
    """
    found = dict(mark.entries)
    for revision, before in walk(conn, path, year, mark):
        if revision.number == number and revision.sha256:
            if content_hash(revision.format_id, year, found) != revision.sha256:
                raise Damaged(
                    path, _("{year} 年第 {number} 次修改的记录错误").format(year=year, number=number)
                )
            return Moment(revision, found)
        if revision.number < number:
            break
        found = dict(before)
    raise NoRevision(path, year, number)


def years(conn: sqlite3.Connection) -> list[int]:
    """The years that have, or once had, a report, oldest first."""
    return [int(year) for (year,) in conn.execute("SELECT DISTINCT year FROM revision ORDER BY year")]


def removed(conn: sqlite3.Connection, path: Path, year: int) -> Removed:
    """The year's report as it was before its removal, compared with the hash stored then.

    Raises NoReport where none was removed, or there is one again; Damaged.
    """
    newest_two = conn.execute(_NEWEST, (year,)).fetchall()
    if len(newest_two) < 2 or newest_two[0][1]:
        raise NoReport(path, year)
    last = newest_two[1][0]
    found = moment(conn, path, year, present({}), last)
    (created,) = conn.execute(_ADDED, {"year": year, "last": last}).fetchone()
    known = states(conn, year)
    return Removed(
        found.revision.format_id, found.entries, known[-1].state if known else FILLING, str(created)
    )


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
