"""Where the dialogs for files begin, and that they speak Chinese."""

from __future__ import annotations

import threading
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from gkdesk import paths
from ui import asking
from ui.asking import Purpose
from ui.settings import Settings

WORDS = paths.resources() / "i18n" / "qt_more_zh_CN.ts"


@pytest.fixture
def documents(tmp_path, monkeypatch):
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(folder))
    return folder


@pytest.fixture
def dialog(monkeypatch):
    """Stands for the system's dialog: where it began, and what is answered."""

    class Dialog:
        begun: list[str] = []  # noqa: RUF012
        answer = ""

    def asked(_parent, _title, begin, *_more):
        Dialog.begun.append(begin)
        return Dialog.answer, ""

    Dialog.begun = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", asked)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: asked(*args)[0])
    return Dialog


def test_a_question_begins_where_the_last_of_its_kind_was_answered(qtbot, documents, dialog, tmp_path):
    settings, elsewhere = Settings(), tmp_path / "收到"
    elsewhere.mkdir()
    assert asking.ask_document(None, settings) is None
    dialog.answer = str(elsewhere / "甲.gkd")
    assert asking.ask_document(None, settings) == elsewhere / "甲.gkd"
    asking.ask_document(None, Settings())
    asking.ask_file(None, settings, Purpose.IMPORT, "", "")
    assert dialog.begun == [str(documents), str(documents), str(elsewhere), str(documents)]


def test_a_folder_that_is_gone_or_does_not_answer_is_not_begun_in(qtbot, documents, tmp_path, monkeypatch):
    settings = Settings()
    settings.keep_folder(Purpose.OPEN, tmp_path / "gone")
    assert asking.beginning(settings, Purpose.OPEN) == documents
    settings.keep_folder(Purpose.OPEN, tmp_path)
    assert asking.beginning(settings, Purpose.OPEN) == tmp_path
    answer = threading.Event()
    monkeypatch.setattr(asking, "PATIENCE", 0.05)
    monkeypatch.setattr(asking, "is_folder", lambda path: path != tmp_path or answer.wait(60))
    assert asking.beginning(settings, Purpose.OPEN) == documents
    answer.set()


def test_a_document_is_put_into_documents_and_gets_its_suffix(qtbot, documents, dialog, tmp_path):
    settings = Settings()
    dialog.answer = str(tmp_path / "乙")
    assert asking.ask_place(None, settings, "甲.gkd") == tmp_path / "乙.gkd"
    asking.ask_place(None, settings, "甲.gkd")
    assert dialog.begun == [str(documents / "甲.gkd"), str(tmp_path / "甲.gkd")]


@pytest.mark.parametrize(
    "command",
    [
        lambda window: window.commands.open_document(),
        lambda window: window.commands.import_report(),
        lambda window: window.commands.save_elsewhere(),
        lambda window: window.wizard.page("output").side.change.click(),
    ],
    ids=["open", "import", "elsewhere", "export"],
)
def test_no_question_begins_in_the_programs_own_folder(window, sample, documents, dialog, command):
    window.desk.open_path(sample)
    window.wizard.go_to_output()
    command(window)
    assert [begin.startswith(str(documents)) for begin in dialog.begun] == [True]


def test_qt_speaks_chinese(qapp):
    from ui.app import set_language

    translators = set_language(qapp, "zh")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("QFileDialog", "Look in:") == "查找范围："
    # Qt tells it from the folders of other systems by a remark
    assert (
        QCoreApplication.translate("QAbstractFileIconProvider", "Folder", "All other platforms") == "文件夹"
    )
    for context in ET.parse(WORDS).iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            source, ours = message.findtext("source"), message.findtext("translation")
            assert QCoreApplication.translate(name, source) == ours
    for translator in translators:
        qapp.removeTranslator(translator)
