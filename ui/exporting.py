"""Exporting: one copy into several files, one after the other on the background thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gkdesk.errors import KnownError
from gkdesk.exports import file_name, free_name
from gkdesk.files import is_there
from ui.printed_copy import PrintedCopy
from ui.settings import Settings
from ui.tasks import Background


class ExportJob(QObject):
    """``progressed(n)`` before file n, from 0; ``finished`` at the end, also of one that was cancelled.

    A file that cannot be written does not keep the others from being written. A file of the same name is replaced
    only where it is as it was written here: somebody may have worked in it since.
    """

    progressed = Signal(int)
    finished = Signal()

    def __init__(
        self,
        copy: PrintedCopy,
        kinds: Sequence[str],
        folder: Path,
        settings: Settings,
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._copy = copy
        self.folder = folder
        self._left = list(kinds)
        self._background = background
        self.written: list[Path] = []
        self.spared: list[str] = []
        """Names of files that were left as they are; the new one has a number."""
        self.problems: list[str] = []
        self.cancelled = False

    def start(self) -> None:
        """Write the files; connect first."""
        self._next()

    def cancel(self) -> None:
        """Write no further file; the one that is being written is finished or stays as it was."""
        self.cancelled = True

    def _next(self) -> None:
        if self.cancelled or not self._left:
            self.deleteLater()
            self.finished.emit()
            return
        kind = self._left.pop(0)
        path = self.folder / file_name(self._copy.report, kind, self._copy.kind)
        self.progressed.emit(len(self.written) + len(self.problems))
        task = self._background.run(
            self, partial(_write, self._copy, kind, path, self._settings.written(path)), wanted=True
        )
        task.done.connect(self._on_written)
        task.failed.connect(self._on_failed)

    def _on_written(self, written: object) -> None:
        assert isinstance(written, _Written)
        self.written.append(written.path)
        if written.spared:
            self.spared.append(written.spared)
        self._settings.remember_written(written.path, written.mark)
        self._next()

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, KnownError):
            self._left.clear()
            self._next()
            assert isinstance(error, BaseException)
            raise error
        self.problems.append(str(error))
        self._next()


@dataclass(frozen=True)
class _Written:
    """A file that was made, its mark, and the name of the one that was left as it is (empty for none)."""

    path: Path
    mark: str
    spared: str


def _write(copy: PrintedCopy, kind: str, path: Path, known: str | None) -> _Written:
    """Make a file, on the background thread: a share may not answer. `known` is the mark of the last one made here."""
    spared = ""
    if is_there(path) and known != _mark(path):
        spared, path = path.name, free_name(path)
    copy.write(kind, path)
    return _Written(path, _mark(path), spared)


def _mark(path: Path) -> str:
    """What changes when somebody writes a file; empty for one that is gone."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"
