"""Menus and shortcuts: every command of the window, described once. What they do: :mod:`ui.commands`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from gkdesk.i18n import _
from gkdesk.words import remarked
from ui import icons

if TYPE_CHECKING:
    from ui.commands import Commands

STEP_NUMBERS = 9
HANDLED_BY_WIDGETS = ("copy", "paste")
"""Commands whose keys every table and field sees to itself; the menu shows them."""
CHANGING = ("save", "paste", "replace_text", "import_report", "paste_report")
"""Commands that a copy to read has no use for."""
MENU_KEYS = "FEVH"
"""Alt keys of the menus, in their order."""


class Needs(Enum):
    """What must be open for a command."""

    NOTHING = auto()
    DOCUMENT = auto()
    REPORT = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """A command: id (also the name of its method), menu, words, shortcut, icon, what must be open for it."""

    id: str
    menu: str
    words: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False
    needs: Needs = Needs.NOTHING


def commands() -> tuple[Command | None, ...]:
    """All commands in menu order; None is a separator."""
    document, report = Needs.DOCUMENT, Needs.REPORT
    file, edit, view, help_menu = _("文件"), _("编辑"), _("视图"), _("帮助")
    return (
        Command("show_home", file, _("首页"), "Alt+Home", "home"),
        Command("open_document", file, _("打开…"), "Ctrl+O", "open"),
        Command("import_report", file, _("读入以前的年报…"), "Ctrl+I", "import"),
        Command("paste_report", file, _("粘贴以前的年报"), "Ctrl+Shift+V", "paste"),
        Command("save", file, _("保存"), "Ctrl+S", "saved", needs=report),
        Command("save_elsewhere", file, _("另存到其他位置…"), "Ctrl+Shift+S", needs=document),
        None,
        Command("show_output", file, _("预览与导出"), "Ctrl+P", "export", needs=report),
        None,
        Command("verify_print", file, _("核对打印件…"), "", "checklist", needs=report),
        Command("show_backups", file, _("备份…"), "", "folder"),
        Command("show_history", file, _("历史…"), "Ctrl+Shift+H", "history", needs=report),
        None,
        Command("close", file, _("退出"), "Ctrl+Q"),
        Command("undo", edit, _("撤销"), "Ctrl+Z", "undo"),
        Command("redo", edit, _("重做"), "Ctrl+Y", "redo"),
        None,
        Command("copy", edit, _("复制"), "Ctrl+C", "copy", needs=report),
        Command("paste", edit, _("粘贴"), "Ctrl+V", "paste", needs=report),
        None,
        Command("find_text", edit, _("查找…"), "Ctrl+F", "search", needs=report),
        Command("replace_text", edit, _("替换…"), "Ctrl+H", needs=report),
        Command("find_next", edit, _("查找下一处"), "F3", needs=report),
        Command("find_previous", edit, _("查找上一处"), "Shift+F3", needs=report),
        None,
        Command("next_issue", edit, _("下一个问题"), "F8", "locate", needs=report),
        Command("previous_issue", edit, _("上一个问题"), "Shift+F8", needs=report),
        Command("previous_step", view, _("上一步"), "Alt+Left", "arrow-left", needs=report),
        Command("next_step", view, _("下一步"), "Alt+Right", "arrow-right", needs=report),
        None,
        Command("toggle_issues", view, _("问题清单"), "F9", "checklist", checkable=True, needs=report),
        Command("toggle_last_year", view, _("上年对照"), "F7", "compare-year", checkable=True, needs=report),
        None,
        Command("zoom_in", view, _("表格放大"), "Ctrl++", needs=report),
        Command("zoom_out", view, _("表格缩小"), "Ctrl+-", needs=report),
        Command("zoom_reset", view, _("表格原大"), "Ctrl+0", needs=report),
        None,
        Command("show_settings", view, _("设置…"), "Ctrl+,", "settings"),
        Command("show_help", help_menu, _("本步说明"), "F1", "help"),
        Command("show_manual", help_menu, _("使用手册"), "Ctrl+F1"),
        Command("show_shortcuts", help_menu, _("快捷键")),
        Command("show_about", help_menu, _("关于")),
    )


def build(window: QMainWindow, targets: Commands) -> dict[str, QAction]:
    """Make the actions and the menus; each action calls the method of its id."""
    actions: dict[str, QAction] = {}
    menus = {}
    last = None
    for command in commands():
        if command is None:
            if last is not None:
                last.addSeparator()
            continue
        if command.menu not in menus:
            menus[command.menu] = window.menuBar().addMenu(with_key(command.menu, MENU_KEYS[len(menus)]))
        last = menus[command.menu]
        action = _action(window, command, targets)
        last.addAction(action)
        actions[command.id] = action
    for number in range(1, STEP_NUMBERS + 1):
        action = QAction(window)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.setProperty("step", number)
        action.triggered.connect(targets.go_to_step)
        window.addAction(action)
    return actions


def allow(actions: dict[str, QAction], *, document: bool, report: bool) -> None:
    """Enable what can be done with what is open."""
    open_now = {Needs.NOTHING: True, Needs.DOCUMENT: document, Needs.REPORT: report}
    for command in commands():
        if command is not None:
            actions[command.id].setEnabled(open_now[command.needs])


def with_key(words: str, key: str) -> str:
    """A menu's title with its Alt key: inside an English word, behind a Chinese one."""
    return f"&{words}" if words.startswith(key) else f"{words}(&{key})"


def _action(window: QMainWindow, command: Command, targets: Commands) -> QAction:
    action = QAction(command.words, window)
    action.setObjectName(command.id)
    action.setCheckable(command.checkable)
    if command.shortcut:
        shortcuts = [QKeySequence(command.shortcut)]
        if command.id == "redo":
            shortcuts.append(QKeySequence("Ctrl+Shift+Z"))
        if command.id == "zoom_in":
            shortcuts.append(QKeySequence("Ctrl+="))
        action.setShortcuts(shortcuts)
        if command.id in HANDLED_BY_WIDGETS:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(remarked(command.words, command.shortcut))
    if command.icon:
        icons.bind(action, command.icon)
    method: Callable[..., None] = getattr(targets, command.id)
    action.triggered.connect(method)
    return action
