"""An answer within a time: whoever asked is told in time, and the work knows that nobody waits for it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Bounded(Generic[T]):
    """`answer` is that of the first work that has one, or the error from `late` after `seconds` (None: never)."""

    def __init__(self, seconds: float | None, late: Callable[[], Exception]) -> None:
        self.answer: Future[T] = Future()
        self.answer.set_running_or_notify_cancel()  # so nobody can cancel it half way
        self._late = late
        self._lock = threading.Lock()
        self._decided: object = None
        self._works: list[Future[T]] = []
        self._timer: threading.Timer | None = None
        if seconds is not None:
            self._timer = threading.Timer(seconds, self._give_up)
            self._timer.daemon = True
            self._timer.start()

    @property
    def decided(self) -> bool:
        """Whether nobody waits any more."""
        with self._lock:
            return self._decided is not None

    def follow(self, work: Future[T]) -> None:
        """Take the answer of `work`, should it be the first; one that is cancelled has none."""
        self._works.append(work)
        work.add_done_callback(self._done)

    def in_time(self, who: object) -> bool:
        """For `who` does the work, before the step that cannot be taken back.

        From True on its answer is the one that counts.
        """
        with self._lock:
            if self._decided is None:
                self._decided = who
            return self._decided is who

    def _give_up(self) -> None:
        if self.in_time(self):
            for work in self._works:
                work.cancel()  # where it has not begun
            self.answer.set_exception(self._late())

    def _done(self, work: Future[T]) -> None:
        if work.cancelled() or not self.in_time(work):
            return
        if self._timer is not None:
            self._timer.cancel()
        error = work.exception()
        if error is not None:
            self.answer.set_exception(error)
        else:
            self.answer.set_result(work.result())
