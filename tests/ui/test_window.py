"""The window as a clerk meets it: start, fill in, jump, undo, close, find everything again."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest

from gkdesk.report import Report, report_json
from gkdesk.storage import Document, backups, recovery
from ui.widgets.states import State

STEPS = ["info", "intro", "overview", "disclosure", "requests", "reviews", "problems", "other", "review"]


def stored(path, year):
    from gkdesk import formats

    with Document.open(path) as document:
        return Report.from_entries(formats.load(document.format_of(year)), year, document.entries(year))


def typed(qapp, text):
    """Type as a person does: each key goes to what has the focus by then."""
    for key in text:
        QTest.keyClick(qapp.focusWidget(), key)


@pytest.mark.parametrize("field", ["unit", "year"])
def test_a_new_report_is_made_from_the_start_page(window, qapp, field):
    window.start.unit.setText("云溪县水务局")
    window.start.year.setFocus()
    window.start.year.selectAll()
    QTest.keyClicks(qapp.focusWidget(), "2024")
    getattr(window.start, field).setFocus()
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
    assert window.wizard.editing.session.text("unit.name") == "云溪县水务局"
    assert window.wizard.editing.form.id == "2021"
    path = window.document.path
    window.close()
    assert stored(path, 2024).unit_name == "云溪县水务局"


def test_a_unit_must_be_named(window, qtbot):
    qtbot.keyClick(window.start.unit, Qt.Key.Key_Return)
    assert window.wizard is None
    assert "机关全称" in window.start.message.text()


@pytest.mark.parametrize(("id", "year"), [("2019", 2020), ("2021", 2024)])
def test_every_step_comes_up(window, report_file, id, year):
    window.desk.open_path(report_file(id, year))
    for step in STEPS:
        window.wizard.go(step)
        QTest.qWait(1)
        assert window.wizard.current == step
        assert window.wizard.help_text()
    assert not window.wizard.editing.issues


def test_typing_is_kept_and_found_again(window, report_file, qapp):
    window.desk.open_path(report_file())
    path = window.document.path
    window.wizard.go("reviews")
    window.wizard.page("reviews").editor.go_to("t4.review.upheld")
    typed(qapp, "31")
    window.commands.next_step()  # leaving commits the open editor
    window.wizard.go("overview")
    typed(qapp, "abc")
    window.close()
    report = stored(path, 2024)
    assert report.values["t4.review.upheld"] == 31
    assert report.values["t4.review.total"] == 37
    assert report.text("overview").startswith("abc")


def test_undo_and_redo_go_across_steps(window, report_file, qapp):
    window.desk.open_path(report_file())
    session = window.wizard.editing.session
    other = session.text("text.other_matters")
    window.wizard.go("problems")
    typed(qapp, "x")
    window.wizard.go("other")
    typed(qapp, "y")
    window.commands.undo()
    assert session.text("text.other_matters") == other
    window.commands.undo()
    assert not session.text("text.problems").startswith("x")
    assert not window.actions_by_id["undo"].isEnabled()
    window.commands.redo()
    assert session.text("text.problems").startswith("x")
    assert "存在的主要问题" in window.actions_by_id["undo"].toolTip()
    editor = window.wizard.page("problems").editors[0]
    assert editor.toPlainText() == session.text("text.problems")


def test_a_broken_column_shows_at_once_and_can_be_jumped_to(window, report_file, qtbot, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    window.wizard.page("requests").editor.go_to("t3.new.business")
    typed(qapp, "9")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.wizard.panel.list.lines()) == 3)
    assert any("商业企业" in line and "相差" in line for line in window.wizard.panel.list.lines())
    assert window.wizard.steps.step_state(4)[1] == 2
    window.wizard.go("info")
    window.commands.next_issue()
    assert window.wizard.current == "requests"
    assert window.wizard.page("requests").editor.current_cell == "t3.new.business"


def test_jump_to_a_text_and_to_the_unit(window, report_file, qapp):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    editing.edit({"text.problems": "无", "unit.postcode": "12"}, "x")
    for issue in editing.issues:
        window.wizard.jump(issue)
        focused = qapp.focusWidget()
        assert focused.accessibleName() in ("存在的主要问题及改进情况", "邮编")


def test_a_stated_total_can_be_replaced_by_the_sum(window, report_file, qtbot):
    window.desk.open_path(report_file(stated=True))
    editing = window.wizard.editing
    editing.edit({"t4.review.total": "99"}, "x")
    panel = window.wizard.panel
    qtbot.waitUntil(lambda: len(panel.list.lines()) == 2)
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    assert panel.mending.adopt.isVisible()
    qtbot.mouseClick(panel.mending.adopt, Qt.MouseButton.LeftButton)
    assert editing.session.value("t4.review.total") == 8
    assert not editing.issues


def test_a_warning_is_explained_from_the_panel(window, report_file, qtbot, monkeypatch):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    editing.edit({"unit.postcode": "12"}, "x")
    panel = window.wizard.panel
    qtbot.waitUntil(lambda: len(panel.list.lines()) == 2)
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    monkeypatch.setattr("ui.mending_bar.ask_note", lambda *_words: "没有邮编")
    qtbot.mouseClick(panel.mending.note, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已说明：没有邮编" in panel.list.lines()[1])
    assert window.wizard.steps.step_state(0) == (State.DONE, 0)


def test_a_fix_is_one_step(window, report_file, qtbot):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    before = editing.session.text("text.overview")
    editing.edit({"text.overview": before + "全年共办结 3 件,其中 2 件。"}, "x")
    editing.check_texts()
    window.wizard.go("overview")
    (mark,) = [
        mark
        for mark in window.wizard.page("overview").editors[0].extraSelections()
        if "," in mark.cursor.selectedText()
    ]
    assert mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    panel = window.wizard.panel
    rule = "text.punctuation"
    panel.refresh()
    row = next(
        row
        for row in range(panel.list.model().rowCount())
        if (issue := panel.list.model().issue(panel.list.model().index(row, 0))) and issue.rule == rule
    )
    panel.list.setCurrentIndex(panel.list.model().index(row, 0))
    qtbot.mouseClick(panel.mending.mend, Qt.MouseButton.LeftButton)
    assert "," not in editing.session.text("text.overview")
    window.commands.undo()
    assert "," in editing.session.text("text.overview")


def test_from_filling_to_final_and_back(window, report_file, qtbot):
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"t3.new.business": "1"}, "x")
    window.wizard.go("review")
    bar = window.wizard.page("review").state_bar
    assert not bar.final.isEnabled()
    window.commands.undo()
    assert bar.final.isEnabled()
    qtbot.mouseClick(bar.review, Qt.MouseButton.LeftButton)
    assert window.header._state.text() == "送审"
    qtbot.mouseClick(window.wizard.page("review").state_bar.final, Qt.MouseButton.LeftButton)
    assert window.header._state.text() == "定稿"
    editing = window.wizard.editing
    assert not editing.edit({"t3.new.business": "1"}, "x")
    window.wizard.go("overview")
    assert window.wizard.page("overview").editors[0].isReadOnly()
    window.wizard.go("review")
    bar = window.wizard.page("review").state_bar
    qtbot.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    assert bar.reason.hasFocus()
    qtbot.keyClick(bar.reason, Qt.Key.Key_Return)  # not without a reason
    QTest.qWait(1)
    assert window.header._state.text() == "定稿"
    qtbot.keyClick(bar.reason, Qt.Key.Key_Escape)
    assert not bar.reason.isVisible()
    assert bar.back.hasFocus()
    qtbot.keyClick(bar.back, Qt.Key.Key_Space)
    qtbot.keyClicks(bar.reason, "leaders want more")
    qtbot.keyClick(bar.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.header._state.text() == "填报中")
    assert window.wizard.editing.edit({"t3.new.business": "1"}, "x")


def test_the_introduction_is_composed_when_empty(window, qtbot):
    window.start.unit.setText("云溪县水务局")
    window.start.year.setValue(2024)
    window.start._on_new_document()
    window.wizard.go("intro")
    assert "云溪县水务局" in window.wizard.page("intro").editors[0].toPlainText()
    assert "国办公开办函〔2021〕30号" in window.wizard.editing.session.text("text.intro")


def test_an_introduction_that_is_undone_is_not_composed_anew(window, report_file):
    """It would take the place of what was undone, which could not be done again then."""
    window.desk.open_path(report_file())
    session = window.wizard.editing.session
    window.wizard.editing.edit({"text.intro": None}, "x")
    window.wizard.go("intro")
    composed = session.text("text.intro")
    assert composed
    window.wizard.go("requests")
    window.commands.undo()
    assert window.wizard.current == "intro"
    assert session.text("text.intro") == ""
    window.commands.redo()
    assert session.text("text.intro") == composed


def test_a_new_year_carries_over(window, report_file):
    window.desk.open_path(report_file(year=2025))
    window.show_home()
    window.desk.new_year(2026)
    session = window.wizard.editing.session
    assert session.text("unit.phone") == "0123-4567890"
    assert session.value("t3.carried_in.natural") == 2
    assert session.value("t3.new.natural") is None
    assert session.previous.year == 2025
    assert session.last_value("t2.normative.in_force") == 2


def test_files_that_are_none_are_refused_plainly(window, tmp_path):
    for name, content in (("a.gkd", b"PK\x03\x04"), ("b.json", b"{"), ("c.gkd", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        window.desk.open_path(path)
        assert window.document is None
        assert name in window.start.message.text()
        assert "Traceback" not in window.start.message.text()


HOLDER = """
import sys
from gkdesk.storage import Document
with Document.open(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held_elsewhere():
    """Have another program open a document; it closes it when its input ends."""
    holders = []

    def hold(path):
        command = [sys.executable, "-c", HOLDER, str(path)]
        holders.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        assert holders[-1].stdout.readline()
        return holders[-1]

    yield hold
    for holder in holders:
        holder.stdin.close()
        holder.wait()
        holder.stdout.close()


def test_what_is_open_elsewhere_is_read_from_a_copy(window, report_file, held_elsewhere):
    window.desk.open_path(report_file())
    path = window.document.path
    window.close()
    holder = held_elsewhere(path)
    window.show()
    window.desk.open_path(path)
    assert window.document is None
    (remedy,) = window.start.message.buttons()
    assert "只读" in remedy.text()
    remedy.click()
    window.desk.open_year(2024)
    assert window.wizard.editing.session.value("t4.review.upheld") == 2
    assert not window.wizard.editing.edit({"t4.review.upheld": "9"}, "x")
    window.close()
    holder.stdin.close()
    holder.wait()
    assert stored(path, 2024).values["t4.review.upheld"] == 2


def test_what_cannot_be_written_is_read_from_a_copy(window, report_file, monkeypatch):
    from gkdesk.storage import Document
    from gkdesk.storage.failures import NotWritable

    window.desk.open_path(report_file())
    path = window.document.path
    window.close()
    real = Document.open.__func__

    def refusing(cls, place):
        if place == path:
            raise NotWritable(path)
        return real(cls, place)

    monkeypatch.setattr(Document, "open", classmethod(refusing))
    window.show()
    window.desk.open_path(path)
    (remedy,) = window.start.message.buttons()
    remedy.click()
    assert "另存" in window.start.message.text()
    assert window.document.read_only


def test_a_damaged_document_can_be_salvaged(window, report_file, monkeypatch):
    window.desk.open_path(report_file())
    path = window.document.path
    window.close()
    data = bytearray(path.read_bytes())
    place = data.find("工作平稳".encode())
    data[place] ^= 0xFF
    path.write_bytes(data)
    told, at_work = [], []
    monkeypatch.setattr("ui.dialogs.show_text", lambda _parent, _title, text: told.append(text))

    def noted(real, argument):
        at_work.append(threading.current_thread())
        return real(argument)

    monkeypatch.setattr(recovery, "recover", partial(noted, recovery.recover))
    monkeypatch.setattr(backups, "newest_good", partial(noted, backups.newest_good))
    window.show()
    window.desk.open_path(path)
    assert window.document is None
    next(button for button in window.start.message.buttons() if button.text() == "抢救内容").click()
    assert window.document.path == path
    assert "没有删除" in told[0]
    # a slow share must not make the window stand still
    assert at_work
    assert threading.main_thread() not in at_work
    assert len(list(path.parent.glob("*损坏*"))) == 1


def test_opening_a_report_again_overwrites_nothing(window, report_file):
    source = report_file()
    window.desk.open_path(source)
    window.wizard.editing.edit({"t4.review.upheld": "77"}, "x")
    window.desk.open_path(source)
    assert window.wizard.editing.session.value("t4.review.upheld") == 77


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_windows_in_both_languages(qtbot, look, qapp, language, report_file):
    from ui.app import set_language
    from ui.main_window import MainWindow
    from ui.settings import Settings
    from ui.settings_dialog import SettingsDialog

    translators = set_language(qapp, language)
    window = MainWindow(Settings())
    window.show()
    window.desk.open_path(report_file())
    for step in STEPS:
        window.wizard.go(step)
    dialog = SettingsDialog(Settings(), window)
    dialog.show()
    title = window.actions_by_id["undo"].text()
    assert title == ("Undo" if language == "en" else "撤销")
    dialog.close()
    window.close()
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("scale", [100, 150])
def test_no_step_is_wider_than_a_small_screen(window, look, qapp, report_file, scale):
    look.apply(qapp, "light", scale)
    window.resize(1366, 768)
    window.desk.open_path(report_file())
    for step in STEPS:
        window.wizard.go(step)
        QTest.qWait(1)
        assert window.width() <= 1366
        assert window.height() <= 768
        assert window.minimumSizeHint().width() <= 1366


def test_the_sample_has_no_issue(window, sample):
    window.desk.open_path(sample)
    assert window.wizard.editing.issues == ()
    assert report_json.read_file(sample).unit_name in window.header._title.text()


def test_an_untouched_introduction_follows_the_units_data(window, qapp):
    window.start.unit.setText("云溪县水务局")
    window.start.year.setValue(2024)
    window.start._on_new_document()
    session = window.wizard.editing.session
    window.wizard.go("intro")
    window.wizard.go("info")
    page = window.wizard.page("info")
    page.lines["unit.phone"].setFocus()
    typed(qapp, "0123-4567890")
    page.commit_pending()
    assert "电话：0123-4567890" in session.text("text.intro")
    window.commands.undo()
    assert "电话" not in session.text("text.intro")
    window.wizard.editing.edit({"text.intro": "自己写的引言。"}, "x")
    page.lines["unit.phone"].setFocus()
    typed(qapp, "1")
    page.commit_pending()
    assert session.text("text.intro") == "自己写的引言。"


def test_a_year_is_begun_in_no_other_document(window, report_file):
    """The unit's document does not open: the one that is open stays as it was."""
    from ui.places import default_path

    window.desk.open_path(report_file())
    path = window.document.path
    default_path("云溪县林业局").write_bytes(b"x" * 5000)
    window.desk.new_document("云溪县林业局", 2025)
    assert window.document.path == path
    assert window.document.years() == [2024]
    assert window.start.message.text()


def test_a_copy_to_read_takes_the_place_of_what_is_open(window, report_file, tmp_path, held_elsewhere):
    held = tmp_path / "held.gkd"
    Document.create(held, "云溪县林业局").close()
    held_elsewhere(held)
    window.desk.open_path(report_file())
    path = window.document.path
    window.desk.open_path(held)
    assert window.document.path == path
    worker = window.document.worker
    window.start.message.buttons()[0].click()
    assert window.document.read_only
    # what was open is closed, and opens again
    assert not worker.thread.is_alive()
    window.desk.open_path(path)
    assert window.document.path == path
