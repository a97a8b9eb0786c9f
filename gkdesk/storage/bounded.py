"""An answer within a time: whoever asked is told in time, and the work knows that nobody waits for it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Bounded(Generic[T]):
    """`answer` is that of `work`, or the error from `late` when it takes more than `seconds` (None: never)."""

    def __init__(self, work: Future[T], seconds: float | None, late: Callable[[], Exception]) -> None:
        self.answer: Future[T] = Future()
        self.answer.set_running_or_notify_cancel()  # so nobody can cancel it half way
        self._work = work
        self._late = late
        self._lock = threading.Lock()
        self._decided = ""
        self._timer: threading.Timer | None = None
        if seconds is not None:
            self._timer = threading.Timer(seconds, self._give_up)
            self._timer.daemon = True
            self._timer.start()
        work.add_done_callback(self._done)

    def in_time(self) -> bool:
        """For the work, before the step that cannot be taken back: from True on its answer is the one that counts."""
        return self._first("work")

    def _first(self, who: str) -> bool:
        with self._lock:
            self._decided = self._decided or who
            return self._decided == who

    def _give_up(self) -> None:
        if self._first("timer"):
            self._work.cancel()  # where it has not begun
            self.answer.set_exception(self._late())

    def _done(self, work: Future[T]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self._first("work"):
            return
        error = work.exception()
        if error is not None:
            self.answer.set_exception(error)
        else:
            self.answer.set_result(work.result())
