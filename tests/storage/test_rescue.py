"""A disk that never answers: what is in memory goes elsewhere, and the thread that hangs is left behind."""

from __future__ import annotations

import threading
import time

import pytest

from gkdesk.storage import Document, StorageWorker
from gkdesk.storage.failures import AlreadyExists, NoAnswer

LONG = 30  # seconds; nothing here takes that long unless it hangs


class Hanging(Document):
    """Hangs in the method named `where` once `hangs` is set, until `answer` is."""

    where = "commit"
    hangs: threading.Event
    entered: threading.Event
    answer: threading.Event

    def _hang(self, where):
        if self.hangs.is_set() and where == self.where:
            self.entered.set()
            assert self.answer.wait(LONG)

    def commit(self, *arguments):
        self._hang("commit")
        return super().commit(*arguments)

    def set_state(self, *arguments):
        self._hang("set_state")
        super().set_state(*arguments)

    def copy_to(self, target):
        self._hang("copy_to")
        return super().copy_to(target)


@pytest.fixture
def disk():
    """The class of documents of this test."""
    events = {name: threading.Event() for name in ("hangs", "entered", "answer")}
    return type("Disk", (Hanging,), events)


@pytest.fixture
def worker(closed, disk):
    """With one patch saved; then the disk stops answering."""
    made = StorageWorker(lambda: disk.open(closed), retry_every=None, rescue_after=0.05, copy_seconds=0.05)
    made.submit(2024, {"a": "1"}, "甲")
    assert made.flush(LONG)
    stuck = made.thread
    disk.hangs.set()
    yield made
    disk.answer.set()
    assert made.close(LONG, discard=True)
    for thread in (stuck, made.thread):
        thread.join(LONG)
        assert not thread.is_alive()


def stored(path, year=2024):
    with Document.open(path) as document:
        return document.entries(year)


def hang_in_a_commit(worker, disk):
    """Two patches wait behind the commit that hangs with the first."""
    for key in "bcd":
        worker.submit(2024, {key: "2"}, f"输入 {key}")
    assert disk.entered.wait(LONG)


def test_all_that_was_typed_goes_elsewhere_while_a_commit_hangs(worker, closed, disk, tmp_path):
    hang_in_a_commit(worker, disk)
    assert worker.state.kind == "saving", "nothing may be called saved"
    moved = worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert (moved.path, moved.with_history) == (tmp_path / "b.gkd", False)
    assert worker.flush(LONG)
    assert (worker.state.kind, worker.acknowledged) == ("saved", 4)
    worker.submit(2024, {"e": "3"}, "输入 e")
    names = worker.read(lambda document: [each.name for each in document.revisions(2024)]).result(LONG)
    assert names == ["输入 e", "输入 d", "输入 c", "输入 b", "从内存恢复"]
    assert worker.close(LONG), "the thread that hangs is waited for no more"
    assert not disk.answer.is_set()
    kept = {"a": "1", "b": "2", "c": "2", "d": "2", "e": "3", "unit.name": "某某市统计局"}
    assert stored(moved.path).items() >= kept.items()


def test_when_the_disk_answers_after_all_the_old_file_is_let_go(worker, closed, disk, tmp_path):
    hang_in_a_commit(worker, disk)
    stuck = worker.thread
    worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    disk.answer.set()
    stuck.join(LONG)
    assert not stuck.is_alive()
    worker.submit(2024, {"e": "3"}, "输入 e")
    assert worker.flush(LONG)
    assert worker.acknowledged == 5, "the late commit acknowledges nothing"
    old = stored(closed)  # not locked any more
    assert (old["a"], "c" in old, "e" in old) == ("1", False, False)
    assert worker.close(LONG)
    assert stored(tmp_path / "b.gkd").items() >= {"a": "1", "b": "2", "c": "2", "d": "2", "e": "3"}.items()


def test_all_years_and_their_states_are_rescued(closed, disk, tmp_path):
    with Document.open(closed) as document:
        document.add_report(2023, "2021", {"t3.new.natural": "7"}, "新建")
        document.set_state(2023, "final")
        document_id = document.document_id
    worker = StorageWorker(lambda: disk.open(closed), retry_every=None, rescue_after=0.05)
    worker.opened.result(LONG)
    disk.hangs.set()
    hang_in_a_commit(worker, disk)
    worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert worker.close(LONG)
    disk.answer.set()
    with Document.open(tmp_path / "b.gkd") as rescued:
        assert rescued.document_id == document_id
        assert rescued.years() == [2023, 2024]
        assert rescued.state_of(2023) == "final"
        assert rescued.entries(2023) == {"t3.new.natural": "7"}


def test_whoever_waits_for_what_hangs_is_told(worker, disk, tmp_path):
    disk.where = "set_state"
    changed = worker.call(lambda document: document.set_state(2024, "review"))
    assert disk.entered.wait(LONG)
    worker.submit(2024, {"b": "2"}, "乙")
    behind = worker.read(lambda document: document.entries(2024)["b"])
    worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    with pytest.raises(NoAnswer):
        changed.result(LONG)
    assert behind.result(LONG) == "2"
    assert worker.read(lambda document: document.state_of(2024)).result(LONG) == "filling"
    disk.answer.set()


def test_a_copy_that_hangs_is_not_waited_for_either(worker, disk, tmp_path):
    disk.where = "copy_to"
    moved = worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert not moved.with_history
    stuck = next(each for each in threading.enumerate() if each.name == "storage")
    disk.answer.set()
    stuck.join(LONG)
    worker.submit(2024, {"b": "2"}, "乙")
    assert worker.close(LONG)
    assert stored(tmp_path / "b.gkd").items() >= {"a": "1", "b": "2"}.items()


def test_a_disk_that_answers_meanwhile_gives_its_history(worker, disk, tmp_path, monkeypatch):
    hang_in_a_commit(worker, disk)
    real = Document.from_content.__func__

    def slow(cls, *arguments):
        disk.answer.set()
        deadline = time.monotonic() + LONG
        while worker.pending() and time.monotonic() < deadline:
            time.sleep(0.01)
        return real(cls, *arguments)

    monkeypatch.setattr(Document, "from_content", classmethod(slow))
    moved = worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert moved.with_history
    assert worker.close(LONG)
    with Document.open(moved.path) as document:
        assert [each.name for each in document.revisions(2024)] == [
            "输入 d",
            "输入 c",
            "输入 b",
            "甲",
            "新建",
        ]


def test_a_place_that_is_taken_changes_nothing(worker, disk, tmp_path):
    hang_in_a_commit(worker, disk)
    taken = tmp_path / "b.gkd"
    taken.write_bytes(b"mine")
    with pytest.raises(AlreadyExists):
        worker.save_elsewhere(taken).result(LONG)
    assert taken.read_bytes() == b"mine"
    assert worker.pending() == 3
    worker.save_elsewhere(tmp_path / "c.gkd").result(LONG)
    assert worker.close(LONG)
    assert stored(tmp_path / "c.gkd").items() >= {"a": "1", "b": "2", "c": "2", "d": "2"}.items()


def test_it_can_hang_twice(worker, disk, tmp_path, monkeypatch):
    """The place that was fled to dies as well."""
    hang_in_a_commit(worker, disk)
    worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert worker.flush(LONG)
    again, answer = threading.Event(), threading.Event()
    real = Document.commit

    def hangs(self, *arguments):
        if self.path.name == "b.gkd":
            again.set()
            assert answer.wait(LONG)
        return real(self, *arguments)

    monkeypatch.setattr(Document, "commit", hangs)
    worker.submit(2024, {"e": "3"}, "输入 e")
    assert again.wait(LONG)
    worker.save_elsewhere(tmp_path / "c.gkd").result(LONG)
    assert worker.close(LONG)
    assert stored(tmp_path / "c.gkd").items() >= {"a": "1", "b": "2", "d": "2", "e": "3"}.items()
    answer.set()
