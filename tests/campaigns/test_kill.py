"""A short kill campaign, and proof that it would notice a program that says `ok` too early."""

from __future__ import annotations

import random
import sys

from tests.campaigns.kill import campaign

TOO_EARLY = """
import sys
from gkdesk.storage import Document
with Document.open(sys.argv[1]) as document:
    for number, line in enumerate(sys.stdin, 1):
        print("ok", number, flush=True)
        key, _, value = line.strip().partition("=")
        if number % 5 == 0:
            document.commit(2024, patch | {key: value}, "输入")
        else:
            patch = {key: value} if number % 5 == 1 else patch | {key: value}
"""


def test_nothing_acknowledged_is_lost(tmp_path):
    outcome = campaign(tmp_path / "a.gkd", rounds=20, seed=random.randrange(2**32))
    assert outcome.good, outcome
    assert outcome.rounds == 20
    assert outcome.acknowledged > 200


def test_a_program_that_answers_before_it_commits_is_caught(tmp_path):
    outcome = campaign(tmp_path / "a.gkd", 6, seed=3, command=[sys.executable, "-c", TOO_EARLY, "{file}"])
    assert outcome.lost > 0, outcome
