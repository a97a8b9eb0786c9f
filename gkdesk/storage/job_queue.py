"""The jobs of a storage worker in their order, what of them is on the disk, and which thread may do them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from gkdesk.storage.content import Patch, checked
from gkdesk.storage.failures import Closed, NotSaved, StorageError
from gkdesk.storage.jobs import Call, Commit, Job, MakeBackup, SaveState


class JobQueue:
    """Every method may be called from any thread, where it does not say otherwise.

    One thread is in charge of doing the jobs. Another one may take its place, and from then on whatever the first
    still does counts for nothing. A job leaves the queue only when it is done.
    """

    def __init__(self, retry_every: float | None) -> None:
        self.changed = threading.Condition()
        """To be held where several things must be true together."""
        self._retry_every = retry_every
        self._jobs: deque[Commit | Call] = deque()
        # What does not wait for patches that cannot be saved.
        self._urgent: deque[Call] = deque()
        self._submitted = 0
        self._acknowledged = 0
        self._failed: SaveState | None = None
        self._retry = False
        self._closing = False
        self._ended = False
        self._in_charge: threading.Thread | None = None
        self._running: Job | None = None
        # How many jobs have come to an end, well or not.
        self._steps = 0

    @property
    def thread(self) -> threading.Thread | None:
        """The one in charge."""
        with self.changed:
            return self._in_charge

    @property
    def acknowledged(self) -> int:
        """The last ticket whose COMMIT has returned; 0 before the first."""
        with self.changed:
            return self._acknowledged

    @property
    def pending(self) -> int:
        """How many submitted patches are not on the disk yet."""
        with self.changed:
            return self._submitted - self._acknowledged

    @property
    def state(self) -> SaveState:
        with self.changed:
            if self._failed:
                return SaveState("failed", self.pending, self._failed.reason, self._failed.error)
            return SaveState("saving" if self.pending else "saved", self.pending)

    @property
    def failure(self) -> Exception | None:
        """Why the last patch could not be saved; None when it could."""
        with self.changed:
            return self._failed.error if self._failed else None

    @property
    def steps(self) -> int:
        """How many jobs have come to an end: while it stays the same, nothing has moved."""
        with self.changed:
            return self._steps

    @property
    def closing(self) -> bool:
        """Whether nobody may bring jobs any more."""
        with self.changed:
            return self._closing or self._ended

    # ---- bringing jobs: each raises Closed (or why the document did not open) after closing ----

    def submit(self, year: int, patch: Patch, name: str) -> int:
        """Add a patch; returns its ticket. Raises Unstorable."""
        kept = checked(patch)
        at = datetime.now().astimezone()
        with self.changed:
            self._refuse_when_closed()
            self._submitted += 1
            self._jobs.append(Commit(self._submitted, year, kept, name, at))
            self.changed.notify_all()
            return self._submitted

    def call(self, function: Callable[[Any], Any], future: Future[Any]) -> None:
        """Add a call after everything before; it fails at once while saving has failed."""
        with self.changed:
            self._refuse_when_closed()
            if self._failed:
                future.set_exception(NotSaved(self._failed.reason))
                return
            self._jobs.append(Call(function, future))
            self.changed.notify_all()

    def read(self, function: Callable[[Any], Any], future: Future[Any]) -> None:
        """Add a call that changes nothing; it does not wait for patches that cannot be saved."""
        with self.changed:
            self._refuse_when_closed()
            (self._urgent if self._failed else self._jobs).append(Call(function, future, reads_only=True))
            self.changed.notify_all()

    def call_next(self, function: Callable[[Any], Any], future: Future[Any]) -> None:
        """Add a call that comes before everything else."""
        with self.changed:
            self._refuse_when_closed()
            self._urgent.append(Call(function, future))
            self.changed.notify_all()

    def retry(self) -> None:
        """Have what could not be saved tried again."""
        with self.changed:
            self._retry = True
            self.changed.notify_all()

    # ---- waiting ----

    def flush(self, timeout: float | None) -> bool:
        """Wait until everything is done or saving has failed; whether everything submitted is on the disk."""
        with self.changed:
            self.changed.wait_for(self._settled, timeout)
            return not self._jobs and not self._failed

    def close(self, timeout: float | None, *, discard: bool) -> threading.Thread | None:
        """Take no more jobs, after a last try to save; returns the thread that will end.

        None when patches are pending and not to be discarded: everything is as before then.
        """
        with self.changed:
            if not self._ended and not self._closing:
                self.retry()
                self.changed.wait_for(self._settled, timeout)
                if self.pending and not discard and not self._ended:
                    return None
            self._closing = True
            self.changed.notify_all()
            return self._in_charge

    # ---- doing jobs ----

    def take_charge(self, thread: threading.Thread) -> Call | None:
        """Have `thread` do the jobs from now on; returns the call that the one before does for nobody any more.

        A patch that it was about to commit stays in the queue: committing it once more, elsewhere, does no harm.
        """
        with self.changed:
            self._in_charge = thread
            self._failed = None
            stuck, self._running = self._running, None
            if not isinstance(stuck, Call):
                return None
            self._drop(stuck)
            return stuck

    def is_mine(self) -> bool:
        """Whether the calling thread is in charge."""
        with self.changed:
            return self._in_charge is threading.current_thread()

    def next(self, seconds_to_backup: Callable[[], float | None]) -> Job | None:
        """Wait for the next job; None when it is time for the calling thread to end.

        A backup comes when nothing else is to be done, and `seconds_to_backup()` is 0 (None: none is needed).
        """
        with self.changed:
            while self.is_mine():
                if self._urgent:
                    self._running = self._urgent[0]
                elif self._closing:
                    return None
                elif self._jobs and (not self._failed or self._retry):
                    self._running = self._jobs[0]
                if self._running:
                    return self._running
                self._retry = False
                self.changed.notify_all()
                left = seconds_to_backup()
                if left == 0 and not self._failed:
                    self._running = MakeBackup()
                    return self._running
                if not self.changed.wait(self._retry_every if self._failed else left) and self._failed:
                    self._retry = True
            return None

    def finish(self, job: Job) -> bool:
        """The job is done; False when it was done for nobody. A patch is acknowledged by this."""
        with self.changed:
            if not self._end_step():
                return False
            if isinstance(job, Commit):
                self._acknowledged = job.ticket
                self._failed = None
            if not isinstance(job, MakeBackup):
                self._drop(job)
            return True

    def fail(self, failure: StorageError) -> None:
        """The patch could not be saved: it stays, and what changes the document and came after it is refused."""
        with self.changed:
            if not self._end_step():
                return
            self._failed = SaveState("failed", reason=str(failure), error=failure)
            self._retry = False
            waiting = [job for job in self._jobs if isinstance(job, Call)]
            self._jobs = deque(job for job in self._jobs if isinstance(job, Commit))
            self._urgent.extend(job for job in waiting if job.reads_only)
        for job in (job for job in waiting if not job.reads_only):
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(NotSaved(str(failure)))

    def forget_failure(self) -> None:
        """The document is in another place now."""
        with self.changed:
            self._failed = None

    def end(self, error: Exception | None) -> None:
        """Nothing will be done any more, for `error` or because the document is closed."""
        with self.changed:
            self._ended = True
            waiting = [job for job in (*self._urgent, *self._jobs) if isinstance(job, Call)]
            self._urgent.clear()
            if error:
                self._failed = SaveState("failed", reason=str(error), error=error)
            self.changed.notify_all()
        for job in waiting:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(error or Closed())

    # ---- with the condition held ----

    def _end_step(self) -> bool:
        """A job has come to an end; whether for somebody."""
        if not self.is_mine():
            return False
        self._running = None
        self._steps += 1
        self.changed.notify_all()
        return True

    def _drop(self, job: Commit | Call) -> None:
        (self._urgent if self._urgent and self._urgent[0] is job else self._jobs).popleft()

    def _settled(self) -> bool:
        return self._ended or (
            not self._urgent and (not self._jobs or bool(self._failed and not self._retry))
        )

    def _refuse_when_closed(self) -> None:
        if self._ended or self._closing:
            raise self.failure or Closed()
