"""Menus and shortcuts: every command of the window, described once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from gkdesk.i18n import _
from ui import icons

STEP_NUMBERS = 9
MENU_KEYS = "FEVH"
"""Alt keys of the menus, in their order."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: id (also the name of the window's method), menu, words, shortcut, icon."""

    id: str
    menu: str
    words: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False


def commands() -> tuple[Command | None, ...]:
    """All commands in menu order; None is a separator."""
    file, edit, view, help_menu = _("文件"), _("编辑"), _("视图"), _("帮助")
    return (
        Command("show_home", file, _("首页"), "Alt+Home", "home"),
        Command("open_document", file, _("打开…"), "Ctrl+O", "open"),
        Command("import_report", file, _("读入以前的年报…"), "Ctrl+I", "import"),
        Command("save_elsewhere", file, _("另存到其他位置…"), "Ctrl+Shift+S", "saved"),
        None,
        Command("show_output", file, _("预览与导出"), "Ctrl+P", "export"),
        None,
        Command("verify_print", file, _("核对打印件…"), "", "checklist"),
        Command("show_history", file, _("历史…"), "Ctrl+H", "history"),
        None,
        Command("close", file, _("退出"), "Ctrl+Q"),
        Command("undo", edit, _("撤销"), "Ctrl+Z", "undo"),
        Command("redo", edit, _("重做"), "Ctrl+Y", "redo"),
        None,
        Command("next_issue", edit, _("下一个问题"), "F8", "locate"),
        Command("previous_issue", edit, _("上一个问题"), "Shift+F8"),
        Command("previous_step", view, _("上一步"), "Alt+Left", "arrow-left"),
        Command("next_step", view, _("下一步"), "Alt+Right", "arrow-right"),
        None,
        Command("toggle_issues", view, _("问题清单"), "F9", "checklist", checkable=True),
        Command("toggle_last_year", view, _("上年对照"), "F7", "compare-year", checkable=True),
        None,
        Command("zoom_in", view, _("表格放大"), "Ctrl++"),
        Command("zoom_out", view, _("表格缩小"), "Ctrl+-"),
        Command("zoom_reset", view, _("表格原大"), "Ctrl+0"),
        None,
        Command("show_settings", view, _("设置…"), "Ctrl+,", "settings"),
        Command("show_help", help_menu, _("本步说明"), "F1", "help"),
        Command("show_shortcuts", help_menu, _("快捷键")),
        Command("show_about", help_menu, _("关于")),
    )


def build(window: QMainWindow) -> dict[str, QAction]:
    """Make the actions and the menus; each action calls the window's method of its id."""
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
        action = _action(window, command)
        last.addAction(action)
        actions[command.id] = action
    for number in range(1, STEP_NUMBERS + 1):
        action = QAction(window)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.setProperty("step", number)
        action.triggered.connect(window.go_to_step)  # type: ignore[attr-defined]
        window.addAction(action)
    return actions


def with_key(words: str, key: str) -> str:
    """A menu's title with its Alt key: inside an English word, behind a Chinese one."""
    return f"&{words}" if words.startswith(key) else f"{words}(&{key})"


def _action(window: QMainWindow, command: Command) -> QAction:
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
        action.setToolTip(f"{command.words}（{command.shortcut}）")
    if command.icon:
        icons.bind(action, command.icon)
    method: Callable[..., None] = getattr(window, command.id)
    action.triggered.connect(method)
    return action
