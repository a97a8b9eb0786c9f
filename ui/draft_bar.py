"""What is left of last year's in the texts of a step: how many marked words, the next one, and that they hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gkdesk.i18n import _
from gkdesk.report import Changes
from gkdesk.report.draft import Span, confirm, key_of, marks
from ui import theme
from ui.editing import Editing
from ui.text_editor import TextEditor


class DraftBar(QFrame):
    """Hidden where the texts have no marks (see gkdesk.report.draft). Confirming is a step that can be undone."""

    reached = Signal(object)
    """The editor that the next mark is in, before it gets the focus: a step may have folded it away."""

    def __init__(
        self, editing: Editing, editors: Sequence[TextEditor], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._editors = editors
        self.setProperty("role", "paper")
        self.setAccessibleName(_("去年的年份和数字"))
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setMinimumWidth(theme.gap(120))
        self.next = self._button(_("下一处"), _("选中下一处去年的年份或数字，直接键入就改掉"))
        self.next.clicked.connect(self._on_next)
        self.hold = self._button(_("这处不变"), _("今年也是这个年份或数字，去掉标记；可以撤销"))
        self.hold.clicked.connect(self._on_hold)
        self.hold_all = self._button(_("都看过了"), _("这里标出的都核对过了，去掉全部标记；可以撤销"))
        self.hold_all.clicked.connect(self._on_hold_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(12), theme.gap(4), theme.gap(8), theme.gap(4))
        row.setSpacing(theme.gap(8))
        row.addWidget(self.words, 1)
        for button in (self.next, self.hold, self.hold_all):
            row.addWidget(button)
        editing.changed.connect(self._on_changed)
        for editor in editors:
            editor.selectionChanged.connect(self._on_selected)
        self._show()

    def _button(self, words: str, explanation: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(explanation)
        return button

    def _marks(self) -> list[tuple[TextEditor, Span]]:
        fields = self._editing.session.view.fields
        return [(editor, span) for editor in self._editors for span in marks(fields, editor.field.key)]

    def _selected(self) -> tuple[TextEditor, Span] | None:
        """The mark that is selected, or in which the cursor stands."""
        for editor, span in self._marks():
            start, end = editor.selected_span()
            if (editor.hasFocus() or end > start) and span[0] <= start and end <= span[1]:
                return editor, span
        return None

    def _show(self) -> None:
        count = len(self._marks())
        self.setVisible(bool(count) and not self._editing.read_only)
        self.words.setText(
            _("标出的 {count} 处年份和数字是去年的：改成今年的，或确认不变。").format(count=count)
        )
        self.hold.setEnabled(self._selected() is not None)

    def _on_changed(self, changes: Changes) -> None:
        if any(key_of(editor.field.key) in changes.fields for editor in self._editors):
            self._show()

    def _on_selected(self) -> None:
        if self.isVisible():
            self.hold.setEnabled(self._selected() is not None)

    def _on_next(self) -> None:
        self._commit()
        found = self._marks()
        if not found:
            return
        here = next((editor for editor in self._editors if editor.hasFocus()), self._editors[0])
        order = self._editors.index(here), here.selected_span()
        later = [each for each in found if (self._editors.index(each[0]), each[1]) > order]
        editor, span = (later or found)[0]
        self.reached.emit(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.select_span(*span)

    def _on_hold(self) -> None:
        self._commit()
        here = self._selected()
        if here is None:
            return
        editor, span = here
        words = editor.toPlainText()[span[0] : span[1]]
        patch = confirm(self._editing.session.view.fields, editor.field.key, [span])
        self._editing.edit(patch, _("确认“{words}”今年不变").format(words=words))
        self._on_next()

    def _on_hold_all(self) -> None:
        self._commit()
        patch: dict[str, str | None] = {}
        for editor in self._editors:
            found = marks(self._editing.session.view.fields, editor.field.key)
            if found:
                patch |= confirm(self._editing.session.view.fields, editor.field.key, found)
        if patch:
            self._editing.edit(patch, _("确认去年的年份和数字都看过了"))

    def _commit(self) -> None:
        for editor in self._editors:
            editor.commit_pending()
