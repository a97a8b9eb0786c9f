"""The few dialogs that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gkdesk.i18n import _
from ui import theme

if TYPE_CHECKING:
    from gkdesk.storage import SaveState

EDGE = 48
"""Pixels at 100 % that the frame of a dialog and the bars of the desktop take."""


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Size a dialog, in pixels at 100 %, larger with the text but never than the screen."""
    room = dialog.screen().availableGeometry()
    dialog.resize(
        min(theme.gap(width), room.width() - theme.gap(EDGE)),
        min(theme.gap(height), room.height() - theme.gap(EDGE)),
    )


def run(dialog: QDialog) -> int:
    """Show a dialog until it is closed and give the keyboard back to where it was; returns the dialog's result."""
    focused = QApplication.focusWidget()
    result = dialog.exec()
    parent = dialog.parentWidget()
    if parent is not None:
        parent.window().activateWindow()
    if focused is not None and isValid(focused) and focused.isVisible():
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
    dialog.deleteLater()
    return result


def show_text(parent: QWidget, title: str, text: str) -> None:
    """Some plain paragraphs to read; Escape or Enter closes."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    label = QLabel(text, dialog)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setMargin(theme.gap(8))
    scroll = QScrollArea(dialog)
    scroll.setWidgetResizable(True)
    scroll.setWidget(label)
    buttons = QDialogButtonBox(dialog)
    close = buttons.addButton(_("知道了"), QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.accepted.connect(dialog.accept)
    layout = QVBoxLayout(dialog)
    layout.addWidget(scroll, 1)
    layout.addWidget(buttons)
    fit(dialog, 560, 420)
    close.setFocus()
    run(dialog)


def ask_unsaved(parent: QWidget, state: SaveState) -> Literal["stay", "elsewhere", "discard"]:
    """What shall become of changes that are not saved, before closing. The safe answer is the default."""
    reason = state.reason or _("磁盘没有响应。")
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("还有修改没有保存"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_("最近 {count} 处修改没有保存：{reason}").format(count=state.pending, reason=reason))
    stay = box.addButton(_("回去处理"), QMessageBox.ButtonRole.RejectRole)
    elsewhere = box.addButton(_("另存到其他位置…"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(_("放弃这些修改并关闭"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return "discard" if chosen is leave else "elsewhere" if chosen is elsewhere else "stay"


def ask_drop(parent: QWidget, refused: dict[str, str]) -> bool:
    """Whether to leave though these fields (name -> why) have a text that could not be taken."""
    lines = [_("{field}：{reason}").format(field=field, reason=reason) for field, reason in refused.items()]
    return _dares(parent, _("还有内容没有保存"), lines, stay=_("回去改正"), go_on=_("不保存这一处，离开"))


def ask_unfinished(parent: QWidget) -> bool:
    """Whether to close though an export or a print is not finished: its folder or printer may not answer."""
    words = _(
        "导出或打印还没有完成，磁盘、网络或打印机可能没有响应。现在关闭，没写完的不算数，已经写好的文件都在。"
    )
    return _dares(parent, _("还有文件没有写完"), [words], stay=_("再等等"), go_on=_("不等了，关闭"))


def ask_remove(parent: QWidget, unit: str, year: int, *, compared: bool) -> bool:
    """Whether to remove a unit's year, ``compared`` where the next one stands beside it."""
    lines = [
        _("要移除“{unit}”的 {year} 年报吗？").format(unit=unit or _("（单位名称未填）"), year=year),
        "",
        _("这一年填的表格、文字和说明都会移除，其他年份不变。"),
    ]
    if compared:
        lines.append(_("{year} 年报就没有上年对照了。").format(year=year + 1))
    lines.append(_("移除前先备份。要找回，在首页点“找回 {year} 年报”。").format(year=year))
    title = _("移除 {year} 年报").format(year=year)
    return _dares(parent, title, lines, stay=_("不移除"), go_on=_("备份并移除"))


def _dares(parent: QWidget, title: str, lines: list[str], *, stay: str, go_on: str) -> bool:
    """Whether to go on all the same; ``stay`` is the safe answer, and the one of Enter and Escape."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n".join(lines))
    safe = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(go_on, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(safe)
    box.setEscapeButton(safe)
    box.exec()
    chosen = box.clickedButton() is leave
    box.deleteLater()
    return chosen
