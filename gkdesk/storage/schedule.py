"""When the worker backs up: at most every so often while patches come in, and once more when it closes."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from gkdesk.errors import KnownError

if TYPE_CHECKING:
    from gkdesk.storage.backups import Backup, BackupPolicy
    from gkdesk.storage.document import Document

LAST_COPY_SECONDS = 5.0
"""How long closing waits for the copy in the second folder."""

_log = logging.getLogger(__name__)


class Schedule:
    """The backups of one document while it is open. Used in the worker's thread only, but for its two attributes."""

    def __init__(self, policy: BackupPolicy | None) -> None:
        self.last: Backup | None = None
        """The newest backup that was made here."""
        self.trouble: KnownError | None = None
        """Why the last attempt failed, for the clerk; None when it worked."""
        self._policy = policy
        self._seen = 0
        self._due = 0.0

    def begin(self) -> None:
        """The document has just been opened; what it was before its first change, the last closing has backed up."""
        self._wait_again()

    def seconds_left(self, document: Document) -> float | None:
        """Until the next backup is due; None when there is nothing to back up."""
        if self._policy is None or document.changes == self._seen:
            return None
        return max(0.0, self._due - time.monotonic())

    def make(self, document: Document) -> Backup:
        """Back up now. Raises KnownError."""
        from gkdesk.storage.backups import BackupPolicy

        self._wait_again()
        try:
            self.last = (self._policy or BackupPolicy()).make(document)
        except KnownError as error:
            self.trouble = error
            raise
        self._seen = document.changes
        self.trouble = None
        return self.last

    def attempt(self, document: Document) -> None:
        """Back up now; what goes wrong is noted, and tried again at the next time."""
        try:
            self.make(document)
        except KnownError as error:
            _log.warning("no backup was made: %s", type(error).__name__)
        except Exception:  # noqa: BLE001 - saving goes on whatever happens to a backup
            _log.exception("no backup was made")

    def end(self, document: Document) -> None:
        """The document is about to be closed."""
        if self.seconds_left(document) is not None:
            self.attempt(document)
            if self._policy is not None:
                self._policy.wait(LAST_COPY_SECONDS)

    def _wait_again(self) -> None:
        if self._policy is not None:
            self._due = time.monotonic() + self._policy.every.total_seconds()
