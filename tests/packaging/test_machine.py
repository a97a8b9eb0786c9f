"""Set-up: done when it is needed and only then, and refused in words where it cannot be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def machine(script, tmp_path, monkeypatch):
    """The module with an environment and locks of its own, and a record of the programs it starts."""
    module = script("machine")
    locks = (tmp_path / "a.lock", tmp_path / "b.lock")
    for lock in locks:
        lock.write_text("")
    monkeypatch.setattr(module, "LOCKS", locks)
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / "venv" / "stamp")
    module.started = []

    def start(command, **_options):
        module.started.append(command[1:3])
        if command[1:3] == ["-m", "venv"]:
            module.venv_python().parent.mkdir(parents=True, exist_ok=True)
            module.venv_python().touch()
        return module.subprocess.CompletedProcess(command, int(command[1:3] == ["-m", module.fails]))

    module.fails = None
    monkeypatch.setattr(module.subprocess, "run", start)
    return module


def test_the_environment_is_made_once_and_renewed_when_a_lock_changes(machine):
    assert machine.provide_environment() == machine.venv_python()
    assert machine.started == [["-m", "venv"], ["-m", "pip"]]
    machine.provide_environment()
    assert machine.started == [["-m", "venv"], ["-m", "pip"]]
    machine.LOCKS[1].write_text("other")
    machine.provide_environment()
    assert machine.started == [["-m", "venv"], ["-m", "pip"], ["-m", "pip"]]


def test_an_installation_that_failed_is_not_taken_for_done(machine):
    machine.provide_environment()
    machine.LOCKS[0].write_text("other")
    machine.fails = "pip"
    with pytest.raises(machine.SetupError, match="PIP_FIND_LINKS"):
        machine.provide_environment()
    assert not machine.up_to_date()
    machine.fails = None
    del machine.started[:]
    machine.provide_environment()
    assert machine.started == [["-m", "venv"], ["-m", "pip"]], "what was left half done is made anew"
    assert machine.up_to_date()


def test_missing_libraries_are_named_with_the_command(machine, monkeypatch):
    monkeypatch.setattr(machine, "missing_libraries", lambda: ["libEGL.so.1", "libxcb-cursor.so.0"])
    monkeypatch.setattr(machine, "is_root", lambda: False)
    monkeypatch.setattr(machine, "on_debian", lambda: True)
    with pytest.raises(machine.SetupError, match="sudo apt-get install libegl1 libxcb-cursor0"):
        machine.provide_libraries()
    monkeypatch.setattr(machine, "on_debian", lambda: False)
    monkeypatch.setattr(machine.shutil, "which", lambda name: name if name == "dnf" else None)
    with pytest.raises(machine.SetupError, match=r"sudo dnf install 'libEGL\.so\.1\(\)\(64bit\)'"):
        machine.provide_libraries()
    assert machine.started == []


def test_root_on_debian_installs_them(machine, monkeypatch):
    answers = iter([["libEGL.so.1"], []])
    monkeypatch.setattr(machine, "missing_libraries", lambda: next(answers))
    monkeypatch.setattr(machine, "is_root", lambda: True)
    monkeypatch.setattr(machine, "on_debian", lambda: True)
    machine.provide_libraries()
    assert machine.started == [["install", "-y"]]


def test_a_python_without_ensurepip_is_named(machine, monkeypatch):
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(machine, "on_debian", lambda: True)
    monkeypatch.setattr(machine, "is_root", lambda: False)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    with pytest.raises(machine.SetupError, match=f"sudo apt-get install {package}"):
        machine.create_venv(machine.VENV)
    assert machine.started == []


def test_the_locks_hold_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text
        pinned = re.findall(r"^[a-z][\w.-]*==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        named = re.findall(r"^[^\s#]", text, re.MULTILINE)
        assert len(pinned) == len(named) > 0


def test_the_locks_hold_what_pyproject_names():
    import tomllib

    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, wanted in (
        ("requirements.lock", project["project"]["dependencies"]),
        ("requirements-dev.lock", project["dependency-groups"]["dev"]),
    ):
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        locked = dict(re.findall(r"^([a-z][\w.-]*)==(\S+)", text, re.MULTILINE))
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(locked[requirement.name.lower()]), requirement
