"""Backups in the window: listed, made now, restored beside what there is; a second folder, tried before it is taken."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gkdesk.storage import Document, backups
from gkdesk.storage.failures import DiskFull
from ui.backup_page import BackupPage
from ui.backups_dialog import BackupsDialog
from ui.settings import Settings
from ui.tasks import wait_for


@pytest.fixture
def opened(window, report_file):
    """A window with a document that has one backup."""
    window.desk.open_path(report_file())
    window.document.back_up()
    return window


def listed(dialog):
    tops = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    return {top.text(0): [top.child(row) for row in range(top.childCount())] for top in tops}


def save_as(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))


def test_the_document_is_asked_on_the_windows_own_thread(opened, monkeypatch):
    """Waiting for its answer turns an event loop of Qt."""
    asked = []

    def noting(future, seconds):
        asked.append(threading.current_thread())
        return wait_for(future, seconds)

    monkeypatch.setattr("ui.documents.wait_for", noting)
    assert listed(BackupsDialog(opened, Settings()))
    assert set(asked) == {threading.main_thread()}


def test_a_backup_that_failed_by_itself_is_told(opened):
    dialog = BackupsDialog(opened, Settings())
    assert dialog.message.text() == ""
    opened.document.worker._schedule.trouble = DiskFull(opened.document.path)
    dialog = BackupsDialog(opened, Settings())
    assert "没有做成" in dialog.message.text()
    assert "已满" in dialog.message.text()
    opened.document.back_up()
    assert BackupsDialog(opened, Settings()).message.text() == ""


def test_a_disk_that_does_not_answer_is_told(opened, monkeypatch):
    monkeypatch.setattr("ui.documents.PATIENCE", 0.05)
    answer = threading.Event()
    opened.document.worker.call(lambda _document: answer.wait(60))
    dialog = BackupsDialog(opened, Settings())
    assert "没有响应" in dialog.message.text()
    answer.set()


def test_backups_are_listed_and_made(opened, qtbot):
    dialog = BackupsDialog(opened, Settings())
    ((stem, (only,)),) = listed(dialog).items()
    assert stem == opened.document.path.stem
    assert "KB" in only.text(1)
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert "已备份" in dialog.message.text()
    assert len(listed(dialog)[stem]) == 2


def test_one_is_restored_as_a_new_file_and_opened(opened, qtbot, monkeypatch, tmp_path):
    old = opened.document.path
    opened.desk.open_year(2024)
    opened.wizard.editing.edit({"t4.review.upheld": "77"}, "x")
    dialog = BackupsDialog(opened, Settings())
    save_as(monkeypatch, tmp_path / "b.gkd")
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    dialog.message.buttons()[0].click()
    assert opened.document.path == tmp_path / "b.gkd"
    opened.desk.open_year(2024)
    assert opened.wizard.editing.session.value("t4.review.upheld") == 2
    with Document.open(old) as document:
        assert document.entries(2024)["t4.review.upheld"] == "77"


def test_a_slow_disk_is_not_said_to_have_failed(opened, qtbot, monkeypatch, tmp_path):
    answer, done = threading.Event(), threading.Event()
    real = backups.restore

    def slow(source, target):
        assert answer.wait(60)
        real(source, target)
        done.set()

    monkeypatch.setattr("gkdesk.storage.backups.restore", slow)
    monkeypatch.setattr("ui.backups_dialog.RESTORING", 0.05)
    target = tmp_path / "b.gkd"
    save_as(monkeypatch, target)
    dialog = BackupsDialog(opened, Settings())
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert "还没有完成" in dialog.message.text()
    assert str(target) in dialog.message.text()
    answer.set()
    assert done.wait(30)
    assert target.exists(), "as was said, it is there when it is done"


def test_nothing_is_overwritten(opened, qtbot, monkeypatch, tmp_path):
    (tmp_path / "b.gkd").write_bytes(b"mine")
    dialog = BackupsDialog(opened, Settings())
    save_as(monkeypatch, tmp_path / "b.gkd")
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert "已经存在" in dialog.message.text()
    assert (tmp_path / "b.gkd").read_bytes() == b"mine"


def test_a_document_that_is_gone_comes_back(opened, qtbot, monkeypatch, tmp_path):
    path = opened.document.path
    assert opened.desk.close()
    path.unlink()
    opened.show_home()
    dialog = BackupsDialog(opened, Settings())
    assert dialog.make.isHidden()
    (found,) = listed(dialog)
    assert found == path.stem
    save_as(monkeypatch, path)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    dialog.message.buttons()[0].click()
    assert opened.document.path == path


def test_without_any_it_is_said(window):
    dialog = BackupsDialog(window, Settings())
    assert "还没有备份" in dialog.message.text()
    assert not dialog.restore.isEnabled()


def test_the_second_folder_gets_them_too(window, report_file, qtbot, tmp_path):
    window.desk.open_path(report_file())
    settings = window._settings
    second = tmp_path / "另一块盘"
    second.mkdir()
    page = BackupPage(settings)
    qtbot.addWidget(page)
    page.take(second)
    assert (settings.backup_folder, page.folder.text()) == (second, str(second))
    window.desk.use_settings()
    window.document.back_up()
    own = backups.folder_in(second, window.document.id)
    qtbot.waitUntil(lambda: len(backups.found_in(own)) == 1)
    dialog = BackupsDialog(window, settings)
    assert {item.text(2) for item in listed(dialog)[window.document.path.stem]} == {"本机", str(second)}
    qtbot.mouseClick(page.drop, Qt.MouseButton.LeftButton)
    assert settings.backup_folder is None
    assert len(backups.found_in(own)) == 1, "what is there stays"


def test_a_folder_that_cannot_be_used_is_not_taken(look, qtbot, tmp_path):
    settings = Settings()
    page = BackupPage(settings)
    qtbot.addWidget(page)
    page.take(tmp_path / "没有")
    assert "不能使用" in page.message.text()
    assert settings.backup_folder is None


def test_a_folder_that_is_away_is_told_and_holds_up_nothing(window, report_file, qtbot, tmp_path):
    window._settings.backup_folder = tmp_path / "U 盘"
    window.desk.open_path(report_file())
    message = window.message
    qtbot.waitUntil(lambda: "U 盘" in message.text())
    message.clear()
    path = window.document.path
    window.wizard.editing.edit({"t4.review.upheld": "77"}, "x")
    assert window.close()
    with Document.open(path) as document:
        assert document.entries(2024)["t4.review.upheld"] == "77"
        assert len(backups.of_document(document.document_id)) == 1
