"""Every window in both languages: nothing untranslated, no Chinese mark between English words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QTreeView,
    QWidget,
)

from gkdesk import i18n, paths
from gkdesk.report import report_json
from ui.fonts_page import SAMPLES
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff60“”‘’]+")
"""Chinese characters, and marks that English does not have."""
MARK = re.compile(r"[^\u3400-\u9fff]")
NUMBERING = re.compile("^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.])")
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.StatusTipRole,
)
OWN_NAMES = ("中文", "仿宋", "某某局", "送审稿", "云溪县水务局", "某某市自然资源局", *SAMPLES.values())
"""Names that stay as they are: of languages, faces, units and what is printed."""


def words_of(form: dict | list | str) -> set[str]:
    """Every text of a format: official labels, points, help."""
    if isinstance(form, str):
        return {form, *form.split("\n")}
    parts = form.values() if isinstance(form, dict) else form if isinstance(form, list) else ()
    return set().union(*(words_of(part) for part in parts)) if parts else set()


@pytest.fixture(scope="module")
def official():
    known: set[str] = set()
    for file in (paths.resources() / "formats").glob("*.toml"):
        form = tomllib.loads(file.read_text(encoding="utf-8"))
        known |= words_of(form)
        known |= {form["title"].partition("}年")[2], form["notice"], form["law"], form["law_number"]}
    return known | {NUMBERING.sub("", label) for label in known}


def texts(widget: QWidget) -> set[str]:
    """Everything that a widget and what is in it say, to eye and ear."""
    found: set[str] = set()
    for each in (widget, *widget.findChildren(QWidget)):
        found |= {each.toolTip(), each.accessibleName(), each.accessibleDescription(), each.windowTitle()}
        if isinstance(each, QLabel | QAbstractButton):
            found.add(each.text())
        elif isinstance(each, QLineEdit):
            found |= {each.placeholderText(), each.text()}
        elif isinstance(each, QTextEdit | QPlainTextEdit):
            found |= {each.placeholderText(), *each.toPlainText().split("\n")}
        elif isinstance(each, QComboBox):
            found |= {each.itemText(row) for row in range(each.count())}
        elif isinstance(each, QTabBar):
            found |= {each.tabText(row) for row in range(each.count())}
        elif isinstance(each, QMenu):
            found |= {action.text() for action in each.actions()}
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            found |= items(each)
    for action in widget.findChildren(QAction):
        found |= {action.text(), action.toolTip(), action.iconText()}
    return {re.sub(r"<[^>]+>", "", text) for text in found if text}


def items(view: QAbstractItemView) -> set[str]:
    model = view.model()
    waiting, found = [view.rootIndex()], set()
    while waiting:
        parent = waiting.pop()
        # Qt lets nobody ask a list for its columns
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for row in range(model.rowCount(parent)):
            for column in range(columns):
                index = model.index(row, column, parent)
                found |= {str(text) for role in ROLES if (text := index.data(role))}
                if column == 0 and isinstance(view, QTreeView):
                    waiting.append(index)
    return found


@pytest.fixture
def english(qtbot, look, qapp, monkeypatch):
    """English, and the texts that were looked up without being found."""
    from ui.app import set_language

    missing: list[str] = []

    class Catalogue(dict):
        def get(self, key, default=None):
            if key not in self:
                missing.append(key)
            return super().get(key, default)

    translators = set_language(qapp, "en")
    i18n._Chosen.texts = Catalogue(i18n._Chosen.texts)
    yield missing
    assert missing == []
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.fixture
def clean(official):
    """Asserts that a window has no Chinese but official labels and what the clerk wrote."""

    def check(widget: QWidget, *written: str) -> None:
        known = sorted({*official, *OWN_NAMES, *written}, key=len, reverse=True)
        known = [words for words in known if CHINESE.search(words)]
        blob = "\n".join(known)
        strange = {}
        for text in texts(widget):
            rest = text
            for words in known:
                if not CHINESE.search(rest):
                    break
                rest = rest.replace(words, " ")
            # a label may be named in part; a mark stands inside a whole label or not at all
            if left := [run for run in CHINESE.findall(rest) if MARK.search(run) or run not in blob]:
                strange[text] = left
        assert strange == {}

    return check


@pytest.fixture
def report(tmp_path):
    """A report with something wrong in most ways, and last year's beside it."""
    source = paths.resources() / "samples" / "broken-2021.json"
    made = report_json.read_file(source)
    fields = {"text.overview": "", **made.fields, "unit.postcode": "1", "text.problems": "无"}
    fields["text.overview"] = (
        made.fields.get("text.overview", "") + "共办结 3 件,结转 2 件。身份证 110101199003071234。"
    )
    path = tmp_path / "broken.json"
    path.write_text(report_json.dumps(replace(made, fields=fields)), encoding="utf-8")
    return path


@pytest.fixture
def window(english, qtbot):
    from ui.main_window import MainWindow
    from ui.settings import Settings

    made = MainWindow(Settings())
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def written(window) -> list[str]:
    """What the clerk, or the report that was opened, has put in."""
    entries = window.wizard.editing.session.snapshot().entries().values()
    return [line for text in entries for line in (text, *text.split("\n"), *re.split("[。，；：、]", text))]


def test_the_start_page(window, clean, report):
    clean(window)
    window.desk.open_path(report)
    name = window.wizard.editing.session.text("unit.name")
    # the name of the format is ours, other than its labels
    assert "format of 2021" in window.header._titles[0]
    window.commands.show_home()
    for part in (window.start, window.header, window.menuBar()):
        clean(part, name)


def test_every_step_with_its_issues(window, clean, report, qtbot):
    window.desk.open_path(report)
    editing = window.wizard.editing
    last = replace(editing.session.snapshot(), year=editing.session.year - 1)
    editing.set_previous(last)
    editing.edit({"t3.new.business": "1２a", "t3.granted.natural": None, "t4.review.total": "99"}, "x")
    editing.check_texts()
    assert len({issue.rule for issue in editing.issues}) > 8
    window.wizard.panel.refresh()
    for step in window.wizard._ids[:-1]:
        window.wizard.go(step)
        window.wizard.show_last_year(True)
        clean(window, *written(window), str(last.year))
        assert not CHINESE.search(window.wizard.help_text().partition("\n")[0]) or step not in (
            "info",
            "review",
        )


def test_what_is_done_with_issues_and_texts(window, clean, report, qtbot):
    window.desk.open_path(report)
    window.wizard.go("overview")
    window.commands.replace_text()
    window.wizard.find_bar.words.setText("公开")
    window.commands.find_next()
    clean(window, *written(window))
    before = written(window)
    window.wizard.find_bar.instead.setText("公布")
    window.wizard.find_bar.replace_all.click()
    clean(window, *before, *written(window))
    window.wizard.page("overview")._on_mend_marks()
    clean(window, *before, *written(window))
    panel = window.wizard.panel
    panel.refresh()
    for row in range(panel.list.model().rowCount()):
        panel.list.setCurrentIndex(panel.list.model().index(row, 0))
        clean(panel, *before, *written(window))


def dialogs_of(window):
    """Each way to a dialog, by name."""
    commands = window.commands
    return {
        "settings": commands.show_settings,
        "history": commands.show_history,
        "about": commands.show_about,
        "verify": commands.verify_print,
        "backups": commands.show_backups,
    }


@pytest.mark.parametrize("name", ["settings", "history", "about", "verify", "backups"])
def test_dialogs(window, clean, report, qtbot, name):
    window.desk.open_path(report)
    window.wizard.editing.edit(
        {"t3.new.business": "7", "unit.kind": "government", "text.problems": "多写一些"}, "x"
    )
    shown = []

    def look_at() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        try:
            for tabs in dialog.findChildren(QTabBar):
                for index in range(tabs.count()):
                    tabs.setCurrentIndex(index)
            clean(dialog, *written(window), str(window.document.path))
            shown.append(name)
        finally:
            dialog.reject()

    QTimer.singleShot(200, look_at)
    dialogs_of(window)[name]()
    assert shown == [name]


def test_questions(window, clean, report, monkeypatch):
    from PySide6.QtWidgets import QMessageBox

    from gkdesk.storage import SaveState
    from ui import crash, dialogs
    from ui.note_dialog import ask_note

    asked = []

    def look_at(dialog) -> int:
        clean(dialog, "x")
        asked.append(type(dialog).__name__)
        return 0

    monkeypatch.setattr(QDialog, "exec", look_at)
    monkeypatch.setattr(QMessageBox, "exec", look_at)
    dialogs.ask_unsaved(window, SaveState("failed", 0, 3, "x"))
    dialogs.ask_drop(window, {"text.overview": "x"})
    crash.tell("Traceback\n  x\nValueError: y")
    ask_note(window, "x", "x")
    assert asked == ["QMessageBox", "QMessageBox", "QMessageBox", "NoteDialog"]


def test_help_of_a_step(window, clean, report):
    from ui.help_window import HelpWindow

    window.desk.open_path(report)
    window.commands.show_help()
    help_window = window.findChild(HelpWindow)
    manual = [help_window.pages.item(row).text() for row in range(help_window.pages.count())]
    clean(help_window, *written(window), *manual)  # the manual is Chinese
    assert isinstance(help_window.browser, QTextBrowser)


def test_reading_in(window, clean, tmp_path):
    from gkdesk.imports.importing import import_source
    from ui.importing.dialog import ImportDialog

    path = Path(__file__).parent.parent / "imports" / "plain-2019.txt"
    dialog = ImportDialog(import_source(path), window)
    source = path.read_text(encoding="utf-8")
    clean(dialog, *source.split("\n"), *re.split(r"[\s。；，]", source), *dialog.report().entries().values())
    dialog.deleteLater()


def test_the_menus_of_grids_and_texts(window, clean, report, qtbot):
    window.desk.open_path(report)
    for step, kind in (("requests", QAbstractItemView), ("overview", QTextEdit)):
        window.wizard.go(step)
        widget = QApplication.focusWidget()
        assert isinstance(widget, kind)
        place = widget.viewport().rect().center()
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, place, widget.viewport().mapToGlobal(place)
        )
        QApplication.sendEvent(widget.viewport(), event)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        menu = QApplication.activePopupWidget()
        assert len(menu.actions()) > 3
        clean(menu)
        menu.close()


def test_messages_join_their_parts_by_the_marks_of_the_language(window, clean, qtbot):
    message = InlineMessage(window)
    message.show_message(State.ERROR, "Disk full.", [("retry", "Try again")])
    assert not CHINESE.search(message.accessibleName())


def test_another_language_comes_at_once_and_at_the_same_place(qtbot, look, qapp, report_file, monkeypatch):
    from ui.app import set_language
    from ui.main_window import MainWindow
    from ui.settings import Settings

    settings = Settings()
    window = MainWindow(settings)
    window.resize(1366, 768)
    window.show()
    window.desk.open_path(report_file())
    window.wizard.go("reviews")

    def choose(_dialog) -> int:
        settings.language = "en"
        return 0

    monkeypatch.setattr(QDialog, "exec", choose)
    earlier = qapp.topLevelWidgets()
    window.commands.show_settings()
    (anew,) = [
        each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow) and each not in earlier
    ]
    assert not window.isVisible()
    assert anew.actions_by_id["undo"].text() == "Undo"
    assert anew.wizard.current == "reviews"
    assert anew.wizard.editing.session.year == 2024
    anew.close()
    anew.deleteLater()
    set_language(qapp, "zh")
