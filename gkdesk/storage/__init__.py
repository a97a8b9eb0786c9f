"""The document: one SQLite file (`.gkd`) with all years of one unit.

Storage knows keys and texts only; what a key means is the business of `gkdesk.report`.

Reading order: `schema` (tables, migrations), `connection` (how SQLite is set up), `reading` (what is checked
when a file is opened), `journal`, `opening`, `document` (the API) and `rows`, `history` and `delta` (old
contents), `worker` (the thread that owns a document), `job_queue`, `jobs` and `bounded`, `copying` (verified
copies), `backups` and `schedule`, `recovery` (what is left of a damaged one), `owner` (who has it open),
`pulse` (who is at work on a share), `places` (where it lies), `content` (hashes, revisions), `failures`.

One rule for everybody else: **never open a document's file with plain `open()` in a process that has
it open here**. On POSIX, closing any descriptor of a file drops the process's locks on it.

The names below are loaded when first used, so that importing this package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gkdesk.storage.backups import Backup, BackupPolicy
    from gkdesk.storage.content import Patch, Revision, content_hash, patch_to
    from gkdesk.storage.document import Document
    from gkdesk.storage.jobs import SavedElsewhere, SaveState
    from gkdesk.storage.worker import StorageWorker

__all__ = [
    "Backup",
    "BackupPolicy",
    "Document",
    "Patch",
    "Revision",
    "SaveState",
    "SavedElsewhere",
    "StorageWorker",
    "content_hash",
    "patch_to",
]

_HOME = {
    "Backup": "backups",
    "BackupPolicy": "backups",
    "Document": "document",
    "Patch": "content",
    "Revision": "content",
    "content_hash": "content",
    "patch_to": "content",
    "SaveState": "jobs",
    "SavedElsewhere": "jobs",
    "StorageWorker": "worker",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
