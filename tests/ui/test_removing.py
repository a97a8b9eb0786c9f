"""A year is removed from the start page: asked, backed up, told, and brought back as it was."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from gkdesk.storage import Document, backups
from gkdesk.storage.failures import DiskFull
from ui.history_dialog import HistoryDialog
from ui.widgets.card import Card
from ui.widgets.states import State

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_home(window, report_file):
    """The start page of a document with 2023 and 2024; 2024 was edited last."""
    for year in (2023, 2024):
        window.desk.open_path(report_file(year=year, name=f"{year}.json"))
    window.wizard.editing.edit({"text.overview": "写过的"}, "x")
    window.show_home()
    return window


def cards(window):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = window.start.findChildren(Card)
    return {card.property("year"): card for card in found if card.menu is not None}


def removal(card):
    return card.menu.actions()[-1]


def links(window):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [each for each in window.start.findChildren(QPushButton) if each.property("brings_back")]


def answer(press):
    """Have the question answered once it is there; returns a list that gets its words."""
    seen = []

    def act():
        (box,) = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QMessageBox) and each.isVisible()
        ]
        seen.append(box.text())
        press(box)

    QTimer.singleShot(0, act)
    return seen


def agree(box):
    (button,) = [
        each for each in box.buttons() if box.buttonRole(each) is QMessageBox.ButtonRole.DestructiveRole
    ]
    button.click()


def remove(window, year):
    seen = answer(agree)
    removal(cards(window)[year]).trigger()
    return seen


def stored(document):
    """All that the document holds of its years, as its own thread tells."""
    return document._ask(
        lambda each: {
            year: (each.format_of(year), each.entries(year), each.state_of(year), each.states(year))
            for year in each.years()
        }
    )


def test_the_menu_comes_by_button_mouse_and_keys(at_home, qtbot):
    card = cards(at_home)[2024]
    assert "2024" in card.more.accessibleName()
    centre = card.rect().center()
    mouse = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, centre, card.mapToGlobal(centre))
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, centre, card.mapToGlobal(centre))
    for way in (
        lambda: QTest.mouseClick(card.more, Qt.MouseButton.LeftButton),
        lambda: QApplication.sendEvent(card, mouse),
        lambda: QApplication.sendEvent(card, key),
        lambda: QTest.keyClick(card, Qt.Key.Key_F10, SHIFT),
    ):
        way()
        qtbot.waitUntil(card.menu.isVisible)
        card.menu.close()
    assert at_home.wizard is None
    card.menu.actions()[0].trigger()
    assert at_home.wizard.editing.session.year == 2024


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_safe_answer_is_what_enter_and_escape_say(at_home, key):
    before = stored(at_home.document)
    unit = at_home.document.report(2023).unit_name
    seen = answer(lambda box: QTest.keyClick(box, key))
    removal(cards(at_home)[2023]).trigger()
    (words,) = seen
    for told in (f"“{unit}”的 2023 年报", "2024 年报就没有上年对照了", "备份", "“找回 2023 年报”"):
        assert told in words
    assert stored(at_home.document) == before
    assert at_home.start.message.text() == ""


def test_a_year_goes_after_a_backup_and_comes_back_as_it_was(at_home):
    window = at_home
    before, history = stored(window.document), window.document.history(2024, 99)
    (words,) = remove(window, 2024)
    assert "上年对照" not in words
    assert list(cards(window)) == [2023]
    (backup, *_older) = backups.of_document(window.document.id)
    message = window.start.message
    assert message.state() is State.DONE
    assert "已移除 2024 年报" in message.text()
    assert backup.path.name in message.text()
    with Document.open(backup.path) as copy:
        assert copy.entries(2024) == before[2024][1]
    (undo,) = message.buttons()
    assert window.focusWidget() is undo
    assert undo.text() == "撤销"
    undo.click()
    assert stored(window.document) == before
    page, versions, states = window.document.history(2024, 99)
    assert page.revisions[2:] == history[0].revisions
    assert (versions, states) == history[1:]
    assert "和移除前一样" in message.text()
    assert window.focusWidget() is cards(window)[2024]
    # what removed it can be neither chosen nor gone back to
    window.desk.open_year(2024)
    dialog = HistoryDialog(window.document, window)
    dialog.tree.selectAll()
    numbers = [revision.number for revision in page.revisions]
    assert dialog.chosen() == sorted(set(numbers) - {numbers[1]})
    assert dialog.message.text() == ""


def test_a_year_is_brought_back_at_any_later_time(at_home):
    window = at_home
    before, path = stored(window.document), window.document.path
    remove(window, 2023)
    window.desk.close()
    window.desk.open_path(path)
    window.show_home()
    (link,) = links(window)
    assert link.text() == "找回 2023 年报"
    link.click()
    assert stored(window.document) == before
    assert links(window) == []


def test_the_last_year_goes_too_and_the_unit_stays(at_home):
    window = at_home
    unit = window.document.report(2024).unit_name
    for year in (2023, 2024):
        remove(window, year)
    assert cards(window) == {}
    assert [link.text() for link in links(window)] == ["找回 2024 年报", "找回 2023 年报"]
    window.desk.new_year(2024)
    assert window.wizard.editing.session.text("unit.name") == unit
    # nothing of the one that was removed is undone into it
    assert window.wizard.editing.session.undo_stack.undo_name is None
    assert window.wizard.editing.session.text("text.overview") != "写过的"
    # but its history leads back to what was in it
    dialog = HistoryDialog(window.document, window)
    revisions = window.document.history(2024, 99)[0].revisions
    (written,) = [each.number for each in revisions if each.name == "x"]
    dialog._choose(written)
    dialog.restore.click()
    assert window.wizard.editing.session.text("text.overview") == "写过的"
    window.show_home()
    assert [link.text() for link in links(window)] == ["找回 2023 年报"]


def test_the_year_beside_it_notices(at_home):
    window = at_home
    remove(window, 2023)
    window.desk.open_year(2024)
    assert window.wizard.editing.session.previous is None
    window.show_home()
    links(window)[0].click()
    window.desk.open_year(2024)
    assert window.wizard.editing.session.previous is not None


def test_what_is_on_the_screen_is_closed_first(at_home):
    window = at_home
    window.desk.open_year(2024)
    window.wizard.go("info")
    line = window.wizard.page("info").lines["unit.phone"]
    line.selectAll()
    QTest.keyClicks(line, "0871-65550000")
    answer(agree)
    window.desk.remove_year(2024)
    assert window.wizard is None
    assert window.document.years() == [2023]
    window.desk.bring_back(2024)
    assert window.document.worker.flush(30)
    assert window.document.report(2024).fields["unit.phone"] == "0871-65550000"


def test_what_was_told_before_does_not_take_the_answer(at_home, tmp_path):
    window, other = at_home, tmp_path / "other.gkd"
    other.write_bytes(b"x" * 1000)
    window.desk.open_path(other)
    remove(window, 2024)
    window.start.message.buttons()[0].click()
    assert window.document.years() == [2023, 2024]
    assert "和移除前一样" in window.start.message.text()


def test_not_without_its_backup(at_home, monkeypatch):
    window = at_home
    before = stored(window.document)

    def fail(self, _folder, _now):
        raise DiskFull(self.path)

    monkeypatch.setattr(Document, "back_up_to", fail)
    remove(window, 2024)
    assert "没有移除 2024 年报" in window.start.message.text()
    assert "已满" in window.start.message.text()
    assert stored(window.document) == before
    monkeypatch.undo()


def test_not_when_the_disk_does_not_answer(at_home, monkeypatch):
    window = at_home
    before = stored(window.document)
    monkeypatch.setattr("ui.documents.MOVE_PATIENCE", 0.05)
    going_on = threading.Event()
    window.document.worker.call(lambda _document: going_on.wait(60))
    with pytest.raises(Exception, match="没有响应"):
        window.document.remove_year(2024)
    going_on.set()
    assert stored(window.document) == before


def test_the_storage_thread_does_it(at_home, monkeypatch):
    threads = []
    for name in ("back_up_to", "remove_report", "bring_back"):
        done = getattr(Document, name)

        def noting(self, *arguments, done=done):
            threads.append(threading.current_thread())
            return done(self, *arguments)

        monkeypatch.setattr(Document, name, noting)
    remove(at_home, 2024)
    at_home.desk.bring_back(2024)
    assert threads == [at_home.document.worker.thread] * 3


def test_a_final_report_stays(at_home):
    window = at_home
    window.desk.set_state(2023, "final", "")
    window.show_home()
    action = removal(cards(window)[2023])
    assert not action.isEnabled()
    assert "先退回修改" in action.text()
    remove_anyway = answer(agree)
    window.desk.remove_year(2023)
    assert remove_anyway
    assert "已定稿" in window.start.message.text()
    assert 2023 in window.document.years()
    window.desk.set_state(2023, "filling", "数字有误")
    window.show_home()
    assert removal(cards(window)[2023]).isEnabled()
