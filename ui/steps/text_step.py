"""A section of text: the editor at a readable measure; writing points and last year's text beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gkdesk.formats import Section
from gkdesk.i18n import _
from gkdesk.report import Issue
from gkdesk.report.intro import compose_intro
from ui import theme
from ui.editing import Editing
from ui.steps.step import Step
from ui.text_editor import TextEditor
from ui.widgets.section_heading import SectionHeading

ROOMY = 640
"""Width at 100 % from which the writing points stand beside the editor."""
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
        left = QVBoxLayout()
        left.setSpacing(theme.gap(8))
        left.addWidget(SectionHeading(section.heading or section.step, self))
        for editor in self.editors:
            left.addWidget(editor, 1)
            editor.count_changed.connect(self._on_count_changed)
            editor.refused.connect(self._on_refused)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        self._points = QToolButton(self)
        self._points.setText(_("写作要点"))
        self._points.setCheckable(True)
        self._points.toggled.connect(self._on_points_toggled)
        foot.addStretch(1)
        foot.addWidget(self._points)
        if section.id == INTRO:
            self._compose = QPushButton(_("按单位信息拼成引言"), self)
            self._compose.clicked.connect(self._on_compose)
            foot.addWidget(self._compose)
        left.addLayout(foot)
        self._side = _SidePane(editing, section, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(16), theme.gap(12), theme.gap(16), theme.gap(8))
        layout.setSpacing(theme.gap(16))
        layout.addLayout(left, 5)
        layout.addWidget(self._side, 2)
        self._on_count_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # the editor keeps a readable measure; the points fold away where there is no room beside it
        super().resizeEvent(event)
        roomy = event.size().width() >= theme.gap(ROOMY)
        if roomy != self._roomy:
            self._roomy = roomy
            self._points.setChecked(roomy)
            self._side.setVisible(roomy)

    def _on_points_toggled(self, shown: bool) -> None:
        self._side.setVisible(shown)

    def commit_pending(self) -> None:
        for editor in self.editors:
            editor.commit_pending()

    def shown(self) -> None:
        self._side.refresh()
        if self._section.id == INTRO and not self._editing.session.text(self.editors[0].field.key):
            self._on_compose()
        self.editors[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, issue: Issue) -> None:
        for editor in self.editors:
            if editor.field.key == issue.field:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                if issue.span:
                    editor.select_span(*issue.span)

    def help_text(self) -> str:
        return "\n".join(
            [self._section.heading or self._section.step, *self._section.points, self._section.source]
        )

    def show_last_year(self, shown: bool) -> None:
        self._side.show_last_year(shown)

    def _on_compose(self) -> None:
        session = self._editing.session
        fields = session.snapshot().fields
        text = compose_intro(session.form, session.year, fields)
        field = self.editors[0].field
        if text and fields.get("unit.name"):
            self._editing.edit({field.key: text}, _("拼成引言"))

    def _on_count_changed(self, _count: int = 0) -> None:
        self._count.setText(_("字数 {count}").format(count=sum(editor.count() for editor in self.editors)))

    def _on_refused(self, reason: str) -> None:
        self.message.emit("error", reason)


class _SidePane(QScrollArea):
    """Writing points, and what the unit wrote last year."""

    def __init__(self, editing: Editing, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._section = section
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QFrame(self)
        page.setProperty("role", "paper")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*[theme.gap(12)] * 4)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(SectionHeading(_("写作要点"), page, level=3))
        source = _paragraph(section.source, page)
        source.setProperty("role", "secondary")
        layout.addWidget(source)
        for point in section.points:
            layout.addWidget(_paragraph("· " + point, page))
        self._last_title = SectionHeading("", page, level=3)
        self._last = _paragraph("", page)
        self._last.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout.addSpacing(theme.gap(8))
        layout.addWidget(self._last_title)
        layout.addWidget(self._last)
        layout.addStretch(1)
        self.setWidget(page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(theme.gap(200))
        self.setMaximumWidth(theme.gap(420))
        self.refresh()

    def refresh(self) -> None:
        previous = self._editing.session.previous
        text = "\n".join(previous.text(field.id) for field in self._section.fields) if previous else ""
        if text.strip() and previous:
            self._last_title.set_text(_("{year} 年写的").format(year=previous.year))
        else:
            self._last_title.set_text(_("上年没有可对照的文字"))
        self._last.setText(text)
        self._last.setVisible(bool(text.strip()))

    def show_last_year(self, shown: bool) -> None:
        self._last_title.setVisible(shown)
        self._last.setVisible(shown and bool(self._last.text()))


def _paragraph(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
