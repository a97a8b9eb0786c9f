"""Shares and sticks are told from disks, by the tables of the system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gkdesk.storage import places
from gkdesk.storage.places import medium_of

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/export /mnt/n\040f\040s nfs4 rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdb1 /media/u/STICK vfat rw 0 0
tmpfs /tmp tmpfs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
/dev/sda2 /mnt/share/local ext4 rw 0 0
""".lstrip()


@pytest.mark.skipif(sys.platform == "win32", reason="Linux's table")
@pytest.mark.parametrize(
    ("path", "medium"),
    [
        ("/home/u/a.gkd", "local"),
        ("/mnt/share/a.gkd", "network"),
        ("/mnt/shared/a.gkd", "local"),
        ("/mnt/share/local/a.gkd", "local"),
        ("/mnt/n f s/x/a.gkd", "network"),
        ("/run/user/1000/gvfs/smb-share:server=s/a.gkd", "network"),
        ("/media/u/STICK/a.gkd", "removable"),
        ("/srv/a.gkd", "local"),
        ("/mnt/ssh/a.gkd", "network"),
    ],
)
def test_by_the_table_of_mounts(tmp_path, path, medium):
    (tmp_path / "mounts").write_text(MOUNTS)
    assert places._by_mounts(places.absolute(path), tmp_path / "mounts", tmp_path / "block") == medium


@pytest.mark.skipif(sys.platform == "win32", reason="Linux's devices")
@pytest.mark.parametrize(
    ("device", "flag", "medium"),
    [
        ("pci0000:00/usb1/1-2/block/sdb/sdb1", "0", "removable"),
        ("pci0000:00/ata1/block/sda/sda1", "0", "local"),
        ("pci0000:00/mmc0/block/sda/sda1", "1", "removable"),
    ],
)
def test_by_the_device(tmp_path, device, flag, medium):
    number = tmp_path.stat().st_dev
    folder = tmp_path / "devices" / device
    folder.mkdir(parents=True)
    (folder.parent / "removable").write_text(f"{flag}\n")
    block = tmp_path / "block"
    block.mkdir()
    (block / f"{places.os.major(number)}:{places.os.minor(number)}").symlink_to(folder)
    assert places._by_device(tmp_path / "no" / "a.gkd", "ext4", block) == medium


def test_this_machine_and_none(tmp_path, monkeypatch):
    known = {"local", "removable", "network"}
    # inside a folder that serves as root (chroot) the table of mounts does not say where that lies
    if sys.platform == "linux" and not any(
        line.split()[1] == "/" for line in Path("/proc/self/mounts").read_text().splitlines()
    ):
        known = {"unknown"}
    assert medium_of(tmp_path / "not yet.gkd") in known
    if sys.platform != "win32":

        def broken(*_arguments):
            raise PermissionError

        monkeypatch.setattr(places, "_by_mounts", broken)
        assert medium_of(tmp_path) == "unknown"
