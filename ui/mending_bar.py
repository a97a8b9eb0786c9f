"""What can be done about the chosen issue: mend it, take the sum, place the difference, explain it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QWidget

from gkdesk.checks import explain
from gkdesk.checks.balancing import candidates
from gkdesk.checks.checker import fix
from gkdesk.checks.notes import can_be_explained, note_of, note_patch
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Issue, spell
from gkdesk.report.history_words import compare
from gkdesk.words import spaced
from ui import theme
from ui.editing import Editing
from ui.note_dialog import ask_note

COLUMNS = 2
IN_GROUP = 2
"""So many headings over a row of the form make it one of a group that is numbered for itself."""


class MendingBar(QWidget):
    """Buttons for one issue; each change is one step that can be undone. Hidden where no issue is chosen."""

    rule_wanted = Signal(str)
    """The clerk asks what the rule means: its id."""
    refused = Signal(str)
    """Why a change could not be made."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._issue: Issue | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.gap(4))
        self.mend = self._button(_("改正"), "")
        self.mend.clicked.connect(self._on_mend)
        self.adopt = self._button(_("采用合计"), _("去掉写上的总计，改用各项相加的结果"))
        self.adopt.clicked.connect(self._on_adopt)
        self.spread = self._button(_("差额放入…"), _("把这一列相差的数加到哪一格，或从哪一格减去"))
        self.spread.clicked.connect(self._on_spread)
        self.note = self._button(_("说明…"), _("没有错的，写明理由；写了说明就不再提醒"))
        self.note.clicked.connect(self._on_note)
        self.rule = self._button(_("看规则"), _("这条规则是什么意思、怎么改"))
        self.rule.clicked.connect(self._on_rule)
        self.show_issue(None)

    def show_issue(self, issue: Issue | None) -> None:
        """Offer what can be done about this issue."""
        self._issue = issue
        session = self._editing.session
        patch = fix(issue, session.view) if issue else None
        offered = {
            self.mend: bool(patch),
            self.adopt: bool(issue and self._stated(issue)),
            self.spread: bool(issue and candidates(issue, session)),
            self.note: bool(issue and can_be_explained(issue)),
        }
        if issue and patch:
            now = {key: session.text(key) for key in patch}
            self.mend.setToolTip("\n".join(compare(now, patch, session.form)))
        if issue and can_be_explained(issue):
            noted = note_of(issue, session.view.fields)
            self.note.setText(_("改说明…") if noted else _("说明…"))
        shown = [button for button, wanted in offered.items() if wanted and not self._editing.read_only]
        if issue:
            shown.append(self.rule)
        for button in (*offered, self.rule):
            self._grid.removeWidget(button)
            button.setVisible(button in shown)
        for number, button in enumerate(shown):
            self._grid.addWidget(button, number // COLUMNS, number % COLUMNS)
        self.setVisible(bool(shown))

    def _button(self, words: str, explanation: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(explanation)
        return button

    def _stated(self, issue: Issue) -> list[str]:
        return [cell for cell in issue.cells if self._editing.session.is_stated(cell)]

    def _on_mend(self) -> None:
        patch = fix(self._issue, self._editing.session.view) if self._issue else None
        if self._issue and patch:
            self._edit(patch, _("改正：{issue}").format(issue=explain(self._issue, self._editing.form)))

    def _on_adopt(self) -> None:
        if self._issue:
            self._editing.adopt_sums(self._stated(self._issue), _("采用合计"))

    def _on_spread(self) -> None:
        if self._issue is None:
            return
        menu = self.spread_menu(self._issue)
        menu.triggered.connect(self._on_candidate_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.spread.mapToGlobal(self.spread.rect().topLeft()))

    def spread_menu(self, issue: Issue) -> QMenu:
        """The cells that could take up the difference, by the groups of the form: 1. and 3. are in each of them."""
        menu = QMenu(self)
        groups: dict[tuple[str, ...], QMenu] = {}
        cells = self._editing.form.cells
        for candidate in candidates(issue, self._editing.session):
            *above, row = cells[candidate.cell].row_path
            path = tuple(above)
            if len(path) < IN_GROUP:
                target = menu
            else:
                if path not in groups:
                    groups[path] = menu.addMenu(path[-1].replace("&", "&&"))
                target = groups[path]
            place = " ".join((row, *cells[candidate.cell].column_path[-1:]))
            words = spaced((place, f"{spell(candidate.before)} → {spell(candidate.after)}"))
            action = target.addAction(words.replace("&", "&&"))
            action.setData((candidate.cell, spell(candidate.after)))
        return menu

    def _on_candidate_chosen(self, action: QAction) -> None:
        cell, text = action.data()
        self._edit({cell: text}, _("差额放入"))

    def _on_rule(self) -> None:
        if self._issue:
            self.rule_wanted.emit(self._issue.rule)

    def _on_note(self) -> None:
        issue = self._issue
        if issue is None:
            return
        words = explain(issue, self._editing.form)
        text = ask_note(self, words, note_of(issue, self._editing.session.view.fields) or "")
        if text is not None:
            self._edit(dict(note_patch(issue, text)), _("说明：{issue}").format(issue=words))

    def _edit(self, patch: dict[str, str | None], name: str) -> None:
        try:
            self._editing.edit(patch, name)
        except KnownError as error:
            self.refused.emit(str(error))
