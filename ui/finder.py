"""Finding and replacing in the texts of the report that the wizard shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Changes
from gkdesk.report.finding import Hit, find, replacing
from ui.find_bar import HERE, FindBar
from ui.widgets.states import State

if TYPE_CHECKING:
    from ui.wizard import Wizard

LONGEST = 20
"""Characters of the words searched for that the name of an undo step shows."""


class Finder(QObject):
    """Keeps the places found, shows them in the editors, and goes from one to the next around the report."""

    def __init__(self, wizard: Wizard, bar: FindBar) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._bar = bar
        self._hits: list[Hit] = []
        self._here: Hit | None = None
        # the editors take the new text first
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._search)
        bar.changed.connect(self._on_words_changed)
        bar.stepped.connect(self.step)
        bar.replace_wanted.connect(self.replace)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.closed.connect(self.close)
        wizard.editing.changed.connect(self._on_edited)
        wizard.step_changed.connect(self._on_step_changed)

    def open(self, *, replacing: bool) -> None:
        """Show the bar; words that are selected in a text are those to find."""
        self._wizard.commit_pending()
        editor = self._wizard.text_editor()
        words = editor.selected() if editor and "\n" not in editor.selected() else ""
        self._bar.open(words, replacing=replacing, read_only=self._wizard.editing.read_only)
        self._search()

    def close(self) -> None:
        """Put the bar away; the place found last stays selected, ready to be typed over."""
        self._bar.hide()
        self._here = None
        self._mark([])
        self._wizard.focus_page()

    def step(self, distance: int) -> None:
        """Go to the next (1) or previous (-1) place; the bar comes up where there is nothing to find yet."""
        if not self._bar.words.text():
            self.open(replacing=False)
            return
        self._wizard.commit_pending()
        self._search()
        if self._hits:
            self._go(self._next(distance))

    def replace(self) -> None:
        """Replace the place that is shown and go to the next; without one, go to the first."""
        self._search()
        here = self._here
        if here is None or here not in self._hits:
            self.step(1)
            return
        name = _("替换“{words}”").format(words=self._bar.words.text()[:LONGEST])
        if not self._replace([here], name):
            return
        self._here = Hit(here.key, here.start, here.start + len(self._bar.instead.text()))
        self._search()
        if self._hits:
            self._go(self._next(1))

    def replace_all(self) -> None:
        """Replace every place found, as one step."""
        self._wizard.commit_pending()
        self._search()
        count = len(self._hits)
        if not count:
            return
        name = _("全部替换“{words}”").format(words=self._bar.words.text()[:LONGEST])
        if not self._replace(self._hits, name):
            return
        self._here = None
        self._search()
        words = _("替换了 {count} 处，可以撤销。").format(count=count)
        self._wizard.message.show_message(State.DONE, words)

    # ------------------------------------------------------------ inside

    def _replace(self, hits: list[Hit], name: str) -> bool:
        """Replace places as one step; False, and told, where a text would become too long."""
        try:
            self._wizard.editing.edit(replacing(self._texts(), hits, self._bar.instead.text()), name)
        except KnownError as error:
            self._wizard.message.show_message(State.ERROR, str(error))
            return False
        return True

    def _texts(self) -> dict[str, str]:
        """What is searched, by key, in the order of the report."""
        editing = self._wizard.editing
        sections = editing.form.sections
        if self._bar.scope.currentData() == HERE:
            sections = tuple(section for section in sections if section.id == self._wizard.current)
        keys = [field.key for section in sections for field in section.fields]
        return {key: editing.session.text(key) for key in keys}

    def _search(self) -> None:
        self._hits = find(self._texts(), self._bar.words.text(), alike=self._bar.alike.isChecked())
        self._show()

    def _next(self, distance: int) -> Hit:
        """The place after, or before, the one that the clerk is at; around the ends."""
        order = {key: number for number, key in enumerate(self._texts())}
        key, start, end = self._at(order)
        here = order.get(key, len(order))
        if distance > 0:
            later = [hit for hit in self._hits if (order[hit.key], hit.start) >= (here, end)]
            return later[0] if later else self._hits[0]
        earlier = [hit for hit in self._hits if (order[hit.key], hit.end) <= (here, start)]
        return earlier[-1] if earlier else self._hits[-1]

    def _at(self, order: dict[str, int]) -> tuple[str, int, int]:
        """Key and extent of what is selected: in the text that is shown, else at the place found last."""
        editor = self._wizard.text_editor()
        if editor is not None and editor.field.key in order:
            return (editor.field.key, *editor.selected_span())
        if self._here is not None:
            return self._here.key, self._here.start, self._here.end
        # a step without a text: on from there
        sections = self._wizard.editing.form.sections
        ids = [section.id for section in sections]
        first = ids.index(self._wizard.current) if self._wizard.current in ids else 0
        return next((field.key for section in sections[first:] for field in section.fields), ""), 0, 0

    def _go(self, hit: Hit) -> None:
        self._here = hit
        inside = self._bar.has_focus()
        self._wizard.show_text(hit.key, hit.start, hit.end, focus=not inside)
        self._show()

    def _show(self) -> None:
        self._soon.stop()
        shown = not self._bar.isHidden()
        self._mark(self._hits if shown else [])
        here = self._hits.index(self._here) + 1 if self._here in self._hits else 0
        self._bar.show_count(here, len(self._hits))

    def _mark(self, hits: list[Hit]) -> None:
        for editor in self._wizard.text_editors():
            editor.show_found([(hit.start, hit.end) for hit in hits if hit.key == editor.field.key])

    def _on_words_changed(self) -> None:
        self._here = None
        self._search()

    def _on_edited(self, changes: Changes) -> None:
        if changes.fields and not self._bar.isHidden():
            self._soon.start()

    def _on_step_changed(self, _step: str) -> None:
        if not self._bar.isHidden():
            self._search()
