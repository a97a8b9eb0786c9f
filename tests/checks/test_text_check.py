"""What checks of texts have in common."""

from __future__ import annotations

import pytest

from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import QUOTED, quoted


def test_a_pattern_is_compiled_when_it_is_used():
    assert Pattern("甲+").re.fullmatch("甲甲")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("收到 8 件", "收到 8 件"),
        ("收到\n  8 件", "收到 8 件"),
        ("字" * QUOTED, "字" * QUOTED),
        ("字" * (QUOTED + 1), "字" * (QUOTED - 1) + "…"),
    ],
)
def test_words_for_a_message_are_one_short_line(text, shown):
    assert quoted(text) == shown
