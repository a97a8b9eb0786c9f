"""The corpora of sentences, as counts, and that those of others are what they were before their first run."""

from __future__ import annotations

import pytest

from tests.corpus import blind, measure


def test_own_corpus():
    result = measure.measure(measure.cases(measure.HERE / "own.toml"))
    assert result.wrong + result.right >= 300
    assert min(result.wrong, result.right) >= 150
    assert (result.misses, result.false) == ([], [])


@pytest.mark.parametrize("name", blind.CORPORA)
def test_a_blind_corpus_is_frozen(name):
    assert blind.CORPORA[name].is_frozen


UNSEEN = {"blind15"}
LEARNED = [name for name in blind.CORPORA if name not in UNSEEN]
"""Corpora from whose misses the grammar has learned."""


@pytest.mark.parametrize("name", LEARNED)
def test_a_blind_corpus_since_it_was_seen(name):
    result = blind.measure(blind.CORPORA[name])
    assert (result.wrong, result.right) == (100, 100)
    assert result.found >= 95, result.misses
    assert result.alarms <= 1, result.false


def test_a_measure_tells_misses_and_false_alarms():
    known = measure.reports()
    cases = [
        measure.Case("收到政府信息公开申请285件。", "text.figure", known["busy"], None, None),
        measure.Case("收到若干申请。", "text.figure", known["busy"], None, (0, 2)),
        measure.Case("全县收到政府信息公开申请285件。", "text.figure", known["busy"], None, (11, 14)),
    ]
    result = measure.measure(iter(cases))
    assert (result.alarms, result.right, result.found, result.wrong) == (1, 1, 0, 2)
    assert "wrong figures found: 0 of 2 (0.0 %)" in str(result)
    assert "false alarms: 1 of 1 correct sentences (100.0 %)" in str(result)


def test_what_is_right_brings_up_no_warning():
    """But for what is known to, so that both getting better and getting worse are seen."""
    passages = list(measure.passages())
    noisy = {passage.text for passage in passages if passage.warnings()}
    assert noisy == {passage.text for passage in passages if passage.known}
    assert len(noisy) < 0.03 * len(passages)
