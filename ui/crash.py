"""What the clerk sees when the program itself has failed."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from gkdesk import __version__
from gkdesk.i18n import _

_shown: list[QMessageBox] = []


def tell(text: str) -> None:
    """Say that the program failed and that the work is saved; a report can be copied. One dialog at a time."""
    if _shown or QApplication.instance() is None:
        return
    box = QMessageBox(QApplication.activeWindow())
    _shown.append(box)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(_("程序出了问题"))
    box.setText(_("程序出了问题，刚才的操作可能没有完成。显示“已保存”的内容都在，可以继续填写。"))
    box.setInformativeText(_("请点“复制报告”，发给技术人员。报告里没有年报的内容。"))
    copy = box.addButton(_("复制报告"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(_("继续"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(f"GKDesk {__version__}\n{_without_content(text)}")
    _shown.clear()
    box.deleteLater()


def _without_content(text: str) -> str:
    """The traceback without the last line's message, which may quote what was typed."""
    lines = text.rstrip().splitlines()
    last = lines[-1].partition(":")[0] if lines else ""
    return "\n".join([*(line for line in lines[:-1] if line.startswith((" ", "Traceback"))), last])
