"""A short campaign of pulled disks, and proof that it would notice what loses something."""

from __future__ import annotations

import random
from contextlib import suppress

from gkdesk.storage import Document
from gkdesk.storage.failures import StorageError
from gkdesk.storage.reading import Content
from tests.campaigns.pull import campaign


def test_nothing_is_lost_when_the_disk_goes(tmp_path):
    seed = random.randrange(2**32)
    outcome = campaign(tmp_path, rounds=25, seed=seed)
    assert outcome.good, (seed, outcome)
    assert min(outcome.hung, outcome.retried, outcome.moved) > 0, (seed, outcome)


def test_a_commit_that_hides_its_failure_is_caught(tmp_path, monkeypatch):
    real = Document.commit

    def hides(self, *arguments):
        with suppress(StorageError):
            return real(self, *arguments)

    monkeypatch.setattr(Document, "commit", hides)
    assert campaign(tmp_path, rounds=6, seed=1).lost > 0


def test_a_rescue_that_forgets_is_caught(tmp_path, monkeypatch):
    real = Document.in_memory

    def forgets(self):
        content = real(self)
        for held in content.reports.values():
            held.entries.clear()
        return Content(content.meta, content.reports)

    monkeypatch.setattr(Document, "in_memory", forgets)
    assert campaign(tmp_path, rounds=12, seed=2).lost > 0
