"""核对打印件: which stored version of a report a printed fingerprint belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Report
from gkdesk.report.fingerprint import fingerprint, normalised
from gkdesk.report.history_words import compare
from gkdesk.storage import Document, Revision
from gkdesk.words import moment

MOST_CHANGES = 20
"""Differences that are listed."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The version that was printed.

    `revision` is the one after which the report was so, the newest if there are several; `since` the revisions after
    it, newest first; `changes` what is different now, in words. Both are empty where nothing has changed since.
    """

    year: int
    revision: Revision
    since: tuple[Revision, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the paper shows what the document holds now."""
        return not self.since


def find_printed(document: Document, code: str) -> Printed | None:
    """The stored version with that code, the present ones first, then the newest; None without any.

    Runs on the thread of the document. Raises NotACodeError for what is no code, KnownError as the document does.
    """
    wanted = normalised(code)
    older: list[Printed] = []
    for year in reversed(document.years()):
        since: list[Revision] = []
        for revision, report in _versions(document, year):
            if report is not None and fingerprint(report) == wanted:
                if not since:
                    return Printed(year, revision)
                form = formats.load(document.format_of(year))
                changes = compare(report.entries(), document.entries(year), form)
                older.append(Printed(year, revision, tuple(since), tuple(changes)))
                break
            since.append(revision)
    return older[0] if older else None


def in_words(found: Printed | None, path: Path, code: str) -> list[str]:
    """What was found, told line by line; ``path`` is the document that was searched."""
    if found is None:
        message = _(
            "“{file}”里没有核对码为 {code} 的版本：打印件不是由这份文档打印的，或打印后年报被删除过。"
        )
        return [message.format(file=path, code=code)]
    revision = found.revision
    which = _("{year} 年年报第 {number} 号修改后的内容（{time}，{user}，{name}）").format(
        year=found.year,
        number=revision.number,
        time=moment(datetime.fromisoformat(revision.time)),
        user=revision.user,
        name=revision.name,
    )
    if found.current:
        return [_("一致：打印件就是现在的内容，即{which}。").format(which=which)]
    lines = [
        _("已改过：打印件是{which}，此后又改了 {count} 次。").format(which=which, count=len(found.since))
    ]
    lines += [_("现在与打印件不同的有 {count} 处：").format(count=len(found.changes))]
    lines += [f"  {change}" for change in found.changes[:MOST_CHANGES]]
    if len(found.changes) > MOST_CHANGES:
        lines.append(_("  ……其余 {count} 处从略。").format(count=len(found.changes) - MOST_CHANGES))
    return lines


def _versions(document: Document, year: int) -> Iterator[tuple[Revision, Report | None]]:
    """Every revision of a year with the report after it, newest first; None where this program cannot read it."""
    entries = document.entries(year)
    for revision in document.revisions(year):
        yield revision, _report(revision.format_id, year, entries)
        for key, text in revision.before.items():
            if text is None:
                entries.pop(key, None)
            else:
                entries[key] = text


def _report(format_id: str, year: int, entries: dict[str, str]) -> Report | None:
    try:
        return Report.from_entries(formats.load(format_id), year, entries)
    except (KeyError, KnownError):
        # A version of another program; the others can still be found.
        return None
