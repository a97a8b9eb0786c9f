"""States that are shown as shape, colour and word together, never by colour alone."""

from __future__ import annotations

from enum import StrEnum

from gkdesk.i18n import _


class State(StrEnum):
    """State of a step, a report or a message; each has an icon, a colour and a word."""

    EMPTY = "empty"
    FILLING = "filling"
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    DONE = "done"

    @property
    def icon(self) -> str:
        """Name of the icon."""
        return f"state-{self.value}"

    @property
    def colour(self) -> str:
        """Field of the colour set for icon and word."""
        return _COLOURS[self][0]

    @property
    def ground(self) -> str:
        """Field of the colour set for what lies behind the word."""
        return _COLOURS[self][1]

    def word(self, count: int = 0) -> str:
        """The state in words of a step list: 完成, 填写中, 有错误 2, 需说明 1, 提示 3, 未填."""
        word = {
            State.EMPTY: _("未填"),
            State.FILLING: _("填写中"),
            State.ERROR: _("有错误"),
            State.WARNING: _("需说明"),
            State.HINT: _("提示"),
            State.DONE: _("完成"),
        }[self]
        return f"{word} {count}" if count else word


_COLOURS = {
    State.EMPTY: ("secondary", "computed"),
    State.FILLING: ("accent", "hover"),
    State.ERROR: ("error", "error_back"),
    State.WARNING: ("warning", "warning_back"),
    State.HINT: ("hint", "hint_back"),
    State.DONE: ("good", "good_back"),
}
