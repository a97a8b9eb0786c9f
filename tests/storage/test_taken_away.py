"""The open file is deleted, renamed or replaced, as POSIX lets anybody do: nothing is called saved that is not."""

from __future__ import annotations

import shutil
import sys

import pytest

from gkdesk.storage import Document, StorageWorker
from gkdesk.storage.failures import NotFound, Replaced

LONG = 30  # seconds; nothing here takes that long unless it hangs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files in their place")


@pytest.fixture
def worker(closed):
    """With one patch saved."""
    made = StorageWorker(closed, retry_every=None)
    made.submit(2024, {"a": "1"}, "甲")
    assert made.flush(LONG)
    yield made
    assert made.close(LONG, discard=True)


def fails(worker, kind):
    """Another patch is not saved, and is not lost when it is tried again."""
    worker.submit(2024, {"b": "2"}, "乙")
    for again in (False, True):
        if again:
            worker.retry()
        assert not worker.flush(LONG)
        assert isinstance(worker.state.error, kind)
        assert worker.pending() == 1


def taken_elsewhere(worker, path):
    """Everything is in the new place, with its history."""
    assert worker.save_elsewhere(path).result(LONG).with_history
    assert worker.close(LONG)
    with Document.open(path) as document:
        assert document.entries(2024).items() >= {"a": "1", "b": "2"}.items()
        assert [each.name for each in document.revisions(2024)] == ["乙", "甲", "新建"]


def test_deleted(worker, closed, tmp_path):
    closed.unlink()
    fails(worker, NotFound)
    taken_elsewhere(worker, tmp_path / "b.gkd")
    assert not closed.exists()


def test_renamed_and_back(worker, closed):
    away = closed.rename(closed.with_name("away.gkd"))
    fails(worker, NotFound)
    away.rename(closed)
    worker.retry()
    assert worker.flush(LONG)
    assert worker.close(LONG)
    with Document.open(closed) as document:
        assert document.entries(2024)["b"] == "2"
        assert [each.name for each in document.revisions(2024)] == ["乙", "甲", "新建"]


def test_replaced_by_another(worker, closed, tmp_path):
    other = tmp_path / "other.gkd"
    with Document.create(other, "别的单位") as document:
        document.add_report(2024, "2021", {}, "新建")
    other.rename(closed)
    content = closed.read_bytes()
    journal = closed.with_name(f"{closed.name}-journal")
    fails(worker, Replaced)
    journal.write_bytes(b"the other's")
    taken_elsewhere(worker, tmp_path / "b.gkd")
    assert closed.read_bytes() == content
    assert journal.read_bytes() == b"the other's"


def test_replaced_by_the_same(worker, closed):
    """As some programs do that keep folders alike on two computers."""
    copy = closed.with_name("copy.gkd")
    worker.call(lambda document: document.copy_to(copy)).result(LONG)
    copy.rename(closed)
    worker.submit(2024, {"b": "2"}, "乙")
    assert not worker.flush(LONG)
    worker.retry()
    assert worker.flush(LONG)
    assert worker.close(LONG)
    with Document.open(closed) as document:
        assert [each.name for each in document.revisions(2024)] == ["乙", "甲", "新建"]


@pytest.mark.parametrize("comes_back", [True, False])
def test_taken_away_during_the_commit(closed, tmp_path, comes_back):
    class Followed(Document):
        away = None

        def _record(self, *arguments):
            if Followed.away is None:
                Followed.away = self.path.rename(self.path.with_name("away.gkd"))
            return super()._record(*arguments)

    worker = StorageWorker(lambda: Followed.open(closed), retry_every=None)
    worker.submit(2024, {"text.overview": "第一行\n改了"}, "甲")
    assert not worker.flush(LONG)
    assert isinstance(worker.state.error, NotFound)
    assert worker.pending() == 1
    kept = closed
    if comes_back:
        Followed.away.rename(closed)
        worker.retry()
    else:
        kept = tmp_path / "b.gkd"
        assert worker.save_elsewhere(kept).result(LONG).with_history
    assert worker.flush(LONG)
    assert worker.close(LONG)
    with Document.open(kept) as document:
        assert document.entries(2024)["text.overview"] == "第一行\n改了"
        first = document.revisions(2024)[-1]
        assert "改了" not in document.entries_after(2024, first.number)["text.overview"]


def test_what_is_not_a_patch_is_refused_as_well(document, path):
    shutil.copyfile(path, path.with_name("copy.gkd"))
    path.with_name("copy.gkd").rename(path)
    with pytest.raises(Replaced):
        document.set_state(2024, "review")
    with pytest.raises(Replaced):
        document.add_report(2025, "2021", {}, "新建")
    assert document.years() == [2024]
    path.unlink()
    with pytest.raises(NotFound):
        document.name_version(2024, "第一稿")
