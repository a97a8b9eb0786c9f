"""Short campaigns of spoiled foreign files, and proof that what goes wrong in them is counted."""

from __future__ import annotations

import random
from dataclasses import asdict

import pytest

from gkdesk.errors import KnownError
from gkdesk.imports import gate_process
from tests.campaigns import foreign


def test_spoiled_workbooks_are_read_or_refused():
    seed = random.randrange(2**32)
    outcome = foreign.workbooks(1000, seed)
    assert outcome.good, (seed, outcome)
    assert outcome.read > 200
    assert outcome.refused > 200


def test_spoiled_documents_are_read_or_refused():
    seed = random.randrange(2**32)
    outcome = foreign.documents(200, seed)
    assert outcome.good, (seed, outcome)
    assert outcome.read > 50
    assert outcome.refused + outcome.stumbled > 20


def test_what_is_not_spoiled_is_read(monkeypatch):
    """Else the campaign would only show that everything is refused."""
    monkeypatch.setattr(foreign, "spoil", lambda _chance, data: data)
    monkeypatch.setattr(foreign, "spoil_package", lambda _chance, data: data)
    for run in (foreign.workbooks, foreign.documents):
        outcome = run(14, 0)
        assert (outcome.read, outcome.good) == (14, True), outcome


HERE = "tests.imports.readers_for_tests"


@pytest.mark.parametrize(
    ("reader", "counted", "good"),
    [
        ("fail", "stumbled", True),
        ("die", "stopped", True),
        ("sleep", "too_slow", False),
        ("echo", "refused", True),
    ],
)
def test_what_a_reader_does_is_counted(reader, counted, good, monkeypatch):
    monkeypatch.setattr(foreign, "spoil", lambda _chance, data: data)
    monkeypatch.setitem(foreign.gate.READERS, "html", f"{HERE}:{reader}")
    if reader == "sleep":
        limits = gate_process.ProcessLimits(seconds=1.2)
        monkeypatch.setattr(foreign, "SECONDS", 0)
        monkeypatch.setattr(foreign.gate_process, "ProcessLimits", lambda: limits)
    outcome = foreign._campaign(1, 0, ("html",))
    assert asdict(outcome)[counted] == 1
    assert outcome.good is good


@pytest.mark.parametrize(
    "error", [KnownError("two\nlines"), KnownError(""), ValueError("a"), RecursionError()]
)
def test_what_escapes_is_counted(error, monkeypatch):
    def fail(_data, _name):
        raise error

    monkeypatch.setattr(foreign.gate, "recognise", fail)
    outcome = foreign.documents(1, 0)
    assert (outcome.escaped, outcome.good) == (1, False)
