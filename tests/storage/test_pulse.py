"""On a share whose locks each computer keeps to itself, a sign of life keeps the second one away."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from gkdesk.storage import Document, connection, owner, pulse
from gkdesk.storage.failures import Locked

LONG = 30


@pytest.fixture
def share(monkeypatch):
    """Every folder is on a share, and its locks are worth nothing."""
    monkeypatch.setattr(pulse, "medium_of", lambda _path: "network")
    monkeypatch.setattr(connection, "take_lock", lambda conn: conn.execute("PRAGMA journal_mode = TRUNCATE"))


def somebody(path, age=0.0):
    """Leave the record of another computer, its last sign of life so many seconds ago."""
    left = replace(owner.leave(path), user="李四", computer="另一台")
    owner.write(path, left)
    moment = time.time() - age
    os.utime(owner.record_path(path), (moment, moment))
    return left


@pytest.mark.usefixtures("share")
def test_who_is_at_work_elsewhere_is_not_disturbed(closed):
    left = somebody(closed)
    before = closed.read_bytes()
    journal = closed.with_name(f"{closed.name}-journal")
    journal.write_bytes(b"the other's")
    with pytest.raises(Locked, match=r"李四.*另一台"):
        Document.open(closed)
    assert (closed.read_bytes(), journal.read_bytes()) == (before, b"the other's")
    assert owner.read(closed) == left
    assert not [path.name for path in closed.parent.iterdir() if path.name.endswith(".tmp")]


@pytest.mark.usefixtures("share")
def test_who_gave_no_sign_for_long_is_gone(closed):
    somebody(closed, age=2 * pulse.FRESH)
    with Document.open(closed) as document:
        document.commit(2024, {"a": "1"}, "输入")


def test_elsewhere_the_lock_alone_counts(closed):
    somebody(closed)
    Document.open(closed).close()


@pytest.mark.usefixtures("share")
def test_ones_own_record_is_in_nobodys_way(document):
    document.close()
    owner.leave(document.path)
    document.reopen()
    document.commit(2024, {"a": "1"}, "输入")


@pytest.mark.usefixtures("share")
def test_signs_are_given_until_the_document_is_closed(document, monkeypatch):
    record = owner.record_path(document.path)
    os.utime(record, (1, 1))
    signs = pulse.Pulse(document.path, beat=0.01)
    deadline = time.monotonic() + LONG
    while record.stat().st_mtime < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert record.stat().st_mtime > 2
    owner.write(document.path, replace(owner.read(document.path), pid=1))
    signs.stop()
    os.utime(record, (1, 1))
    other = pulse.Pulse(document.path, beat=0.01)
    time.sleep(0.1)
    other.stop()
    assert record.stat().st_mtime < 2, "of somebody else nothing is said"
