"""Table editors on reports made up by the tests."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gkdesk import checks, formats
from gkdesk.report import Report
from ui import theme
from ui.editing import Editing
from ui.grid import TableEditor


@pytest.fixture(autouse=True)
def look(qapp):
    """The program's own look: sizes and style sheet count."""
    theme.apply(qapp)
    yield
    # the screenless platform crashes at exit on a clipboard that Python owns
    qapp.clipboard().setText("")


@pytest.fixture
def editing_of(qapp):
    """Makes an Editing on a report of given cells (id -> text) and fields."""

    def make(form="2021", entries=None, last=None, *, year=2024):
        form = formats.load(form) if isinstance(form, str) else form
        previous = Report.from_entries(form, year - 1, last) if last is not None else None
        return Editing(checks.open_session(Report.from_entries(form, year, entries or {}), previous))

    return make


@pytest.fixture
def editor_of(qtbot, editing_of):
    """Makes a shown, focused editor of one table."""

    def make(table="t3", form="2021", entries=None, last=None, size=(850, 600), editing=None):
        editing = editing or editing_of(form, entries, last)
        editor = TableEditor(editing, editing.form.table(table))
        qtbot.addWidget(editor)
        editor.resize(*size)
        editor.show()
        editor.activateWindow()
        editor.view.setFocus()
        qtbot.waitUntil(editor.view.hasFocus)
        return editor

    return make


@pytest.fixture
def press(qtbot):
    """Types into whatever has the focus: texts key by key, keys with modifiers."""

    def act(*keys, modifier=None):
        for key in keys:
            target = QApplication.focusWidget()
            arguments = () if modifier is None else (modifier,)
            if isinstance(key, str):
                for letter in key:
                    if letter.isascii():
                        qtbot.keyClicks(QApplication.focusWidget(), letter, *arguments)
                    else:
                        # Qt's tester has keys for ASCII only
                        QApplication.focusWidget().insert(letter)
            else:
                qtbot.keyClick(target, key, *arguments)

    return act
