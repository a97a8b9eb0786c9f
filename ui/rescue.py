"""What can be done about a document that does not open: read a copy, save what is left, take a backup."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report.history_words import name_of
from gkdesk.storage import backups, recovery
from gkdesk.storage.failures import Damaged, Locked, NotADocument, NotFound, NotWritable
from gkdesk.storage.recovery import Recovery
from gkdesk.words import listed, moment, spaced
from ui import dialogs
from ui.documents import OpenDocument
from ui.tasks import run_and_wait
from ui.widgets.states import State

if TYPE_CHECKING:
    from ui.main_window import MainWindow

T = TypeVar("T")
READ_COPY, SALVAGE, BACKUP = "read_copy", "salvage", "backup"
NAMED_DOUBTS = 12
LOOKING = 15.0
"""Seconds for which backups are looked at before none is offered."""
WORKING = 120.0
"""Seconds that reading what is left, or a copy of a backup, may take on a slow disk."""


class Rescuer(QObject):
    """Says on the start page why a document did not open, and does what the clerk chooses."""

    def __init__(self, window: MainWindow, path: Path, error: KnownError) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._error = error
        self._dropped = False
        self._message = window.start.message
        for other in window.findChildren(Rescuer):
            if other is not self:
                other.drop()
        self._message.acted.connect(self._on_chosen)
        found = remedies(error, path)
        # a stick that is not plugged in may come back, and a share that does not answer
        if isinstance(error, NotADocument) or (isinstance(error, NotFound) and path.parent.is_dir()):
            window.desk.forget(path)
        self._message.show_message(State.ERROR, str(error), found)

    def drop(self) -> None:
        """Another document is spoken of from now on."""
        if not self._dropped:
            self._dropped = True
            self._message.acted.disconnect(self._on_chosen)
            self.deleteLater()

    def _on_chosen(self, remedy: str) -> None:
        self.drop()
        chosen = {READ_COPY: self._read_copy, SALVAGE: self._salvage, BACKUP: self._backup}.get(remedy)
        if chosen is None:
            return  # another message by now
        try:
            chosen()
        except KnownError as error:
            self._message.show_message(State.ERROR, str(error))

    def _read_copy(self) -> None:
        copy = OpenDocument.open_copy(self._path, self._window)
        if not self._window.desk.close():  # the document that is open stays so
            copy.close(discard=True)
            copy.deleteLater()
            return
        self._window.desk.take(copy)
        self._window.show_home()
        if isinstance(self._error, Locked):
            words = _("“{path}”正在别处打开，这是只读的副本，不能修改。")
        else:
            words = _("“{path}”不能写入，这是只读的副本。要修改，请另存到其他位置。")
        self._message.show_message(State.HINT, words.format(path=self._path))

    def _salvage(self) -> None:
        found = _worked(lambda: recovery.recover(self._path))
        if found.salvaged is not None:
            self._window.desk.open_path(found.salvaged)
        dialogs.show_text(self._window, _("抢救内容"), told(found, self._window.document))

    def _backup(self) -> None:
        self._window.desk.open_path(_worked(lambda: restore_backup(self._path)))


def _worked(work: Callable[[], T]) -> T:
    """What came of work on the disk, done beside the window. Raises KnownError, also where it takes too long."""
    try:
        return run_and_wait(work, WORKING)
    except TimeoutError as error:
        words = _("磁盘很慢，还没有做完。过一会儿再打开这份年报看看；还是打不开，请检查 U 盘或网络后再试。")
        raise KnownError(words) from error


def remedies(error: Exception, path: Path) -> list[tuple[str, str]]:
    """Ids and words of what can be tried after this error."""
    if isinstance(error, Locked | NotWritable):
        return [(READ_COPY, _("以只读方式打开"))]
    if isinstance(error, Damaged):
        found = [(SALVAGE, _("抢救内容"))]
        backup = None
        with suppress(TimeoutError):
            backup = run_and_wait(lambda: backups.newest_good(backups.of_name(path)), LOOKING)
        if backup is not None:
            found.append((BACKUP, _("打开 {time} 的备份").format(time=moment(backup.time))))
        return found
    return []


def restore_backup(path: Path) -> Path:
    """Write the newest good backup beside the document and return its place. Raises KnownError."""
    backup = backups.newest_good(backups.of_name(path))
    assert backup is not None
    target = path.with_name(f"{path.stem}-{backup.time:%Y%m%d-%H%M}{path.suffix}")
    if not target.exists():
        backups.restore(backup.path, target)
    return target


def told(found: Recovery, document: OpenDocument | None) -> str:
    """What came of a salvage, in words: where the damaged file is, and what must be looked over."""
    lines = [_("损坏的文件没有删除，改名放在：{path}").format(path=found.aside)]
    if found.salvaged is None or document is None:
        lines.append(_("里面的内容已经读不出来。"))
    else:
        years = listed(found.years)
        lines.append(_("已抢救 {years} 年的内容，存在原来的位置。").format(years=years))
        if found.doubtful:
            lines.append(_("下面 {count} 处可能不准，请逐处核对：").format(count=len(found.doubtful)))
            for doubt in found.doubtful[:NAMED_DOUBTS]:
                form = document.report(doubt.year).form
                what = (str(doubt.year), name_of(doubt.key, form), doubt.kept or _("空白"))
                lines.append(f"  {spaced(what)}")
            if len(found.doubtful) > NAMED_DOUBTS:
                rest = len(found.doubtful) - NAMED_DOUBTS
                lines.append(_("  ……其余 {count} 处请与纸质材料核对。").format(count=rest))
        else:
            lines.append(_("核对无误，没有丢失。"))
    if found.backup is not None:
        lines.append(
            _("另有 {time} 的备份：{path}").format(time=moment(found.backup.time), path=found.backup.path)
        )
    return "\n".join(lines)
