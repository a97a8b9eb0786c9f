"""The bar for finding words in the texts and replacing them: fields, choices and buttons, no search of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from gkdesk.i18n import _
from ui import icons, theme

ALL, HERE = "all", "here"
"""Which texts are searched: those of the whole report, or of the step that is shown."""


class FindBar(QFrame):
    """Says what the clerk wants found or replaced; :class:`ui.finder.Finder` does it."""

    changed = Signal()
    """Other words to find, or another choice."""
    stepped = Signal(int)
    """To the next (1) or previous (-1) place."""
    replace_wanted = Signal()
    replace_all_wanted = Signal()
    closed = Signal()
    """By Escape and ×."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName(_("查找和替换"))
        self._read_only = False
        self.words = self._line(_("查找"))
        self.words.textChanged.connect(self.changed)
        self.instead = self._line(_("替换为"))
        self.scope = QComboBox(self)
        self.scope.addItem(_("全部文字"), ALL)
        self.scope.addItem(_("只查这一步"), HERE)
        self.scope.setAccessibleName(_("在哪里查找"))
        self.scope.activated.connect(self.changed)
        self.alike = QCheckBox(_("不分全角半角、大小写"), self)
        self.alike.toggled.connect(self.changed)
        self._count = QLabel(self)
        self._count.setProperty("role", "secondary")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self.previous = self._tool("arrow-left", _("上一处（Shift+F3）"))
        self.previous.clicked.connect(self._on_previous)
        self.next = self._tool("arrow-right", _("下一处（F3）"))
        self.next.clicked.connect(self._on_next)
        self.replace = QPushButton(_("替换"), self)
        self.replace.clicked.connect(self.replace_wanted)
        self.replace_all = QPushButton(_("全部替换"), self)
        self.replace_all.setToolTip(_("一次替换查到的每一处，可以撤销"))
        self.replace_all.clicked.connect(self.replace_all_wanted)
        close = self._tool("close", _("关闭查找（Esc）"))
        close.clicked.connect(self.closed)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._label(self.words), 0, 0)
        self._grid.addWidget(self.words, 0, 1)
        find = QHBoxLayout()
        for widget in (self.previous, self.next, self.scope, self.alike, self._count):
            find.addWidget(widget)
        find.addStretch(1)
        find.addWidget(close)
        self._grid.addLayout(find, 0, 2)
        self._instead_label = self._label(self.instead)
        self._grid.addWidget(self._instead_label, 1, 0)
        self._grid.addWidget(self.instead, 1, 1)
        replace = QHBoxLayout()
        for button in (self.replace, self.replace_all):
            replace.addWidget(button)
        replace.addStretch(1)
        self._grid.addLayout(replace, 1, 2)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        self._rows = (find, replace)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def open(self, words: str, *, replacing: bool, read_only: bool) -> None:
        """Show the bar, with the row for replacing where it is wanted; the words are chosen, ready to be typed over."""
        self._read_only = read_only
        for widget in (self._instead_label, self.instead, self.replace, self.replace_all):
            widget.setVisible(replacing and not read_only)
        if words:
            self.words.setText(words)
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def show_count(self, here: int, total: int) -> None:
        """Which place of how many is chosen; ``here`` counts from 1, 0 where none is."""
        if not self.words.text():
            words = ""
        elif not total:
            words = _("没有查到")
        elif here:
            words = _("第 {here} 处，共 {total} 处").format(here=here, total=total)
        else:
            words = _("共 {total} 处").format(total=total)
        self._count.setText(words)
        for button in (self.previous, self.next, self.replace, self.replace_all):
            button.setEnabled(total > 0)

    def has_focus(self) -> bool:
        """Whether the clerk is in the bar."""
        focused = self.focusWidget()
        return focused is not None and focused.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.instead.hasFocus():
                self.replace_wanted.emit()
            elif self.words.hasFocus():
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.stepped.emit(-1 if back else 1)
            else:
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _line(self, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(words)
        line.setClearButtonEnabled(True)
        return line

    def _label(self, line: QLineEdit) -> QLabel:
        label = QLabel(line.accessibleName(), self)
        label.setBuddy(line)
        return label

    def _tool(self, icon: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(words)
        button.setAccessibleName(words)
        icons.bind(button, icon, None, 16)
        return button

    def _on_previous(self) -> None:
        self.stepped.emit(-1)

    def _on_next(self) -> None:
        self.stepped.emit(1)

    def _on_theme_changed(self) -> None:
        self._grid.setContentsMargins(theme.gap(16), theme.gap(8), theme.gap(12), theme.gap(8))
        self._grid.setHorizontalSpacing(theme.gap(8))
        self._grid.setVerticalSpacing(theme.gap(4))
        for row in self._rows:
            row.setSpacing(theme.gap(8))
