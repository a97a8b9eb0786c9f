"""A message in the window itself, where a dialog would only stop the clerk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from gkdesk.i18n import _
from ui import icons, theme
from ui.widgets.states import State

ICON_SIZE = 20
SHOWN = 8000
"""Milliseconds after which a message goes that only says that something is done."""


class InlineMessage(QWidget):
    """A bar with a state's icon and colour, plain text and up to a few buttons; hidden until there is a message.

    `acted(id)` when a button is pressed, `closed()` when the clerk puts it away (× or Escape).
    """

    acted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = State.HINT
        self._buttons: list[QPushButton] = []
        self._came_from: QWidget | None = None
        self._icon_room = QWidget(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setToolTip(_("收起这条提示"))
        self._close.setAccessibleName(_("收起这条提示"))
        self._close.clicked.connect(self.close_message)
        icons.bind(self._close, "close", "secondary", 16)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon_room)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._over = QTimer(self, singleShot=True, interval=SHOWN)
        self._over.timeout.connect(self._on_over)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_message(
        self,
        state: State,
        text: str,
        actions: Sequence[tuple[str, str]] = (),
        *,
        closable: bool = True,
        passing: bool = False,
    ) -> None:
        """Show `text`; `actions` are (id, words of the button). It replaces the message before.

        One that has no buttons and is `passing`, or says that something is done, goes by itself after a while.
        """
        if not self._has_focus():
            self._came_from = QApplication.focusWidget()
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._make_button(*action) for action in actions]
        self._state = state
        self._text.setText(text)
        self._close.setVisible(closable)
        self.setAccessibleName(f"{_SPOKEN[state]()}{text}")
        self.show()
        self.update()
        if closable and (passing or (state is State.DONE and not actions)):
            self._over.start()
        else:
            self._over.stop()
        # the one is heard on Windows, the other on Linux
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def clear(self) -> None:
        """Take the message away without `closed`; the focus goes back to where it was."""
        self._text.clear()
        self._over.stop()
        if self._has_focus() and self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def close_message(self) -> None:
        """What × and Escape do."""
        self.clear()
        self.closed.emit()

    def text(self) -> str:
        """The message shown, empty when none is."""
        return self._text.text()

    def state(self) -> State:
        """The state of the message shown last."""
        return self._state

    def buttons(self) -> list[QPushButton]:
        """The buttons of this message, in the order of its actions."""
        return list(self._buttons)

    def _on_over(self) -> None:
        if self.underMouse() or self._has_focus():
            self._over.start()  # it is being read
        else:
            self.clear()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._close.isHidden():
            self.close_message()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = theme.gap(4)
            painter.setPen(theme.colour(self._state.colour))
            painter.setBrush(theme.colour(self._state.ground))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            side = theme.gap(ICON_SIZE)
            room = self._icon_room.geometry()
            # Beside the first line of the text, not in the middle of several.
            middle = room.top() + (
                self._text.height() / 2 if self._is_one_line() else self._line_height() / 2
            )
            icons.paint(
                painter,
                QRectF(room.left(), middle - side / 2, side, side),
                self._state.icon,
                self._state.colour,
            )

    def _is_one_line(self) -> bool:
        needed = self._text.fontMetrics().horizontalAdvance(self._text.text())
        return "\n" not in self._text.text() and needed <= self._text.width()

    def _line_height(self) -> int:
        return self._text.fontMetrics().height()

    def _make_button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words.replace("&", "&&"))
        button.setAutoDefault(True)  # Enter presses it, and does not go on to what the message lies over
        button.setProperty("action", name)
        button.clicked.connect(self._on_button_clicked)
        self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def _on_button_clicked(self) -> None:
        self.acted.emit(str(self.sender().property("action")))

    def _on_theme_changed(self) -> None:
        side = theme.gap(ICON_SIZE)
        self._icon_room.setFixedWidth(side)
        self._close.setIconSize(QSize(theme.gap(16), theme.gap(16)))
        self._row.setContentsMargins(theme.gap(12), theme.gap(8), theme.gap(8), theme.gap(8))
        self._row.setSpacing(theme.gap(8))
        self.update()


# What the colour says, for those who hear it.
_SPOKEN: dict[State, Callable[[], str]] = {
    State.EMPTY: lambda: "",
    State.FILLING: lambda: "",
    State.ERROR: lambda: _("错误："),
    State.WARNING: lambda: _("请注意："),
    State.HINT: lambda: _("提示："),
    State.DONE: lambda: _("完成："),
}
