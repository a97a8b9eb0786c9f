"""A few texts of clauses at random; the campaign has many."""

from __future__ import annotations

import pytest

from gkdesk.checks.figures import Figures
from tests.campaigns.clauses import campaign, texts


def test_what_stands_beside_what_is_new_to_no_check():
    outcome = campaign(400, 1)
    assert outcome.good, outcome.examples
    assert outcome.fixes > 100


def test_the_same_seed_makes_the_same_texts():
    assert list(texts(20, 3)) == list(texts(20, 3)) != list(texts(20, 4))


@pytest.mark.parametrize(("fault", "counted"), [("raises", "crashed"), ("keeps", "unmended")])
def test_what_goes_wrong_is_counted(monkeypatch, fault, counted):
    real = Figures.fix

    def raises(*_arguments):
        raise KeyError("first")

    def keeps(self, issue, view):
        patch = real(self, issue, view)
        return patch and {key: view.fields[key] + "。" for key in patch}

    monkeypatch.setattr(Figures, "fix", {"raises": raises, "keeps": keeps}[fault])
    outcome = campaign(100, 1)
    assert getattr(outcome, counted) > 0
    assert outcome.examples
    assert not outcome.good
