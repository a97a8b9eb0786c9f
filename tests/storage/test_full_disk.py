"""A disk that really has no room: the system itself limits how long files may get."""

from __future__ import annotations

import sys

import pytest

from gkdesk.storage import Document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")

FILL = """
import resource, sys
from gkdesk.storage import StorageWorker
from gkdesk.storage.failures import DiskFull, DiskTrouble

path, elsewhere, room = sys.argv[1], sys.argv[2], int(sys.argv[3])
worker = StorageWorker(path, retry_every=None)
worker.opened.result(30)
endless = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, endless[1]))
for n in range(60):
    worker.submit(2024, {f"text.{n}": str(n) + "长" * 2000}, "输入")
assert not worker.flush(60)
state = worker.state
assert state.kind == "failed" and isinstance(state.error, (DiskFull, DiskTrouble)), state
assert worker.acknowledged + worker.pending() == 60 and 0 < worker.acknowledged < 60
print("full", worker.acknowledged, flush=True)
sys.stdin.readline()
resource.setrlimit(resource.RLIMIT_FSIZE, endless)
if elsewhere:
    worker.save_elsewhere(elsewhere).result(60)
else:
    worker.retry()
assert worker.flush(60)
assert worker.close(60)
print("saved", worker.acknowledged, flush=True)
"""


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("room", [110_000, 250_001, 444_444])
def test_nothing_is_lost_when_the_disk_is_full(closed, tmp_path, python, elsewhere, room):
    target = tmp_path / "elsewhere.gkd"
    process = python(FILL, closed, target if elsewhere else "", room)
    answer = process.stdout.readline().split()
    assert answer[0] == "full"
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline().split() == ["saved", "60"]
    with Document.open(target if elsewhere else closed) as document:
        entries = document.entries(2024)
    assert all(entries[f"text.{n}"] == f"{n}{'长' * 2000}" for n in range(60))


def test_what_was_acknowledged_survives_the_kill_of_a_full_program(closed, python):
    process = python(FILL, closed, "", 200_000)
    _, acknowledged = process.stdout.readline().split()
    process.kill()
    process.wait()
    with Document.open(closed) as document:
        kept = [key for key in document.entries(2024) if key.startswith("text.") and key != "text.overview"]
    assert kept == [f"text.{n}" for n in range(int(acknowledged))]
