"""`gkdesk backup` and `restore`: copies of a document that are known to be whole."""

from __future__ import annotations

from pathlib import Path

import click

from gkdesk.cli.guard import FINE, plain
from gkdesk.i18n import _
from gkdesk.storage import BackupPolicy, Document, backups


def backup(path: Path) -> int:
    """Back up a document now. Raises KnownError when it is open elsewhere, damaged, or there is no room."""
    with Document.open(path) as document:
        made = BackupPolicy().make(document)
    click.echo(plain(_("已备份到：{file}").format(file=made.path)))
    return FINE


def restore(path: Path, out: Path) -> int:
    """Write a backup to a new file. Raises KnownError when that exists, or the backup is missing or damaged."""
    backups.restore(path, out)
    click.echo(plain(_("已恢复到：{file}").format(file=out)))
    return FINE
