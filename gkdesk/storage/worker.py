"""The thread that owns the document, so that no disk, stick or share can ever hold up typing.

It does one job after the other: commits patches in the order in which they were submitted, and runs what `call`
and `read` bring. When a commit fails, its patch and all later ones stay in memory until a retry works, until they are
saved elsewhere, or until somebody discards them knowingly.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from gkdesk.storage.bounded import Bounded
from gkdesk.storage.content import Patch, checked
from gkdesk.storage.document import Document
from gkdesk.storage.failures import Closed, DiskFull, NoAnswer, NotSaved, ProgramFault, StorageError, explain
from gkdesk.storage.places import absolute
from gkdesk.storage.schedule import Schedule

if TYPE_CHECKING:
    from gkdesk.errors import KnownError
    from gkdesk.storage.backups import Backup, BackupPolicy

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SaveState:
    """What the clerk may be told.

    `saved`: every submitted patch is on the disk; `saving`: some are on their way; `failed`: the first of
    `pending` patches could not be saved for `reason` (a sentence for the clerk; `error` is its cause).
    """

    kind: Literal["saved", "saving", "failed"]
    pending: int = 0
    reason: str = ""
    error: Exception | None = None


@dataclass(frozen=True)
class SavedElsewhere:
    """`with_history` is False when the old file could not be read and only its content was saved."""

    path: Path
    with_history: bool


@dataclass(frozen=True)
class _Commit:
    ticket: int
    year: int
    patch: dict[str, str | None]
    name: str
    at: datetime


@dataclass(frozen=True)
class _Call:
    function: Callable[[Document], Any]
    future: Future[Any]
    reads_only: bool = False


class _Backup:
    """The job of making one, when it is due."""


class StorageWorker:
    """Owns one document from its opening to its closing; every method may be called from any thread.

    `document` is a path, or a function that opens one; it is called in the thread. `on_state` is called **in the
    thread** with every change of state. `opened` yields the path of the document, or raises why it did not open.
    While saving has failed it is tried again every `retry_every` seconds (never when None), and by `retry`.
    `backups` says when and where backups are made by themselves (never when None).
    """

    def __init__(
        self,
        document: str | Path | Callable[[], Document],
        on_state: Callable[[SaveState], object] = lambda _state: None,
        *,
        retry_every: float | None = 15.0,
        backups: BackupPolicy | None = None,
    ) -> None:
        self.opened: Future[Path] = Future()
        self._opener = document if callable(document) else lambda: Document.open(document)
        self._on_state = on_state
        self._retry_every = retry_every
        # Guarded by the condition; a job leaves the queue only when it is done.
        self._changed = threading.Condition()
        self._jobs: deque[_Commit | _Call] = deque()
        # What does not wait for patches that cannot be saved.
        self._urgent: deque[_Call] = deque()
        self._submitted = 0
        self._acknowledged = 0
        self._failed: SaveState | None = None
        self._retry = False
        self._closing = False
        self._ended = False
        # Used in the thread only.
        self._document: Document | None = None
        self._told = SaveState("saved")
        self._schedule = Schedule(backups)
        self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._thread.start()

    @property
    def acknowledged(self) -> int:
        """The last ticket whose COMMIT has returned; 0 before the first."""
        with self._changed:
            return self._acknowledged

    @property
    def state(self) -> SaveState:
        """The state at this moment, also before `on_state` has been told."""
        with self._changed:
            return self._state()

    def pending(self) -> int:
        """How many submitted patches are not on the disk yet."""
        with self._changed:
            return self._submitted - self._acknowledged

    def submit(self, year: int, patch: Patch, name: str) -> int:
        """Hand over a patch to be committed; returns its ticket at once. One patch becomes one revision.

        Raises Unstorable for characters that no file can hold, and Closed after closing (or why the document did not
        open); nothing has been submitted then.
        """
        kept = checked(patch)
        at = datetime.now().astimezone()
        with self._changed:
            self._refuse_when_closed()
            self._submitted += 1
            self._jobs.append(_Commit(self._submitted, year, kept, name, at))
            self._changed.notify_all()
            return self._submitted

    def call(self, function: Callable[[Document], T]) -> Future[T]:
        """Run `function` with the document in the thread, after everything submitted before.

        The future raises what the function raises, NotSaved when patches before it could not be saved, and Closed
        when the document was closed before its turn. Raises as `submit` after closing.
        """
        future: Future[T] = Future()
        with self._changed:
            self._refuse_when_closed()
            if self._failed:
                future.set_exception(NotSaved(self._failed.reason))
            else:
                self._jobs.append(_Call(function, future))
                self._changed.notify_all()
        return future

    def read(self, function: Callable[[Document], T]) -> Future[T]:
        """As `call` for a `function` that changes nothing, but it is run while saving has failed as well.

        Then it sees the document without the pending patches: years, entries and states come from memory, and the
        history raises a StorageError where the file cannot be read any more.
        """
        future: Future[T] = Future()
        with self._changed:
            self._refuse_when_closed()
            (self._urgent if self._failed else self._jobs).append(_Call(function, future, reads_only=True))
            self._changed.notify_all()
        return future

    def backup_now(self) -> Future[Backup]:
        """Make a backup after everything submitted before. The future raises a KnownError when that fails."""
        return self.call(self._schedule.make)

    @property
    def last_backup(self) -> Backup | None:
        """The newest backup that was made while the document was open here."""
        return self._schedule.last

    @property
    def backup_trouble(self) -> KnownError | None:
        """Why the last backup failed, for the clerk; None when it did not."""
        return self._schedule.trouble

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        with self._changed:
            self._retry = True
            self._changed.notify_all()

    def save_elsewhere(self, path: str | Path, timeout: float | None = 60.0) -> Future[SavedElsewhere]:
        """Copy the document to `path` (nothing may be there), go on in the copy, and commit what is pending there.

        The old file stays as it is. The future raises AlreadyExists, NotFound, NotWritable, DiskFull or DiskTrouble,
        and NoAnswer after `timeout` seconds, as behind a commit that hangs. Then the old document remains the open
        one, and nothing remains at `path` as soon as the disk answers.
        """
        place = absolute(path)
        work: Future[SavedElsewhere] = Future()
        with self._changed:
            self._refuse_when_closed()
            bounded = Bounded(work, timeout, lambda: NoAnswer(place))
            self._urgent.append(_Call(lambda document: self._move(document, place, bounded.in_time), work))
            self._changed.notify_all()
        return bounded.answer

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until everything is done or saving has failed; whether everything submitted is on the disk."""
        with self._changed:
            self._changed.wait_for(self._settled, timeout)
            return not self._jobs and not self._failed

    def close(self, timeout: float | None = 10.0, *, discard: bool = False) -> bool:
        """Save what is pending (trying once more where that had failed), close the document and end the thread.

        False when patches are pending after `timeout` seconds in all: everything is as before, and the user must be
        asked. With `discard` the document is closed all the same and what is pending is lost. What the thread is
        still doing then, as the last backup, it ends by itself; the file stays locked until it has.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            if not self._ended and not self._closing:
                self._retry = True
                self._changed.notify_all()
                self._changed.wait_for(self._settled, timeout)
                if self._submitted > self._acknowledged and not discard and not self._ended:
                    return False
            self._closing = True
            self._changed.notify_all()
        self._thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return True

    # ---- in the thread ----

    def _run(self) -> None:
        try:
            self._document = self._opener()
        except Exception as error:  # noqa: BLE001 - whoever waits for the document is told
            self._end(error)
            self.opened.set_exception(error)
            return
        self._schedule.begin()
        self.opened.set_result(self._document.path)
        while (job := self._next()) is not None:
            if isinstance(job, _Backup):
                self._schedule.attempt(self._document)
                continue
            if isinstance(job, _Call):
                self._answer(job, self._document)
                self._done(job)
            else:
                self._save(job)
            self._tell()
        self._schedule.end(self._document)
        with suppress(Exception):  # a stick that is gone; the lock went with it
            self._document.close()
        self._end(None)

    def _next(self) -> _Commit | _Call | _Backup | None:
        """Wait for the next job; None when it is time to end. A backup comes when nothing else is to be done."""
        assert self._document is not None
        with self._changed:
            while True:
                if self._urgent:
                    return self._urgent[0]
                if self._closing:
                    return None
                if self._jobs and (not self._failed or self._retry):
                    return self._jobs[0]
                self._retry = False
                self._changed.notify_all()
                left = self._schedule.seconds_left(self._document)
                if left == 0 and not self._failed:
                    return _Backup()
                if not self._changed.wait(self._retry_every if self._failed else left) and self._failed:
                    self._retry = True

    def _save(self, job: _Commit) -> None:
        self._tell()
        document = self._document
        assert document is not None
        try:
            self._commit(document, job)
        except Exception as error:  # noqa: BLE001 - whatever it was, the patch must not get lost
            self._fail(error, document.path)
            return
        with self._changed:
            self._acknowledged = job.ticket
            self._failed = None
        self._done(job)

    def _commit(self, document: Document, job: _Commit) -> None:
        """Commit; where that had failed before for more than want of room, in the file opened anew."""
        if self._failed and not isinstance(self._failed.error, DiskFull):
            with suppress(StorageError):
                document.commit(job.year, job.patch, job.name, job.at)
                return
            document.reopen()
        document.commit(job.year, job.patch, job.name, job.at)

    def _fail(self, error: Exception, path: Path) -> None:
        failure = explain(error, path)
        if isinstance(failure, ProgramFault):
            failure.__cause__ = error
            _log.error("a patch could not be saved", exc_info=error)
        with self._changed:
            self._failed = SaveState("failed", reason=str(failure), error=failure)
            self._retry = False
            waiting = [job for job in self._jobs if isinstance(job, _Call)]
            self._jobs = deque(job for job in self._jobs if isinstance(job, _Commit))
            self._urgent.extend(job for job in waiting if job.reads_only)
            self._changed.notify_all()
        for job in (job for job in waiting if not job.reads_only):
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(NotSaved(str(failure)))

    def _move(self, document: Document, path: Path, in_time: Callable[[], bool]) -> SavedElsewhere:
        with_history = document.copy_to(path)
        try:
            moved = type(document).open(path)
        except Exception:
            _forget(path)
            raise
        if not in_time():
            moved.close()
            _forget(path)
            raise NoAnswer(path)
        self._document = moved
        with suppress(Exception):  # the old place may be gone
            document.close()
        with self._changed:
            self._failed = None
        return SavedElsewhere(moved.path, with_history)

    @staticmethod
    def _answer(job: _Call, document: Document) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            result = job.function(document)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the answer
            job.future.set_exception(error)
        else:
            job.future.set_result(result)

    def _done(self, job: _Commit | _Call) -> None:
        with self._changed:
            (self._urgent if self._urgent and self._urgent[0] is job else self._jobs).popleft()
            self._changed.notify_all()

    def _tell(self) -> None:
        """Call `on_state` if the state is another one than it was told last."""
        with self._changed:
            state = self._state()
        if (state.kind, state.reason) != (self._told.kind, self._told.reason):
            self._told = state
            try:
                self._on_state(state)
            except Exception:  # noqa: BLE001 - saving goes on
                _log.exception("the listener to the state of saving failed")

    def _end(self, error: Exception | None) -> None:
        with self._changed:
            self._ended = True
            waiting = [job for job in (*self._urgent, *self._jobs) if isinstance(job, _Call)]
            self._urgent.clear()
            if error:
                self._failed = SaveState("failed", reason=str(error), error=error)
            self._changed.notify_all()
        for job in waiting:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(error or Closed())

    # ---- with the condition held ----

    def _state(self) -> SaveState:
        pending = self._submitted - self._acknowledged
        if self._failed:
            return SaveState("failed", pending, self._failed.reason, self._failed.error)
        return SaveState("saving" if pending else "saved", pending)

    def _settled(self) -> bool:
        return self._ended or (
            not self._urgent and (not self._jobs or bool(self._failed and not self._retry))
        )

    def _refuse_when_closed(self) -> None:
        if self._ended or self._closing:
            error = self._failed.error if self._failed else None
            raise error or Closed()


def _forget(copy: Path) -> None:
    """Remove a copy that is not used after all: the next try would find the name taken."""
    with suppress(OSError):
        copy.unlink()
