"""Starting a year's report from last year's, texts included: every year and figure in them is marked for revision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gkdesk.formats.model import Format
from gkdesk.report.carry import next_report
from gkdesk.report.draft import Span, key_of, spell_marks
from gkdesk.report.intro import INTRO, compose_intro
from gkdesk.report.report import Report

if TYPE_CHECKING:
    from gkdesk.checks.reading.tokens import Token

_LONG = 5
"""Digits from which a number without a unit is a telephone number, a postcode or a hotline."""
_JOINED = re.compile(r"[-A-Za-z./@:_]")
_NO_COUNT = frozenset(["号", "楼", "室", "年", "度", "岁", "级", "层"])
_WORDS_ONLY = frozenset(["个", "种", "类", "届", "期"])
"""Units that in Chinese words are seldom counted: 一个, 两类."""


def next_draft(form: Format, year: int, last: Report | None) -> Report:
    """A new report as of :func:`gkdesk.report.carry.next_report`, with last year's texts as a draft.

    An introduction that was put together from the unit's data is put together anew. The date stays empty, and so do
    the texts when ``last`` is not of the year before.
    """
    report = next_report(form, year, last)
    if last is None or last.year != year - 1:
        return report
    fields = dict(report.fields)
    for part in form.text_fields:
        text = last.fields.get(part.key, "")
        if part.key == INTRO and text == compose_intro(last.form, last.year, last.fields):
            text = compose_intro(form, year, fields)
            spans = ""
        else:
            spans = spell_marks(stale(text, last.year))
        if text:
            fields[part.key] = text
        if spans:
            fields[key_of(part.key)] = spans
    return replace(report, fields=fields)


def stale(text: str, year: int) -> Iterator[Span]:
    """The years and figures of a text of the report of ``year`` that need not hold a year later.

    Not those of laws and documents, lists, telephone numbers and addresses, nor years long before. In a title
    (《2023年政务公开工作要点》) only the year of the report itself.
    """
    from gkdesk.checks.reading.tokens import CARRY, DAY, FIGURE, GAP, PERCENT, POINT, YEAR, fold, tokens

    folded = fold(text)
    for token in tokens(folded):
        if token.kind in (YEAR, CARRY):
            at = folded.find(str(token.number), token.start, token.end)
            if token.number >= year - 1 and at >= 0:
                yield at, at + len(str(token.number))
        elif token.kind == DAY:
            # the ends of the statistics period are words: they are the same each year
            yield token.start, token.end
        elif token.kind == GAP and token.text.startswith("《"):
            for found in re.finditer(rf"(?<![0-9]){year}(?![0-9])", token.text):
                yield token.start + found.start(), token.start + found.end()
        elif token.kind in (PERCENT, POINT) or (token.kind == FIGURE and _counts(token, folded, year)):
            assert token.figure is not None
            yield token.figure.start, token.figure.end


def _counts(token: Token, folded: str, year: int) -> bool:
    """Whether a figure counts something, and is no address or number of something; or is a year in words."""
    figure = token.figure
    assert figure is not None
    if figure.unit == "年" and year - 1 <= figure.value <= year + 1:
        return True
    if figure.unit in _NO_COUNT:
        return False
    if not folded[figure.start].isascii():
        return figure.unit not in _WORDS_ONLY
    beside = folded[max(figure.start - 1, 0) : figure.start], folded[figure.end : figure.end + 1]
    if figure.unit:
        return True
    return figure.end - figure.start < _LONG and not any(map(_JOINED.match, beside))
