"""Where things lie, and what is said when a place cannot be had."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gkdesk import paths
from gkdesk.errors import KnownError


def test_resources_lie_beside_the_package_in_a_checkout():
    assert (paths.resources() / "formats").is_dir()


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A package folder of its own, for what an installation looks like."""
    (tmp_path / "gkdesk").mkdir()
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "gkdesk" / "paths.py"))
    paths.resources.cache_clear()
    yield tmp_path
    paths.resources.cache_clear()


def test_resources_inside_the_package_come_first(elsewhere):
    (elsewhere / "resources").mkdir()
    assert paths.resources() == elsewhere / "resources"
    (elsewhere / "gkdesk" / "resources").mkdir()
    paths.resources.cache_clear()
    assert paths.resources() == elsewhere / "gkdesk" / "resources"


def test_a_broken_installation_is_told(elsewhere):
    with pytest.raises(KnownError, match="重新安装"):
        paths.resources()


def test_the_data_folder_is_made_for_its_user_only(data_folder):
    assert not data_folder.exists()
    assert paths.data_folder() == data_folder
    assert paths.log_folder() == data_folder / "logs"
    assert paths.settings_file().parent == data_folder
    assert (data_folder / "logs").is_dir()
    if os.name == "posix":
        assert data_folder.stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GKDESK_DATA", str(tmp_path / "file" / "GKDesk"))
    with pytest.raises(KnownError, match=r"file.GKDesk.*权限"):
        paths.data_folder()


def test_a_portable_copy_keeps_its_data_beside_it(tmp_path, monkeypatch):
    monkeypatch.delenv("GKDESK_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "stick" / "gkdesk.exe"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (tmp_path / "stick").mkdir()
    assert not paths.data_folder().is_relative_to(tmp_path / "stick")
    (tmp_path / "stick" / "portable.txt").touch()
    assert paths.data_folder() == tmp_path / "stick" / "data"
    monkeypatch.setenv("GKDESK_DATA", str(tmp_path / "named"))
    assert paths.data_folder() == tmp_path / "named"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="each system has its own place")
def test_without_an_order_the_system_says_where(tmp_path, monkeypatch):
    monkeypatch.delenv("GKDESK_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.data_folder() == Path(tmp_path, "GKDesk")
