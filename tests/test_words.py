"""Words put together: the marks of each language, dates and figures by babel."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gkdesk import i18n, words

NOON = datetime(2026, 1, 5, 14, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "first", "second"),
    [
        (lambda: words.listed(["甲", 2]), "甲、2", "甲, 2"),
        (lambda: words.clauses(["a", "", "b"]), "a，b", "a, b"),
        (lambda: words.parts(["a", "b", ""]), "a；b", "a; b"),
        (lambda: words.spaced(["a", "b"]), "a　b", "a  b"),
        (lambda: words.named("a", "b"), "a：b", "a: b"),
        (lambda: words.remarked("a", "b"), "a（b）", "a (b)"),
        (lambda: words.in_quotes("a"), "“a”", chr(34) + "a" + chr(34)),
        (lambda: words.day(date(2026, 1, 31)), "1月31日", "Jan 31"),
        (lambda: words.full_day(date(2026, 1, 31)), "2026年1月31日", "January 31, 2026"),
        (lambda: words.moment(NOON), "2026年1月5日 14:03", "January 5, 2026 14:03"),
        (lambda: words.time(NOON), "14:03", "14:03"),
    ],
)
def test_each_language_has_its_own_marks(made, first, second):
    assert made() == first
    i18n.set_language("en")
    assert made() == second
