"""What can be wrong with a format file."""

from __future__ import annotations


class FormatError(ValueError):
    """A format file that contradicts itself: an unknown operand, a repeated id, totals in a circle."""
