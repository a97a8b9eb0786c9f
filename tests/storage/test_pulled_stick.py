"""The disk goes away while somebody types: nothing is called saved that is not, and all of it goes elsewhere.

With root a real file system dies (a loop file, a mount); everywhere a disk of SQLite's fails, of our own making.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from gkdesk.storage import Document, StorageWorker
from gkdesk.storage.failures import DiskTrouble, NotFound, NotWritable
from tests.campaigns import pull
from tests.campaigns.bridge import shipped_code_on

LONG = 60  # seconds; nothing here takes that long unless it hangs
TYPED = {f"text.{n}": f"{n}" + "字" * 3000 for n in range(5)}


class Stick:
    """A folder on something that can be pulled."""

    def __init__(self, folder):
        self.folder = folder

    def pull(self):
        """Take it away, whatever is open on it."""
        raise NotImplementedError

    def plug_in(self):
        """Have it back, as it is after a real one was pulled."""


class LoopFile(Stick):
    """An ext4 in a file. Pulling it makes every access fail (EXT4_IOC_SHUTDOWN), as when the device is gone."""

    shutdown = 0x8004587D

    def __init__(self, folder):
        super().__init__(folder)
        self._image = folder.with_suffix(".img")
        with self._image.open("wb") as file:
            file.truncate(8 * 2**20)
        run("mkfs.ext4", "-q", self._image)
        self.plug_in()

    def plug_in(self):
        run("mount", "-o", "loop,errors=remount-ro", self._image, self.folder)

    def pull(self):
        import fcntl

        here = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(here, self.shutdown, struct.pack("I", 2))  # without writing its journal
        finally:
            os.close(here)


class ReadOnly(LoopFile):
    """Pulling it makes the system mount it anew for reading only, as Linux does when a device makes errors."""

    def pull(self):
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
        device = next(device for device, place, *_ in mounts if place == str(self.folder))
        Path("/sys/fs/ext4", Path(device).name, "trigger_fs_error").write_text("1")


class Unmounted(Stick):
    """A mount that goes while files are open: they live on, but in no place."""

    def __init__(self, folder):
        super().__init__(folder)
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder)

    def pull(self):
        run("umount", "-l", self.folder)


def run(*command):
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


@contextmanager
def real(kind, folder):
    """A real file system in `folder`; skips where nobody may mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount")
    folder.mkdir()
    try:
        made = kind(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    try:
        yield made
    finally:
        for _ in range(2):
            with suppress(subprocess.CalledProcessError):
                run("umount", "-l", folder)


@contextmanager
def simulated(kind, folder):
    folder.mkdir()
    disk = kind(folder)
    with shipped_code_on(disk.name):
        yield disk
    disk.unregister()


WAYS = {
    "an I/O error": (simulated, pull.Stick, DiskTrouble),
    "a device that is gone": (real, LoopFile, DiskTrouble),
    "read-only": (real, ReadOnly, (DiskTrouble, NotWritable)),
    "unmounted": (real, Unmounted, NotFound),
}


@pytest.fixture(params=WAYS)
def stick(request, tmp_path):
    """The stick, and what its pulling is called."""
    way, kind, failure = WAYS[request.param]
    with way(kind, tmp_path / "stick") as made:
        yield made, failure


@pytest.mark.parametrize("moment", ["between", "behind what waits"])
def test_nothing_typed_is_lost(stick, tmp_path, moment):
    disk, failure = stick
    path = disk.folder / "某局.gkd"
    with Document.create(path, "某局") as document:
        document.add_report(2024, "2021", {"unit.name": "某局"}, "新建")
    told = []
    # a disk that answers, however late on a busy machine, is read and not given up
    answers = {"rescue_after": LONG, "copy_seconds": LONG} if isinstance(disk, ReadOnly) else {}
    worker = StorageWorker(path, told.append, retry_every=None, **answers)
    worker.submit(2024, {"a": "1"}, "甲")
    assert worker.flush(LONG)
    if moment == "between":
        disk.pull()
    told.clear()
    for key, text in TYPED.items():
        worker.submit(2024, {key: text}, "输入")
        if key == "text.1" and moment != "between":
            disk.pull()
    assert not worker.flush(LONG)
    assert isinstance(worker.state.error, failure)
    assert path.name in worker.state.reason
    for _ in range(2):
        worker.retry()
        assert not worker.flush(LONG)
    if isinstance(disk, ReadOnly):
        assert isinstance(worker.state.error, NotWritable), "found when it was opened anew"
    assert worker.pending() == len(TYPED) - (worker.acknowledged - 1) > 0
    assert [state.kind for state in told][-1] == "failed"
    if moment == "between":
        assert "saved" not in [state.kind for state in told]
    acknowledged = dict(list(TYPED.items())[: worker.acknowledged - 1])
    moved = worker.save_elsewhere(tmp_path / "elsewhere.gkd").result(LONG)
    # a commit that the disk broke off must be rolled back before the file can be read, which takes writing
    broken_off = path.with_name(f"{path.name}-journal").exists()
    assert moved.with_history or broken_off or not isinstance(disk, ReadOnly), (
        "what can be read is taken along"
    )
    assert worker.flush(LONG)
    assert worker.state.kind == "saved"
    worker.submit(2024, {"b": "2"}, "乙")
    assert worker.close(LONG)
    with Document.open(moved.path) as document:
        assert document.entries(2024) == {"unit.name": "某局", "a": "1", **TYPED, "b": "2"}
    if isinstance(disk, Unmounted):
        return  # what was in memory only is gone
    if isinstance(disk, LoopFile):
        run("umount", disk.folder)
    disk.plug_in()
    with Document.open(path) as document:
        found = document.entries(2024)
    assert found.items() >= {"a": "1", **acknowledged}.items(), "what was acknowledged is on the stick"
    assert found.items() <= {"unit.name": "某局", "a": "1", **TYPED}.items()


def test_a_stick_that_is_plugged_in_again(tmp_path):
    with simulated(pull.Stick, tmp_path / "stick") as disk:
        path = disk.folder / "某局.gkd"
        with Document.create(path, "某局") as document:
            document.add_report(2024, "2021", {}, "新建")
        worker = StorageWorker(path, retry_every=0.05)
        worker.opened.result(LONG)
        disk.pull()
        for key, text in TYPED.items():
            worker.submit(2024, {key: text}, "输入")
        assert not worker.flush(LONG)
        disk.plug_in()
        worker.retry()
        assert worker.close(LONG)
        with Document.open(path) as document:
            assert document.entries(2024) == TYPED
