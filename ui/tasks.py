"""Work off the interface thread, with its answer back on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal


class Task(QObject):
    """One piece of work. ``done(result)`` or ``failed(exception)`` is emitted on the interface thread."""

    done = Signal(object)
    failed = Signal(object)

    def settle(self, future: Future[Any]) -> None:
        """Tell what came of the work, and go."""
        self.deleteLater()
        if future.cancelled():
            return  # the window is closing: nobody waits any more
        error = future.exception()
        if error is None:
            self.done.emit(future.result())
        else:
            self.failed.emit(error)


class _Relay(QObject):
    """Brings finished work to the interface thread, and outlives the thread that works.

    That thread never touches a Task itself: Qt may be deleting it at the same moment.
    """

    finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @staticmethod
    def _on_finished(settled: tuple[Task, Future[Any]]) -> None:
        task, future = settled
        if shiboken6.isValid(task):  # else its window was gone before the work was
            task.settle(future)


class Background:
    """One worker thread for long work such as exports; pieces run one after the other."""

    def __init__(self) -> None:
        self.closing: list[Callable[[], None]] = []
        """Called before the thread ends, by those who must stop in order."""
        self._relay = _Relay()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def run(self, parent: QObject, work: Callable[[], Any]) -> Task:
        """Start work and return its Task; connect to it before returning to the event loop."""
        task = Task(parent)
        self._pool.submit(work).add_done_callback(lambda future: self._relay.finished.emit((task, future)))
        return task

    def close(self) -> None:
        for stop in list(self.closing):
            stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
