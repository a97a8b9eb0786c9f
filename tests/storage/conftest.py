"""Documents to work on, and other processes that want them too."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gkdesk.storage import Document, StorageWorker
from tests.storage.staged import LONG, Troubled

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {"unit.name": "某某市统计局", "t3.new.natural": "12", "text.overview": "第一行\n第二行“引号”"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "某某市 统计局#1.gkd"


@pytest.fixture
def document(path):
    """A document with the report of 2024, open."""
    with Document.create(path, "某某市统计局") as made:
        made.add_report(2024, "2021", ENTRIES, "新建")
        yield made


@pytest.fixture
def closed(document, path):
    """The path of the same document, closed."""
    document.close()
    return path


@pytest.fixture
def python():
    """Start another Python on `code`; its arguments are in sys.argv[1:]."""
    started = []

    def start(code, *arguments, **options):
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            **options,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def disk(monkeypatch):
    """The class of documents of this test; set its `trouble` and `wait`."""
    return type("Disk", (Troubled,), {"entered": threading.Event(), "seen": []})


@pytest.fixture
def states():
    return []


@pytest.fixture
def worker(closed, disk, states):
    made = StorageWorker(lambda: disk.open(closed), states.append, retry_every=None)
    yield made
    disk.trouble = None
    assert made.close(LONG, discard=True)
    made.thread.join(LONG)
    assert not made.thread.is_alive()
