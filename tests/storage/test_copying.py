"""Copies get their name only when they are whole."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys

import pytest

from gkdesk.storage import Document, copying
from gkdesk.storage.failures import AlreadyExists, Damaged, DiskFull, NoFolder


def test_a_copy_is_the_document_with_its_history(document, tmp_path):
    document.set_state(2024, "review")
    document.commit(2024, {"a": "1"}, "输入")
    target = tmp_path / "副本 1.gkd"
    assert document.copy_to(target) is True
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with Document.open(target) as copy:
        assert copy.entries(2024) == document.entries(2024)
        assert copy.revisions(2024) == document.revisions(2024)
        assert copy.state_of(2024) == "review"
        assert copy.document_id == document.document_id
    document.commit(2024, {"a": "2"}, "输入")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        [target.name, document.path.name, document.path.name + ".lock", document.path.name + "-journal"]
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_name_that_is_no_text_gets_a_copy(document, tmp_path):
    """On sticks written under GBK names are bytes that are no UTF-8."""
    document.commit(2024, {"a": "1"}, "输入")
    target = tmp_path / os.fsdecode("备份".encode("gbk") + b".gkd")
    assert document.copy_to(target) is True
    with Document.open(target) as copy:
        assert copy.revisions(2024) == document.revisions(2024)


def test_a_copy_overwrites_nothing(document, tmp_path):
    target = tmp_path / "b.gkd"
    target.write_bytes(b"mine")
    with pytest.raises(AlreadyExists):
        document.copy_to(target)
    assert target.read_bytes() == b"mine"


def test_a_name_taken_meanwhile_is_left_alone(document, tmp_path, monkeypatch):
    target = tmp_path / "b.gkd"
    real = copying.check_copy

    def slow_check(path, name):
        real(path, name)
        target.write_bytes(b"mine")

    monkeypatch.setattr(copying, "check_copy", slow_check)
    with pytest.raises(AlreadyExists):
        document.copy_to(target)
    assert target.read_bytes() == b"mine"
    assert not list(tmp_path.glob(".*"))


def test_no_folder(document, tmp_path):
    with pytest.raises(NoFolder, match="不存在"):
        document.copy_to(tmp_path / "no" / "b.gkd")


def test_a_full_disk_leaves_nothing(document, tmp_path, monkeypatch):
    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "flush", full)
    with pytest.raises(DiskFull):
        document.copy_to(tmp_path / "b.gkd")
    assert not list(tmp_path.glob("*b.gkd*"))
    assert not list(tmp_path.glob(".*"))


def test_a_copy_that_is_not_whole_gets_no_name(document, tmp_path, monkeypatch):
    def spoil(path):
        conn = sqlite3.connect(path)
        conn.execute("UPDATE entry SET value = '13' WHERE key = 't3.new.natural'")
        conn.commit()
        conn.close()

    monkeypatch.setattr(copying, "flush", spoil)
    with pytest.raises(Damaged):
        copying.verified_copy(document._conn, tmp_path / "b.gkd")
    assert not list(tmp_path.glob("*b.gkd*"))
    assert not list(tmp_path.glob(".*"))


def test_a_file_that_can_only_be_read_is_copied_with_its_history(document, tmp_path):
    document.commit(2024, {"a": "1"}, "输入")
    document._conn.close()
    document._conn = None
    assert document.copy_to(tmp_path / "b.gkd") is True
    with Document.open(tmp_path / "b.gkd") as copy:
        assert copy.entries(2024) == document.entries(2024)
        assert len(copy.revisions(2024)) == 2


def test_another_file_in_the_place_is_not_copied(document, path, tmp_path):
    document._conn.close()
    document._conn = None
    path.unlink()
    with Document.create(path, "别的单位") as other:
        other.add_report(2024, "2021", {"a": "9"}, "新建")
    assert document.copy_to(tmp_path / "b.gkd") is False
    with Document.open(tmp_path / "b.gkd") as copy:
        assert copy.entries(2024) == document.entries(2024)


def test_content_is_saved_even_when_the_file_cannot_be_read(document, path, tmp_path):
    document.add_report(2025, "2021", {"a": "1"}, "新建")
    document.set_state(2025, "final", "已签")
    document._conn.close()
    document._conn = None
    path.unlink()
    target = tmp_path / "b.gkd"
    assert document.copy_to(target) is False
    with Document.open(target) as copy:
        assert copy.years() == [2024, 2025]
        assert copy.entries(2024) == document.entries(2024)
        assert copy.content_hash(2025) == document.content_hash(2025)
        assert copy.state_of(2025) == "final"
        assert (copy.document_id, copy.unit_name()) == (document.document_id, document.unit_name())
        assert len(copy.revisions(2024)) == 1


def test_a_rename_that_fails_gives_the_name_back(document, tmp_path, monkeypatch):
    def full(_self, _target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(type(tmp_path), "replace", full)
        with pytest.raises(DiskFull):
            copying.verified_copy(document._conn, tmp_path / "b.gkd")
    assert not list(tmp_path.glob("*b.gkd*"))
    assert not list(tmp_path.glob(".*"))
