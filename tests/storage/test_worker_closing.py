"""What closing the thread that saves waits for, asks and discards."""

from __future__ import annotations

import threading

import pytest

from gkdesk.storage import BackupPolicy, Document, StorageWorker
from gkdesk.storage.failures import Closed, DiskTrouble
from tests.storage.staged import FULL, LONG, stored


def test_closing_asks_when_something_is_not_saved(worker, closed, disk):
    disk.trouble = FULL
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.close(LONG) is False
    assert worker.pending() == 1
    disk.trouble = None
    assert worker.close(LONG) is True
    assert stored(closed)["a"] == "1"


def test_closing_can_discard(worker, closed, disk):
    disk.trouble = FULL
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.close(LONG, discard=True)
    assert "a" not in stored(closed)


def test_closing_does_not_wait_for_ever(worker, closed, disk):
    disk.wait = 0.5
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.close(0.05) is False
    assert worker.close(LONG) is True
    assert worker.close(LONG) is True
    with pytest.raises(Closed, match="已经关闭"):
        worker.submit(2024, {"a": "2"}, "输入")
    with pytest.raises(Closed):
        worker.call(lambda document: document.years())
    with pytest.raises(Closed):
        worker.save_elsewhere(closed.with_name("b.gkd"))


def test_a_request_that_closing_overtook_is_told(worker, disk):
    disk.wait = 0.3
    worker.submit(2024, {"a": "1"}, "输入")
    assert disk.entered.wait(LONG)
    late = worker.call(lambda document: document.years())
    assert worker.close(0, discard=True)
    with pytest.raises(Closed):
        late.result(LONG)


class SlowBackup(BackupPolicy):
    """A backup that takes until `go` is set."""

    def __init__(self):
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()

    def make(self, document):
        self.begun.set()
        assert self.go.wait(LONG)
        raise DiskTrouble(document.path)


@pytest.mark.parametrize("discard", [False, True])
def test_closing_asks_nothing_for_the_sake_of_a_slow_backup(closed, discard):
    policy = SlowBackup()
    worker = StorageWorker(closed, backups=policy)
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.flush(LONG)
    assert worker.close(0.2, discard=discard) is True
    assert policy.begun.wait(LONG)
    assert worker.thread.is_alive()
    assert worker.close(0) is True
    policy.go.set()
    worker.thread.join(LONG)
    assert stored(closed)["a"] == "1"


def test_discarding_waits_for_no_dead_disk(closed):
    class Dead(Document):
        entered, answer = threading.Event(), threading.Event()

        def commit(self, *_arguments):
            self.entered.set()
            assert self.answer.wait(LONG)
            raise FULL

    worker = StorageWorker(lambda: Dead.open(closed), retry_every=None)
    worker.submit(2024, {"a": "1"}, "输入")
    assert Dead.entered.wait(LONG)
    assert worker.close(0.05) is False
    assert worker.pending() == 1
    assert worker.close(0.05, discard=True) is True
    assert worker.thread.is_alive()
    Dead.answer.set()
    worker.thread.join(LONG)
    assert "a" not in stored(closed)
