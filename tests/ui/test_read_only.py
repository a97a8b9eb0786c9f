"""A copy to read of a document that is open elsewhere: it says so, and offers nothing that cannot be done."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from gkdesk.cli import main
from ui.documents import OpenDocument
from ui.widgets.card import Card

HOLD = "import sys; from gkdesk.storage import Document; d = Document.open(sys.argv[1]); print(1, flush=True); input()"


@pytest.fixture
def copy(window, tmp_path):
    """The window with a copy of a document that another process has open."""
    path = tmp_path / "unit.gkd"
    assert main(["new", str(path), "--unit", "云溪县水务局", "--year", "2024"]) == 0
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline().strip() == b"1"
    window.desk.take(OpenDocument.open_copy(path, window))
    window.desk.open_year(2024)
    yield window
    window.desk.close()
    other.stdin.close()
    other.stdout.close()
    other.wait()


def test_the_header_says_so_in_place_of_what_is_saved(copy):
    for show in (lambda: copy.desk.open_year(2024), copy.show_home):
        show()
        assert copy.header._saved.text() == "只读副本"
        copy.desk.saved_state_changed.emit(copy.document.state)
        assert copy.header._saved.text() == "只读副本"
    copy.resize(copy.minimumSize())
    assert copy.header._saved.sizeHint().width() > copy.header._saved.words_width()


def test_what_cannot_be_done_is_not_offered(copy):
    wizard = copy.wizard
    assert not copy.actions_by_id["paste"].isEnabled()
    assert not copy.actions_by_id["replace_text"].isEnabled()
    assert copy.actions_by_id["copy"].isEnabled()
    wizard.go("requests")
    assert not wizard.page("requests")._zero.isEnabled()
    wizard.go("review")
    bar = wizard.page("review").state_bar
    assert not any(button.isEnabled() for button in (bar.review, bar.final, bar.back))
    copy.show_home()
    offered = [card.title() for card in copy.start.findChildren(Card) if not card.isHidden()]
    assert len(offered) == 1
    assert "2024" in offered[0]
    assert not [card for card in copy.start.findChildren(Card) if card.menu is not None]
    words = [button.text() for button in copy.start.findChildren(QPushButton) if not button.isHidden()]
    assert not [text for text in words if "补建" in text]


def test_nothing_is_read_in_that_could_not_be_kept(copy, tmp_path, qapp):
    copy.show_home()
    for id in ("import_report", "paste_report"):
        assert not copy.actions_by_id[id].isEnabled()
    buttons = {button.text(): button for button in copy.start.findChildren(QPushButton)}
    for words in ("读入以前的年报…", "粘贴年报"):
        assert not buttons[words].isEnabled()
        assert "只读" in buttons[words].toolTip()
    # by dragging it in, or by Ctrl+V on the start page
    page = tmp_path / "last.html"
    page.write_text("<p>2023年政府信息公开工作年度报告</p>", encoding="utf-8")
    copy.desk.open_path(page)
    assert "没有地方存" in copy.start.message.text()
    copy.start.message.clear()
    qapp.clipboard().setText("2023年政府信息公开工作年度报告\n一、总体情况\n")
    copy.commands.paste_report()
    assert "没有地方存" in copy.start.message.text()
    copy.desk.close()
    copy.show_home()
    assert copy.actions_by_id["import_report"].isEnabled()


def test_fields_of_the_unit_say_why_they_are_locked(copy):
    copy.wizard.go("info")
    page = copy.wizard.page("info")
    assert "只读" in page._heading._note.text()
    assert "只读" in page.lines["unit.phone"].toolTip()
    assert "只读" in page.choices["unit.kind"].toolTip()
    for line in (page.lines["unit.phone"], page.due):
        QTest.keyClick(line, "1")
        assert "只读" in copy.wizard.message.text()
        assert line.text() == ""
        copy.wizard.message.clear()


def test_fields_of_a_final_report_say_why_they_are_locked(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.go("info")
    assert "定稿" not in window.wizard.page("info")._heading._note.text()
    window.desk.set_state(2024, "final", "")
    window.wizard.go("info")
    assert "已定稿" in window.wizard.page("info")._heading._note.text()


def test_keys_in_a_text_are_answered_in_words(copy):
    copy.wizard.go("overview")
    (editor,) = copy.wizard.page("overview").editors
    QTest.keyClick(editor, "a")
    assert "只读" in copy.wizard.message.text()
    assert editor.toPlainText() == ""


def test_a_document_of_ones_own_has_it_all(window, report_file):
    window.desk.open_path(report_file())
    assert "只读" not in window.header._saved.text()
    assert window.actions_by_id["paste"].isEnabled()
    assert window.actions_by_id["import_report"].isEnabled()
