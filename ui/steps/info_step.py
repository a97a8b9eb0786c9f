"""基本信息: who reports, where one can ask, and the date under the report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks import explain
from gkdesk.checks.progress import INFO, UNIT_NEEDED, step_of
from gkdesk.checks.texts import looks_like_email
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue, Patch
from gkdesk.report.deadline import deadline, parse_day
from gkdesk.report.intro import with_intro
from gkdesk.report.report import date_example
from gkdesk.words import day
from ui import theme
from ui.editing import DUE, Editing
from ui.steps.step import Step
from ui.text_editor import PAUSE
from ui.undo_keys import UndoKeys, offer_undo
from ui.widgets.section_heading import SectionHeading

EMAIL = "unit.email"
SHORTEST = 12
"""Characters of a choice that are seen at least."""


class InfoStep(Step):
    """A form of the unit's fields; each is kept at a pause in typing and on leaving it."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.commit_pending)
        self.lines: dict[str, QLineEdit] = {}
        self.choices: dict[str, QComboBox] = {}
        self._notes: dict[str, QLabel] = {}
        page = QFrame(self)
        page.setProperty("role", "paper")
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._form = QFormLayout(page)
        self._form.setContentsMargins(*[theme.gap(24)] * 4)
        self._form.setHorizontalSpacing(theme.gap(16))
        self._form.setVerticalSpacing(theme.gap(8))
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._build()
        page.setMaximumWidth(theme.gap(720))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget(scroll)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(page)
        inner.addStretch(1)
        scroll.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(16), theme.gap(12), theme.gap(16), theme.gap(8))
        self._heading = SectionHeading(_("基本信息"), self)
        layout.addWidget(self._heading)
        layout.addWidget(scroll, 1)
        editing.changed.connect(self._on_changed)
        self._mark_issues()

    def _build(self) -> None:
        self._line("unit.name", _("机关全称"), _("印章上的全称，如“某某市自然资源局”"))
        self._choice(
            "unit.kind",
            _("机关类别"),
            {
                "": _("请选择"),
                "department": _("政府部门（1 月 31 日前公布）"),
                "government": _("人民政府（3 月 31 日前公布）"),
                "township": _("乡镇、街道"),
                "other": _("其他单位"),
            },
        )
        self._choice(
            "unit.rule_power",
            _("规章制定权"),
            {
                "": _("请选择"),
                "false": _("没有（多数单位）"),
                "true": _("有（国务院部门、省级和设区的市政府）"),
            },
        )
        self._line("unit.address", _("地址"))
        self._line("unit.postcode", _("邮编"), _("6 位数字"))
        self._line("unit.phone", _("电话"), _("区号-号码"))
        self._line("unit.fax", _("传真"))
        self._line(EMAIL, _("电子邮箱"))
        self._line("unit.website", _("公布网站"), _("电子版在哪里可以查到"))
        example = date_example(self._editing.session.year)
        self._line("date", _("落款日期"), _("如 {date}；可以不写").format(date=example))
        self._due_line()

    def _line(self, key: str, label: str, hint: str = "") -> None:
        line = QLineEdit(self._editing.session.text(key), self)
        line.setPlaceholderText(hint)
        line.setAccessibleName(label)
        line.setObjectName(key)
        line.setReadOnly(self._editing.read_only)
        line.setAcceptDrops(False)  # a file is the window's; Qt would put its path here
        line.textEdited.connect(self._on_text_edited)
        line.editingFinished.connect(self._on_line_finished)
        line.returnPressed.connect(self._on_return_pressed)
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        line.customContextMenuRequested.connect(self._on_menu_asked)
        UndoKeys(line)
        self._explain(line)
        self.lines[key] = line
        self._add(key, label, line)

    def _due_line(self) -> None:
        """The unit's own day for handing in: kept for the unit, no part of the report."""
        self.due = QLineEdit(self._due_text(), self)
        self.due.setPlaceholderText(_("上级要求得更早的写在这里，如 1月20日；不写就按机关类别"))
        self.due.setAccessibleName(_("上报期限"))
        self.due.setObjectName(DUE)
        self.due.setReadOnly(self._editing.read_only)
        self.due.setAcceptDrops(False)
        self.due.textEdited.connect(self._on_due_edited)
        self.due.editingFinished.connect(self.commit_pending)
        self._explain(self.due)
        self.lines[DUE] = self.due
        self._add(DUE, _("上报期限"), self.due)

    def _explain(self, line: QLineEdit) -> None:
        """Have a field that cannot be changed say why."""
        if self._editing.read_only:
            line.setToolTip(self._editing.why_read_only())
            line.installEventFilter(self)

    def _due_text(self) -> str:
        own = self._editing.due
        return day(deadline(self._editing.session.year, "", own)) if own else ""

    def _choice(self, key: str, label: str, options: dict[str, str]) -> None:
        choice = QComboBox(self)
        for value, words in options.items():
            choice.addItem(words, value)
        # the longest choice must not decide how wide the page is
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(SHORTEST)
        choice.setAccessibleName(label)
        choice.setObjectName(key)
        choice.setEnabled(not self._editing.read_only)
        choice.setToolTip(self._editing.why_read_only() if self._editing.read_only else "")
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.wheelEvent = _ignore_wheel  # type: ignore[method-assign]
        choice.activated.connect(self._on_activated)
        self.choices[key] = choice
        self._show_choice(key)
        self._add(key, label, choice)

    def _add(self, key: str, label: str, field: QWidget) -> None:
        note = QLabel(self)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.hide()
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(field)
        column.addWidget(note)
        self._notes[key] = note
        self._form.addRow(label, box)

    # ------------------------------------------------------------ steps

    def commit_pending(self) -> None:
        self._timer.stop()
        for key in [key for key, reason in self._editing.typed.items() if key in self.lines and not reason]:
            if key == DUE:
                self._keep_due()
            else:
                self._keep(key)

    def _keep(self, key: str) -> None:
        """Hand on what was typed into a line; refused, it stays there with the reason until it is typed anew."""
        label = self.lines[key].accessibleName()
        try:
            self._editing.edit(self._patch(key), _("填写“{field}”").format(field=label))
        except KnownError as error:
            self._editing.hold(key, str(error))
        else:
            self._editing.release(key)
        self._mark_issues()

    def _keep_due(self) -> None:
        try:
            self._editing.set_due(parse_day(self.due.text()))
        except KnownError as error:
            self._editing.hold(DUE, str(error))
        else:
            self._editing.release(DUE)
            self.due.setText(self._due_text())
        self._mark_issues()

    def _patch(self, key: str) -> Patch:
        session = self._editing.session
        fields = session.snapshot().fields
        return with_intro(session.form, session.year, fields, {key: self.lines[key].text()})

    def shown(self) -> None:
        session, fields = self._editing.session, self.lines | self.choices
        first = next((key for key in UNIT_NEEDED if key in fields and not session.text(key)), "unit.name")
        fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, issue: Issue) -> None:
        field: QWidget | None = self.lines.get(issue.field or "") or self.choices.get(issue.field or "")
        if field:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_change(self, key: str, at: int) -> None:
        field = self.lines.get(key) or self.choices.get(key)
        if field:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_missing(self, words: str) -> None:
        if self._editing.read_only:
            words = self._editing.why_read_only()
        self._heading.set_note(words or _("用于题目、引言和落款"))

    def help_page(self) -> str:
        return "fill-in.md#基本信息"

    def help_text(self) -> str:
        return _(
            "基本信息\n"
            "机关全称写印章上的全称，题目和引言都用它。\n"
            "机关类别决定公布期限（《条例》第四十九条）和要报告的内容。\n"
            "地址、邮编、电话写进引言，供公众联系。\n"
            "落款日期是报告最后的日期，可以等签发时再填。\n"
            "上报期限只用来提醒，不印在报告里；每年都按这一天。"
        )

    # ------------------------------------------------------------ inside

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # a field that takes no keys says why, as the texts and tables do
        pressed = (
            event.text() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else ""
        )
        if pressed and pressed.isprintable():
            self.message.emit("hint", self._editing.why_read_only())
        return super().eventFilter(watched, event)

    def _on_text_edited(self) -> None:
        line = self.sender()
        if line is not None:
            self._editing.hold(line.objectName())
            self._timer.start()

    def _on_due_edited(self) -> None:
        self._editing.hold(DUE)  # not kept at a pause: half a day is none

    def _on_line_finished(self) -> None:
        """What was typed is shown as it is kept, a date in ISO form; never while it is still being typed."""
        line = self.sender()
        self.commit_pending()
        if isinstance(line, QLineEdit) and line.objectName() not in self._editing.typed:
            self._show_text(line.objectName())

    def _on_return_pressed(self) -> None:
        self.focusNextChild()  # on through the form, as in the tables

    def _on_menu_asked(self, point: QPoint) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit):
            menu = line.createStandardContextMenu()
            offer_undo(menu, self.window())
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(line.mapToGlobal(point))

    def _on_activated(self) -> None:
        choice = self.sender()
        if isinstance(choice, QComboBox):
            name = _("填写“{field}”").format(field=choice.accessibleName())
            self._editing.edit({choice.objectName(): choice.currentData() or None}, name)

    def _on_changed(self, changes: Changes) -> None:
        for key in changes.fields:
            if key in self.lines and key not in self._editing.typed:
                self._show_text(key)
            elif key in self.choices:
                self._show_choice(key)
        if changes.fields or changes.issues_added or changes.issues_removed:
            self._mark_issues()

    def _show_text(self, key: str) -> None:
        line, text = self.lines[key], self._editing.session.text(key)
        if line.text() != text:  # else the cursor would go to the end
            line.setText(text)

    def _show_choice(self, key: str) -> None:
        choice = self.choices[key]
        choice.setCurrentIndex(max(0, choice.findData(self._editing.session.text(key))))

    def _mark_issues(self) -> None:
        form = self._editing.form
        found = {
            issue.field: issue
            for issue in self._editing.issues
            if issue.field and step_of(issue, form) == INFO
        }
        refused = self._editing.refused()
        for key, note in self._notes.items():
            issue = found.get(key)
            if key in refused:
                self._tell(key, refused[key], "error")
                continue
            # an empty field says itself that it is empty
            if issue and key != DUE and self._editing.session.text(key):
                self._tell(key, explain(issue, form), issue.severity)
            elif key == EMAIL and not self._email_is_well_formed():
                self._tell(key, _("不像电子邮箱：请写成 xxgk@example.gov.cn 这样，中间没有空格"), "hint")
            else:
                note.hide()
                self._set_state(key, "")

    def _email_is_well_formed(self) -> bool:
        """Of no rule's concern, for a report need not give one; an empty one is well formed."""
        text = self._editing.session.text(EMAIL)
        return not text or looks_like_email(text)

    def _tell(self, key: str, text: str, severity: str) -> None:
        note = self._notes[key]
        note.setText(text)
        note.setStyleSheet(f"color: {theme.colour(severity).name()};")
        note.show()
        self._set_state(key, "error" if severity == "error" else "")

    def _set_state(self, key: str, state: str) -> None:
        field = self.lines.get(key)
        if field is not None and field.property("state") != state:
            field.setProperty("state", state)
            field.style().polish(field)


def _ignore_wheel(event: object) -> None:
    """A choice must not change while the page is scrolled over it."""
    ignore: Callable[[], None] = event.ignore  # type: ignore[attr-defined]
    ignore()
