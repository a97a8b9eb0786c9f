"""预览与导出: what is shown, found and pointed out on the pages, and what is made of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest

from gkdesk.errors import KnownError
from ui.preview import preview as preview_module
from ui.preview import zoom
from ui.printed_copy import PrintedCopy

TITLE = "云溪县水务局2024年政府信息公开工作年度报告"


@pytest.fixture
def folder(window, tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    window._settings.keep_folder("export", made)
    return made


@pytest.fixture
def page(window, report_file, folder, qtbot):
    window.desk.open_path(report_file())
    window.commands.show_output()
    shown = window.wizard.page("output")
    qtbot.waitUntil(lambda: shown.preview.pages() >= 3, timeout=30_000)
    qtbot.waitUntil(lambda: not shown.preview._busy, timeout=30_000)
    return shown


def export(page, qtbot):
    page.result.clear()
    qtbot.mouseClick(page.side.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.result.isVisible, timeout=30_000)
    return page.result.text()


def drawn_again(page, qtbot, act):
    """Do something, and wait until the pages show the report as it is then."""
    act()
    preview, session = page.preview, page._editing.session

    def settled():
        return not preview._busy and preview._drawn.copy.report.entries() == session.snapshot().entries()

    qtbot.waitUntil(settled, timeout=30_000)


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_asked_for_while_pages_are_drawn_is_drawn_next(page, qtbot, monkeypatch, fails):
    preview = page.preview
    first, last = page._copy(), page._copy()
    drawn = []
    real = preview_module.draw

    def draw(copy, resolution):
        drawn.append(copy)
        if copy is first and fails:
            raise KnownError("排不出来")
        return real(copy, resolution)

    monkeypatch.setattr(preview_module, "draw", draw)
    monkeypatch.setattr(preview, "_resolution", lambda: 144)
    preview.show_copy(first)
    # at the size of the window these are too coarse by the time they come
    monkeypatch.setattr(preview, "_resolution", lambda: 200)
    preview.show_copy(last)
    qtbot.waitUntil(lambda: preview._drawn.copy is last, timeout=30_000)
    assert drawn == [first, last]


# ---------------------------------------------------------------- files


def test_the_files_that_were_asked_for(page, folder, qtbot):
    words = export(page, qtbot)
    assert sorted(path.name for path in folder.iterdir()) == [f"{TITLE}.pdf", f"{TITLE}.xlsx"]
    assert f"{TITLE}.pdf" in words
    assert [button.property("action") for button in page.result.buttons()] == ["open"]
    assert page.side.progress.isHidden()


def test_every_kind_at_once(page, folder, qtbot):
    for box in page.side.boxes.values():
        box.setChecked(True)
    export(page, qtbot)
    # PDF and archive copy have names of their own
    assert len(list(folder.iterdir())) == len(page.side.boxes)


def test_what_was_made_last_is_offered_next_time(page, window):
    from ui.settings import Settings

    page.side.boxes["xlsx"].setChecked(False)
    page.side.boxes["html"].setChecked(True)
    assert Settings().export_kinds == ["pdf", "html"]
    for box in page.side.boxes.values():
        box.setChecked(False)
    assert not page.side.export.isEnabled()


def test_the_copy_goes_by_the_state_else_by_last_time(page, window):
    copies = page.side.copies
    assert copies.currentData() == "plain"
    copies.setCurrentIndex(copies.findData("review"))
    window.desk.open_year(2024)
    assert window.wizard.page("output").side.copies.currentData() == "review"
    window.wizard.page("output").side.copies.setCurrentIndex(0)
    for state, first in (("review", "review"), ("final", "final")):
        window.desk.set_state(2024, state, "x")
        assert window.wizard.page("output").side.copies.currentData() == first
    window.desk.set_state(2024, "filling", "x")
    assert window.wizard.page("output").side.copies.currentData() == "plain"


def test_a_review_copy_is_not_archived(page, folder, qtbot):
    from ui.settings import Settings

    side = page.side
    side.boxes["pdfa"].setChecked(True)
    side.copies.setCurrentIndex(side.copies.findData("review"))
    assert not side.boxes["pdfa"].isEnabled()
    assert "送审稿不归档" in side.boxes["pdfa"].text()
    assert side.kinds() == ["pdf", "xlsx"]
    export(page, qtbot)
    assert not [path for path in folder.iterdir() if "归档" in path.name]
    # the choice is only put off
    assert "pdfa" in Settings().export_kinds
    for kind in ("pdf", "xlsx"):
        side.boxes[kind].setChecked(False)
    assert not side.export.isEnabled()
    side.copies.setCurrentIndex(side.copies.findData("plain"))
    assert "归档用" in side.boxes["pdfa"].text()
    assert side.export.isEnabled()
    assert side.kinds() == ["pdfa"]


def test_a_folder_that_is_gone_is_named(page, folder, qtbot):
    folder.rmdir()
    assert "out" in export(page, qtbot)
    assert page.side.export.isEnabled()


def test_one_file_in_use_does_not_keep_back_the_others(page, folder, qtbot, monkeypatch):
    whole = PrintedCopy.write

    def write(self, kind, path):
        if kind == "pdf":
            raise KnownError("“x.pdf”正被其他程序使用。")
        whole(self, kind, path)

    monkeypatch.setattr(PrintedCopy, "write", write)
    words = export(page, qtbot)
    assert "正被其他程序使用" in words
    assert f"{TITLE}.xlsx" in words
    assert [path.suffix for path in folder.iterdir()] == [".xlsx"]


def test_a_file_that_somebody_worked_in_is_left_alone(page, folder, qtbot):
    export(page, qtbot)
    assert "没有覆盖" not in export(page, qtbot)  # our own, as it was: replaced
    assert len(list(folder.iterdir())) == 2
    (folder / f"{TITLE}.xlsx").write_bytes(b"filled in by hand")
    words = export(page, qtbot)
    assert "没有覆盖" in words
    assert (folder / f"{TITLE}.xlsx").read_bytes() == b"filled in by hand"
    assert (folder / f"{TITLE}（2）.xlsx").stat().st_size > 5000


def test_a_review_copy_does_not_take_the_place_of_the_report(page, folder, qtbot):
    page.side.copies.setCurrentIndex(page.side.copies.findData("review"))
    export(page, qtbot)
    assert sorted(path.name for path in folder.iterdir()) == [f"{TITLE}.xlsx", f"{TITLE}（送审稿）.pdf"]


def test_files_of_a_report_with_errors_are_not_to_be_handed_in(page, window, qtbot):
    assert "审核" not in export(page, qtbot)
    window.wizard.editing.edit({"t4.review.total": "99", "t3.new.natural": None}, "x")
    words = export(page, qtbot)
    assert "只供审核时对照" in words
    assert page.result.state().value == "warning"


def test_cancelled_between_two_files(page, folder, qtbot):
    qtbot.mouseClick(page.side.export, Qt.MouseButton.LeftButton)
    assert page.side.progress.isVisible()
    qtbot.mouseClick(page.side.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.result.isVisible, timeout=30_000)
    assert "已取消" in page.result.text()
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]
    assert page.side.export.isEnabled()


# ---------------------------------------------------------------- pages


def test_an_edit_is_on_the_page(page, window, qtbot):
    before = page.preview.view.pages[0].picture().toImage()
    drawn_again(page, qtbot, lambda: window.wizard.editing.edit({"text.intro": "另一段引言。"}, "x"))
    assert page.preview.view.pages[0].picture().toImage() != before
    page.preview.search.words.setText("另一段引言")
    assert page.preview.search._count.text() == "1/1"


def test_words_are_found_counted_and_gone_through(page):
    preview, search = page.preview, page.preview.search
    search.words.setText("总计")
    places = [place for sheet in preview.view.pages for place in sheet.marked()[0]]
    assert len(places) > 2
    assert search._count.text() == f"1/{len(places)}"
    first = [sheet.marked()[1] for sheet in preview.view.pages]
    QTest.keyClick(search.words, Qt.Key.Key_Return)
    assert search._count.text() == f"2/{len(places)}"
    assert [sheet.marked()[1] for sheet in preview.view.pages] != first
    QTest.keyClick(search.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert [sheet.marked()[1] for sheet in preview.view.pages] == first
    search.words.setText("无此文字")
    assert search._count.text() == "没有找到"
    QTest.keyClick(search.words, Qt.Key.Key_Escape)
    assert search.words.text() == ""


def test_an_issue_is_pointed_out_on_its_page_and_mended_from_there(page, window, qtbot):
    drawn_again(page, qtbot, lambda: window.wizard.editing.edit({"t4.review.total": "99"}, "x"))
    issue = next(issue for issue in window.wizard.editing.issues if issue.rule == "t4.total")
    window.wizard.panel.jumped.emit(issue)
    assert window.wizard.current == "output"
    chosen = [place for sheet in page.preview.view.pages for place in sheet.marked()[1]]
    assert {place.key for place in chosen} == set(issue.cells)
    assert f"第 {chosen[0].page + 1} 页" in page.pointer.text()
    sheet = page.preview.view.pages[chosen[0].page]
    assert not sheet.visibleRegion().intersected(sheet.rectangle(chosen[0]).toRect()).isEmpty()
    qtbot.mouseClick(page.pointer.buttons()[0], Qt.MouseButton.LeftButton)
    assert window.wizard.current == "reviews"


def test_an_issue_that_is_nowhere_on_paper_leads_to_its_step(page, window, qtbot):
    drawn_again(page, qtbot, lambda: window.wizard.editing.edit({"unit.postcode": None}, "x"))
    issue = next(issue for issue in window.wizard.editing.issues if issue.field == "unit.postcode")
    window.wizard.panel.jumped.emit(issue)
    assert window.wizard.current == "info"


def test_thumbnails_and_pages_follow_each_other(page, window, qtbot):
    window.resize(1920, 1080)
    qtbot.waitUntil(page.preview.thumbnails.isVisible)
    thumbnails, view = page.preview.thumbnails, page.preview.view
    assert (view.current, thumbnails.currentRow(), page.preview._where.text()) == (
        0,
        0,
        f"第 1 / {len(view.pages)} 页",
    )
    assert thumbnails.count() == len(view.pages)
    thumbnails.setCurrentRow(2)
    assert view.current == 2
    view.go_to(1)
    assert thumbnails.currentRow() == 1
    view.verticalScrollBar().setValue(0)
    assert thumbnails.currentRow() == 0


def test_sizes(page, qtbot):
    view = page.preview.view
    page.preview.zoom.setCurrentIndex(page.preview.zoom.findData(zoom.FIT_PAGE))
    page.preview.zoom.activated.emit(page.preview.zoom.currentIndex())
    assert view.pages[0].height() <= view.viewport().height()
    view.set_zoom(100)
    small = view.pages[0].width()
    assert view.percent() == pytest.approx(100, abs=0.5)
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.wheelEvent(wheel)
    assert view.pages[0].width() == pytest.approx(1.25 * small, abs=1)
    assert page.preview.zoom.currentText() == "125 %"


def test_a_page_shown_large_is_drawn_finer(page, qtbot):
    before = page.preview.view.pages[0].picture().width()
    page.preview.view.set_zoom(300)
    qtbot.waitUntil(lambda: page.preview.view.pages[0].picture().width() > 1.3 * before, timeout=30_000)


def test_a_character_without_a_face_is_named_before_export(page, window, qtbot):
    assert not page.missing.isVisible()
    drawn_again(page, qtbot, lambda: window.wizard.editing.edit({"text.intro": "\U0001f600。"}, "x"))
    assert page.missing.isVisible()
    assert "\U0001f600" in page.missing.text()
    drawn_again(page, qtbot, lambda: window.wizard.editing.edit({"text.intro": "好。"}, "x"))
    assert not page.missing.isVisible()
