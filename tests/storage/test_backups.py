"""Backups are whole, come when they should, and go by age only."""

# ruff: noqa: DTZ001 (the names of backups hold the computer's clock)
from __future__ import annotations

import stat
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.errors import KnownError
from gkdesk.storage import Backup, BackupPolicy, Document, StorageWorker, backups, copying
from gkdesk.storage.failures import AlreadyExists, Damaged, DiskFull, NoBackupFolder, NotADocument, NotFound

LONG = 30
NOW = datetime(2025, 6, 15, 12)
moments = st.datetimes(datetime(2022, 1, 1), datetime(2025, 6, 20))
histories = st.lists(moments, max_size=60, unique=True)


def made(times):
    return [Backup(each, Path(f"{each:%Y%m%d%H%M%S%f}.gkd"), "局") for each in times]


def kept(times, now=NOW):
    all_of_them = made(times)
    gone = set(backups.thin(all_of_them, now))
    return sorted(each.time for each in all_of_them if each not in gone)


# ---------------------------------------------------------------- thinning


@given(histories)
def test_the_newest_and_the_last_two_days_stay(times):
    staying = kept(times)
    assert set(staying) <= set(times)
    assert {each for each in times if each >= NOW - timedelta(days=2)} <= set(staying)
    assert not times or max(times) in staying


@given(histories)
def test_every_day_week_and_month_has_its_newest(times):
    staying = kept(times)
    for span, key in [
        (timedelta(days=31), lambda t: t.date()),
        (timedelta(days=366), lambda t: (t.year, t.month, (t.day - 1) // 7)),
        (timedelta(days=9999), lambda t: (t.year, t.month)),
    ]:
        slots = {key(each) for each in times if each >= NOW - span}
        assert slots <= {key(each) for each in staying}


@given(histories)
def test_there_are_no_more_than_that(times):
    old = [each for each in kept(times) if each < NOW - timedelta(days=2)]
    daily = [each.date() for each in old if each >= NOW - timedelta(days=31)]
    weekly = [
        (t.year, t.month, (t.day - 1) // 7)
        for t in old
        if NOW - timedelta(days=366) <= t < NOW - timedelta(days=31)
    ]
    monthly = [(t.year, t.month) for t in old if t < NOW - timedelta(days=366)]
    # One more than the slots: the newest of all stays whatever its age.
    assert all(len(slots) <= len(set(slots)) + 1 for slots in (daily, weekly, monthly))


@given(histories, st.lists(st.integers(0, 400), max_size=10))
def test_thinning_often_leaves_what_thinning_once_leaves(times, days):
    left = [each for each in times if each <= NOW]
    for day in sorted(days, reverse=True):
        then = NOW - timedelta(days=day)
        left = kept([each for each in left if each <= then], then) + [each for each in left if each > then]
    assert kept(left) == kept([each for each in times if each <= NOW])


def test_a_year_of_a_backup_every_half_hour():
    times = [NOW - timedelta(minutes=30 * n) for n in range(2 * 24 * 730)]
    assert 96 < len(kept(times)) < 200


# ---------------------------------------------------------------- names and folders


def test_a_backup_is_private_and_whole(document, data_folder):
    backup = document.back_up_to(backups.default_folder(document.document_id), NOW)
    assert (
        backup.path
        == data_folder / "backups" / document.document_id / f"{document.path.stem} 2025-06-15 120000.gkd"
    )
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert backups.of_document(document.document_id) == backups.of_name(document.path) == [backup]
    assert backups.of_name(document.path.with_name("别的.gkd")) == []
    document.commit(2024, {"a": "1"}, "输入")
    again = document.back_up_to(backup.path.parent, NOW)
    assert again.path != backup.path
    assert len(backups.of_document(document.document_id)) == 2
    with Document.open(backup.path) as opened:
        assert opened.document_id == document.document_id
        assert "a" not in opened.entries(2024)


def test_other_files_are_left_alone(tmp_path):
    for name in (
        "a.gkd",
        "a 2025-06-15.gkd",
        "a 2025-02-31 120000.gkd",
        "a 2025-06-15 120000.txt",
        "b 2025-06-15 120000.gkd",
    ):
        (tmp_path / name).touch()
    assert [each.stem for each in backups.found_in(tmp_path)] == ["b"]
    assert backups.found_in(tmp_path / "no") == []


def test_the_newest_good_one(document, tmp_path):
    good, spoiled = (document.back_up_to(tmp_path, NOW + timedelta(days=n)) for n in range(2))
    spoiled.path.write_bytes(spoiled.path.read_bytes()[:-4096])
    (tmp_path / f"局 {2030}-01-01 000000.gkd").touch()
    assert backups.newest_good(backups.found_in(tmp_path)) == good
    assert backups.newest_good([spoiled]) is None


# ---------------------------------------------------------------- restoring


def test_a_backup_is_restored_as_a_copy(document, tmp_path):
    backup = document.back_up_to(tmp_path / "b", NOW)
    before = backup.path.read_bytes()
    out = tmp_path / "恢复.gkd"
    backups.restore(backup.path, out)
    with Document.open(out) as restored:
        assert restored.entries(2024) == document.entries(2024)
        assert restored.revisions(2024) == document.revisions(2024)
        restored.commit(2024, {"a": "1"}, "输入")
    assert backup.path.read_bytes() == before
    with pytest.raises(AlreadyExists):
        backups.restore(backup.path, out)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(None, NotFound), (b"", NotADocument), (b"x" * 9999, NotADocument), ("cut", Damaged)],
)
def test_what_is_no_good_is_not_restored(document, tmp_path, content, kind):
    path, out = tmp_path / "b.gkd", tmp_path / "c.gkd"
    if content == "cut":
        content = document.back_up_to(tmp_path, NOW).path.read_bytes()[:-4096]
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(kind, match=r"b\.gkd"):
        backups.restore(path, out)
    assert not out.exists()


# ---------------------------------------------------------------- the policy


class Clock(datetime):
    at = NOW

    @classmethod
    def now(cls, tz=None):
        return cls.at


def test_old_ones_go_only_after_a_good_one_has_come(document, tmp_path, monkeypatch):
    folder = tmp_path / "b"
    policy = BackupPolicy(folder=folder, clock=Clock)
    for day in (400, 399, 10, 9):
        document.back_up_to(folder, NOW - timedelta(days=day, hours=1))
        document.back_up_to(folder, NOW - timedelta(days=day))
    mine = folder / "我的 2023-01-01 000000.gkd"
    mine.touch()

    def broken(_path, name):
        raise Damaged(name, "")

    with monkeypatch.context() as patched:
        patched.setattr(copying, "check_copy", broken)
        with pytest.raises(Damaged):
            policy.make(document)
    assert len(backups.found_in(folder)) == 9
    policy.make(document)
    days = [(NOW - each.time).days for each in backups.found_in(folder) if each.path != mine]
    assert days == [0, 9, 10, 399]
    assert mine.exists()


def test_the_second_folder_gets_each_one_too(document, tmp_path):
    second = tmp_path / "另一块盘"
    second.mkdir()
    policy = BackupPolicy(second=second, clock=Clock)
    backup = policy.make(document)
    policy.wait(LONG)
    (copy,) = backups.found_in(second / document.document_id)
    assert copy.path.read_bytes() == backup.path.read_bytes()
    assert backups.of_document(document.document_id, second / document.document_id)[0].time == NOW
    assert policy.trouble is None


def test_a_second_folder_that_is_not_there_holds_up_nothing(document, tmp_path):
    told = []
    second = tmp_path / "U 盘"
    policy = BackupPolicy(second=second, clock=Clock, on_trouble=told.append)
    for _ in range(2):
        backup = policy.make(document)
        policy.wait(LONG)
        assert backup.path.exists()
        assert not second.exists(), "without the stick nothing is put where it would be"
    assert isinstance(policy.trouble, NoBackupFolder)
    assert "换一个文件夹" in str(policy.trouble)
    second.mkdir()
    policy.make(document)
    policy.wait(LONG)
    assert [type(each) for each in told] == [NoBackupFolder, type(None)], (
        "told once, and once that it works again"
    )
    assert len(backups.found_in(second / document.document_id)) == 1


def test_a_second_folder_that_does_not_answer_holds_up_nothing(document, tmp_path, monkeypatch):
    answer, told = threading.Event(), []
    real = backups.flush

    def hangs(path):
        if path.is_relative_to(tmp_path / "share"):
            assert answer.wait(LONG)
        real(path)

    monkeypatch.setattr(backups, "flush", hangs)
    (tmp_path / "share").mkdir()
    policy = BackupPolicy(second=tmp_path / "share", clock=Clock, on_trouble=told.append)
    policy.make(document)
    assert policy.make(document).path.exists()
    assert isinstance(policy.trouble, NoBackupFolder)
    answer.set()
    policy.wait(LONG)
    assert policy.trouble is None
    assert len(told) == 2


def test_a_full_second_folder_is_called_full(document, tmp_path, monkeypatch):
    def full(_source, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    policy = BackupPolicy(second=tmp_path, clock=Clock)
    policy.make(document)
    policy.wait(LONG)
    assert "已满" in str(policy.trouble)


def test_a_folder_is_tried_before_it_is_taken(tmp_path):
    backups.try_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NoBackupFolder, match="不能使用"):
        backups.try_folder(tmp_path / "没有")


# ---------------------------------------------------------------- the worker


class Noted(BackupPolicy):
    """Counts, can fail, can hang."""

    def __init__(self, **options):
        super().__init__(**options)
        self.made = []
        self.failure = None

    def make(self, document):
        self.made.append(document.changes)
        if self.failure:
            raise self.failure
        return super().make(document)


def wait_until(condition):
    deadline = time.monotonic() + LONG
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()


def work(path, policy):
    worker = StorageWorker(path, backups=policy)
    worker.opened.result(LONG)
    return worker


def test_closing_backs_up_what_has_changed(closed):
    policy = Noted()
    assert work(closed, policy).close(LONG)
    assert policy.made == []
    worker = work(closed, policy)
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.close(LONG)
    assert policy.made == [1]
    with Document.open(worker._schedule.last.path) as backup:
        assert backup.entries(2024)["a"] == "1"


def test_states_and_new_reports_are_changes_too(closed):
    policy = Noted()
    worker = work(closed, policy)
    worker.call(lambda document: document.set_state(2024, "review")).result(LONG)
    assert worker.close(LONG)
    assert policy.made == [1]


def test_while_working_no_more_often_than_asked(closed):
    policy = Noted(every=timedelta(seconds=0.4))
    worker = work(closed, policy)
    begun = time.monotonic()
    count = 0
    while len(policy.made) < 2 and time.monotonic() < begun + LONG:
        count += 1
        worker.submit(2024, {"a": str(count)}, "输入")
        assert worker.flush(LONG)  # a backup comes when nothing else is to be done
        time.sleep(0.02)
    seconds = time.monotonic() - begun
    assert len(policy.made) == 2
    assert seconds > 0.75
    assert worker.flush(LONG)
    seen = list(policy.made)
    worker.close(LONG)
    assert seen[1] > seen[0] > 1


def test_nothing_new_no_backup(closed):
    policy = Noted(every=timedelta(seconds=0.05))
    worker = work(closed, policy)
    time.sleep(0.3)
    assert policy.made == []
    worker.submit(2024, {"a": "1"}, "输入")
    wait_until(lambda: policy.made)
    time.sleep(0.3)
    assert policy.made == [1]
    assert worker.close(LONG)
    assert policy.made == [1]


def test_a_backup_on_demand(closed):
    worker = StorageWorker(closed)
    worker.submit(2024, {"a": "1"}, "输入")
    backup = worker.backup_now().result(LONG)
    assert worker._schedule.last == backup
    assert worker.close(LONG)
    with Document.open(backup.path) as opened:
        assert opened.entries(2024)["a"] == "1"


@pytest.mark.parametrize("failure", [DiskFull(Path("b")), ZeroDivisionError()])
def test_a_backup_that_fails_stops_no_saving(closed, failure, caplog):
    policy = Noted(every=timedelta(seconds=0))
    policy.failure = failure
    worker = work(closed, policy)
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.flush(LONG)
    wait_until(lambda: "no backup was made" in caplog.text)
    worker.submit(2024, {"a": "2"}, "输入")
    assert worker.flush(LONG)
    assert worker.state.kind == "saved"
    assert worker.backup_trouble == (failure if isinstance(failure, KnownError) else None)
    assert worker.close(LONG)
    with Document.open(closed) as document:
        assert document.entries(2024)["a"] == "2"


def test_a_share_that_hangs_holds_up_no_commit(closed, tmp_path, monkeypatch):
    """The copy to the second folder has its own thread; commits go on while it waits."""
    hang = threading.Event()
    monkeypatch.setattr(backups.shutil, "copyfile", lambda *_paths: hang.wait(LONG))
    worker = work(closed, BackupPolicy(second=tmp_path / "share"))
    worker.backup_now().result(LONG)
    worker.submit(2024, {"a": "1"}, "输入")
    assert worker.flush(LONG)
    assert not hang.is_set()
    hang.set()
    assert worker.close(LONG)
