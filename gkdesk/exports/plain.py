"""Text as files of mark-up can hold it."""

from __future__ import annotations

import re

from gkdesk.paper.breaks import clean

# Code points that are no characters (Unicode 23.7): XML refuses some of them, validators of HTML all.
_NO_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff" + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in
    range(0x10000, 0x110000, 0x10000)) + "]"
)  # fmt: skip


def plain(text: str) -> str:
    r"""The text as it is set on paper, without what XML or HTML cannot hold: that becomes U+FFFD.

    Only \n remains of the controls, and no marks of direction. The text is not escaped.
    """
    return _NO_CHARACTERS.sub("\ufffd", clean(text))
