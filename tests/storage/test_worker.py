"""The thread that saves: order, truth about what is saved, and what happens when it cannot be."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest

from gkdesk.storage import Document, SaveState, StorageWorker
from gkdesk.storage.failures import (
    AlreadyExists,
    DiskFull,
    DiskTrouble,
    NoAnswer,
    NotADocument,
    NotFound,
    NotSaved,
    ProgramFault,
    Replaced,
    StorageError,
    Unstorable,
)
from tests.storage.staged import FULL, LONG, kinds, stored


def test_patches_are_committed_in_order(worker, closed, states):
    assert worker.opened.result(LONG) == closed
    tickets = [worker.submit(2024, {"a": str(n)}, f"第 {n} 次") for n in range(50)]
    assert tickets == list(range(1, 51))
    assert worker.flush(LONG)
    assert (worker.acknowledged, worker.pending(), worker.state.kind) == (50, 0, "saved")
    names = worker.call(lambda document: [r.name for r in document.revisions(2024, 50)]).result(LONG)
    assert names == [f"第 {n} 次" for n in reversed(range(50))]
    assert worker.close(LONG)
    assert stored(closed)["a"] == "49"
    assert set(kinds(states)) == {"saving", "saved"}
    assert kinds(states)[-1] == "saved"


def test_a_slow_disk_holds_up_nobody(worker, closed, disk):
    disk.wait = 0.3
    worker.opened.result(LONG)
    begun = time.perf_counter()
    for n in range(6):
        worker.submit(2024, {"a": str(n), str(n): "1"}, "输入")
    submitting = time.perf_counter() - begun
    assert worker.state.kind == "saving"
    assert worker.acknowledged < 6
    assert worker.flush(LONG)
    # Compared with the commits themselves, which slept 1.8 s at least.
    assert submitting < (time.perf_counter() - begun) / 3
    assert worker.close(LONG)
    assert stored(closed) | {"a": "5", **{str(n): "1" for n in range(6)}} == stored(closed)


def test_acknowledged_only_after_the_commit(worker, disk):
    disk.wait = 0.2
    ticket = worker.submit(2024, {"a": "1"}, "输入")
    assert disk.entered.wait(LONG)
    assert worker.acknowledged == 0
    assert worker.pending() == 1
    assert worker.flush(LONG)
    assert worker.acknowledged == ticket


def test_a_patch_is_what_it_was_when_submitted(worker, closed):
    patch = {"a": "1"}
    worker.submit(2024, patch, "输入")
    patch["a"] = "2"
    assert worker.close(LONG)
    assert stored(closed)["a"] == "1"


def test_times_are_those_of_the_submission(worker, disk):
    disk.wait = 0.1
    for n in range(2):
        worker.submit(2024, {"a": str(n)}, "输入")
    submitted = datetime.now(UTC)
    assert worker.flush(LONG)
    assert all(at <= submitted for *_, at in disk.seen)
    newest = worker.call(lambda document: document.revisions(2024, 1)[0]).result(LONG)
    assert datetime.fromisoformat(newest.time) == disk.seen[1][3].replace(microsecond=0)


def test_a_full_disk_keeps_the_patches_until_a_retry(worker, closed, disk, states):
    disk.trouble = FULL
    worker.submit(2024, {"a": "1"}, "输入")
    worker.submit(2024, {"b": "2"}, "输入")
    assert not worker.flush(LONG)
    state = worker.state
    assert (state.kind, state.pending, worker.pending(), worker.acknowledged) == ("failed", 2, 2, 0)
    assert "磁盘已满" in state.reason
    assert isinstance(state.error, DiskFull)
    worker.submit(2024, {"c": "3"}, "输入")
    assert not worker.flush(LONG)
    assert worker.pending() == 3
    disk.trouble = None
    worker.retry()
    assert worker.flush(LONG)
    assert (worker.acknowledged, worker.state) == (3, SaveState("saved"))
    assert worker.close(LONG)
    assert stored(closed).items() >= {"a": "1", "b": "2", "c": "3"}.items()
    assert kinds(states) == ["saving", "failed", "saving", "saved"]


def test_a_retry_that_fails_again_stays_failed(worker, disk):
    disk.trouble = FULL
    worker.submit(2024, {"a": "1"}, "输入")
    for _ in range(3):
        disk.entered.clear()
        worker.retry()
        assert disk.entered.wait(LONG)
        assert not worker.flush(LONG)
        assert worker.pending() == 1


def test_it_is_tried_again_by_itself(closed, disk):
    disk.trouble = FULL
    worker = StorageWorker(lambda: disk.open(closed), retry_every=0.05)
    worker.submit(2024, {"a": "1"}, "输入")
    assert not worker.flush(LONG)
    disk.trouble = None
    deadline = time.monotonic() + LONG
    while worker.pending() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert worker.pending() == 0
    assert worker.close(LONG)


def test_requests_behind_what_is_not_saved_are_told(worker, disk):
    disk.trouble, disk.wait = FULL, 0.1
    worker.submit(2024, {"a": "1"}, "输入")
    before = worker.call(lambda document: document.years())
    with pytest.raises(NotSaved, match="磁盘已满"):
        before.result(LONG)
    with pytest.raises(NotSaved, match="磁盘已满"):
        worker.call(lambda document: document.years()).result(LONG)
    disk.trouble = None
    worker.retry()
    assert worker.flush(LONG)
    assert worker.call(lambda document: document.years()).result(LONG) == [2024]


def test_reading_goes_on_while_saving_has_failed(worker, disk):
    disk.trouble, disk.wait = FULL, 0.1
    worker.submit(2024, {"a": "1"}, "输入")
    before = worker.read(lambda document: document.entries(2024))
    written = worker.call(lambda document: document.set_state(2024, "review"))
    assert "a" not in before.result(LONG)
    with pytest.raises(NotSaved):
        written.result(LONG)
    assert not worker.flush(LONG)
    names = worker.read(lambda document: [each.name for each in document.revisions(2024)])
    assert names.result(LONG) == ["新建"]
    assert (worker.pending(), worker.state.kind) == (1, "failed")
    disk.trouble = None
    worker.retry()
    assert worker.flush(LONG)
    assert worker.read(lambda document: document.entries(2024)["a"]).result(LONG) == "1"


def test_without_the_file_the_content_can_be_read_but_not_the_history(worker, closed):
    worker.submit(2024, {"a": "1"}, "输入")
    worker.call(lambda document: document.close()).result(LONG)
    closed.unlink()
    worker.submit(2024, {"b": "2"}, "输入")
    assert not worker.flush(LONG)
    worker.retry()
    assert not worker.flush(LONG)
    seen = worker.read(lambda d: (d.years(), d.entries(2024)["a"], d.state_of(2024))).result(LONG)
    assert seen == ([2024], "1", "filling")
    for history in (lambda d: d.revisions(2024), lambda d: d.versions(2024), lambda d: d.states(2024)):
        with pytest.raises(StorageError, match=closed.name):
            worker.read(history).result(LONG)


def test_reading_keeps_the_order(worker, disk):
    disk.wait = 0.02
    futures = []
    for n in range(10):
        worker.submit(2024, {"a": str(n)}, "输入")
        futures.append(worker.read(lambda document: document.entries(2024)["a"]))
    assert [future.result(LONG) for future in futures] == [str(n) for n in range(10)]


def test_save_elsewhere_takes_the_pending_along(worker, closed, disk, tmp_path):
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.flush(LONG)
    disk.trouble = FULL
    worker.submit(2024, {"b": "2"}, "输入")
    assert not worker.flush(LONG)
    taken = tmp_path / "b.gkd"
    taken.write_bytes(b"mine")
    with pytest.raises(AlreadyExists):
        worker.save_elsewhere(taken).result(LONG)
    assert worker.pending() == 1
    disk.trouble = None
    moved = worker.save_elsewhere(tmp_path / "c.gkd").result(LONG)
    assert (moved.path, moved.with_history) == (tmp_path / "c.gkd", True)
    assert worker.flush(LONG)
    worker.submit(2024, {"c": "3"}, "输入")
    assert worker.close(LONG)
    assert stored(moved.path).items() >= {"a": "1", "b": "2", "c": "3"}.items()
    old = stored(closed)
    assert (old["a"], "b" in old, "c" in old) == ("1", False, False)


class Hanging(Document):
    """A document whose `commit` or `copy_to` hangs until `answer` is set."""

    hanging = "commit"

    def _hang(self, what):
        if type(self).hanging == what:
            self.entered.set()
            assert self.answer.wait(LONG)

    def commit(self, *arguments):
        self._hang("commit")
        return super().commit(*arguments)

    def copy_to(self, target):
        self._hang("copy")
        return super().copy_to(target)


@pytest.mark.parametrize("what", ["commit", "copy"])
def test_saving_elsewhere_does_not_wait_for_ever(closed, tmp_path, what):
    events = {"entered": threading.Event(), "answer": threading.Event()}
    hanging = type("Hangs", (Hanging,), {"hanging": what, **events})
    worker = StorageWorker(lambda: hanging.open(closed), retry_every=None)
    worker.opened.result(LONG)
    if what == "commit":
        worker.submit(2024, {"a": "1"}, "输入")
        assert hanging.entered.wait(LONG)
    asked = worker.save_elsewhere(tmp_path / "b.gkd", timeout=0.1)
    with pytest.raises(NoAnswer, match=r"磁盘没有响应.*b\.gkd"):
        asked.result(LONG)
    assert isinstance(asked.exception(), DiskTrouble)
    hanging.answer.set()
    assert worker.flush(LONG)
    assert sorted(path.name for path in tmp_path.glob("b.gkd*")) == []
    assert worker.call(lambda document: document.path).result(LONG) == closed
    assert worker.save_elsewhere(tmp_path / "b.gkd").result(LONG).path == tmp_path / "b.gkd"
    assert worker.close(LONG)


def test_a_copy_that_does_not_open_is_in_no_second_tries_way(closed, tmp_path):
    class Shy(Document):
        trouble = True

        @classmethod
        def open(cls, path):
            if path.name == "b.gkd" and cls.trouble:
                raise DiskTrouble(path)
            return super().open(path)

    worker = StorageWorker(lambda: Shy.open(closed), retry_every=None)
    with pytest.raises(DiskTrouble):
        worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert list(tmp_path.glob("b.gkd*")) == []
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.flush(LONG)
    Shy.trouble = False
    assert worker.save_elsewhere(tmp_path / "b.gkd").result(LONG).with_history
    assert worker.close(LONG)
    assert stored(tmp_path / "b.gkd")["a"] == "1"
    assert stored(closed)["a"] == "1"


def test_a_disk_that_is_gone_and_comes_back(worker, closed, disk):
    """The connection is dead and the file away, as after pulling a stick; then it is plugged in again."""
    worker.submit(2024, {"a": "1"}, "输入")
    worker.call(lambda document: document._conn.close()).result(LONG)
    away = closed.rename(closed.with_suffix(".away"))
    worker.submit(2024, {"b": "2"}, "输入")
    assert not worker.flush(LONG)
    worker.retry()
    deadline = time.monotonic() + LONG
    while not isinstance(worker.state.error, NotFound) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert isinstance(worker.state.error, NotFound)
    away.rename(closed)
    worker.retry()
    assert worker.flush(LONG)
    assert worker.close(LONG)
    assert stored(closed).items() >= {"a": "1", "b": "2"}.items()


def test_a_disk_that_never_comes_back_loses_only_history(worker, closed, tmp_path):
    worker.submit(2024, {"a": "1"}, "输入")
    worker.call(lambda document: document._conn.close()).result(LONG)
    closed.unlink()
    worker.submit(2024, {"b": "2"}, "输入")
    assert not worker.flush(LONG)
    moved = worker.save_elsewhere(tmp_path / "b.gkd").result(LONG)
    assert not moved.with_history
    assert worker.close(LONG)
    assert stored(tmp_path / "b.gkd").items() >= {"a": "1", "b": "2", "t3.new.natural": "12"}.items()


@pytest.mark.parametrize("other_unit", [True, False])
def test_another_file_in_the_same_place_is_not_written(worker, closed, tmp_path, other_unit):
    older = tmp_path / "older.gkd"
    worker.call(lambda document: document.copy_to(older)).result(LONG)
    worker.submit(2024, {"a": "1"}, "输入")
    worker.call(lambda document: document._conn.close()).result(LONG)
    closed.unlink()
    if other_unit:
        with Document.create(closed, "别的单位") as other:
            other.add_report(2024, "2021", {}, "新建")
    else:
        older.rename(closed)
    content = closed.read_bytes()
    worker.submit(2024, {"b": "2"}, "输入")
    assert not worker.flush(LONG)
    assert not worker.close(LONG)
    assert isinstance(worker.state.error, Replaced)
    assert worker.pending() == 1
    assert closed.read_bytes() == content


def test_a_commit_whose_answer_got_lost_is_recognised(closed, monkeypatch):
    """COMMIT reports an I/O error though it is on the disk: the file is still ours on reopening."""

    class Lying(Document):
        lies = True

        def commit(self, *arguments):
            before = self._held(2024).entries
            number = super().commit(*arguments)
            if type(self).lies:
                type(self).lies = False
                self._held(2024).entries = before
                self._conn.close()
                raise DiskTrouble(self.path)
            return number

    worker = StorageWorker(lambda: Lying.open(closed), retry_every=None)
    worker.submit(2024, {"a": "1"}, "输入")
    assert not worker.flush(LONG)
    worker.submit(2024, {"b": "1"}, "输入")
    worker.retry()
    assert worker.flush(LONG)
    assert worker.close(LONG)
    assert stored(closed).items() >= {"a": "1", "b": "1"}.items()


def test_a_document_that_does_not_open(tmp_path):
    (tmp_path / "a.gkd").write_bytes(b"no document")
    worker = StorageWorker(tmp_path / "a.gkd")
    with pytest.raises(NotADocument):
        worker.opened.result(LONG)
    with pytest.raises(NotADocument):
        worker.call(lambda document: document.years())
    assert worker.close(LONG)


def test_a_bug_loses_no_patch_and_ends_no_thread(worker, closed, disk, caplog):
    disk.trouble = ZeroDivisionError("bug")
    worker.submit(2024, {"a": "1"}, "输入")
    assert not worker.flush(LONG)
    assert isinstance(worker.state.error, ProgramFault)
    assert isinstance(worker.state.error.__cause__, ZeroDivisionError)
    assert "could not be saved" in caplog.text
    disk.trouble = None
    worker.retry()
    assert worker.flush(LONG)
    failing = worker.call(lambda document: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        failing.result(LONG)
    assert worker.close(LONG)
    assert stored(closed)["a"] == "1"


def test_a_listener_with_a_bug_does_not_stop_saving(closed, caplog):
    def listener(_state):
        raise ZeroDivisionError

    worker = StorageWorker(closed, listener)
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.close(LONG)
    assert stored(closed)["a"] == "1"
    assert "listener" in caplog.text


def test_what_no_file_can_hold_is_refused_at_once(worker):
    with pytest.raises(Unstorable):
        worker.submit(2024, {"a": "\ud83d"}, "粘贴")
    assert worker.pending() == 0


def test_calls_and_patches_keep_their_order(worker, disk):
    disk.wait = 0.02
    futures = []
    for n in range(10):
        worker.submit(2024, {"a": str(n)}, "输入")
        futures.append(worker.call(lambda document: document.entries(2024)["a"]))
    assert [future.result(LONG) for future in futures] == [str(n) for n in range(10)]


def test_a_cancelled_call_is_not_run(worker, disk):
    disk.wait = 0.2
    worker.submit(2024, {"a": "1"}, "输入")
    ran = []
    future = worker.call(lambda _document: ran.append(1))
    assert future.cancel()
    assert worker.flush(LONG)
    assert ran == []


def test_patches_from_many_threads_are_all_kept(worker, closed):
    def typist(name):
        for n in range(25):
            worker.submit(2024, {f"{name}{n}": "1"}, "输入")

    threads = [threading.Thread(target=typist, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert worker.close(LONG)
    assert {f"{name}{n}" for name in "abcd" for n in range(25)} <= stored(closed).keys()


def test_nothing_is_done_without_the_backup_that_comes_first(worker, monkeypatch, tmp_path):
    worker.submit(2024, {"a": "1"}, "输入")
    backup, years = worker.call_backed_up(lambda document: document.years()).result(LONG)
    assert years == [2024]
    assert stored(backup.path)["a"] == "1"

    def fail(_self, _folder, _now):
        raise DiskFull(tmp_path)

    monkeypatch.setattr(Document, "back_up_to", fail)
    done = []
    with pytest.raises(DiskFull):
        worker.call_backed_up(done.append).result(LONG)
    assert done == []
