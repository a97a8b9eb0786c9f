"""A short campaign of damaged documents, and proof that hangs, crashes and escapes are counted."""

from __future__ import annotations

import random
import sys

import pytest

from tests.campaigns import mutate
from tests.campaigns.mutate import Outcome, campaign


def test_damaged_documents_are_refused_in_words():
    seed = random.randrange(2**32)
    outcome = campaign(1000, seed)
    assert outcome.good, (seed, outcome)
    assert outcome.opened > 100
    assert outcome.refused > 500


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ("'opened'", "opened"),
        ("'escaped'", "escaped"),
        ("'changed'", "changed"),
        ("(time.sleep(60), 'opened')[1]", "too_slow"),
        ("os.abort()", "crashed"),
        ("bytearray(2**30)", "escaped"),
    ],
)
def test_what_a_child_does_is_counted(monkeypatch, answer, field):
    """The third of five documents is one that the child takes badly."""
    code = f"""
import os, sys, time
from tests.campaigns import mutate
def attempt(place, known):
    if place.name != "12":
        return "refused", ""
    try:
        return {answer}, ""
    except MemoryError:
        return "escaped", "MemoryError"
mutate.attempt = attempt
mutate.child(int(sys.argv[1]), int(sys.argv[2]))
"""
    monkeypatch.setattr(mutate, "CHILD", [sys.executable, "-c", code])
    monkeypatch.setattr(mutate, "SECONDS", 2)
    outcome = campaign(5, 10)
    counted = Outcome(count=5, refused=4, slowest=outcome.slowest, largest_mb=outcome.largest_mb)
    setattr(counted, field, 1)
    assert outcome.good == (field == "opened")
    counted.examples = outcome.examples
    assert outcome == counted
