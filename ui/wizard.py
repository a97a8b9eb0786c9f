"""The wizard: step list, pages and issue panel of one report. Free jumps; leaving a page loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gkdesk.checks.notes import open_issues
from gkdesk.checks.progress import INFO, counts, missing_words, progress, step_of, urgency
from gkdesk.checks.progress import State as Progress
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue
from gkdesk.report.report import UNIT_KEYS
from ui import theme
from ui.editing import DUE, Editing
from ui.find_bar import FindBar
from ui.finder import Finder
from ui.issue_panel import WIDTH, IssuePanel
from ui.settings import Settings
from ui.steps.step import Step
from ui.tasks import Background
from ui.text_editor import TextEditor, changed_end
from ui.widgets.floating_message import FloatingMessage
from ui.widgets.states import State
from ui.widgets.step_list import StepList

REVIEW = "review"
OUTPUT = "output"
ROOMY = 1100
"""Width at 100 % from which steps, page and issue panel stand side by side; below, the panel takes the steps' place."""
PAGE = 600
"""Width at 100 % that the widest table needs."""


class Wizard(QWidget):
    """基本信息 → 引言 → 一 … 六 → 核对 → 预览与导出."""

    step_changed = Signal(str)
    zoomed = Signal(int)
    help_wanted = Signal()
    rule_wanted = Signal(str)
    """The clerk asks what a rule means: its id."""
    panel_shown = Signal(bool)
    due_changed = Signal()
    """The unit has another day for handing in."""
    issues_counted = Signal(int)
    """Errors and warnings that are open, whenever they may have changed."""
    state_wanted = Signal(str, str)
    noted = Signal(str)
    """What was undone or done again, for the status bar."""
    page_made = Signal()
    """A page has been made; its widgets are the last ones that Tab reaches."""
    status_changed = Signal(str, str)
    """Selection sum and last year's figure, for the status bar."""

    def __init__(
        self, editing: Editing, settings: Settings, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editing = editing
        self._settings = settings
        self._background = background
        self._ids = [INFO, *(section.id for section in editing.form.sections), REVIEW, OUTPUT]
        self._labels = [
            _("基本信息"),
            *(section.step for section in editing.form.sections),
            _("核对"),
            _("预览与导出"),
        ]
        self._pages: dict[str, Step] = {}
        self._current = ""
        self._selection = self._last = ""
        self._last_year_shown = False
        self._percent = 100
        self._roomy: bool | None = None
        self._visited: tuple[str, str, str] | None = None
        self._visited_at = 0
        self.steps = StepList(self)
        self.steps.set_steps(self._labels)
        self.steps.chosen.connect(self._on_chosen)
        self.steps.confirmed.connect(self._on_confirmed)
        self._stack = QStackedWidget(self)
        self.message = FloatingMessage(self._stack)
        self.panel = IssuePanel(editing, self)
        self.panel.jumped.connect(self._on_issue_chosen)
        self.panel.rule_wanted.connect(self.rule_wanted)
        self.panel.fold_wanted.connect(self._on_fold_wanted)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._on_other_side_wanted)
        self.panel.refused.connect(self._on_refused)
        self.find_bar = FindBar(self)
        self._splitter = QSplitter(self)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.show_states)
        editing.changed.connect(self._on_changed)
        editing.taken_back.connect(self._on_taken_back)
        editing.due_changed.connect(self.due_changed)
        self.finder = Finder(self, self.find_bar)
        self.show_states()

    def _lay_out(self) -> None:
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._stack, 1)
        self._splitter.addWidget(centre)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setCollapsible(0, False)
        self._splitter.setHandleWidth(theme.gap(4))
        self._splitter.setSizes([theme.gap(900), theme.gap(WIDTH)])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.steps)
        layout.addWidget(self._splitter, 1)

    # ------------------------------------------------------------ moving

    @property
    def current(self) -> str:
        """Id of the step that is shown."""
        return self._current

    @property
    def current_words(self) -> str:
        """The step that is shown, as the list of steps calls it."""
        return self._labels[self._ids.index(self._current)]

    def go(self, step: str) -> None:
        """Show a step. Raises ValueError for an unknown one."""
        index = self._ids.index(step)
        if step == self._current:
            return
        self.commit_pending()
        self._current = step
        self.steps.set_current(index)
        self.message.clear()
        self._on_selection_summed("")
        self._on_last_year_shown("")
        focused = QApplication.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            # or the focus, and a screen reader's voice, would go to some other button on its way
            focused.clearFocus()
        self._stack.setCurrentWidget(self.page(step))
        self.page(step).shown()
        self.step_changed.emit(step)

    def first_open(self) -> str:
        """Where to begin: the first step that is not done."""
        steps = progress(self.editing.session)
        return next((id for id in self._ids if id in steps and steps[id].state != Progress.DONE), REVIEW)

    def name_of(self, key: str) -> str:
        """What a field of the wizard is called: one of the report, or the unit's own day for handing in."""
        from gkdesk.report.history_words import name_of

        return _("上报期限") if key == DUE else name_of(key, self.editing.form)

    def show_field(self, key: str) -> None:
        """The step where a text or a field of the unit is filled in."""
        sections = self.editing.form.sections
        self.go(next((each.id for each in sections if any(field.key == key for field in each.fields)), INFO))

    def go_by(self, distance: int) -> None:
        """Next or previous step; stays at the ends."""
        index = self._ids.index(self._current) + distance
        if 0 <= index < len(self._ids):
            self.go(self._ids[index])

    def go_to_number(self, number: int) -> None:
        """The step of that number, from 1."""
        if 1 <= number <= len(self._ids):
            self.go(self._ids[number - 1])

    def go_to_output(self) -> None:
        self.go(OUTPUT)

    def can_go(self, distance: int) -> bool:
        return 0 <= self._ids.index(self._current) + distance < len(self._ids)

    def jump(self, issue: Issue) -> None:
        """Show the place of an issue."""
        step = step_of(issue, self.editing.form)
        self.panel.show_issue(issue)
        self.go(step)
        self.page(step).go_to(issue)

    def jump_by(self, distance: int) -> None:
        """The next or previous issue after the one visited last: what is wrong first, hints last."""
        self.editing.check_texts()
        still = open_issues(self.editing.session)
        issues = sorted(
            (issue for issue in self.panel.ordered() if issue in still),
            key=lambda issue: urgency(issue, self.editing.form),
        )
        if not issues:
            self.message.show_message(State.DONE, _("没有问题。"))
            return
        keys = [issue.key for issue in issues]
        if self._visited in keys:
            here = keys.index(self._visited) + distance
        else:
            # the one visited last is mended: the next one has taken its place
            here = self._visited_at if distance > 0 else self._visited_at - 1
        here %= len(issues)
        self._visited, self._visited_at = keys[here], here
        self.jump(issues[here])

    def commit_pending(self) -> None:
        """Hand what is being typed to the report."""
        for page in self._pages.values():
            page.commit_pending()

    def page(self, step: str) -> Step:
        """The page of a step, made when it is first needed."""
        if step not in self._pages:
            page = self._make(step)
            page.selection_summed.connect(self._on_selection_summed)
            page.last_year_shown.connect(self._on_last_year_shown)
            page.message.connect(self._on_message)
            page.zoomed.connect(self.zoomed)
            page.help_wanted.connect(self.help_wanted)
            page.show_last_year(self._last_year_shown)
            page.take_settings(self._settings)
            if self._percent != 100:
                page.zoom(self._percent)
            if step not in (REVIEW, OUTPUT):
                page.show_missing(missing_words(self.editing.session, step))
            self._stack.addWidget(page)
            self.page_made.emit()
            self._pages[step] = page
        return self._pages[step]

    def text_editor(self) -> TextEditor | None:
        """The editor of the page shown that the clerk was in last, else its first; None on a page without texts."""
        editors = self._pages[self._current].text_editors() if self._current in self._pages else ()
        return next((editor for editor in editors if editor.hasFocus()), next(iter(editors), None))

    def text_editors(self) -> list[TextEditor]:
        """The editors of texts of every page that was shown."""
        return [editor for page in self._pages.values() for editor in page.text_editors()]

    def show_text(self, key: str, start: int, end: int, *, focus: bool) -> None:
        """Go to a place in a text: [start, end) in code points. The focus goes there where it is asked for."""
        section = self.editing.form.section_of(key)
        assert section is not None
        focused = QApplication.focusWidget()
        self.go(section.id)
        self.page(section.id).show_text(key, start, end, focus=focus)
        if not focus and focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_page(self) -> None:
        """Have the clerk go on in the page that is shown."""
        editor = self.text_editor()
        if editor is not None and editor.isVisible() and editor.textCursor().hasSelection():
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page(self._current).shown()

    def _make(self, step: str) -> Step:
        # pages are imported when first shown: the window comes up sooner
        if step == INFO:
            from ui.steps.info_step import InfoStep

            return InfoStep(self.editing, self)
        if step == REVIEW:
            from ui.steps.review_step import ReviewStep

            review = ReviewStep(self.editing, self)
            review.jumped.connect(self.jump)
            review.rule_wanted.connect(self.rule_wanted)
            review.state_wanted.connect(self.state_wanted)
            return review
        if step == OUTPUT:
            from ui.steps.output_step import OutputStep

            output = OutputStep(self.editing, self._settings, self._background, self)
            output.mend_wanted.connect(self.jump)
            return output
        section = next(section for section in self.editing.form.sections if section.id == step)
        if section.table is None:
            from ui.steps.text_step import TextStep

            return TextStep(self.editing, section, self)
        from ui.steps.table_step import TableStep

        return TableStep(self.editing, section, self)

    def find(self, *, replacing: bool) -> None:
        """Look for words: on the page where it has a search of its own, else in all texts."""
        if replacing or not self.page(self._current).find():
            self.finder.open(replacing=replacing)

    def find_again(self, distance: int) -> None:
        """The next (1) or previous (-1) place of the words looked for."""
        if not self.page(self._current).find_again(distance):
            self.finder.step(distance)

    # ------------------------------------------------------------ view

    def show_panel(self, shown: bool) -> None:
        """Show or fold the issue panel away."""
        focused = QApplication.focusWidget()
        leaving: QWidget | None = self.panel
        if shown:
            leaving = None if self._roomy else self.steps
        if leaving and focused and (leaving is focused or leaving.isAncestorOf(focused)):
            self.focus_page()
        self.panel.setVisible(shown)
        self._share_room()
        self.panel_shown.emit(shown)

    def _share_room(self) -> None:
        """Side by side where there is room for all; else the panel stands there instead of the steps."""
        listed = not self.panel.isHidden()
        self.steps.setVisible(bool(self._roomy) or not listed)
        if listed and not self._roomy:
            width = max(self.panel.minimumWidth(), min(theme.gap(WIDTH), self.width() - theme.gap(PAGE)))
            self._splitter.setSizes([self.width() - width, width])

    def resizeEvent(self, event: QResizeEvent) -> None:
        # where the page and the panel do not fit beside each other, the page has the room
        super().resizeEvent(event)
        roomy = event.size().width() >= theme.gap(ROOMY)
        if roomy != self._roomy:
            self._roomy = roomy
            self.show_panel(roomy)
        elif not roomy:
            self._share_room()

    def show_last_year(self, shown: bool) -> None:
        """Last year's figures and texts beside this year's."""
        self._last_year_shown = shown
        self._each(lambda page: page.show_last_year(shown))

    def take_settings(self) -> None:
        """Follow settings that have changed."""
        self._each(lambda page: page.take_settings(self._settings))

    def zoom(self, percent: int) -> None:
        """Size of the tables in per cent."""
        self._percent = percent
        self._each(lambda page: page.zoom(percent))

    def help_text(self) -> str:
        return self.page(self._current).help_text()

    def help_page(self) -> str:
        return self.page(self._current).help_page()

    def _each(self, act: Callable[[Step], None]) -> None:
        for page in self._pages.values():
            act(page)

    # ------------------------------------------------------------ inside

    def _on_issue_chosen(self, issue: Issue) -> None:
        if not self.page(self._current).show_place(issue):
            self.jump(issue)

    def _on_other_side_wanted(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.panel.isAncestorOf(focused):
            self.focus_page()
        else:
            self.show_panel(True)
            self.panel.take_focus()

    def _on_fold_wanted(self) -> None:
        self.show_panel(False)

    def _on_chosen(self, index: int) -> None:
        self.go(self._ids[index])
        self.steps.setFocus()  # arrow keys go on through the list

    def _on_confirmed(self, index: int) -> None:
        self.go(self._ids[index])
        self.page(self._current).shown()

    def _on_changed(self, _changes: Changes) -> None:
        self._soon.start()

    def _on_taken_back(self, changes: Changes, words: str) -> None:
        """Show what undo or redo has changed: on this page where it is one of several, else where it is."""
        steps = {key: step for key in changes.patch if (step := self._step_of(key))}
        here = [key for key, step in steps.items() if step == self._current] or list(steps)
        if here:
            key = next((key for key in here if key not in self.editing.form.sums), here[0])
            at = changed_end(changes.inverse.get(key) or "", changes.patch[key] or "")
            self.go(steps[key])
            self.page(steps[key]).show_change(key, at)
        self.noted.emit(words)

    def _step_of(self, key: str) -> str:
        """The step where a key of the report is filled in; empty for what has no place of its own."""
        section = self.editing.form.section_of(key)
        if section is not None:
            return section.id
        return INFO if key == "date" or key in UNIT_KEYS else ""

    def show_states(self) -> None:
        """Bring the states of the steps and the count of issues up to date."""
        steps = progress(self.editing.session)
        for index, id in enumerate(self._ids):
            if id in steps:
                step = steps[id]
                count = step.errors or step.warnings
                shown = State(step.state.value)
                missing = missing_words(self.editing.session, id)
                counted = shown in (State.ERROR, State.WARNING)
                self.steps.set_state(index, shown, count if counted else 0, missing)
                if id in self._pages:
                    self._pages[id].show_missing(missing)
        found = counts(open_issues(self.editing.session), self.editing.form)
        number = 0 if found.gaps and not found.errors else found.errors or found.warnings
        if found.errors:
            review = State.ERROR
        elif found.gaps:
            review = State.FILLING
        else:
            review = State.WARNING if found.warnings else State.DONE
        self.steps.set_state(self._ids.index(REVIEW), review, number)
        self.steps.set_state(self._ids.index(OUTPUT), State.EMPTY)
        self.issues_counted.emit(found.errors + found.warnings)

    def _on_selection_summed(self, words: str) -> None:
        self._selection = words
        self.status_changed.emit(self._selection, self._last)

    def _on_last_year_shown(self, words: str) -> None:
        self._last = words
        self.status_changed.emit(self._selection, self._last)

    def _on_refused(self, reason: str) -> None:
        self.message.show_message(State.ERROR, reason)

    def _on_message(self, state: str, text: str) -> None:
        self.message.show_message(State(state), text, passing=state == State.HINT.value)
