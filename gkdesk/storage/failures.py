"""What can go wrong with a document, in words for the clerk.

Every class is a `KnownError`: `str(error)` is a Chinese sentence that names the file and says what to do.
`explain` turns what SQLite and the operating system report into one of them.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.storage.owner import computer_name, user_name

if TYPE_CHECKING:
    from pathlib import Path

    from gkdesk.storage.owner import Owner


class StorageError(KnownError):
    """A document cannot be opened, read or written."""


class NotFound(StorageError):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("找不到文件“{path}”。请检查文件是否被移动、改名或删除。").format(path=path))


class NoFolder(StorageError):
    """The folder in which the file should be made is not there."""

    def __init__(self, path: Path) -> None:
        text = _("文件夹“{folder}”不存在。请先建立此文件夹，或换一个位置。")
        super().__init__(text.format(folder=path.parent))


class AlreadyExists(StorageError):
    """The target exists; nothing is ever overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("“{path}”已经存在，不会覆盖。请换一个文件名。").format(path=path))


class NotADocument(StorageError):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        text = _("“{path}”不是年报文档（.gkd），无法打开。请选择由本软件建立的文档。")
        super().__init__(text.format(path=path))


class NewerVersion(StorageError):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path) -> None:
        text = _("“{path}”由更新版本的软件保存，本版本不能打开。请先升级软件。")
        super().__init__(text.format(path=path))


class Damaged(StorageError):
    """The file is ours but is no longer what was written; `detail` says in a few words what was found."""

    def __init__(self, path: Path, detail: str) -> None:
        text = _("“{path}”已损坏（{detail}）。请不要删除此文件，先从备份恢复。")
        super().__init__(text.format(path=path, detail=detail))


class NoAccess(StorageError):
    """The account may not read the file, as of a document that another one has made for itself."""

    def __init__(self, path: Path) -> None:
        text = _(
            "没有权限打开“{path}”，它可能属于这台计算机的另一个用户。请用那个用户登录，或请对方把它另存到共用的文件夹。"
        )
        super().__init__(text.format(path=path))


class NotWritable(StorageError):
    """File or folder is read-only, or access is denied."""

    def __init__(self, path: Path) -> None:
        text = _("“{path}”不能写入（只读或没有权限）。请取消只读，或另存到其他位置。")
        super().__init__(text.format(path=path))


class DiskFull(StorageError):
    """No room left; the transaction was rolled back."""

    def __init__(self, path: Path) -> None:
        text = _("“{path}”所在磁盘已满。请清理磁盘后点“重试”，或另存到其他位置。")
        super().__init__(text.format(path=path))


class DiskTrouble(StorageError):
    """The disk, stick or share answers with an error or is gone."""

    def __init__(self, path: Path) -> None:
        text = _("读写“{path}”时出错，磁盘、U 盘或网络可能已断开。请接好后点“重试”，或另存到其他位置。")
        super().__init__(text.format(path=path))


class NoAnswer(DiskTrouble):
    """The disk, stick or share has not answered for longer than anybody should wait."""

    def __init__(self, path: Path) -> None:
        text = _("磁盘没有响应，未能保存到“{path}”。修改仍保留在内存中，请检查磁盘或网络后再试。")
        StorageError.__init__(self, text.format(path=path))


class Replaced(StorageError):
    """The file in this place is no longer the one that was opened."""

    def __init__(self, path: Path) -> None:
        text = _("“{path}”已不是原来打开的文件，未写入任何内容。请把当前内容另存到其他位置。")
        super().__init__(text.format(path=path))


class NoReport(StorageError):
    """The document has no report of that year."""

    def __init__(self, path: Path, year: int) -> None:
        super().__init__(_("“{path}”中没有 {year} 年的报告。").format(path=path, year=year))


class ReportExists(StorageError):
    """The document has a report of that year already."""

    def __init__(self, path: Path, year: int) -> None:
        super().__init__(_("“{path}”中已有 {year} 年的报告。").format(path=path, year=year))


class NoRevision(StorageError):
    """The year has no content of that number."""

    def __init__(self, path: Path, year: int, number: int) -> None:
        text = _("“{path}”中 {year} 年没有第 {number} 次修改的内容。")
        super().__init__(text.format(path=path, year=year, number=number))


class IsFinal(StorageError):
    """The report is 定稿 and must not change."""

    def __init__(self, path: Path, year: int) -> None:
        text = _("“{path}”的 {year} 年年报已定稿，不能修改。要修改请先退回填报，并写明原因。")
        super().__init__(text.format(path=path, year=year))


class ReasonNeeded(StorageError):
    """A report that is 定稿 may be opened again only with a reason."""

    def __init__(self, year: int) -> None:
        super().__init__(_("{year} 年年报已定稿，退回时请写明原因。").format(year=year))


class ReadOnlyCopy(StorageError):
    """The document is a copy to read, made while somebody else had it open."""

    def __init__(self, path: Path) -> None:
        text = _("“{path}”是只读副本，不能修改。请在原文档关闭后重新打开。")
        super().__init__(text.format(path=path))


class NotDamaged(StorageError):
    """Recovery was asked for a document that opens."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("“{path}”没有损坏，可以直接打开，不需要抢救。").format(path=path))


class NoBackupFolder(StorageError):
    """The folder for backups cannot be used; `full` when it has no room left."""

    def __init__(self, folder: Path, *, full: bool = False) -> None:
        if full:
            text = _("备份文件夹“{folder}”所在磁盘已满，备份没有放进去。请清理磁盘，或在设置中换一个文件夹。")
        else:
            text = _("备份文件夹“{folder}”不能使用，备份没有放进去。请接好磁盘，或在设置中换一个文件夹。")
        super().__init__(text.format(folder=folder))


class Unstorable(StorageError):
    """The text under `key` (or the key) holds characters that no file can hold."""

    def __init__(self, key: str) -> None:
        shown = key.encode("utf-8", "replace").decode()
        super().__init__(_("“{key}”中有无法保存的字符，请删去后重新输入。").format(key=shown))


class NotSaved(StorageError):
    """The request came after changes that could not be saved for `reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("前面的修改还没有保存，请先处理：{reason}").format(reason=reason))


class Closed(StorageError):
    """The document has been closed here."""

    def __init__(self) -> None:
        super().__init__(_("文档已经关闭，刚才的操作没有进行。请重新打开文档后再试。"))


class ProgramFault(StorageError):
    """A bug while saving: the changes are kept in memory and the clerk is told."""

    def __init__(self, error: Exception) -> None:
        text = _("保存时程序出错（{kind}），修改仍保留在内存中。请另存到其他位置。")
        super().__init__(text.format(kind=type(error).__name__))


class Locked(StorageError):
    """Someone else has the document open. `owner` is None when nobody left a record."""

    def __init__(self, path: Path, owner: Owner | None = None) -> None:
        self.owner = owner
        if owner is None:
            text = _("“{path}”正被其他程序使用，暂时不能打开。请关闭占用它的程序后重试。")
            super().__init__(text.format(path=path))
        else:
            if owner.computer != computer_name():
                text = _(
                    "“{path}”已由用户 {user} 在计算机 {computer} 上打开（自 {since}）。请先在那里关闭，再打开。"
                )
            elif owner.user != user_name():
                text = _("“{path}”已由本机用户 {user} 打开（自 {since}）。请先在那里关闭，再打开。")
            else:
                text = _("“{path}”已在本机另一个窗口打开（自 {since}）。请先在那里关闭，再打开。")
            since = owner.since_short
            super().__init__(text.format(path=path, user=owner.user, computer=owner.computer, since=since))


# Primary result codes of SQLite (https://sqlite.org/rescode.html); an extended code's low byte is the primary one.
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _AUTH, _NOTADB = (
    3, 5, 6, 8, 10, 11, 13, 14, 23, 26,
)  # fmt: skip

# Windows has no quotas of this kind.
_FULL_ERRNOS = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

# The driver's own errors carry no code; these are told apart by their words.
_WORDS = (
    ("disk is full", _FULL),
    ("database is locked", _BUSY),
    ("readonly database", _READONLY),
    ("unable to open", _CANTOPEN),
    ("not a database", _NOTADB),
    ("disk i/o error", _IOERR),
    ("malformed", _CORRUPT),
    ("decode to utf-8", _CORRUPT),
)


READ_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises: Python's sqlite3 stumbles over messages that quote broken text."""


def _primary_code(error: sqlite3.Error) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF
    words = str(error).lower()
    return next((code for word, code in _WORDS if word in words), None)


def explain(error: Exception, path: Path) -> StorageError:
    """The failure `error` of reading or writing `path`, in the clerk's words.

    An error that no disk and no file can cause (a bug) becomes `ProgramFault`.
    """
    if isinstance(error, StorageError):
        return error
    if isinstance(error, sqlite3.Error):
        return _explain_sqlite(error, path)
    if isinstance(error, OSError):
        return _explain_os(error, path)
    if isinstance(error, UnicodeDecodeError):
        return Damaged(path, _("数据库结构错误"))
    return ProgramFault(error)


def _explain_sqlite(error: sqlite3.Error, path: Path) -> StorageError:
    code = _primary_code(error)
    if code == _FULL:
        return DiskFull(path)
    if code in {_READONLY, _PERM, _AUTH}:
        return NotWritable(path)
    if code in {_BUSY, _LOCKED}:
        return Locked(path)
    if code in {_IOERR, _CANTOPEN}:
        return DiskTrouble(path)
    if code == _NOTADB:
        return NotADocument(path)
    if code == _CORRUPT:
        return Damaged(path, _("数据库结构错误"))
    return ProgramFault(error)


def _explain_os(error: OSError, path: Path) -> StorageError:
    if isinstance(error, FileExistsError):
        return AlreadyExists(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotFound(path)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NotWritable(path)
    if error.errno in _FULL_ERRNOS:
        return DiskFull(path)
    return DiskTrouble(path)
