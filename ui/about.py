"""What is said about the program itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSysInfo
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gkdesk import __version__, files, paths
from gkdesk.i18n import _
from gkdesk.words import named
from ui import icons, theme
from ui.dialogs import fit, run


def show_about(parent: QWidget, document: Path | None) -> None:
    """Version, licences, and where things lie."""
    run(AboutDialog(document, parent))


class AboutDialog(QDialog):
    """What one has to say when one asks for help, ready to be copied, and whose work is inside."""

    def __init__(self, document: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("关于"))
        self.places = {
            _("当前文件"): document,
            _("数据文件夹"): paths.data_folder(),
            _("日志文件夹"): paths.log_folder(),
        }
        picture = QLabel(self)
        picture.setPixmap(icons.app_icon().pixmap(theme.gap(64)))
        name = QLabel(_("政府信息公开年报填报助手"), self)
        name.setFont(theme.font(1.4, bold=True))
        name.setWordWrap(True)
        version = QLabel(_("GKDesk 版本 {version}").format(version=__version__), self)
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(version)
        top = QHBoxLayout()
        top.setSpacing(theme.gap(16))
        top.addWidget(picture)
        top.addLayout(words, 1)
        form = QFormLayout()
        form.setVerticalSpacing(theme.gap(8))
        for what, place in self.places.items():
            form.addRow(what, self._place(what, place))
        licence = QLabel(_("本程序按 MIT 许可证发布，所带的字体和组件各有自己的许可证。"), self)
        licence.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(_("复制"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(_("复制版本和位置，求助时发给技术人员"))
        copy.clicked.connect(self._on_copy)
        licences = buttons.addButton(_("许可证…"), QDialogButtonBox.ButtonRole.ActionRole)
        licences.clicked.connect(self._on_licences)
        close = buttons.addButton(_("知道了"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.gap(16))
        layout.addLayout(top)
        layout.addLayout(form)
        layout.addWidget(licence)
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.gap(560))
        close.setFocus()

    def text(self) -> str:
        """Version, system and places, line by line."""
        lines = [f"GKDesk {__version__}", QSysInfo.prettyProductName()]
        return "\n".join(lines + [named(what, str(place)) for what, place in self.places.items() if place])

    def _place(self, what: str, place: Path | None) -> QLineEdit:
        field = QLineEdit(str(place) if place else _("没有打开文件"), self)
        field.setReadOnly(True)
        field.setAccessibleName(what)
        field.setCursorPosition(0)
        return field

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _on_licences(self) -> None:
        show_licences(self)


def show_licences(parent: QWidget) -> None:
    """The program's own licence and those of everything that comes with it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(_("许可证"))
    page = QPlainTextEdit(licences(), dialog)
    page.setReadOnly(True)
    page.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    page.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    buttons = QDialogButtonBox(dialog)
    buttons.addButton(_("知道了"), QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.accepted.connect(dialog.accept)
    layout = QVBoxLayout(dialog)
    layout.addWidget(page)
    layout.addWidget(buttons)
    fit(dialog, 820, 560)
    run(dialog)


def licences() -> str:
    """The notices as text; a sentence where the file cannot be read. They are English, as licences are."""
    file = paths.resources() / "licences" / "third-party.txt"
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        return _("读不了“{file}”：{reason}。").format(file=file, reason=files.reason(error))
