"""`gkdesk new`, `edit` and `history`: commands that work on a document."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.cli.guard import FINE, plain, refuse
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Changes, ReportSession
from gkdesk.report.session import MAX_TEXT
from gkdesk.sources import FINAL, pick_year, previous_of, report_of
from gkdesk.storage import Document

LONGEST_LINE = 4 * MAX_TEXT + 1000
"""Bytes of one line of edit: the longest text in UTF-8, and its key."""

_ESCAPE = re.compile(r"\\([n\\])")


class BadLineError(KnownError):
    """A line of edit that is refused; nothing was changed."""


def new(path: Path, unit: str, year: int) -> int:
    """Create a document with an empty report. Raises KnownError: it exists, bad year or name, cannot be written."""
    name = unit.strip()
    if not name or not name.isprintable():
        raise KnownError(_("单位名称“{name}”不能用：请写单位全称。").format(name=unit))
    form = formats.for_year(year)
    document = Document.create(path, name)
    try:
        with document:
            document.add_report(year, form.id, {"unit.name": name}, _("新建 {year} 年报").format(year=year))
    except KnownError:
        path.unlink(missing_ok=True)  # ours, and without a report of no use
        raise
    told = _("已新建“{file}”：{unit} {year} 年（{form}）。")
    click.echo(plain(told.format(file=path, unit=name, year=year, form=form.called)))
    return FINE


def edit(path: Path, year: int | None, *, stdin: bool) -> int:
    """Take lines from stdin, commit each and answer it. Raises KnownError when the document cannot be opened."""
    if not stdin:
        raise KnownError(_("edit 要加 --stdin：从标准输入逐行读。"))
    if sys.stdin is None:  # closed by whoever started us
        raise KnownError(_("标准输入是关着的，没有可读的内容。"))
    with Document.open(path) as document:
        chosen = pick_year(document, path, year)
        if document.state_of(chosen) == FINAL:
            raise KnownError(_("“{file}”的 {year} 年年报已定稿，不能修改。").format(file=path, year=chosen))
        session = open_session(report_of(document, chosen), previous_of(document, chosen))
        for number, line in enumerate(_stdin_lines(), 1):
            try:
                changes = _apply(session, line)
            except KnownError as error:
                click.echo(f"error {number} {plain(str(error))}")
                continue
            try:
                if changes.patch:
                    document.commit(chosen, changes.patch, changes.name)
            except KnownError as error:
                click.echo(f"error {number} {plain(str(error))}")
                return refuse(str(error))
            click.echo(f"ok {number}")
    return FINE


def history(path: Path, year: int | None) -> int:
    """Print the revisions of a year, newest first: number, time, user, what was done, what it touched."""
    with Document.open(path) as document:
        chosen = pick_year(document, path, year)
        for revision in document.revisions(chosen):
            keys = " ".join(list(revision.after)[:3]) + (" …" if len(revision.after) > 3 else "")
            fields = (str(revision.number), revision.time, revision.user, revision.name, keys)
            click.echo("\t".join(plain(field) for field in fields))
    return FINE


def _apply(session: ReportSession, line: bytes | None) -> Changes:
    """Lay one line over the report. Raises KnownError for a line that is refused."""
    if line is None:
        raise BadLineError(_("这一行太长。"))
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadLineError(_("这一行不是 UTF-8 文字。")) from error
    key, equals, value = text.partition("=")
    key = key.strip()
    if not equals or not key:
        raise BadLineError(_("应写成：格名=内容。"))
    if key in session.form.sums:
        raise BadLineError(_("“{key}”是自动计算的合计，不用填。").format(key=key))
    if key.startswith("text."):
        value = _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else "\\", value)
    return session.edit({key: value or None}, _("命令行填报"))


def _stdin_lines() -> Iterator[bytes | None]:
    """Lines without their ends; None for one that is longer than any text may be."""
    stream = sys.stdin.buffer
    first = True
    while line := stream.readline(LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            line = line.removesuffix(b"\n").removesuffix(b"\r")
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False
