"""Work off the interface thread, with its answer back on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

T = TypeVar("T")

AT_ONCE = 0.2
"""Seconds that the window may stand still."""


LOOK_EVERY = 30
"""Milliseconds between two looks at what is waited for."""


ENDING = 1.0
"""Seconds that the thread may take to end with the program."""


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

    def __init__(self, told: Callable[[Future[Any]], None]) -> None:
        super().__init__()
        self._told = told
        self.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def _on_finished(self, settled: tuple[Task, Future[Any]]) -> None:
        task, future = settled
        try:
            if shiboken6.isValid(task):  # else its window was gone before the work was
                task.settle(future)
        finally:
            self._told(future)


class Background:
    """One worker thread for long work such as exports; pieces run one after the other.

    The program can end while a piece hangs in a disk that does not answer, which a pool of the library would wait for.
    """

    def __init__(self) -> None:
        self.closing: list[Callable[[], None]] = []
        """Called before the thread ends, by those who must stop in order."""
        self._open: set[Future[Any]] = set()
        """What nobody has heard the end of yet."""
        self._wanted: set[Future[Any]] = set()
        """What of it closing waits for."""
        self._idle: Future[None] | None = None
        self._relay = _Relay(self._on_told)
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(
            target=_work_through, args=[self._work], name="background", daemon=True
        )
        self._thread.start()
        self._closed = False

    def run(self, parent: QObject, work: Callable[[], Any], *, wanted: bool = False) -> Task:
        """Start work and return its Task; connect to it before returning to the event loop.

        ``wanted`` is what somebody wants done though the program is closed, as a file that is being written.
        Work that comes after the end is not begun, and nobody hears of it.
        """
        task = Task(parent)
        if self._closed:
            return task
        future: Future[Any] = Future()
        self._open.add(future)
        if wanted:
            self._wanted.add(future)
        future.add_done_callback(lambda future: self._tell(task, future))
        self._work.put((future, work))
        return task

    def settle(self, seconds: float) -> bool:
        """Wait for what is wanted, and what follows from it, as the next of several files; False if it takes longer."""
        if self._wanted:
            self._idle = Future()
            try:
                wait_for(self._idle, seconds)
            except TimeoutError:
                return False
        return True

    def close(self) -> None:
        """End the thread. What hangs in a disk is left to itself, and what has not begun is not done."""
        for stop in list(self.closing):
            stop()
        self._closed = True
        for future in list(self._open):
            future.cancel()
        self._work.put(None)
        self._thread.join(ENDING)

    def _tell(self, task: Task, future: Future[Any]) -> None:
        if not self._closed:
            self._relay.finished.emit((task, future))

    def _on_told(self, future: Future[Any]) -> None:
        self._open.discard(future)
        self._wanted.discard(future)
        if not self._wanted and self._idle is not None and not self._idle.done():
            self._idle.set_result(None)


def _work_through(work: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]) -> None:
    """Do one piece after the other until there is None; nothing of them is kept while waiting for the next."""
    while (piece := work.get()) is not None:
        _do(*piece)
        del piece


def _do(future: Future[Any], work: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        answer = work()
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits
        future.set_exception(error)
    else:
        future.set_result(answer)
