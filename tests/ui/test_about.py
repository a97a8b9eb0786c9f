"""The About window: version, places, licences."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

from gkdesk import __version__, paths
from ui import about


def test_it_says_version_and_places_and_copies_them(qtbot, look):
    document = Path("年报", "水务局.gkd").absolute()
    dialog = about.AboutDialog(document)
    qtbot.addWidget(dialog)
    shown = [field.text() for field in dialog.findChildren(QLineEdit)]
    assert shown == [str(document), str(paths.data_folder()), str(paths.log_folder())]
    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == "复制")
    copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.text()
    assert __version__ in copied
    assert all(place in copied for place in shown)


def test_without_a_document(qtbot, look):
    dialog = about.AboutDialog(None)
    qtbot.addWidget(dialog)
    assert dialog.findChildren(QLineEdit)[0].text() == "没有打开文件"
    assert "当前文件" not in dialog.text()


def test_the_licences_are_those_of_the_notices(monkeypatch, tmp_path):
    assert "PySide6_Essentials" in about.licences()
    monkeypatch.setattr(about.paths, "resources", lambda: tmp_path)
    assert "third-party.txt" in about.licences()
