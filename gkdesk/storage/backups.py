"""Backups: verified copies in a folder of their own, thinned by age, never overwritten.

By default they lie in `<data folder>/backups/<document id>/`, named after the document and the moment. A second folder
(another disk, a share) may get a copy of each; that happens in a thread of its own, as a share may take its time.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk import paths
from gkdesk.files import flush, safe_name
from gkdesk.storage import connection, copying
from gkdesk.storage.failures import (
    READ_ERRORS,
    AlreadyExists,
    DiskFull,
    NoBackupFolder,
    StorageError,
    explain,
)
from gkdesk.storage.places import absolute, check_is_file

if TYPE_CHECKING:
    import sqlite3

    from gkdesk.storage.document import Document

SUFFIX = ".gkd"
KEEP_ALL = timedelta(days=2)
KEEP_DAILY = timedelta(days=31)
KEEP_WEEKLY = timedelta(days=366)

_TIME = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(?P<stem>.*) (?P<time>\d{4}-\d\d-\d\d \d{6})(?P<serial>~\d+)?\.gkd", re.DOTALL)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Backup:
    """`time` is the computer's clock without offset, as in the file's name; `stem` names the document."""

    time: datetime
    path: Path
    stem: str


def thin(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Those backups that may go.

    Kept are all of the last two days, then the newest of each day for a month, of each week (1–7, 8–14, … of the
    month) for a year, of each month for ever; the newest of all and any from the future always. Thinning often
    leaves what thinning once would leave.
    """
    kept: dict[tuple[int, ...], Backup] = {}
    ordered = sorted(backups)
    for number, backup in enumerate(ordered):
        kept[_slot(backup.time, now - backup.time, number)] = backup
    staying = {id(backup) for backup in (*kept.values(), *ordered[-1:])}
    return [backup for backup in ordered if id(backup) not in staying]


def _slot(time: datetime, age: timedelta, number: int) -> tuple[int, ...]:
    """Of the backups with the same slot the newest stays."""
    if age <= KEEP_ALL:
        return (0, number)
    if age <= KEEP_DAILY:
        return (1, time.year, time.month, time.day)
    if age <= KEEP_WEEKLY:
        return (2, time.year, time.month, (time.day - 1) // 7)
    return (3, time.year, time.month)


def found_in(folder: Path) -> list[Backup]:
    """The backups in a folder by their names, newest first; other files are not looked at."""
    backups = []
    with suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            with suppress(ValueError):  # a name with the 31st of February is none of ours
                if match:
                    backups.append(Backup(datetime.strptime(match["time"], _TIME), path, match["stem"]))  # noqa: DTZ007
    return sorted(backups, reverse=True)


def default_root() -> Path:
    """Where the backups of all documents lie; the folder need not exist. Raises KnownError as paths.data_folder()."""
    return paths.data_folder() / "backups"


def default_folder(document_id: str) -> Path:
    """Where the backups of a document lie; the folder need not exist. Raises KnownError as paths.data_folder()."""
    return folder_in(default_root(), document_id)


def of_document(document_id: str, *more: Path) -> list[Backup]:
    """All backups of a document in the default folder and in `more`, newest first."""
    folders = dict.fromkeys((default_folder(document_id), *more))
    return sorted((each for folder in folders for each in found_in(folder)), reverse=True)


def of_all(*more: Path) -> list[Backup]:
    """The backups of all documents in the default folder, and in the second folders `more`, newest first."""
    roots = (default_root(), *more)
    folders: list[Path] = []
    for root in roots:
        with suppress(OSError):
            folders += [folder for folder in root.iterdir() if folder.is_dir()]
    return sorted((each for folder in folders for each in found_in(folder)), reverse=True)


def size_of(backup: Backup) -> int:
    """Bytes of a backup; 0 where it cannot be told."""
    with suppress(OSError):
        return backup.path.stat().st_size
    return 0


def of_name(path: Path) -> list[Backup]:
    """All backups of documents with the file name of `path`, newest first: for one that tells its id no more."""
    try:
        folders = list(default_root().iterdir())
    except OSError:
        return []
    stem = _stem(path)
    return sorted(
        (each for folder in folders for each in found_in(folder) if each.stem == stem), reverse=True
    )


def newest_good(backups: Iterable[Backup]) -> Backup | None:
    """The newest backup that is whole, every one being checked until then."""
    for backup in sorted(backups, reverse=True):
        with suppress(StorageError, OSError):
            verify(backup.path)
            return backup
    return None


def try_folder(folder: Path) -> None:
    """Raises NoBackupFolder unless files can be put into the folder, which must be there."""
    trial = folder / f".{os.urandom(4).hex()}.tmp"
    try:
        copying.new_file(trial)
        trial.unlink()
    except OSError as error:
        raise NoBackupFolder(folder, full=isinstance(explain(error, folder), DiskFull)) from error


def folder_in(second: Path, document_id: str) -> Path:
    """Where the backups of a document lie in a second folder."""
    return second / safe_name(document_id, "")


def verify(path: Path) -> None:
    """Raises a StorageError that names the file unless `path` is a whole document that nobody has open."""
    check_is_file(path)
    try:
        copying.check_copy(path, path)
    except (*READ_ERRORS, OSError) as error:
        raise explain(error, path) from error


def restore(backup: str | Path, out: str | Path) -> None:
    """Write the backup, checked, to `out`, where nothing may be yet; the backup stays as it is.

    Raises AlreadyExists, NotFound, NotADocument, NewerVersion, Damaged, NotWritable, DiskFull, DiskTrouble.
    """
    source, target = absolute(backup), absolute(out)
    if target.exists():
        raise AlreadyExists(target)
    check_is_file(source)
    try:
        copying.check_copy(source, source)
        with closing(connection.connect(source, read_only=True)) as conn:
            copying.verified_copy(conn, target)
    except (*READ_ERRORS, OSError) as error:
        raise explain(error, source) from error


def write(conn: sqlite3.Connection, folder: Path, document: Path, now: datetime) -> Backup:
    """A verified copy of the document behind `conn` in `folder`, which is made. Raises a StorageError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NoBackupFolder(folder) from error
    stem = _stem(document)
    for serial in range(100):
        mark = f"~{serial}" if serial else ""
        path = folder / f"{stem} {now.strftime(_TIME)}{mark}{SUFFIX}"
        with suppress(AlreadyExists):  # another one of the same second
            copying.verified_copy(conn, path)
            return Backup(now.replace(microsecond=0), path, stem)
    raise AlreadyExists(path)


def _stem(path: Path) -> str:
    return safe_name(path.stem, "")


class BackupPolicy:
    """When backups are made, where, and which go; handed to the storage worker.

    `every` is the least time between two backups while working. `folder` takes the place of the default one;
    `second` gets a copy of each, as soon as it is there. `on_trouble` is called, in another thread, when that stops or
    begins to work. Nothing here raises but `make`.
    """

    def __init__(
        self,
        *,
        every: timedelta = timedelta(minutes=30),
        folder: Path | None = None,
        second: Path | None = None,
        clock: type[datetime] = datetime,
        on_trouble: Callable[[StorageError | None], object] = lambda _trouble: None,
    ) -> None:
        self.every = every
        self.folder = folder
        self.second = second
        self.trouble: StorageError | None = None
        """Why the last copy to the second folder did not work."""
        self._clock = clock
        self.on_trouble = on_trouble
        self._mirror: threading.Thread | None = None

    def make(self, document: Document) -> Backup:
        """Back up the document, then let go of what is too old. Raises a StorageError; nothing is removed then."""
        now = self._clock.now()  # the name is for people: their clock
        folder = self.folder or default_folder(document.document_id)
        backup = document.back_up_to(folder, now)
        _remove_old(folder, backup, now)
        second = self.second
        if second is None:
            return backup
        if self._mirror is not None and self._mirror.is_alive():
            self._note(
                NoBackupFolder(second)
            )  # the last copy is still on its way: a share that does not answer
            return backup
        arguments = (backup, second, folder_in(second, document.document_id), now)
        self._mirror = threading.Thread(target=self._copy, args=arguments, name="backup", daemon=True)
        self._mirror.start()
        return backup

    def use_second(self, folder: Path | None) -> None:
        """Take another second folder; it is tried at once, in a thread of its own, and trouble is told."""
        self.second, self.trouble = folder, None
        if folder is not None:
            threading.Thread(target=self._try, args=(folder,), name="backup-try", daemon=True).start()

    def _try(self, folder: Path) -> None:
        try:
            try_folder(folder)
        except StorageError as error:
            self._note(error)

    def wait(self, seconds: float) -> None:
        """Give the copy to the second folder that long to be done."""
        if self._mirror is not None:
            self._mirror.join(seconds)

    def _copy(self, backup: Backup, second: Path, folder: Path, now: datetime) -> None:
        """Have the backup in the second folder too; it is nobody's open document and may be read as a file."""
        temporary = folder / f".{backup.path.name}.{os.urandom(4).hex()}.tmp"
        try:
            # Not with its parents: without the stick they would be made on the disk below.
            folder.mkdir(mode=0o700, exist_ok=True)
            shutil.copyfile(backup.path, temporary)
            flush(temporary)
            copying.check_copy(temporary, temporary)
            copying.take_name(temporary, folder / backup.path.name)
        except (OSError, StorageError, *READ_ERRORS) as error:
            self._note(NoBackupFolder(second, full=isinstance(explain(error, folder), DiskFull)))
            _log.warning("the second folder got no backup: %s", type(error).__name__)
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return
        self._note(None)
        _remove_old(folder, backup, now)

    def _note(self, trouble: StorageError | None) -> None:
        news = (trouble is None) != (self.trouble is None)
        self.trouble = trouble
        if news:
            self.on_trouble(trouble)


def _remove_old(folder: Path, newest: Backup, now: datetime) -> None:
    """Thin the folder out; `newest` is known to be good."""
    same = [each for each in found_in(folder) if each.stem == newest.stem]
    for backup in thin(same, now):
        with suppress(OSError):
            backup.path.unlink()
