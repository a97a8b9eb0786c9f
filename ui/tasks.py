"""Work off the interface thread, with its answer back on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Task(QObject):
    """One piece of work. ``done(result)`` or ``failed(exception)`` is emitted on the interface thread."""

    done = Signal(object)
    failed = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def follow(self, future: Future[Any]) -> Task:
        future.add_done_callback(self._emit)
        return self

    def _emit(self, future: Future[Any]) -> None:
        # the window may be gone before the work is
        try:
            self._finished.emit(future)
        except RuntimeError:
            return

    def _on_finished(self, future: Future[Any]) -> None:
        self.deleteLater()
        if future.cancelled():
            return  # the window is closing: nobody waits any more
        error = future.exception()
        if error is None:
            self.done.emit(future.result())
        else:
            self.failed.emit(error)


class Background:
    """One worker thread for long work such as exports; pieces run one after the other."""

    def __init__(self) -> None:
        self.closing: list[Callable[[], None]] = []
        """Called before the thread ends, by those who must stop in order."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def run(self, parent: QObject, work: Callable[[], Any]) -> Task:
        """Start work and return its Task; connect to it before returning to the event loop."""
        return Task(parent).follow(self._pool.submit(work))

    def close(self) -> None:
        for stop in list(self.closing):
            stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
