"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys

import pytest

from gkdesk import files
from gkdesk.errors import KnownError
from gkdesk.files import atomic_write, safe_name

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")


def text(words):
    return lambda path: path.write_text(words, encoding="utf-8")


def test_a_file_is_written_and_replaced(tmp_path):
    target = tmp_path / "a.pdf"
    atomic_write(target, text("one"))
    atomic_write(target, text("two"))
    assert target.read_text(encoding="utf-8") == "two"
    assert list(tmp_path.iterdir()) == [target]


def test_the_writer_gets_a_name_beside_the_target_with_its_suffix(tmp_path):
    seen = []
    atomic_write(tmp_path / "a.xlsx", seen.append)
    assert seen[0].parent == tmp_path
    assert seen[0].suffix == ".xlsx"
    assert seen[0].name != "a.xlsx"


@POSIX
@pytest.mark.parametrize(("umask", "new"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_permissions(tmp_path, umask, new):
    target, seen = tmp_path / "a", []

    def write(path):
        seen.append(stat.S_IMODE(path.stat().st_mode))
        path.write_text("x", encoding="utf-8")

    before = os.umask(umask)
    try:
        atomic_write(target, write)
        assert stat.S_IMODE(target.stat().st_mode) == new
        target.chmod(0o640)
        atomic_write(target, write)
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        # what takes a file's place is nobody's to read before it has that file's permissions
        assert seen == [new, 0o600]
    finally:
        os.umask(before)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), ValueError("a bug"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, error):
    target = tmp_path / "a.pdf"
    target.write_text("old", encoding="utf-8")

    def fail(path):
        path.write_text("half", encoding="utf-8")
        raise error

    with pytest.raises(KnownError if isinstance(error, OSError) else type(error)) as caught:
        atomic_write(target, fail)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]
    if isinstance(error, OSError):
        assert str(caught.value) == f"无法写入“{target}”：磁盘已满。"


def test_the_file_is_on_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    order = []
    monkeypatch.setattr(files, "flush", lambda path: order.append(("flush", path.name)))
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda *names: (order.append(("replace", "")), real(*names)))
    monkeypatch.setattr(files, "flush_folder", lambda folder: order.append(("folder", folder.name)))
    atomic_write(tmp_path / "a", text("x"))
    assert [step for step, _name in order if step != "replace"] == ["flush", "folder"]


def test_refusals_name_the_target(tmp_path, monkeypatch):
    with pytest.raises(KnownError, match="是文件夹"):
        atomic_write(tmp_path, text("x"))
    missing = tmp_path / "no" / "a.pdf"
    with pytest.raises(KnownError) as caught:
        atomic_write(missing, text("x"))
    assert str(caught.value) == f"没有文件夹“{missing.parent}”，请先建立。"
    long = tmp_path / ("长" * 200 + ".pdf")
    with pytest.raises(KnownError, match="名称太长"):
        atomic_write(long, text("x"))

    def denied(*_arguments):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(KnownError, match=r"a\.pdf”：没有权限"):
        atomic_write(tmp_path / "a.pdf", text("x"))
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_what_is_no_file_keeps_its_place(tmp_path):
    """The superuser could put a file in the place of /dev/stdout."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in (pipe, tmp_path / "link"):
        if name != pipe:
            name.symlink_to(pipe)
        with pytest.raises(KnownError, match="是设备或管道"):
            atomic_write(name, text("x"))
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


@POSIX
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "share").mkdir()
    real, link = tmp_path / "share" / "a.pdf", tmp_path / "a.pdf"
    link.symlink_to(real)
    for words in ("new", "newer"):
        atomic_write(link, text(words))
        assert link.is_symlink()
        assert real.read_text(encoding="utf-8") == words
    assert list(real.parent.iterdir()) == [real]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("云溪县水务局2024年政府信息公开工作年度报告", "云溪县水务局2024年政府信息公开工作年度报告.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf"),
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j.pdf"),
        ("一\n二\t三\u202e四\ud800", "一二三四.pdf"),
        (" 局. ", "局.pdf"),
        ("", "_.pdf"),
        ("...", "_.pdf"),
        ("CON", "_CON.pdf"),
        ("lpt1.x", "_lpt1.x.pdf"),
        ("长" * 100, "长" * 60 + ".pdf"),
    ],
)
def test_names_that_every_system_takes(title, name):
    assert safe_name(title, ".pdf") == name


def test_a_target_that_another_program_holds(tmp_path, monkeypatch):
    """Windows refuses to replace an open file: as "access denied", which says little to a clerk."""
    target = tmp_path / "a.xlsx"
    target.write_text("open in WPS", encoding="utf-8")

    def held(_self, _target):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(type(target), "replace", held)
    with pytest.raises(KnownError) as caught:
        atomic_write(target, text("new"))
    assert str(caught.value).startswith(f"无法写入“{target}”：它正在别的程序（如 WPS、PDF 阅读器）里打开着")
    assert target.read_text(encoding="utf-8") == "open in WPS"
    assert list(tmp_path.iterdir()) == [target]


def test_reasons():
    held = OSError(errno.EACCES, "denied")
    held.winerror = 32
    assert files.reason(held) == "正被其他程序使用"
    assert files.reason(OSError(errno.EROFS, "read-only")) == "磁盘是只读的"
    assert files.reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert files.reason(OSError()) == "OSError"
