"""备份: the copies that were made by themselves, one to make now, and one to go on from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.storage import Backup, backups
from gkdesk.words import moment
from ui import asking, dialogs, icons, theme
from ui.settings import Settings
from ui.tasks import run_and_wait
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BACKUP = Qt.ItemDataRole.UserRole
LOOKING = 5.0
"""Seconds that the second folder may take to tell what it holds."""
RESTORING = 120.0
"""Seconds that a copy to a stick may take."""
OPEN = "open"


class BackupsDialog(QDialog):
    """Of the open document, or of every document there ever was. A backup is restored as a new file, never over one."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._restored: Path | None = None
        self.setWindowTitle(_("备份"))
        self.message = InlineMessage(self)
        self.message.acted.connect(self._on_open)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels([_("时间"), _("大小"), _("位置")])
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("备份"))
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(self._on_current_changed)
        self.make = QPushButton(_("立即备份"), self)
        self.make.clicked.connect(self._on_make)
        self.make.setVisible(window.document is not None and not window.document.read_only)
        icons.bind(self.make, "saved")
        self.restore = QPushButton(_("恢复成新文件…"), self)
        self.restore.setToolTip(_("另外做出一份文件，现在的年报和备份都不变"))
        self.restore.clicked.connect(self._on_restore)
        icons.bind(self.restore, "history")
        self.show_folder = QPushButton(_("打开所在文件夹"), self)
        self.show_folder.clicked.connect(self._on_show_folder)
        icons.bind(self.show_folder, "folder")
        row = QHBoxLayout()
        row.setSpacing(theme.gap(8))
        for button in (self.make, self.restore, self.show_folder):
            row.addWidget(button)
        row.addStretch(1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addWidget(self.tree, 1)
        layout.addLayout(row)
        layout.addWidget(buttons)
        dialogs.fit(self, 720, 460)
        self.load()
        self.tree.setFocus()

    def load(self) -> None:
        """Look anew at what there is; a second folder that does not answer is told, and the first one shown."""
        second, document = self._settings.backup_folder, self._window.document
        found: list[tuple[Backup, int]] = []
        try:
            id = None if document is None else document.id
            try:
                found = run_and_wait(lambda: _found(id, second), LOOKING)
            except TimeoutError:
                words = _("“{folder}”没有响应，下面只有本机的备份。").format(folder=second)
                self.message.show_message(State.WARNING, words)
                found = _found(id, None)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
        self.tree.clear()
        for stem in dict.fromkeys(each.stem for each, _size in found):
            top = QTreeWidgetItem(self.tree, [stem])
            top.setFirstColumnSpanned(True)
            for each, size in found:
                if each.stem == stem:
                    words = [moment(each.time), _size_words(size), self._place(each)]
                    item = QTreeWidgetItem(top, words)
                    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    item.setToolTip(2, str(each.path))
                    item.setData(0, BACKUP, each)
            top.setExpanded(True)
        trouble = document.worker.backup_trouble if document is not None else None
        if trouble is not None and not self.message.text():
            words = _("最近一次自动备份没有做成：{reason}").format(reason=trouble)
            self.message.show_message(State.WARNING, words)
        if found:
            self.tree.setCurrentItem(self.tree.topLevelItem(0).child(0))
        elif not self.message.text():
            self.message.show_message(State.HINT, _("还没有备份。年报有修改以后，关闭时会自动备份。"))
        self._on_current_changed()

    def current(self) -> Backup | None:
        """The chosen backup."""
        item = self.tree.currentItem()
        backup: Backup | None = item.data(0, BACKUP) if item else None
        return backup

    @staticmethod
    def _place(backup: Backup) -> str:
        """Where it lies, as the clerk calls it; the folders of documents have names for programs."""
        folder = backup.path.parent.parent
        return _("本机") if folder == backups.default_root() else str(folder)

    # ------------------------------------------------------------ slots

    def _on_current_changed(self) -> None:
        for button in (self.restore, self.show_folder):
            button.setEnabled(self.current() is not None)

    def _on_make(self) -> None:
        document = self._window.document
        assert document is not None
        try:
            document.back_up()
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.message.show_message(State.DONE, _("已备份。"))
        self.load()

    def _on_restore(self) -> None:
        backup = self.current()
        if backup is None:
            return
        name = f"{backup.stem}-{backup.time:%Y%m%d-%H%M}.gkd"
        target = asking.ask_place(self, self._settings, name, _("恢复成新文件"))
        if target is None:
            return
        try:
            run_and_wait(lambda: backups.restore(backup.path, target), RESTORING)
        except TimeoutError:
            words = _(
                "磁盘很慢，恢复还没有完成。过一会儿“{path}”出现了，就是恢复好了；没有出现，请检查 U 盘或网络后再试。"
            )
            self.message.show_message(State.ERROR, words.format(path=target))
            return
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self._restored = target
        words = _("已恢复到“{path}”。现在的年报没有变动。").format(path=target)
        self.message.show_message(State.DONE, words, [(OPEN, _("打开"))])

    def _on_open(self, _action: str) -> None:
        assert self._restored is not None
        self.accept()
        self._window.desk.open_path(self._restored)

    def _on_show_folder(self) -> None:
        backup = self.current()
        if backup is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(backup.path.parent)))


def _found(id: str | None, second: Path | None) -> list[tuple[Backup, int]]:
    """Backups of a document, or of all, with their sizes in bytes, newest first. May take as long as a share does."""
    more = () if second is None else (second,)
    if id is None:
        found = backups.of_all(*more)
    else:
        found = backups.of_document(id, *(backups.folder_in(each, id) for each in more))
    return [(each, backups.size_of(each)) for each in found]


def _size_words(size: int) -> str:
    """Bytes as people read them."""
    if size < 1_000_000:
        return _("{size} KB").format(size=max(1, round(size / 1000)))
    return _("{size} MB").format(size=f"{size / 1_000_000:.1f}")
