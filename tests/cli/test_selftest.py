"""`gkdesk --selftest`: what it does, and that it notices a program that is not whole."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gkdesk import paths
from gkdesk.cli import selftest


def test_all_is_well_and_nothing_of_the_users_is_touched(gkdesk, tmp_path, monkeypatch, qapp):
    monkeypatch.setenv(paths.ENVIRONMENT, str(tmp_path / "mine"))
    answer = gkdesk("--selftest", "--window", "--lang", "en")
    assert answer.code == 0, answer
    assert [line.partition(" ")[0] for line in answer.lines] == ["GKDesk", *["OK"] * 8, "Self-test"]
    assert answer.lines[-2].startswith("OK Window: ")
    assert answer.err == ""
    assert os.environ[paths.ENVIRONMENT] == str(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def spoiled_font(monkeypatch):
    real = selftest.sha256
    monkeypatch.setattr(selftest, "sha256", lambda data: real(data[:-1]))


def missing_module(monkeypatch):
    monkeypatch.setitem(sys.modules, "gkdesk.imports.own_workbook", None)


def wrong_figures(monkeypatch):
    real = selftest.import_source

    def wrong(path, year):
        found = real(path, year)
        return replace(
            found, cells={id: cell for id, cell in found.cells.items() if id != "t4.review.upheld"}
        )

    monkeypatch.setattr(selftest, "import_source", wrong)


def no_checks(monkeypatch):
    real = selftest.open_session

    class Blind:
        def __init__(self, *given):
            self._session = real(*given)
            self.issues = ()

        def __getattr__(self, name):
            return getattr(self._session, name)

    monkeypatch.setattr(selftest, "open_session", Blind)


@pytest.mark.parametrize(
    ("spoil", "step"),
    [
        (spoiled_font, "程序文件"),
        (missing_module, "程序文件"),
        (no_checks, "检查"),
        (wrong_figures, "读别人的文件"),
    ],
)
def test_what_is_wrong_is_told_and_ends_it(gkdesk, monkeypatch, spoil, step):
    spoil(monkeypatch)
    answer = gkdesk("--selftest")
    assert answer.code == 1
    assert answer.lines[-1].startswith(f"失败 {step}：")
    assert "Traceback" not in answer.out + answer.err


def unlimited():
    """How a reader is started that has forgotten its limits."""
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1));"
        "from gkdesk.imports import gate_child, gate_limits;"
        "gate_limits.limit_memory = lambda most: None;"
        "gate_child.main()"
    )
    return [sys.executable, "-c", code, str(Path(selftest.__file__).parents[2])]


def test_a_reader_without_limits_is_noticed(gkdesk, monkeypatch):
    monkeypatch.setattr("gkdesk.imports.gate_process.command", unlimited)
    monkeypatch.setattr(selftest, "KINDS", ("docx",))
    monkeypatch.setattr(selftest, "READ_BACK", ("docx",))
    answer = gkdesk("--selftest")
    assert answer.code == 1
    assert "没有受到限制" in answer.lines[-1]


def test_a_window_is_for_the_self_test_alone(refused):
    assert "--selftest" in refused("--window")
