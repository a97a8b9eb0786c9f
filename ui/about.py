"""What the help menu shows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gkdesk import __version__, paths
from gkdesk.i18n import _
from ui import actions
from ui.dialogs import show_text


def show_help(parent: QWidget, step: str | None) -> None:
    """Help for a step, or for the start page when there is none."""
    home = _("新建一份年报，或者打开以前填的文件。\n填写时每一格都自动保存，不用点保存。")
    show_text(parent, _("本步说明"), step if step is not None else home)


def show_shortcuts(parent: QWidget) -> None:
    """All shortcuts of the menus."""
    known = [command for command in actions.commands() if command is not None and command.shortcut]
    lines = [f"{command.words}　{command.shortcut}" for command in known]
    lines.append(_("跳到第几步　Ctrl+1 … Ctrl+9"))
    show_text(parent, _("快捷键"), "\n".join(lines))


def show_about(parent: QWidget, document: Path | None) -> None:
    """Version, licence, and where things lie."""
    words = _(
        "政府信息公开年报填报助手 GKDesk {version}\n文件位置：{place}\n记录位置：{log}\nMIT 许可证"
    ).format(version=__version__, place=document or paths.data_folder(), log=paths.log_folder())
    show_text(parent, _("关于"), words)
