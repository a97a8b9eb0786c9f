"""Settings of the second folder for backups: another disk, a stick or a share, besides the folder on this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.storage import backups
from ui import asking, icons, theme
from ui.settings import Settings
from ui.tasks import run_and_wait
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

PATIENCE = 8.0
"""Seconds that a share may take to answer."""


class BackupPage(QWidget):
    """Which folder gets a copy of each backup. A folder is tried before it is taken."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.message = InlineMessage(self)
        always = QLabel(
            _("年报有修改时，最多每半小时自动备份一次，关闭时再备份一次，放在本机的数据文件夹里。"), self
        )
        always.setWordWrap(True)
        why = QLabel(
            _("磁盘坏了，同一块磁盘上的备份也会丢。可以再放一份到另一块磁盘、U 盘或共享文件夹。"), self
        )
        why.setWordWrap(True)
        for label in (always, why):
            label.setProperty("role", "secondary")
        words = QLabel(_("备份再放一份到"), self)
        self.folder = QLineEdit(self)
        self.folder.setReadOnly(True)
        self.folder.setPlaceholderText(_("没有设置"))
        self.folder.setAccessibleName(_("备份再放一份到"))
        words.setBuddy(self.folder)
        self.choose = QPushButton(_("选择文件夹…"), self)
        self.choose.clicked.connect(self._on_choose)
        icons.bind(self.choose, "folder")
        self.drop = QPushButton(_("不再放"), self)
        self.drop.clicked.connect(self._on_drop)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(8))
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        row.addWidget(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(12)] * 4)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(self.message)
        layout.addWidget(always)
        layout.addWidget(why)
        layout.addSpacing(theme.gap(8))
        layout.addWidget(words)
        layout.addLayout(row)
        layout.addStretch(1)
        self._show()

    def take(self, folder: Path) -> None:
        """Try a folder, and use it from now on if files can be put there."""
        try:
            run_and_wait(lambda: backups.try_folder(folder), PATIENCE)
        except TimeoutError:
            words = _("“{folder}”没有响应，没有改动设置。请检查磁盘或网络后再选。").format(folder=folder)
            self.message.show_message(State.ERROR, words)
            return
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self._settings.backup_folder = folder
        self._show()
        self.message.show_message(State.DONE, _("可以使用。从下一次备份起，也放一份到这里。"))

    def _show(self) -> None:
        folder = self._settings.backup_folder
        self.folder.setText(str(folder) if folder else "")
        self.drop.setEnabled(folder is not None)

    def _on_choose(self) -> None:
        begin = self._settings.backup_folder or asking.documents()
        chosen = asking.ask_folder(self, _("备份再放一份到"), begin)
        if chosen:
            self.take(chosen)

    def _on_drop(self) -> None:
        self._settings.backup_folder = None
        self._show()
        self.message.show_message(State.HINT, _("不再放到那里。已经放过去的备份没有删除。"))
