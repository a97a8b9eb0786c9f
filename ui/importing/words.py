"""How the marks of an import are shown: shape, colour and word together."""

from __future__ import annotations

from gkdesk.i18n import _
from gkdesk.imports.review import Mark
from ui.widgets.states import State

STATES: dict[Mark, State] = {
    "certain": State.DONE,
    "guessed": State.WARNING,
    "confirmed": State.DONE,
    "corrected": State.FILLING,
    "missing": State.ERROR,
    "refused": State.ERROR,
    "computed": State.HINT,
    "absent": State.EMPTY,
}
TO_SEE: frozenset[Mark] = frozenset(("guessed", "missing", "refused"))
"""Marks of what the clerk should look at."""


def word(mark: Mark) -> str:
    """A mark in a word or two."""
    return {
        "certain": _("确定"),
        "guessed": _("拿不准"),
        "confirmed": _("已确认"),
        "corrected": _("已改正"),
        "missing": _("没找到"),
        "refused": _("认不出"),
        "computed": _("自动合计"),
        "absent": _("原文没有"),
    }[mark]


def sentence(mark: Mark, doubt: str) -> str:
    """What a mark asks for, with the reason where there is one."""
    reason = _("（{reason}）").format(reason=doubt) if doubt else ""
    return {
        "guessed": _("拿不准{reason}：和原文对照，改正或确认").format(reason=reason),
        "missing": _("原文里没有找到，请补填"),
        "refused": _("原文里有，但认不出{reason}：请照原文补填").format(reason=reason),
        "computed": _("原文没有写，按各项自动相加"),
    }.get(mark, "")
