"""The bar over the window: whose report it is, for which year, when it is due, and whether all is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from gkdesk.i18n import _
from gkdesk.report.deadline import deadline
from gkdesk.storage.history import FINAL
from gkdesk.words import remarked, time
from ui import clock, icons, theme
from ui.due import due_words
from ui.state_bar import READ_IN, state_word
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.saved_label import SavedLabel

if TYPE_CHECKING:
    from gkdesk.storage import SaveState
    from ui.editing import Editing


ROOMY, _ICONS, SHORT_TITLE, LEAST = range(4)
"""What the bar gives up where the title would be cut: words of buttons, the format, words that icons say too."""


class HeaderBar(QFrame):
    """``home_wanted`` when the clerk wants the start page, ``settings_wanted``, ``help_wanted``."""

    home_wanted = Signal()
    settings_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setObjectName("header")
        self._buttons: list[QToolButton] = []
        self._report = False
        self._titles = ("", "")
        self._due = ("", "")
        home = self._home = self._button("home", _("回到首页"))
        home.clicked.connect(self.home_wanted)
        self._title = ElidedLabel("", self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._state = QLabel(self)
        self._deadline = QLabel(self)
        usual = [_("已保存 {time}").format(time="00:00"), _("正在输入…"), _("正在保存…")]
        self._saved = SavedLabel(usual, self)
        self._urgent = False
        """Whether the words on saving must be seen, however little room there is."""
        settings = self._button("settings", _("设置"))
        settings.clicked.connect(self.settings_wanted)
        help_button = self._button("help", _("本步说明（F1）"))
        help_button.clicked.connect(self.help_wanted)
        row = QHBoxLayout(self)
        row.addWidget(home)
        row.addWidget(self._title, 1)
        self._tools = QHBoxLayout()
        row.addLayout(self._tools)
        row.addWidget(self._state)
        row.addWidget(self._deadline)
        row.addWidget(self._saved)
        row.addWidget(settings)
        row.addWidget(help_button)
        self._row = row
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def add_tools(self, actions: Sequence[QAction]) -> None:
        """Buttons for the commands of every step, in the order given."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            self._tools.addWidget(button)
            self._buttons.append(button)
            action.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Give up words, the least needed first, until the title is whole."""
        level = next((level for level in range(ROOMY, LEAST) if self._width(level) <= self.width()), LEAST)
        styles = Qt.ToolButtonStyle
        for button in self._buttons:
            button.setVisible(self._report)
            worded = level == ROOMY or _counts(button)
            style = styles.ToolButtonTextBesideIcon if worded else styles.ToolButtonIconOnly
            if button.toolButtonStyle() != style:
                button.setToolButtonStyle(style)
        self._title.setText(self._titles[level >= SHORT_TITLE])
        self._deadline.setText(self._due[level >= LEAST])
        self._deadline.setToolTip(self._due[0])
        self._saved.set_worded(level < LEAST or self._urgent)

    def _width(self, level: int) -> int:
        """Pixels that everything needs at a level."""
        button = self._home.sizeHint().width()
        words = [self._state.text(), self._due[level >= LEAST]]
        widths = [button] * 3 + [self.fontMetrics().horizontalAdvance(text) for text in words if text]
        widths += [self._saved.words_width()] if level < LEAST and self._saved.text() else []
        widths.append(self._title.fontMetrics().horizontalAdvance(self._titles[level >= SHORT_TITLE]))
        widths.append(theme.gap(16))
        for tool in self._buttons if self._report else ():
            worded = level == ROOMY or _counts(tool)
            text = self.fontMetrics().horizontalAdvance(tool.defaultAction().iconText()) + theme.gap(8)
            widths.append(button + (text if worded else 0))
        return sum(widths) + theme.gap(8) * (len(widths) + 2) + theme.gap(12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_report(self, editing: Editing, today: date) -> None:
        """Whose report is open, and when it is due."""
        self._report = True
        session = editing.session
        self._state.setText(state_word(editing.stage))
        unit = session.text("unit.name") or _("（单位名称未填）")
        short = _("{unit} · {year} 年度报告").format(unit=unit, year=session.year)
        self._titles = (remarked(short, session.form.called), short)
        due = deadline(session.year, session.text("unit.kind"), editing.due)
        done = editing.stage in (FINAL, READ_IN)
        words, colour = due_words(due, today, final=done)
        self._due = (words, due_words(due, today, final=done, short=True)[0])
        self._deadline.setStyleSheet(f"color: {theme.colour(colour).name()};")
        self._fit()

    def show_home(self, title: str) -> None:
        """The start page: nothing of a report."""
        self._report = False
        self._titles = (title, title)
        self._due = ("", "")
        self._state.setText("")
        self._saved.tell("")
        self._urgent = False
        self._fit()

    def show_saved(self, state: SaveState, *, typing: bool = False) -> None:
        """已保存 is shown only when the disk has acknowledged everything, and nothing is still being typed."""
        if state.kind == "saved":
            icon, colour, words = "saved", "good", _("已保存 {time}").format(time=time(clock.now()))
        elif state.kind == "saving":
            icon, colour, words = "saving", "secondary", _("正在输入…") if typing else _("正在保存…")
        else:
            icon, colour = "save-failed", "error"
            words = _("{count} 处修改未能保存").format(count=state.pending)
        urgent = state.kind == "failed"
        if self._saved.tell(words, icon, colour, state.reason) or urgent != self._urgent:
            self._urgent = urgent
            self._fit()

    def show_read_only(self) -> None:
        """In the place of the saved state: nothing is saved here."""
        self._urgent = True
        self._saved.tell(_("只读副本"), "lock", "warning", _("文件在别处打开着，这里只能看，不能修改"))
        self._fit()

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(words)
        button.setAccessibleName(words)
        icons.bind(button, icon, None, 20)
        return button

    def _on_theme_changed(self) -> None:
        self._title.setFont(theme.font(1.1, bold=True))
        self._row.setContentsMargins(theme.gap(12), theme.gap(6), theme.gap(12), theme.gap(6))
        self._row.setSpacing(theme.gap(8))
        self._fit()


def _counts(button: QToolButton) -> bool:
    """Whether the words of a button hold a number that its icon does not tell."""
    return button.defaultAction().iconText()[-1:].isdigit()
