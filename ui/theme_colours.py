"""The two named colour sets of the window: LIGHT and DARK.

A text colour and the grounds it may stand on are listed in `ColourSet.pairs`; a test holds each pair to a
contrast of at least 4.5 : 1 (WCAG 2.1, success criterion 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColourSet:
    """One complete set of colours, each `#RRGGBB`."""

    name: str
    window: str
    paper: str
    line: str
    line_strong: str
    """Edges of fields and buttons: at least 3 : 1 on paper and window."""
    text: str
    secondary: str
    disabled: str
    """Text of what cannot be used now; exempt from the contrast rule."""
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    hover: str
    pressed: str
    selection: str
    found: str
    """Behind words that were searched for."""
    computed: str
    computed_text: str
    label: str
    error: str
    error_back: str
    warning: str
    warning_back: str
    hint: str
    hint_back: str
    good: str
    good_back: str

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names of (text colour, ground) that occur together on screen."""
        grounds = ("window", "paper", "hover", "computed", "label")
        plain = tuple((ink, ground) for ink in ("text", "secondary", "accent") for ground in grounds)
        states = ("error", "warning", "hint", "good")
        on_own_ground = tuple((state, f"{state}_back") for state in states)
        on_plain_ground = tuple((state, ground) for state in states for ground in ("window", "paper"))
        text_on_state = tuple(("text", f"{state}_back") for state in states)
        filled = tuple(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed"))
        return (
            *plain,
            *on_own_ground,
            *on_plain_ground,
            *text_on_state,
            *filled,
            ("text", "selection"),
            ("text", "found"),
            ("text", "pressed"),
            ("computed_text", "computed"),
            ("computed_text", "selection"),
        )


LIGHT = ColourSet(
    name="light",
    window="#F5F7FA",
    paper="#FFFFFF",
    line="#C9D2DC",
    line_strong="#838F9B",
    text="#1F2933",
    secondary="#5B6773",
    disabled="#98A3AE",
    accent="#1D5FA7",
    accent_hover="#1A5494",
    accent_pressed="#154679",
    on_accent="#FFFFFF",
    hover="#E8F0F9",
    pressed="#D9E6F4",
    selection="#CFE2F7",
    found="#FFE9A8",
    computed="#EEF2F6",
    computed_text="#3B4652",
    label="#F3F5F8",
    error="#C5352B",
    error_back="#FDECEA",
    warning="#9A6700",
    warning_back="#FFF6DF",
    hint="#3F6B8F",
    hint_back="#EAF2F8",
    good="#2B7A4B",
    good_back="#E9F6EE",
)

DARK = ColourSet(
    name="dark",
    window="#1E2329",
    paper="#262C33",
    line="#3C454F",
    line_strong="#78848F",
    text="#E4E9EE",
    secondary="#A3AFBA",
    disabled="#6C7782",
    accent="#6BA6E8",
    accent_hover="#82B5EE",
    accent_pressed="#9AC4F3",
    on_accent="#10202F",
    hover="#2B3845",
    pressed="#32475C",
    selection="#2F4A66",
    found="#5C4A16",
    computed="#2D343C",
    computed_text="#C9D2DA",
    label="#2A3138",
    error="#F28B82",
    error_back="#442828",
    warning="#E5B454",
    warning_back="#3F3520",
    hint="#8DB8DB",
    hint_back="#25374A",
    good="#7CC79A",
    good_back="#223D2E",
)
