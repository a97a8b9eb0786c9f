"""Positions in text: the core counts code points, Qt counts UTF-16 units."""

from __future__ import annotations


def to_utf16(text: str, position: int) -> int:
    """Qt's position of a code point position (clipped to the text)."""
    head = text[:position]
    return len(head) + sum(character > "\uffff" for character in head)


def from_utf16(text: str, position: int) -> int:
    """The code point position of Qt's position."""
    if text.isascii():
        return position
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))
