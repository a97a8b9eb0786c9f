"""A few random clerks; the campaign has many."""

from __future__ import annotations

import pytest
from hypothesis.stateful import run_state_machine_as_test

from gkdesk.storage import Document
from tests.campaigns.edits import Clerk, campaign, machine_settings


def test_document_and_session_hold_what_was_edited():
    outcome = campaign(500)
    assert outcome.edits >= 500
    assert outcome.changed > 100


def test_a_commit_that_forgets_a_key_is_caught(monkeypatch):
    real = Document.commit

    def forgets(self, year, patch, name):
        kept = dict(list(patch.items())[:2])
        return real(self, year, kept, name)

    monkeypatch.setattr(Document, "commit", forgets)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Clerk, settings=machine_settings(100))
