"""Regular expressions that are compiled when they are first used: classes of Chinese characters take milliseconds."""

from __future__ import annotations

import re
from functools import cached_property


class Pattern:
    """A regular expression. ``re`` is the compiled one."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def re(self) -> re.Pattern[str]:
        return re.compile(self.text)
