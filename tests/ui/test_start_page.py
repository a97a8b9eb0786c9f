"""The start page: cards by year, what each says, deadlines, and what is remembered of the unit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize
from PySide6.QtWidgets import QPushButton

from gkdesk.report import report_json
from ui import showing
from ui.due import due_words, edited_words
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets.card import Card

JANUARY = date(2025, 1, 22)


@pytest.fixture
def at_home(window, report_file, monkeypatch):
    monkeypatch.setattr("ui.clock.today", lambda: JANUARY)
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"t3.new.business": "9", "unit.phone": None, "unit.kind": "department"}, "x")
    window.commands.show_home()
    return window


def card(window, year):
    cards = window.start.findChildren(Card)
    return next(card for card in cards if card.property("year") == year and not card.isHidden())


def type_over(line, text):
    """Put a text in the place of a field's, as typed: the page hears of it."""
    line.selectAll()
    line.insert(text)


def test_a_card_says_how_far_a_year_is(at_home):
    words = card(at_home, 2024).accessibleName()
    assert "2024 年报 · 填报中" in words
    assert "错误 2" in words
    assert "提醒 1" in words
    assert "上次修改" in words
    assert "距1月31日还有 9 天" in words
    assert "有错误" in words


def test_a_year_past_that_was_read_in_is_not_being_filled_in(at_home, report_file):
    window = at_home
    # 2024 was read in as well, but it is the year at work
    window.desk.open_path(report_file(year=2023, name="last.json"))
    assert window.header._state.text() == "已读入"
    assert window.header._deadline.text() == ""
    window.wizard.go("review")
    state = window.wizard.page("review").state_bar
    assert "用来对照" in state._label.text()
    assert state.review.isVisible()
    assert not state.back.isVisible()
    window.show_home()
    words = card(window, 2023).accessibleName()
    assert "2023 年报 · 已读入" in words
    assert "2024 年报的上年对照" in words
    assert "2024 年报 · 填报中" in card(window, 2024).accessibleName()
    # whoever takes it through the office has its own states again
    window.desk.set_state(2023, "review", "")
    window.show_home()
    assert "2023 年报 · 送审" in card(window, 2023).accessibleName()


def test_enter_goes_on_with_what_is_at_work_before_the_next_year_is_begun(
    window, report_file, monkeypatch, qapp
):
    monkeypatch.setattr("ui.clock.today", lambda: date(2026, 11, 28))
    window.desk.open_path(report_file(year=2025))
    window.desk.set_state(2025, "review", "")
    window.show_home()
    assert qapp.focusWidget() is card(window, 2025)
    assert not card(window, 2026)._primary
    window.desk.set_state(2025, "final", "")
    window.show_home()
    assert qapp.focusWidget() is card(window, 2026)
    assert card(window, 2026)._primary


def test_the_next_year_is_begun_after_one_that_was_read_in(window, report_file, monkeypatch, qapp):
    monkeypatch.setattr("ui.clock.today", lambda: date(2026, 11, 28))
    window.desk.open_path(report_file(year=2025))
    window.show_home()
    assert "已读入" in card(window, 2025).accessibleName()
    assert qapp.focusWidget() is card(window, 2026)


def test_a_year_past_that_is_made_up_is_being_filled_in(at_home):
    at_home.desk.new_year(2022)
    at_home.show_home()
    assert "2022 年报 · 填报中" in card(at_home, 2022).accessibleName()


def test_the_unit_has_its_own_day_for_every_year(at_home):
    window = at_home
    window.desk.open_year(2024)
    window.wizard.go("info")
    page = window.wizard.page("info")
    type_over(page.due, "1-24")
    page.commit_pending()
    assert page.due.text() == "1月24日"
    assert "距1月24日还有 2 天" in window.header._deadline.text()
    window.commands.show_home()
    assert "距1月24日还有 2 天" in card(window, 2024).accessibleName()
    path = window.document.path
    window.desk.close()
    window.desk.open_path(path)
    window.desk.new_year(2025)
    assert window.wizard.editing.due == "01-24"
    window.wizard.go("info")
    assert window.wizard.page("info").due.text() == "1月24日"
    # it is no part of the report
    assert "01-24" not in str(window.wizard.editing.session.snapshot().entries())


def test_what_is_no_day_stays_and_says_so(at_home):
    at_home.desk.open_year(2024)
    at_home.wizard.go("info")
    page = at_home.wizard.page("info")
    type_over(page.due, "月底")
    at_home.wizard.go("intro")
    assert page.due.text() == "月底"
    assert "1月20日" in page._notes["due"].text()
    assert at_home.wizard.editing.due == ""
    # what was refused is asked about on the way out
    type_over(page.due, "")
    page.commit_pending()
    assert not at_home.wizard.editing.refused()


def test_what_is_no_email_address_is_told_below_its_field(at_home):
    at_home.desk.open_year(2024)
    at_home.wizard.go("info")
    page = at_home.wizard.page("info")
    note = page._notes["unit.email"]
    for text in ("x@y", "xx gk@example.gov.cn", "xxgk.example.gov.cn"):
        type_over(page.lines["unit.email"], text)
        page.commit_pending()
        assert at_home.wizard.editing.session.text("unit.email") == text
        assert "不像电子邮箱" in note.text()
        assert note.isVisible()
    for text in ("xxgk@example.gov.cn", ""):
        type_over(page.lines["unit.email"], text)
        page.commit_pending()
        assert not note.isVisible()


@pytest.mark.parametrize(
    ("due", "final", "words", "colour"),
    [
        (date(2025, 3, 31), False, "距3月31日还有 68 天", "secondary"),
        (date(2025, 1, 31), False, "距1月31日还有 9 天", "warning"),
        (date(2025, 1, 22), False, "今天是最后一天（1月22日）", "warning"),
        (date(2025, 1, 20), False, "1月20日已过 2 天", "error"),
        (date(2025, 1, 20), True, "", "secondary"),
        (date(2024, 1, 31), False, "", "secondary"),
    ],
)
def test_deadlines_in_words(due, final, words, colour):
    assert due_words(due, JANUARY, final=final) == (words, colour)


def test_the_last_change_as_one_says_it():
    noon = datetime(2025, 1, 22, 12, tzinfo=UTC).astimezone()
    assert edited_words(noon, noon.date()).endswith(f"今天 {noon:%H:%M}")
    assert edited_words(noon, date(2025, 2, 1)).endswith(f"1月22日 {noon:%H:%M}")
    assert edited_words(noon, date(2026, 2, 1)).endswith("2025年1月22日")


@pytest.mark.parametrize("scale", [100, 150])
def test_the_title_has_room_before_buttons_have_words(window, look, qapp, report_file, scale):
    look.apply(qapp, "light", scale)
    window.resize(1366, 768)
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"unit.name": "某某市自然资源和规划局", "t3.new.business": "9"}, "x")
    qapp.processEvents()
    header = window.header
    assert window.width() == 1366
    title = header._title
    words = title.fontMetrics().elidedText(title.text(), title._mode, title.width())
    assert "某某市自然资源和规划局 · 2024" in words
    assert not title.is_elided() or "某某市" in title.toolTip()
    # the button with the count keeps it
    issues = window.actions_by_id["toggle_issues"]
    assert issues.iconText()[-1].isdigit()
    (button,) = [button for button in header._buttons if button.defaultAction() is issues]
    assert button.toolButtonStyle().name == "ToolButtonTextBesideIcon"


def test_the_count_of_issues_is_there_when_a_report_is_opened(at_home):
    at_home.desk.open_year(2024)
    assert at_home.actions_by_id["toggle_issues"].iconText().endswith(" 3")
    path = at_home.document.path
    at_home.desk.close()
    at_home.desk.open_path(path)
    assert at_home.actions_by_id["toggle_issues"].iconText().endswith(" 3")


def test_what_was_open_lately_comes_first_and_is_called_by_its_unit(at_home, qapp):
    window = at_home
    path, unit = window.document.path, window.document.report(2024).unit_name
    window.desk.close()
    window.show_home()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (recent,) = (button for button in window.start.findChildren(QPushButton) if button.property("path"))
    assert recent.property("path") == str(path)
    assert recent.text() == unit
    qapp.processEvents()
    assert recent.hasFocus()
    assert recent.mapTo(window, recent.rect().topLeft()).y() < window.start.unit.mapTo(window, QPoint()).y()
    # a document that was opened by an older version is called by its file
    window.start.show_welcome([(path, "")])
    assert window.start._recent[0].text() == path.stem


def test_units_are_remembered_by_document_and_not_for_ever(look):
    settings = Settings()
    for number in range(12):
        settings.remember_unit(Path(f"/a/{number}.gkd"), f"单位{number}/处")
    assert settings.unit_of(Path("/a/11.gkd")) == "单位11／处"
    assert settings.unit_of(Path("/a/0.gkd")) == ""
    settings.remember_unit(Path("/a/11.gkd"), "改名")
    assert settings.unit_of(Path("/a/11.gkd")) == "改名"


def test_a_window_that_filled_the_screen_fills_one_of_another_size(qtbot, look, monkeypatch):
    settings = Settings()
    first = MainWindow(settings)
    first.showMaximized()
    qtbot.waitUntil(first.isMaximized)
    first.close()
    first.deleteLater()
    # Qt restores no geometry of a screen that was much smaller or larger
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda _window, _geometry: False)
    second = MainWindow(Settings())
    second.show()
    assert second.isMaximized()
    second.showNormal()
    second.close()
    second.deleteLater()
    third = MainWindow(Settings())
    assert not third.isMaximized()
    third.close()
    third.deleteLater()


@pytest.mark.filterwarnings("ignore:.*setActiveWindow")
@pytest.mark.parametrize(("size", "filled"), [((790, 700), False), ((1280, 720), True)])
def test_a_window_never_comes_larger_than_the_screen(look, monkeypatch, size, filled):
    # a laptop that is off its dock: Qt does not restore what belongs to a much larger screen
    settings = Settings()
    settings.geometry = QByteArray(b"of another screen")
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda _window, _geometry: False)
    monkeypatch.setattr(MainWindow, "size", lambda _window: QSize(*size))
    monkeypatch.setattr(showing, "SMALL_SCREEN", 0)
    window = showing.show(settings, None)
    assert window.isMaximized() is filled
    window.close()
    window.deleteLater()


def test_last_year_read_in_stands_beside_the_year_at_work(window, report_file):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    assert editing.session.previous is None
    last = report_json.loads(report_file(year=2023, name="last.json").read_text(encoding="utf-8"))
    window.document.add(last, "读入", read_in=True)
    assert window.document.edit_year(2024) is editing, "what can be undone is kept"
    assert editing.session.previous.year == 2023
