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
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gkdesk.i18n import _
from gkdesk.storage.bounded import Bounded
from gkdesk.storage.content import Patch, checked
from gkdesk.storage.document import Document
from gkdesk.storage.failures import Closed, DiskFull, NoAnswer, NotSaved, ProgramFault, StorageError, explain
from gkdesk.storage.jobs import Call, Commit, Job, MakeBackup, SavedElsewhere, SaveState
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
        self._retry_every = retry_every
        self._backups = backups
        self._rescue_after = rescue_after
        self._copy_seconds = copy_seconds
        # Guarded by the condition; a job leaves the queue only when it is done.
        self._changed = threading.Condition()
        self._jobs: deque[Commit | Call] = deque()
        # What does not wait for patches that cannot be saved.
        self._urgent: deque[Call] = deque()
        self._submitted = 0
        self._acknowledged = 0
        self._failed: SaveState | None = None
        self._retry = False
        self._closing = False
        self._ended = False
        self._running: Job | None = None
        # How many jobs have come to an end, well or not: what stays the same has not moved on.
        self._steps = 0
        self._document: Document | None = None
        # Used in the thread only. Another thread may take its place, and from then on it does nothing here.
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
            self._jobs.append(Commit(self._submitted, year, kept, name, at))
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
                self._jobs.append(Call(function, future))
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
            (self._urgent if self._failed else self._jobs).append(Call(function, future, reads_only=True))
            self._changed.notify_all()
        return future

    def backup_now(self) -> Future[Backup]:
        """Make a backup after everything submitted before. The future raises a KnownError when that fails."""
        return self.call(self._back_up)

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

        The old file stays as it is. Where its disk does not answer, as behind a commit that hangs, the new document is
        made of what is in memory, without the history, and nobody waits for that disk any more. The future raises
        AlreadyExists, NotFound, NotWritable, DiskFull or DiskTrouble, and NoAnswer after `timeout` seconds. Then the
        old document remains the open one, and nothing remains at `path` as soon as the disk answers.
        """
        place = absolute(path)
        with self._changed:
            self._refuse_when_closed()
            bounded: Bounded[SavedElsewhere] = Bounded(timeout, lambda: NoAnswer(place))
            work = self._ask_to_move(place, bounded)
        threading.Thread(
            target=self._watch_move, args=(work, place, bounded), name="storage-rescue", daemon=True
        ).start()
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
            thread = self._thread
        thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return True

    # ---- in the thread ----

    def _run(self) -> None:
        try:
            document = self._opener()
        except Exception as error:  # noqa: BLE001 - whoever waits for the document is told
            self._end(error)
            self.opened.set_exception(error)
            return
        with self._changed:
            self._document = document
        self._schedule.begin()
        self.opened.set_result(document.path)
        self._work(document)

    def _work(self, document: Document) -> None:
        """Do the jobs until it is time to end, or until another thread has taken this one's place."""
        while (job := self._next(document)) is not None:
            if isinstance(job, MakeBackup):
                self._schedule.attempt(document)
                self._finish(job)
                continue
            if isinstance(job, Call):
                document = self._answer(job, document)
            else:
                self._save(job, document)
            self._tell()
        if self._in_charge():
            self._schedule.end(document)
        with suppress(Exception):  # a stick that is gone; the lock went with it
            document.close()
        if self._in_charge():
            self._end(None)

    def _in_charge(self) -> bool:
        with self._changed:
            return self._thread is threading.current_thread()

    def _next(self, document: Document) -> Job | None:
        """Wait for the next job; None when it is time to end. A backup comes when nothing else is to be done."""
        with self._changed:
            while self._in_charge():
                if self._urgent:
                    self._running = self._urgent[0]
                elif self._closing:
                    return None
                elif self._jobs and (not self._failed or self._retry):
                    self._running = self._jobs[0]
                if self._running:
                    return self._running
                self._retry = False
                self._changed.notify_all()
                left = self._schedule.seconds_left(document)
                if left == 0 and not self._failed:
                    self._running = MakeBackup()
                    return self._running
                if not self._changed.wait(self._retry_every if self._failed else left) and self._failed:
                    self._retry = True
            return None

    def _finish(self, job: Job) -> bool:
        """The job is done; False when it was done for nobody, as another thread is in charge by now."""
        with self._changed:
            if not self._in_charge():
                return False
            self._running = None
            self._steps += 1
            if not isinstance(job, MakeBackup):
                self._drop(job)
            self._changed.notify_all()
            return True

    def _save(self, job: Commit, document: Document) -> None:
        self._tell()
        try:
            self._commit(document, job)
        except Exception as error:  # noqa: BLE001 - whatever it was, the patch must not get lost
            self._fail(error, document.path)
            return
        with self._changed:
            if self._finish(job):
                self._acknowledged = job.ticket
                self._failed = None

    def _commit(self, document: Document, job: Commit) -> None:
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
            if not self._in_charge():
                return
            self._running = None
            self._steps += 1
            self._failed = SaveState("failed", reason=str(failure), error=failure)
            self._retry = False
            waiting = [job for job in self._jobs if isinstance(job, Call)]
            self._jobs = deque(job for job in self._jobs if isinstance(job, Commit))
            self._urgent.extend(job for job in waiting if job.reads_only)
            self._changed.notify_all()
        for job in (job for job in waiting if not job.reads_only):
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(NotSaved(str(failure)))

    def _answer(self, job: Call, document: Document) -> Document:
        """Run the call; returns the document to go on with, which is another one after it was moved."""
        if not job.future.set_running_or_notify_cancel():
            self._finish(job)
            return document
        try:
            result = job.function(document)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the answer
            self._finish(job)
            job.fail(error)
            return document
        with self._changed:
            if not self._finish(job):
                job.fail(NoAnswer(document.path))
                return document
            assert self._document is not None
            document = self._document
        job.future.set_result(result)
        return document

    def _back_up(self, document: Document) -> Backup:
        return self._schedule.make(document)

    # ---- saving elsewhere ----

    def _ask_to_move(self, place: Path, bounded: Bounded[SavedElsewhere]) -> Future[SavedElsewhere]:
        """Have the thread copy the document to `place`. With the condition held."""
        work: Future[SavedElsewhere] = Future()
        bounded.follow(work)
        move = Call(lambda document: self._move(document, place, lambda: bounded.in_time(work)), work)
        self._urgent.append(move)
        self._changed.notify_all()
        return work

    def _move(self, document: Document, path: Path, in_time: Callable[[], bool]) -> SavedElsewhere:
        with_history = document.copy_to(path)
        try:
            moved = type(document).open(path)
        except Exception:
            _forget(path)
            raise
        with self._changed:
            kept = self._in_charge() and in_time()
            if kept:
                self._document = moved
                self._failed = None
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
        with self._changed:
            seen = self._steps
            document = self._document
            if document is None:  # it hangs in opening: nothing is in memory
                return
            content = document.in_memory()
        rescued: Future[SavedElsewhere] = Future()
        bounded.follow(rescued)
        try:
            moved = Document.from_content(place, content, _("从内存恢复"))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the answer
            rescued.set_exception(explain(error, place))
            return
        with self._changed:
            stuck = self._steps == seen and not self._closing and not self._ended
            if stuck and bounded.in_time(rescued):
                lost = self._take_over(moved)
            else:
                stuck = False
        if not stuck:  # the disk answers again, or nobody waits any more
            moved.close()
            _forget(place)
            with self._changed:
                if not bounded.decided and not self._closing:
                    self._ask_to_move(place, bounded)
            return
        if lost is not None:
            lost.fail(NoAnswer(document.path))
        rescued.set_result(SavedElsewhere(moved.path, with_history=False))
        self._tell()
        self._work(moved)

    def _take_over(self, moved: Document) -> Call | None:
        """Put this thread in the place of the one that hangs; returns the call in which it does. Condition held.

        What that one commits after all goes into the old file. Its patch stays in the queue and comes into `moved` too.
        """
        self._thread = threading.current_thread()
        self._document = moved
        self._failed = None
        self._schedule = Schedule(self._backups)
        self._schedule.begin()
        stuck, self._running = self._running, None
        if not isinstance(stuck, Call):
            return None
        self._drop(stuck)
        return stuck

    # ----

    def _tell(self) -> None:
        """Call `on_state` if the state is another one than it was told last."""
        with self._changed:
            if not self._in_charge():
                return
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
            waiting = [job for job in (*self._urgent, *self._jobs) if isinstance(job, Call)]
            self._urgent.clear()
            if error:
                self._failed = SaveState("failed", reason=str(error), error=error)
            self._changed.notify_all()
        for job in waiting:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(error or Closed())

    # ---- with the condition held ----

    def _drop(self, job: Commit | Call) -> None:
        (self._urgent if self._urgent and self._urgent[0] is job else self._jobs).popleft()

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
