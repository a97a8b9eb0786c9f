"""The journal that a killed program leaves beside a document, looked at before SQLite rolls it back.

SQLite does what a journal says: it brings the file to the length stated there, and removes a file named at its end
(the "super-journal" of a transaction over several databases). One that was damaged or forged could stretch a small
document to terabytes, or have another file removed. Ours never ask for either: no transaction makes a document shorter,
none spans two files. Format: https://sqlite.org/fileformat2.html, "The Rollback Journal".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gkdesk.i18n import _
from gkdesk.storage.failures import Damaged

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_PAGES_AT, _PAGE_SIZE_AT, _HEADER = 16, 24, 28
_ROOM = 2**20
"""Bytes for headers of the journal, of which there are as many as times it was flushed."""


def check_journal(document: Path) -> None:
    """Raises Damaged when rolling back the journal of `document` would do what no journal of ours does; OSError.

    The document itself is not opened: closing it would drop this process's locks on it.
    """
    journal = journal_path(document)
    try:
        length = journal.stat().st_size
        with journal.open("rb") as file:
            header = file.read(_HEADER)
            file.seek(max(0, length - len(_MAGIC)))
            end = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return  # SQLite does not roll it back
    pages = int.from_bytes(header[_PAGES_AT : _PAGES_AT + 4], "big")
    page_size = int.from_bytes(header[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 4], "big")
    before, present = pages * page_size, document.stat().st_size
    # Every page that was there is in the journal once at most, with its number and checksum.
    if before > present or end == _MAGIC or length > 2 * present + _ROOM:
        raise Damaged(document, _("旁边的日志文件“{name}”与文档不符").format(name=journal.name))


def journal_path(document: Path) -> Path:
    """Where SQLite keeps the journal of `document`."""
    return document.with_name(f"{document.name}-journal")
