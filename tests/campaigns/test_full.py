"""A short disk-full campaign, and proof that it would notice a worker that drops what did not fit."""

from __future__ import annotations

import random
from contextlib import suppress

from gkdesk.storage import Document
from gkdesk.storage.failures import DiskFull
from tests.campaigns.full import campaign


def test_nothing_is_lost_when_the_disk_gets_full(tmp_path):
    seed = random.randrange(2**32)
    outcome = campaign(tmp_path, rounds=20, seed=seed)
    assert outcome.good, (seed, outcome)


def test_a_commit_that_hides_its_failure_is_caught(tmp_path, monkeypatch):
    real = Document.commit

    def hides(self, *arguments):
        with suppress(DiskFull):
            return real(self, *arguments)

    monkeypatch.setattr(Document, "commit", hides)
    outcome = campaign(tmp_path, rounds=4, seed=1)
    assert outcome.lost > 0, outcome
