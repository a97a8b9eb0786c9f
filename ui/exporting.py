"""Exporting: one copy into several files, one after the other on the background thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gkdesk.errors import KnownError
from gkdesk.exports import file_name, free_name
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
        self._left = list(kinds)
        self._folder = folder
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
        path = self._folder / file_name(self._copy.report, kind, self._copy.kind)
        if path.exists() and self._settings.written(path) != _mark(path):
            self.spared.append(path.name)
            path = free_name(path)
        self.progressed.emit(len(self.written) + len(self.problems))
        task = self._background.run(self, partial(self._write, kind, path))
        task.done.connect(self._on_written)
        task.failed.connect(self._on_failed)

    def _write(self, kind: str, path: Path) -> Path:
        self._copy.write(kind, path)
        return path

    def _on_written(self, path: object) -> None:
        assert isinstance(path, Path)
        self.written.append(path)
        self._settings.remember_written(path, _mark(path))
        self._next()

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, KnownError):
            self._left.clear()
            self._next()
            assert isinstance(error, BaseException)
            raise error
        self.problems.append(str(error))
        self._next()


def _mark(path: Path) -> str:
    """What changes when somebody writes a file; empty for one that is gone."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"
