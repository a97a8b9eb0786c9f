"""The thread that owns the document, so that no disk, stick or share can ever hold up typing.

It does one job after the other: commits patches in the order in which they were submitted, and runs what `call`
and `read` bring. When a commit fails, its patch and all later ones stay in memory until a retry works, until they are
saved elsewhere, or until somebody discards them knowingly. A thread that a dead disk never lets go is left behind: what
is in memory goes elsewhere on another one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gkdesk.i18n import _
from gkdesk.storage.bounded import Bounded
from gkdesk.storage.content import Patch
from gkdesk.storage.document import Document
from gkdesk.storage.failures import DiskFull, NoAnswer, ProgramFault, StorageError, explain
from gkdesk.storage.job_queue import JobQueue
from gkdesk.storage.jobs import Call, Commit, MakeBackup, SavedElsewhere, SaveState
from gkdesk.storage.places import absolute
from gkdesk.storage.schedule import Schedule

if TYPE_CHECKING:
    from gkdesk.errors import KnownError
    from gkdesk.storage.backups import Backup, BackupPolicy

T = TypeVar("T")
_log = logging.getLogger(__name__)

RESCUE_AFTER = 3.0
"""Seconds for which the disk may not answer before its content is saved elsewhere from memory alone."""
COPY_SECONDS = 30.0
"""Seconds that a copy with the whole history may take before the same is done."""


class StorageWorker:
    """Owns one document from its opening to its closing; every method may be called from any thread.

    `document` is a path, or a function that opens one; it is called in the thread. `on_state` is called **in the
    thread** with every change of state. `opened` yields the path of the document, or raises why it did not open.
    While saving has failed it is tried again every `retry_every` seconds (never when None), and by `retry`.
    `backups` says when and where backups are made by themselves (never when None). `rescue_after` and `copy_seconds`
    are how long `save_elsewhere` waits for the disk before it takes what is in memory.
    """

    def __init__(
        self,
        document: str | Path | Callable[[], Document],
        on_state: Callable[[SaveState], object] = lambda _state: None,
        *,
        retry_every: float | None = 15.0,
        backups: BackupPolicy | None = None,
        rescue_after: float = RESCUE_AFTER,
        copy_seconds: float = COPY_SECONDS,
    ) -> None:
        self.opened: Future[Path] = Future()
        self._opener = document if callable(document) else lambda: Document.open(document)
        self._on_state = on_state
        self._backups = backups
        self._rescue_after = rescue_after
        self._copy_seconds = copy_seconds
        self._queue = JobQueue(retry_every)
        # The document is used in the thread only, but for what of it is in memory.
        self._document: Document | None = None
        self._told = SaveState("saved")
        self._schedule = Schedule(backups)
        thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._queue.take_charge(thread)
        thread.start()

    @property
    def thread(self) -> threading.Thread:
        """The one that owns the document; another one after a rescue."""
        thread = self._queue.thread
        assert thread is not None
        return thread

    @property
    def acknowledged(self) -> int:
        """The last ticket whose COMMIT has returned; 0 before the first."""
        return self._queue.acknowledged

    @property
    def state(self) -> SaveState:
        """The state at this moment, also before `on_state` has been told."""
        return self._queue.state

    def pending(self) -> int:
        """How many submitted patches are not on the disk yet."""
        return self._queue.pending

    def submit(self, year: int, patch: Patch, name: str) -> int:
        """Hand over a patch to be committed; returns its ticket at once. One patch becomes one revision.

        Raises Unstorable for characters that no file can hold, and Closed after closing (or why the document did not
        open); nothing has been submitted then.
        """
        return self._queue.submit(year, patch, name)

    def call(self, function: Callable[[Document], T]) -> Future[T]:
        """Run `function` with the document in the thread, after everything submitted before.

        The future raises what the function raises, NotSaved when patches before it could not be saved, and Closed
        when the document was closed before its turn. Raises as `submit` after closing.
        """
        future: Future[T] = Future()
        self._queue.call(function, future)
        return future

    def read(self, function: Callable[[Document], T]) -> Future[T]:
        """As `call` for a `function` that changes nothing, but it is run while saving has failed as well.

        Then it sees the document without the pending patches: years, entries and states come from memory, and the
        history raises a StorageError where the file cannot be read any more.
        """
        future: Future[T] = Future()
        self._queue.read(function, future)
        return future

    def backup_now(self) -> Future[Backup]:
        """Make a backup after everything submitted before. The future raises a KnownError when that fails."""
        return self.call(self._back_up)

    def call_backed_up(self, function: Callable[[Document], T]) -> Future[tuple[Backup, T]]:
        """As `call`, right after a backup; where that fails, `function` is not run and the future raises why."""
        return self.call(lambda document: (self._back_up(document), function(document)))

    @property
    def backup_trouble(self) -> KnownError | None:
        """Why the last backup failed, for the clerk; None when it did not."""
        return self._schedule.trouble

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        self._queue.retry()

    def save_elsewhere(self, path: str | Path, timeout: float | None = 60.0) -> Future[SavedElsewhere]:
        """Copy the document to `path` (nothing may be there), go on in the copy, and commit what is pending there.

        The old file stays as it is. Where its disk does not answer, as behind a commit that hangs, the new document is
        made of what is in memory, without the history, and nobody waits for that disk any more. The future raises
        AlreadyExists, NotFound, NotWritable, DiskFull or DiskTrouble, and NoAnswer after `timeout` seconds. Then the
        old document remains the open one, and nothing remains at `path` as soon as the disk answers.
        """
        place = absolute(path)
        bounded: Bounded[SavedElsewhere] = Bounded(timeout, lambda: NoAnswer(place))
        watched = (self._ask_to_move(place, bounded), place, bounded)
        threading.Thread(target=self._watch_move, args=watched, name="storage-rescue", daemon=True).start()
        return bounded.answer

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until everything is done or saving has failed; whether everything submitted is on the disk."""
        return self._queue.flush(timeout)

    def close(self, timeout: float | None = 10.0, *, discard: bool = False) -> bool:
        """Save what is pending (trying once more where that had failed), close the document and end the thread.

        False when patches are pending after `timeout` seconds in all: everything is as before, and the user must be
        asked. With `discard` the document is closed all the same and what is pending is lost. What the thread is
        still doing then, as the last backup, it ends by itself; the file stays locked until it has.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        thread = self._queue.close(timeout, discard=discard)
        if thread is None:
            return False
        thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return True

    # ---- in the thread ----

    def _run(self) -> None:
        try:
            document = self._opener()
        except Exception as error:  # noqa: BLE001 - whoever waits for the document is told
            self._queue.end(error)
            self.opened.set_exception(error)
            return
        self._document = document
        self._schedule.begin()
        self.opened.set_result(document.path)
        self._work(document)

    def _work(self, document: Document) -> None:
        """Do the jobs until it is time to end, or until another thread has taken this one's place."""
        while (job := self._queue.next(partial(self._schedule.seconds_left, document))) is not None:
            if isinstance(job, MakeBackup):
                self._schedule.attempt(document)
                self._queue.finish(job)
                continue
            if isinstance(job, Call):
                document = self._answer(job, document)
            else:
                self._save(job, document)
            self._tell()
        mine = self._queue.is_mine()
        if mine:
            self._schedule.end(document)
        with suppress(Exception):  # a stick that is gone; the lock went with it
            document.close()
        if mine:
            self._queue.end(None)

    def _save(self, job: Commit, document: Document) -> None:
        self._tell()
        try:
            self._commit(document, job)
        except Exception as error:  # noqa: BLE001 - whatever it was, the patch must not get lost
            failure = explain(error, document.path)
            if isinstance(failure, ProgramFault):
                failure.__cause__ = error
                _log.error("a patch could not be saved", exc_info=error)
            self._queue.fail(failure)
        else:
            self._queue.finish(job)

    def _commit(self, document: Document, job: Commit) -> None:
        """Commit; where that had failed before for more than want of room, in the file opened anew."""
        if self._queue.failure and not isinstance(self._queue.failure, DiskFull):
            with suppress(StorageError):
                document.commit(job.year, job.patch, job.name, job.at)
                return
            document.reopen()
        document.commit(job.year, job.patch, job.name, job.at)

    def _answer(self, job: Call, document: Document) -> Document:
        """Run the call; returns the document to go on with, which is another one after it was moved."""
        if not job.future.set_running_or_notify_cancel():
            self._queue.finish(job)
            return document
        try:
            result = job.function(document)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the answer
            self._queue.finish(job)
            job.fail(error)
            return document
        with self._queue.changed:
            if not self._queue.finish(job):
                job.fail(NoAnswer(document.path))
                return document
            assert self._document is not None
            document = self._document
        job.future.set_result(result)
        return document

    def _back_up(self, document: Document) -> Backup:
        return self._schedule.make(document)

    def _tell(self) -> None:
        """Call `on_state` if the state is another one than it was told last."""
        if not self._queue.is_mine():
            return
        state = self._queue.state
        if (state.kind, state.reason) != (self._told.kind, self._told.reason):
            self._told = state
            try:
                self._on_state(state)
            except Exception:  # noqa: BLE001 - saving goes on
                _log.exception("the listener to the state of saving failed")

    # ---- saving elsewhere ----

    def _ask_to_move(self, place: Path, bounded: Bounded[SavedElsewhere]) -> Future[SavedElsewhere]:
        """Have the thread copy the document to `place`, before everything else. Raises Closed."""
        work: Future[SavedElsewhere] = Future()
        bounded.follow(work)
        self._queue.call_next(
            lambda document: self._move(document, place, lambda: bounded.in_time(work)), work
        )
        return work

    def _move(self, document: Document, path: Path, in_time: Callable[[], bool]) -> SavedElsewhere:
        with_history = document.copy_to(path)
        try:
            moved = type(document).open(path)
        except Exception:
            _forget(path)
            raise
        with self._queue.changed:
            kept = self._queue.is_mine() and in_time()
            if kept:
                self._document = moved
                self._queue.forget_failure()
        if not kept:
            moved.close()
            _forget(path)
            raise NoAnswer(path)
        with suppress(Exception):  # the old place may be gone
            document.close()
        return SavedElsewhere(moved.path, with_history)

    def _watch_move(
        self, work: Future[SavedElsewhere], place: Path, bounded: Bounded[SavedElsewhere]
    ) -> None:
        """On a thread of its own: where the storage thread does not get to the copy, take its place."""
        wait([work], self._rescue_after)
        if not work.done() and not work.cancel():  # it has begun
            wait([work], self._copy_seconds)
        if (not work.done() or work.cancelled()) and not bounded.decided:
            self._rescue(place, bounded)

    def _rescue(self, place: Path, bounded: Bounded[SavedElsewhere]) -> None:
        """Make a document at `place` of what is in memory, and go on with it on this very thread."""
        seen = self._queue.steps
        document = self._document
        if document is None:  # it hangs in opening: nothing is in memory
            return
        rescued: Future[SavedElsewhere] = Future()
        bounded.follow(rescued)
        try:
            moved = Document.from_content(place, document.in_memory(), _("从内存恢复"))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the answer
            rescued.set_exception(explain(error, place))
            return
        with self._queue.changed:
            stuck = self._queue.steps == seen and not self._queue.closing and bounded.in_time(rescued)
            if stuck:
                # What the other one commits after all goes into the old file; its patch comes into this one as well.
                waiting = self._queue.take_charge(threading.current_thread())
                self._document = moved
                self._schedule = Schedule(self._backups)
                self._schedule.begin()
        if not stuck:  # the disk answers again, or nobody waits any more
            moved.close()
            _forget(place)
            if not bounded.decided:
                with suppress(StorageError):  # closed meanwhile
                    self._ask_to_move(place, bounded)
            return
        if waiting is not None:
            waiting.fail(NoAnswer(document.path))
        rescued.set_result(SavedElsewhere(moved.path, with_history=False))
        self._tell()
        self._work(moved)


def _forget(copy: Path) -> None:
    """Remove a copy that is not used after all: the next try would find the name taken."""
    with suppress(OSError):
        copy.unlink()
