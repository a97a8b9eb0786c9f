"""A section of text: the editor at a readable measure; writing points and last year's text beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gkdesk.checks.wording import mend
from gkdesk.formats import Section
from gkdesk.i18n import _
from gkdesk.report import Issue
from gkdesk.report.intro import compose_intro
from ui import theme
from ui.draft_bar import DraftBar
from ui.editing import Editing
from ui.steps.step import Step
from ui.steps.text_side import LAST_YEAR, POINTS, TextSide
from ui.text_editor import LONGEST, SHORTEST, TextEditor
from ui.widgets.section_heading import SectionHeading

SIDE_LEAST, SIDE_MOST = 200, 560
"""Width of the pane beside the editor at 100 %."""
MARGIN, SPACING = 16, 16
INTRO = "intro"
"""The section whose text can be put together from the unit's data."""


class TextStep(Step):
    """引言, 一, 五, 六."""

    def __init__(self, editing: Editing, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._section = section
        self._roomy: bool | None = None
        self.editors = [TextEditor(editing, field, self) for field in section.fields]
        self._count = QLabel(self)
        self._count.setProperty("role", "secondary")
        self._main = QWidget(self)
        left = QVBoxLayout(self._main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.gap(8))
        self._heading = SectionHeading(section.heading or section.step, self)
        left.addWidget(self._heading)
        left.addWidget(DraftBar(editing, self.editors, self))
        for editor in self.editors:
            left.addWidget(editor, 1)
            editor.count_changed.connect(self._on_count_changed)
            editor.selectionChanged.connect(self._on_count_changed)
            editor.refused.connect(self._on_refused)
            editor.told.connect(self._on_told)
        left.addLayout(self._foot())
        self._side = TextSide(editing, section, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(MARGIN), theme.gap(12), theme.gap(MARGIN), theme.gap(8))
        layout.setSpacing(theme.gap(SPACING))
        layout.addWidget(self._main, 1)
        layout.addWidget(self._side)
        layout.addStretch(0)
        self._on_count_changed()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.gap(8))
        foot.addWidget(self._count)
        foot.addStretch(1)
        if self._section.id == INTRO:
            self._compose = QPushButton(_("按单位信息写引言"), self)
            self._compose.setEnabled(not self._editing.read_only)
            self._compose.clicked.connect(self._on_compose)
            foot.addWidget(self._compose)
        self._marks = QPushButton(_("整理标点"), self)
        self._marks.setToolTip(
            _("半角标点改成全角，文号的括号改成〔〕，去掉多余的空格和重复的标点；可以撤销")
        )
        self._marks.setEnabled(not self._editing.read_only)
        self._marks.clicked.connect(self._on_mend_marks)
        foot.addWidget(self._marks)
        self._fold = QPushButton(_("要点和上年文字"), self)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_folded)
        foot.addWidget(self._fold)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        # the editor keeps a readable measure; the pane folds away where there is no room beside it
        super().resizeEvent(event)
        editor = self.editors[0]
        rest = event.size().width() - 2 * theme.gap(MARGIN) - theme.gap(SPACING)
        beside = rest - editor.width_of(SHORTEST)
        roomy = beside >= theme.gap(SIDE_LEAST)
        if roomy:
            beside = rest - min(editor.width_of(LONGEST), max(editor.width_of(SHORTEST), rest * 2 // 3))
        self._main.setMaximumWidth(editor.width_of(LONGEST))
        self._side.setMinimumWidth(theme.gap(SIDE_LEAST))
        self._side.set_width(min(theme.gap(SIDE_MOST), max(theme.gap(SIDE_LEAST), beside)))
        if roomy != self._roomy:
            self._roomy = roomy
            self._fold.setChecked(roomy)
            self._side.setVisible(roomy)

    def commit_pending(self) -> None:
        for editor in self.editors:
            editor.commit_pending()

    def text_editors(self) -> Sequence[TextEditor]:
        return self.editors

    def shown(self) -> None:
        self._side.refresh()
        session = self._editing.session
        # unasked, it must not take away what can be done again: undo itself may have led here
        if (
            self._section.id == INTRO
            and not session.text(self.editors[0].field.key)
            and session.undo_stack.redo_name is None
        ):
            self._on_compose()
        self.editors[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, issue: Issue) -> None:
        for editor in self.editors:
            if editor.field.key == issue.field:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                if issue.span:
                    editor.select_span(*issue.span)

    def show_missing(self, words: str) -> None:
        self._heading.set_note(words)

    def help_page(self) -> str:
        return "fill-in.md#引言" if self._section.id == INTRO else "fill-in.md#文字（一、五、六）"

    def help_text(self) -> str:
        return "\n".join(
            [self._section.heading or self._section.step, *self._section.points, self._section.source]
        )

    def show_last_year(self, shown: bool) -> None:
        self._side.show_leaf(LAST_YEAR if shown and self._side.has_last_year() else POINTS)
        if shown and self.isVisible():
            # asked for while this page is looked at: the pane comes up, be there little room
            self._side.show_leaf(LAST_YEAR)
            self._fold.setChecked(True)

    # ------------------------------------------------------------ slots

    def _on_folded(self, shown: bool) -> None:
        focused = QApplication.focusWidget()
        if not shown and focused is not None and self._side.isAncestorOf(focused):
            self.editors[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._side.setVisible(shown)

    def _on_compose(self) -> None:
        session = self._editing.session
        fields = session.snapshot().fields
        text = compose_intro(session.form, session.year, fields)
        field = self.editors[0].field
        if text and fields.get("unit.name"):
            self._editing.edit({field.key: text}, _("拼成引言"))

    def _on_mend_marks(self) -> None:
        self.commit_pending()
        patch, count = {}, 0
        for editor in self.editors:
            mended, faults = mend(self._editing.session.text(editor.field.key))
            if faults:
                patch[editor.field.key] = mended
                count += len(faults)
        if patch:
            self._editing.edit(patch, _("整理标点"))
            self.message.emit("done", _("整理了 {count} 处标点，可以撤销。").format(count=count))
        else:
            self.message.emit("done", _("标点都规范，没有要改的。"))

    def _on_count_changed(self, _count: int = 0) -> None:
        words = _("字数 {count}").format(count=sum(editor.count() for editor in self.editors))
        selected = sum(len(editor.selected().replace("\n", "")) for editor in self.editors)
        if selected:
            words = _("{count}，选中 {selected}").format(count=words, selected=selected)
        self._count.setText(words)

    def _on_refused(self, reason: str) -> None:
        self.message.emit("error", reason)

    def _on_told(self, reason: str) -> None:
        self.message.emit("hint", reason)
