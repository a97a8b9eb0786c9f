"""Last year's report beside what was read of it, and this year's draft from it, through the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.exports import write
from gkdesk.imports.importing import import_source, import_text
from gkdesk.report.draft import marks
from tests.builders import balanced
from ui import theme
from ui.importing import flow, waiting
from ui.importing.cells import VALUE
from ui.importing.dialog import ImportDialog

NEW = "t3.new.natural"
PLAIN = Path(__file__).parents[2] / "imports" / "plain-2019.txt"


@pytest.fixture
def page(tmp_path):
    """Last year's report as a web page."""
    path = tmp_path / "年报.html"
    write("html", balanced(formats.load("2021"), 2024, [3] * 170), path)
    return path


@pytest.fixture
def dialog(qtbot, look, page):
    made = ImportDialog(import_source(page))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def agree(monkeypatch):
    """Confirm everything and go on; returns the buttons to press."""

    def with_button(name):
        def answer(dialog):
            dialog.confirm_all.click()
            getattr(dialog, name).click()
            return QDialog.DialogCode(dialog.result())

        monkeypatch.setattr(ImportDialog, "exec", answer)

    return with_button


def row(dialog, key):
    dialog.only_open.setChecked(False)
    return dialog.list.cells.keys.index(key)


def test_a_web_page_becomes_last_year_and_this_years_draft(window, page, agree):
    agree("next")
    window.desk.open_path(page)
    session = window.wizard.editing.session
    assert window.document.years() == [2024, 2025]
    assert session.year == 2025
    assert session.text("unit.name") == "云溪县水务局"
    assert session.value("t3.carried_in.natural") == 3
    assert session.last_value("t3.granted.natural") == 3
    assert session.text("text.overview") == session.previous.text("overview") != ""
    assert "2025年1月1日" in session.text("text.intro")


def test_old_years_in_the_draft_are_marked(window, tmp_path, agree):
    report = balanced(formats.load("2021"), 2024, [3] * 170)
    fields = {**report.fields, "text.overview": "2024年公开信息120条。"}
    path = tmp_path / "a.html"
    write("html", type(report)(report.form, 2024, report.cells, fields), path)
    agree("next")
    window.desk.open_path(path)
    session = window.wizard.editing.session
    text = session.text("text.overview")
    assert [text[start:end] for start, end in marks(session.view.fields, "text.overview")] == ["2024", "120"]


def test_what_is_there_is_not_overwritten(window, page, report_file, agree):
    window.desk.open_path(report_file(year=2024))
    window.wizard.editing.edit({NEW: "77"}, "x")
    agree("next")
    window.desk.open_path(page)
    assert window.wizard.editing.session.year == 2025
    assert window.wizard.editing.session.previous.values[NEW] == 77
    assert "没有覆盖" in window.message.text()


@pytest.mark.parametrize("at_home", [False, True])
def test_a_year_that_is_there_is_told_in_the_dialog(window, page, report_file, monkeypatch, at_home):
    window.desk.open_path(report_file(year=2024))
    path = window.document.path
    if at_home:
        assert window.desk.close()
    said = []

    def answer(dialog):
        said.append(dialog.message.text())
        if len(said) > 1:
            return QDialog.DialogCode.Rejected
        dialog.confirm_all.click()
        dialog.keep.click()
        return QDialog.DialogCode(dialog.result())

    monkeypatch.setattr(ImportDialog, "exec", answer)
    window.desk.open_path(page)
    assert "不会覆盖" in said[1]
    window.desk.open_path(path)
    assert window.document.years() == [2024]


def test_what_was_corrected_stays_until_it_is_kept(window, page, monkeypatch):
    shown = []

    def answer(dialog):
        dialog.confirm_all.click()
        if not shown:
            dialog.texts.editors["text.overview"].setPlainText("改过了。")
            monkeypatch.setattr(flow, "document_of", refuse)
        else:
            assert "磁盘已满" in dialog.message.text()
            monkeypatch.setattr(flow, "document_of", kept)
        shown.append(dialog)
        dialog.keep.click()
        return QDialog.DialogCode(dialog.result())

    def refuse(*_arguments):
        raise KnownError("磁盘已满")

    kept = flow.document_of
    monkeypatch.setattr(ImportDialog, "exec", answer)
    window.desk.open_path(page)
    assert len(shown) == 2
    assert window.wizard.editing.session.text("text.overview") == "改过了。"


# ------------------------------------------------------------ looking over


def test_a_figure_can_be_corrected_before_it_is_kept(dialog):
    model = dialog.list.cells
    model.setData(model.index(row(dialog, NEW), VALUE), "９９")
    assert dialog.report().values[NEW] == 99
    words = [dialog.issues.item(number).text() for number in range(dialog.issues.count())]
    assert any("自然人" in each for each in words)
    assert "核对结果" in dialog.tabs.tabText(2) != "核对结果"


def test_guesses_are_asked_for_before_anything_is_kept(dialog):
    waiting_keys = dialog.review.open
    assert "unit.phone" in waiting_keys
    dialog.next.click()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "拿不准" in dialog.message.text()
    (button,) = dialog.message.buttons()
    button.click()
    assert dialog.review.open == ()
    dialog.next.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.start_next


def test_guesses_are_confirmed_one_by_one(dialog):
    first, *others = dialog.review.open
    dialog.list.select_key(first)
    dialog.confirm.click()
    assert dialog.review.open == tuple(others)
    assert str(len(others)) in dialog.confirm_all.text()


def test_only_what_is_to_be_looked_at(dialog):
    assert dialog.only_open.isChecked()
    assert set(dialog.list.cells.keys) >= set(dialog.review.open) - set(dialog.review.texts)
    assert NEW not in dialog.list.cells.keys
    dialog.only_open.setChecked(False)
    assert NEW in dialog.list.cells.keys


def test_nothing_is_kept_without_a_unit(dialog):
    model = dialog.list.cells
    model.setData(model.index(row(dialog, "unit.name"), VALUE), "")
    dialog.keep.click()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "机关全称" in dialog.message.text()


def test_a_text_is_corrected_in_its_place(dialog):
    dialog.texts.editors["text.problems"].setPlainText("改过的话。")
    assert dialog.report().text("problems") == "改过的话。"


def test_marks_are_colour_icon_and_word(dialog):
    first = dialog.review.open[0]
    index = dialog.list.cells.index(row(dialog, first), 0)
    assert index.data() == "拿不准"
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.BackgroundRole) == theme.colour("warning_back")


# ------------------------------------------------------------ the source beside it


def test_a_line_lights_up_its_cell_in_the_source(dialog):
    dialog.list.setCurrentIndex(dialog.list.cells.index(row(dialog, NEW), VALUE))
    block, r, c = dialog.review.place(NEW)
    cell = dialog.source._tables[block].cellAt(r, c)
    assert cell.format().background().color() == theme.colour("selection")
    assert cell.firstCursorPosition().block().text() == dialog.review.found(NEW)
    dialog.list.setCurrentIndex(dialog.list.cells.index(row(dialog, "t3.granted.natural"), VALUE))
    assert cell.format().background().color() == theme.colour("good_back")


def test_a_cell_of_the_source_leads_to_its_line(dialog):
    block, r, c = dialog.review.place("t3.granted.business")
    dialog.source.setTextCursor(dialog.source._tables[block].cellAt(r, c).firstCursorPosition())
    assert dialog.list.selected_keys() == ["t3.granted.business"]


def test_the_whole_source_is_shown_as_plain_text(qtbot, look, page):
    html = page.read_text(encoding="utf-8").replace("全年工作平稳。", "&lt;img src=x&gt;全年工作平稳。")
    made = ImportDialog(import_text(html, html=True))
    qtbot.addWidget(made)
    text = made.source.toPlainText()
    assert "<img src=x>全年工作平稳。" in text
    assert "一、总体情况" in text
    assert "（七）总计" in text


def test_a_workbook_of_our_own_has_nothing_beside(qtbot, look, page):
    report = import_source(page).report
    path = page.with_suffix(".xlsx")
    write("xlsx", report, path)
    imported = import_source(path)
    made = ImportDialog(imported)
    qtbot.addWidget(made)
    made.show()
    assert imported.source == ()
    assert not made.source.isVisible()
    assert made.report().values == report.values


# ------------------------------------------------------------ reading


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"hello", b"%PDF-1.4 nothing"])
def test_files_that_hold_no_report_are_refused(window, tmp_path, content):
    path = tmp_path / "x.html"
    path.write_bytes(content)
    window.desk.open_path(path)
    assert window.document is None
    assert "x.html" in window.message_shown.text()


def test_reading_can_be_cancelled(window):
    def work(stop):
        window.findChild(waiting.QProgressDialog).canceled.emit()
        assert stop.wait(10)
        return "too late"

    assert waiting.read("x", work, window.background, window) is None


# ------------------------------------------------------------ clipboard and dragging


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()

    def put(*, html="", text="", path=None):
        data = QMimeData()
        if html:
            data.setHtml(html)
        if text:
            data.setText(text)
        if path:
            data.setUrls([QUrl.fromLocalFile(str(path))])
        board.setMimeData(data)

    yield put
    board.clear()


def test_a_copied_page_is_pasted_on_the_start_page(qtbot, window, page, clipboard, agree):
    agree("next")
    clipboard(html=page.read_text(encoding="utf-8"), text="云溪县水务局")
    qtbot.keyClick(window.start.unit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.document is not None
    assert window.document.years() == [2024, 2025]


def test_a_name_is_pasted_into_its_field(qtbot, window, clipboard):
    clipboard(text="云溪县水务局")
    qtbot.keyClick(window.start.unit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.start.unit.text() == "云溪县水务局"
    assert window.document is None


def test_a_copied_text_is_pasted_by_the_command(window, clipboard, agree):
    text = PLAIN.read_text(encoding="utf-8")
    agree("keep")
    clipboard(text=text)
    window.commands.paste_report()
    assert window.document.years() == [2019]


def test_a_copied_file_is_opened(window, page, clipboard, agree):
    agree("keep")
    clipboard(path=page)
    window.commands.paste_report()
    assert window.document.years() == [2024]


@pytest.mark.parametrize(("text", "said"), [("", "剪贴板里没有文字"), ("你好", "不是能读的年报")])
def test_a_clipboard_without_a_report(window, clipboard, text, said):
    clipboard(text=text)
    flow.paste(window)
    assert said in window.message_shown.text()
    assert window.document is None


def test_a_file_is_dragged_onto_the_window(qtbot, window, page, agree):
    agree("next")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(page))])
    place, copy = QPoint(200, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, data, buttons, keys))
    qtbot.waitUntil(lambda: window.wizard is not None, timeout=30_000)
    assert window.document.years() == [2024, 2025]


def test_two_files_at_once_are_not_taken(window, page):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(page)), QUrl.fromLocalFile(str(page.parent))])
    enter = QDragEnterEvent(
        QPoint(200, 200),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_a_line_is_chosen_whatever_keys_are_held(qtbot, dialog):
    first = dialog.review.open[0]
    qtbot.keyPress(dialog.year, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    for _twice in range(2):
        dialog.list.select_key(first)
        assert dialog.list.selected_keys() == [first]
    qtbot.keyRelease(dialog.year, Qt.Key.Key_Control)
