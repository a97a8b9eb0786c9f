"""The record of who has a document open."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest

from gkdesk.storage import owner
from gkdesk.storage.owner import Owner

ME = Owner("李四", owner.computer_name(), os.getpid(), "2025-01-20T14:32:05+08:00")


def test_written_and_read(path):
    owner.write(path, ME)
    assert owner.read(path) == ME
    assert owner.record_path(path).name == path.name + ".lock"
    assert json.loads(owner.record_path(path).read_text("utf-8"))["user"] == "李四"
    assert [file.name for file in path.parent.iterdir()] == [path.name + ".lock"]


def test_leaving_one_tells_who_and_where(path):
    left = owner.leave(path)
    assert owner.read(path) == left
    assert (left.pid, left.computer, left.user) == (os.getpid(), owner.computer_name(), owner.user_name())
    assert left.since[10] == "T"
    assert left.since[-6] in "+-"


def test_only_ones_own_is_removed(path):
    other = Owner("王五", "PC-9", 4, "2025-01-20T14:32:05+08:00")
    owner.write(path, other)
    owner.remove(path, ME)
    assert owner.read(path) == other
    owner.remove(path, other)
    assert not owner.record_path(path).exists()
    owner.remove(path, other)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[1]",
        b"\xff\xfe",
        b'{"user": "a"}',
        b'{"user": 1, "computer": "b", "pid": 2, "since": "c"}',
        b'{"user": "a", "computer": "b", "pid": "2", "since": "c"}',
        b'{"user": "a", "computer": "b", "pid": true, "since": "c"}',
        b"[" * 10_000,
        b'{"user": "' + b"a" * 10_000 + b'", "computer": "b", "pid": 2, "since": "c"}',
    ],
)
def test_a_record_without_sense_is_none(path, content):
    owner.record_path(path).write_bytes(content)
    assert owner.read(path) is None
    assert owner.holder(path) is None


def test_who_is_gone():
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    here = owner.computer_name()
    assert not ME.is_gone()
    assert Owner("a", here, ended.pid, "").is_gone()
    assert Owner("a", here, 0, "").is_gone()
    assert not Owner("a", here + "-2", ended.pid, "").is_gone(), "of another computer nothing is known"


def test_a_stale_record_names_nobody(path):
    owner.write(path, Owner("a", owner.computer_name(), -1, ""))
    assert owner.holder(path) is None
    owner.write(path, ME)
    assert owner.holder(path) == ME


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_others_may_read_who_it_is(path):
    old = os.umask(0o022)
    try:
        owner.write(path, ME)
    finally:
        os.umask(old)
    assert stat.S_IMODE(owner.record_path(path).stat().st_mode) == 0o644


def test_a_system_without_user_names(monkeypatch):
    def unknown(_uid):
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", lambda: unknown(0))
    if sys.platform != "win32":
        monkeypatch.setattr("pwd.getpwuid", unknown)
    assert owner.user_name() == ""


def test_minutes_are_enough():
    assert ME.since_short == "2025-01-20 14:32"


@pytest.mark.skipif(sys.platform == "win32", reason="its environment is the only source")
def test_the_account_counts_not_the_environment(monkeypatch):
    import pwd

    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert owner.user_name() == pwd.getpwuid(os.geteuid()).pw_name
