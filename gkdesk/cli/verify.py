"""`gkdesk verify`: whether a printed copy shows what the document holds."""

from __future__ import annotations

from pathlib import Path

import click

from gkdesk.cli.guard import FINE, HAS_ERRORS, plain
from gkdesk.report.fingerprint import normalised
from gkdesk.storage import Document
from gkdesk.verify import find_printed, in_words


def run(path: Path, code: str) -> int:
    """Print which version the code belongs to; 1 when that is not the present one. Raises KnownError."""
    printed_code = normalised(code)
    with Document.open(path) as document:
        found = find_printed(document, printed_code)
    click.echo("\n".join(plain(line) for line in in_words(found, path, printed_code)))
    return FINE if found and found.current else HAS_ERRORS
