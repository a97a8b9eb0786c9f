"""A short power-cut campaign, and proof that wrong journal modes are caught by it."""

from __future__ import annotations

import random

import pytest

from tests.campaigns.disk import after_power_cut
from tests.campaigns.power import campaign


def test_a_power_cut_loses_nothing_acknowledged(tmp_path):
    seed = random.randrange(2**32)
    outcome = campaign(tmp_path, rounds=100, seed=seed)
    assert outcome.good, (seed, outcome)
    assert outcome.acknowledged > 100
    assert outcome.hot_journals > 30


@pytest.mark.parametrize("mode", ["normal", "wal"])
def test_a_wrong_mode_is_caught(tmp_path, mode):
    outcome = campaign(tmp_path, rounds=40, seed=2, mode=mode)
    assert outcome.lost > 0, outcome


def after(before, log, seed=0):
    return after_power_cut(before, log, random.Random(seed))


def test_what_was_synced_is_kept():
    log = [("create", "a"), ("write", "a", 0, b"one"), ("sync", "a"), ("delete", "b", 1)]
    assert all(after({"b": b"two"}, log, seed) == {"a": b"one"} for seed in range(50))


def test_what_was_not_synced_may_be_kept_lost_or_torn():
    log = [("write", "a", 500, b"x" * 20), ("truncate", "b", 1), ("delete", "c", 0)]
    before = {"a": b"-" * 520, "b": b"two", "c": b"three"}
    left = [after(before, log, seed) for seed in range(200)]
    assert {each["a"][500:] for each in left} == {
        b"-" * 20,
        b"x" * 20,
        b"x" * 12 + b"-" * 8,
        b"-" * 12 + b"x" * 8,
    }
    assert {each["b"] for each in left} == {b"two", b"t"}
    assert {each.get("c") for each in left} == {None, b"three"}


def test_a_lost_write_in_the_middle_leaves_a_hole():
    log = [("create", "a"), ("write", "a", 0, b"1" * 512), ("write", "a", 512, b"2" * 512)]
    left = {after({}, log, seed).get("a") for seed in range(300)}
    assert bytes(512) + b"2" * 512 in left
    assert b"1" * 512 in left
    assert None in left
