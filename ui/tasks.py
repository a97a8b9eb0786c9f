"""Work off the interface thread, with its answer back on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

T = TypeVar("T")

AT_ONCE = 0.2
"""Seconds that the window may stand still."""


LOOK_EVERY = 30
"""Milliseconds between two looks at what is waited for."""


_waits: list[object] = []


def is_waiting() -> bool:
    """Whether the window waits for a disk right now: it must not be closed under those who wait."""
    return bool(_waits)


def wait_for(future: Future[T], seconds: float) -> T:
    """The answer of a future; meanwhile the window is painted, but takes no input.

    A window that does not even answer the system would be called hung, and be ended with all that it holds.
    Raises TimeoutError after so many seconds, and what the future raises.
    """
    wait([future], AT_ONCE)
    if not future.done():
        end = time.monotonic() + seconds
        loop, look = QEventLoop(), QTimer(interval=LOOK_EVERY)
        look.timeout.connect(lambda: loop.quit() if future.done() or time.monotonic() > end else None)
        look.start()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        _waits.append(future)
        try:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        finally:
            _waits.remove(future)
            QGuiApplication.restoreOverrideCursor()
    return future.result(timeout=0)


def run_and_wait(work: Callable[[], T], seconds: float) -> T:
    """Run work that may take long on a thread of its own, and wait for it as above."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
            future.set_exception(error)

    threading.Thread(target=run, name="waited-for", daemon=True).start()
    return wait_for(future, seconds)


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
        self._closed = False

    def run(self, parent: QObject, work: Callable[[], Any]) -> Task:
        """Start work and return its Task; connect to it before returning to the event loop.

        Work that comes after the end, as the next file of several does, is not begun, and nobody hears of it.
        """
        task = Task(parent)
        if self._closed:
            return task
        self._pool.submit(work).add_done_callback(lambda future: self._relay.finished.emit((task, future)))
        return task

    def close(self) -> None:
        for stop in list(self.closing):
            stop()
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
