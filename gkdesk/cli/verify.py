"""`gkdesk verify`: whether a printed copy shows what the document holds."""

from __future__ import annotations

from pathlib import Path

import click

from gkdesk.cli.guard import FINE, HAS_ERRORS, plain
from gkdesk.i18n import _
from gkdesk.report.fingerprint import normalised
from gkdesk.storage import Document
from gkdesk.verify import Printed, find_printed

MOST_CHANGES = 20
"""Differences that are listed."""


def run(path: Path, code: str) -> int:
    """Print which version the code belongs to; 1 when that is not the present one. Raises KnownError."""
    printed_code = normalised(code)
    with Document.open(path) as document:
        found = find_printed(document, printed_code)
    if found is None:
        message = _(
            "“{file}”里没有核对码为 {code} 的版本：打印件不是由这份文档打印的，或打印后年报被删除过。"
        )
        click.echo(plain(message.format(file=path, code=printed_code)))
        return HAS_ERRORS
    click.echo("\n".join(plain(line) for line in _lines(found)))
    return FINE if found.current else HAS_ERRORS


def _lines(found: Printed) -> list[str]:
    revision = found.revision
    which = _("{year} 年年报第 {number} 号修改后的内容（{time}，{user}，{name}）").format(
        year=found.year, number=revision.number, time=revision.time, user=revision.user, name=revision.name
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
