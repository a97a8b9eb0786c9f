"""核对: one page that reads like a check list, and says whether the report can be handed in."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks import evaluated_rules, explain
from gkdesk.checks.notes import explained, may_be_final, open_issues, result_words
from gkdesk.checks.progress import GAPS, Counts, counts, urgency
from gkdesk.formats import Format, Rule
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue
from gkdesk.storage.history import FINAL
from gkdesk.words import clauses, listed
from ui import icons, theme
from ui.editing import Editing
from ui.state_bar import READ_IN, StateBar
from ui.steps.step import Step
from ui.widgets.inline_message import InlineMessage
from ui.widgets.section_heading import SectionHeading
from ui.widgets.state_badge import StateBadge
from ui.widgets.states import State

LISTED = 5
"""Issues of one rule that are written out; the panel has them all."""
LAST = 9
"""Urgency of a rule without open issues."""
BADGE = 104
"""Room of a rule's state in pixels at 100 %, so that what stands before it is in one line."""


class ReviewStep(Step):
    """Every rule of the format with its state: what is to be mended first, then the rest, folded away."""

    jumped = Signal(object)
    rule_wanted = Signal(str)
    """The clerk asks what a rule means: its id."""
    state_wanted = Signal(str, str)
    """State and reason, when the clerk moves the report on or back."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._stale = True
        self._was_wrong: bool | None = None
        self.state_bar = StateBar(self)
        self.state_bar.wanted.connect(self._on_state_wanted)
        self._verdict = InlineMessage(self)
        self._rules = {rule.id: _RuleCard(rule, self) for rule in editing.form.rules}
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget(scroll)
        column = self._column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.gap(8), 0)
        column.setSpacing(theme.gap(8))
        self._rest = QPushButton(self)
        theme.set_role(self._rest, "link")
        self._rest.setCheckable(True)
        self._rest.toggled.connect(self._on_rest_toggled)
        column.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)
        for card in self._rules.values():
            card.jumped.connect(self.jumped)
            card.rule_wanted.connect(self.rule_wanted)
            column.addWidget(card)
        column.addStretch(1)
        scroll.setWidget(holder)
        self._scroll = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(16), theme.gap(12), theme.gap(16), theme.gap(8))
        layout.setSpacing(theme.gap(8))
        layout.addWidget(SectionHeading(_("核对"), self, note=_("导出和送审之前看一遍")))
        layout.addWidget(self._verdict)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.state_bar)
        editing.changed.connect(self._on_changed)

    def shown(self) -> None:
        if self._stale:
            self._refresh()
        self._focus_first()

    def _focus_first(self) -> None:
        """To the first issue that stands against 定稿; where there is none, to the next move of the report.

        One that was read in for comparison has no next move.
        """
        jumps = filter(None, (card.first_jump() for card in self._arranged()))
        if self._editing.stage == READ_IN:
            next(jumps, self._rest).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        move = self.state_bar.next_move()
        first = move if may_be_final(self._editing.session) else next(jumps, move)
        (first or self._scroll).setFocus(Qt.FocusReason.OtherFocusReason)

    def help_page(self) -> str:
        return "check.md"

    def help_text(self) -> str:
        return _(
            "核对\n"
            "每一行是一条规则：✖ 表示必须改正，⚠ 表示要改正或者写明理由，✓ 表示符合。\n"
            "有问题的排在前面，其余的收在下面。\n"
            "“没有查”表示缺少数字或上年年报，还不能对照。\n"
            "点问题后面的“定位”，回到出问题的那一格。"
        )

    def _on_state_wanted(self, state: str, reason: str) -> None:
        if state == FINAL:
            self._refresh()
            if not may_be_final(self._editing.session):
                return  # the bar says why
            reason = result_words(self._editing.session)
        self.state_wanted.emit(state, reason)

    def _on_changed(self, _changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            focused = QApplication.focusWidget()
            inside = focused is not None and self._scroll.isAncestorOf(focused)
            self._refresh()
            if inside and QApplication.focusWidget() is not focused:
                self._focus_first()

    def _refresh(self) -> None:
        self._stale = False
        self._editing.check_texts()
        issues = open_issues(self._editing.session)
        self.state_bar.show_state(
            self._editing.stage,
            may_be_final=may_be_final(self._editing.session),
            read_only=self._editing.is_copy,
        )
        evaluated = evaluated_rules(self._editing.session)
        noted = explained(self._editing.session.issues, self._editing.session.view.fields)
        for id, card in self._rules.items():
            found = [issue for issue in issues if issue.rule == id]
            idle = id not in evaluated
            notes = sum(issue.rule == id for issue in noted)
            words = [explain(issue, self._editing.form) for issue in found]
            card.set_issues(found, words, idle=idle, notes=notes)
        self._arrange()
        found = counts(issues, self._editing.form)
        told = (
            _of_one_read_in(found) if self._editing.stage == READ_IN else self._verdict_of(found, len(noted))
        )
        self._verdict.show_message(*told, closable=False)

    def _verdict_of(self, found: Counts, noted: int) -> tuple[State, str]:
        """Whether the report can be 定稿, and what stands against it."""
        parts = [
            _("{count} 处错误要改正").format(count=found.errors) if found.errors else "",
            _("{count} 处还没有填写").format(count=found.gaps) if found.gaps else "",
            _("{count} 处提醒").format(count=found.warnings) if found.warnings else "",
        ]
        what = clauses(parts)
        if found.errors or found.gaps:
            state = State.ERROR if found.errors else State.FILLING
            return state, _("还不能定稿：{what}。").format(what=what)
        if found.warnings:
            return State.WARNING, _("没有错误，还有 {what}：改正或写了说明，就可以定稿。").format(what=what)
        if self._editing.stage == FINAL:
            return State.DONE, _("已定稿。")
        if noted:
            return State.DONE, _("没有错误，{count} 处提醒写了说明，可以定稿。").format(count=noted)
        return State.DONE, _("全部符合，可以定稿。")

    def _arranged(self) -> list[_RuleCard]:
        """The cards as they stand: what is urgent first, else in the order of the rules."""
        return sorted(self._rules.values(), key=lambda card: card.urgency(self._editing.form))

    def _arrange(self) -> None:
        cards = self._arranged()
        wrong = sum(card.has_issues() for card in cards)
        for place, widget in enumerate([*cards[:wrong], self._rest, *cards[wrong:]]):
            if self._column.indexOf(widget) != place:
                self._column.removeWidget(widget)
                self._column.insertWidget(place, widget)
                self._column.setAlignment(self._rest, Qt.AlignmentFlag.AlignLeft)  # lost with its place
        names = Counter(card.standing() for card in cards[wrong:])
        words = clauses(f"{name} {count}" for name, count in names.items())
        self._rest.setText(_("其余 {count} 条：{what}").format(count=len(cards) - wrong, what=words))
        if bool(wrong) != self._was_wrong:
            self._was_wrong = bool(wrong)
            self._rest.setChecked(not wrong)  # an empty page would say nothing
        self._on_rest_toggled()
        # Tab goes down the page as it is seen; what is made later stands at the end of Qt's own order
        order = [
            self._scroll,
            *(widget for card in cards[:wrong] for widget in card.focus_order()),
            self._rest,
        ]
        order += [widget for card in cards[wrong:] for widget in card.focus_order()]
        for before, after in pairwise([*order, *self.state_bar.focus_order()]):
            self.setTabOrder(before, after)

    def _on_rest_toggled(self) -> None:
        shown = self._rest.isChecked()
        for card in self._rules.values():
            card.setVisible(shown or card.has_issues())
        icons.bind(self._rest, "chevron-down" if shown else "chevron-right", "accent", 16)


def _of_one_read_in(found: Counts) -> tuple[State, str]:
    """What the checks found in a report of a year past: it is there for comparison, and nobody makes it 定稿 here."""
    parts = [
        _("{count} 处错误").format(count=found.errors) if found.errors else "",
        _("{count} 处空缺").format(count=found.gaps) if found.gaps else "",
        _("{count} 处提醒").format(count=found.warnings) if found.warnings else "",
    ]
    what = listed(filter(None, parts))
    if found.errors or found.gaps:
        words = _("这是读入的往年年报，用来对照。核对发现 {what}：请对照原件，看看是不是读错了。")
        return State.WARNING, words.format(what=what)
    if found.warnings:
        return State.HINT, _("这是读入的往年年报，用来对照。核对发现 {what}。").format(what=what)
    return State.DONE, _("这是读入的往年年报，用来对照。核对没有发现问题。")


class _RuleCard(QFrame):
    """One rule: its title and source, its state, and its issues."""

    jumped = Signal(object)
    rule_wanted = Signal(str)

    def __init__(self, rule: Rule, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.rule = rule
        self._issues: list[Issue] = []
        self._standing = ""
        self._said: tuple[list[str], bool, int] | None = None
        title = QLabel(rule.title, self)
        theme.bind_font(title, bold=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        source = QLabel(rule.source, self)
        source.setTextFormat(Qt.TextFormat.PlainText)
        source.setProperty("role", "secondary")
        source.setWordWrap(True)
        self._badge = StateBadge(State.DONE, parent=self)
        head = QGridLayout()
        head.setHorizontalSpacing(theme.gap(12))
        for place, stretch in enumerate((3, 2, 0, 0)):
            head.setColumnStretch(place, stretch)
        head.setColumnMinimumWidth(2, theme.gap(BADGE))
        head.addWidget(title, 0, 0)
        head.addWidget(source, 0, 1)
        self._help = help_button = QToolButton(self)
        help_button.setToolTip(_("这条规则是什么意思、怎么改"))
        help_button.setAccessibleName(_("看规则：{rule}").format(rule=rule.title))
        help_button.clicked.connect(self._on_rule)
        icons.bind(help_button, "help", "secondary", 16)
        head.addWidget(self._badge, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(help_button, 0, 3)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.gap(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(12), theme.gap(8), theme.gap(12), theme.gap(8))
        column.setSpacing(theme.gap(4))
        column.addLayout(head)
        column.addLayout(self._lines)

    def set_issues(self, issues: list[Issue], words: list[str], *, idle: bool, notes: int) -> None:
        """Show the open issues in these words; ``notes`` counts those that a note explains."""
        said = (words, idle, notes)
        if said == self._said and issues == self._issues:
            return  # what the clerk is at stays as it is
        self._said = said
        while (item := self._lines.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._issues = issues
        self._standing = _("已说明") if notes else _("没有查") if idle else _("符合")
        if issues and self.rule.kind in GAPS:
            self._badge.set_state(State.EMPTY, text=_("待填 {count}").format(count=len(issues)))
        elif issues:
            self._badge.set_state(State(issues[0].severity), len(issues))
        elif notes:
            self._badge.set_state(State.DONE, text=_("已说明 {count}").format(count=notes))
        else:
            self._badge.set_state(State.EMPTY if idle else State.DONE, text=self._standing)
        for number, text in enumerate(words[:LISTED]):
            self._lines.addWidget(self._line(number, text))
        if len(words) > LISTED:
            more = QLabel(_("还有 {count} 处，见右边的问题清单。").format(count=len(words) - LISTED), self)
            more.setProperty("role", "secondary")
            self._lines.addWidget(more)

    def has_issues(self) -> bool:
        return bool(self._issues)

    def urgency(self, form: Format) -> int:
        """What is mended first, the lowest first; rules without open issues come last."""
        return min((urgency(issue, form) for issue in self._issues), default=LAST)

    def standing(self) -> str:
        """How a rule without open issues stands: 符合, 没有查, 已说明."""
        return self._standing

    def first_jump(self) -> QPushButton | None:
        """The button that leads to the first issue; None where there is no issue."""
        return self._lines.itemAt(0).widget().findChild(QPushButton) if self._issues else None

    def focus_order(self) -> list[QWidget]:
        """What takes the focus, from top to bottom."""
        lines = [self._lines.itemAt(place).widget() for place in range(self._lines.count())]
        return [self._help, *(button for line in lines for button in line.findChildren(QPushButton))]

    def _line(self, number: int, text: str) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.gap(8), 0, 0, 0)
        label = QLabel(text, line)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        button = QPushButton(_("定位"), line)
        theme.set_role(button, "link")
        button.setProperty("number", number)
        button.setAccessibleName(_("定位：{issue}").format(issue=text))
        button.clicked.connect(self._on_clicked)
        row.addWidget(label, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _on_rule(self) -> None:
        self.rule_wanted.emit(self.rule.id)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.jumped.emit(self._issues[int(button.property("number"))])
