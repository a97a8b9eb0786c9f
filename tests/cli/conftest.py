"""The command line in this process, its answer taken apart; and documents to run it on."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from gkdesk import paths
from gkdesk.cli import main

SAMPLES = paths.resources() / "samples"


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()


@pytest.fixture
def gkdesk(capsys, monkeypatch):
    """Run one command; `stdin` is bytes or text."""

    def run(*arguments, stdin=b""):
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture
def refused(gkdesk):
    """Run a command that must be refused: exit 2, nothing on stdout, one plain line on stderr, which is returned."""

    def run(*arguments, **named):
        answer = gkdesk(*arguments, **named)
        assert answer.code == 2, answer
        assert answer.out == ""
        (line,) = answer.err.splitlines()
        assert "Traceback" not in line
        assert "Error" not in line
        return line

    return run


@pytest.fixture
def document(gkdesk, tmp_path):
    """A new document of 2024."""
    path = tmp_path / "局.gkd"
    assert gkdesk("new", path, "--unit", "云溪县水务局", "--year", "2024").code == 0
    return path


@pytest.fixture(scope="session")
def sample():
    return SAMPLES / "sample-2021.json"


@pytest.fixture(scope="session")
def broken():
    return SAMPLES / "broken-2021.json"
