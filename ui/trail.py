"""Where the clerk is: noted while the program runs, gone when it ends well; what a crash leaves is offered."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

from gkdesk import paths
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from ui.widgets.states import State

if TYPE_CHECKING:
    from ui.main_window import MainWindow

GO_ON = "go_on"
LARGEST = 10_000
"""Bytes of a note; more is none of ours."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`year` is 0 and `step` empty on the start page of a document; `words` is the step as it was shown."""

    path: str
    year: int = 0
    step: str = ""
    words: str = ""


class Trail:
    """The note of this run, `running/<name>.json` in the data folder, beside a lock that tells whether it still runs.

    Nothing here raises: a clerk whose note cannot be written goes on all the same.
    """

    def __init__(self) -> None:
        self._note: Path | None = None
        self._lock: QLockFile | None = None
        self._last: Whereabouts | None = None
        with suppress(OSError, KnownError):
            folder = _folder()
            folder.mkdir(mode=0o700, exist_ok=True)
            self._note = folder / f"{os.getpid()}-{os.urandom(4).hex()}.json"
            self._lock = _lock_of(self._note)
            self._lock.tryLock(0)

    def note(self, where: Whereabouts | None) -> None:
        """The clerk is here now; None when no document is open."""
        if where == self._last or self._note is None:
            return
        self._last = where
        with suppress(OSError):
            if where is None:
                self._note.unlink(missing_ok=True)
                return
            # Not flushed: nobody waits for the disk on the way from one step to the next.
            temporary = self._note.with_suffix(".tmp")
            temporary.write_text(json.dumps(asdict(where), ensure_ascii=False), "utf-8")
            temporary.replace(self._note)

    def end(self) -> None:
        """The program ends well."""
        self.note(None)
        if self._lock is not None:
            self._lock.unlock()
        self._note = self._lock = None

    def take_over(self) -> Whereabouts | None:
        """Where a run that did not end well was, the latest if there are several; it is noted as this one's."""
        found: list[tuple[float, Whereabouts]] = []
        with suppress(OSError, KnownError):
            for note in {each.with_suffix(".json") for each in _folder().iterdir()}:
                lock = _lock_of(note)
                if note == self._note or not lock.tryLock(0):
                    continue  # it is still running
                with suppress(OSError):
                    time, where = note.stat().st_mtime, _read(note)
                    if where is not None:
                        found.append((time, where))
                    note.unlink()
                lock.unlock()  # which removes it
        where = max(found, key=lambda each: each[0])[1] if found else None
        if where is not None:
            self.note(where)
        return where


class Offer(QObject):
    """Asks on the start page whether to go on where the last run ended."""

    def __init__(self, window: MainWindow, where: Whereabouts) -> None:
        super().__init__(window)
        self._window = window
        self._where = where
        name = Path(where.path).stem
        if where.year:
            words = _("上次没有正常退出，当时在填“{name}”{year} 年报的“{step}”。显示过“已保存”的内容都在。")
        else:
            words = _("上次没有正常退出，当时打开着“{name}”。显示过“已保存”的内容都在。")
        text = words.format(name=name, year=where.year, step=where.words)
        message = window.start.message
        message.show_message(State.HINT, text, [(GO_ON, _("接着填"))])
        message.acted.connect(self._on_acted)

    def _on_acted(self, action: str) -> None:
        self._window.start.message.acted.disconnect(self._on_acted)
        self.deleteLater()
        if action != GO_ON:
            return  # another message by now
        self._window.start.message.clear()
        desk, where = self._window.desk, self._where
        desk.open_path(Path(where.path))
        document = desk.document
        try:
            if document is None or document.path != Path(where.path) or where.year not in document.years():
                return  # the window has told why
        except KnownError as error:
            self._window.message_shown.show_message(State.ERROR, str(error))
            return
        desk.open_year(where.year)
        wizard = self._window.wizard
        if wizard is not None:
            with suppress(ValueError):  # a step of another version
                wizard.go(where.step)


def offer(window: MainWindow) -> None:
    """Offer to go on where a run ended that was cut short, if there is one."""
    where = window.trail.take_over()
    if where is not None:
        Offer(window, where)


def _folder() -> Path:
    return paths.data_folder() / "running"


def _lock_of(note: Path) -> QLockFile:
    """Qt's lock tells by process and start of the computer whether its owner is gone; it never gets too old."""
    lock = QLockFile(str(note.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock


def _read(note: Path) -> Whereabouts | None:
    """What a note says; None where it makes no sense."""
    try:
        with note.open("rb") as file:
            where = Whereabouts(**json.loads(file.read(LARGEST)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    texts = (where.path, where.step, where.words)
    return (
        where
        if where.path and all(isinstance(text, str) for text in texts) and type(where.year) is int
        else None
    )
