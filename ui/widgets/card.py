"""A framed card that is one big button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gkdesk.words import clauses
from ui import icons, theme
from ui.widgets.ring import Ring
from ui.widgets.state_badge import StateBadge
from ui.widgets.states import State

ICON_SIZE = 32
MORE_SIZE = 20


class Card(QAbstractButton):
    """Title, body and, where wanted, icon or ring on the left and a state below; `clicked` by mouse, Space, Enter.

    A `primary` card is filled with the accent: the one thing to do on its page. `menu` and `more` are there after
    `add_menu`.
    """

    def __init__(
        self,
        title: str,
        body: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "",
        primary: bool = False,
    ) -> None:
        super().__init__(parent)
        self._primary = primary
        self._icon = icon
        self._picture = QLabel(self)
        self._title = QLabel(self)
        self._body = QLabel(self)
        self._body.setWordWrap(True)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.hide()
        self._note_colour = "secondary"
        for label in (self._picture, self._title, self._body, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.menu: QMenu | None = None
        self.more: QToolButton | None = None
        self._ring: Ring | None = None
        self._badge = StateBadge(parent=self)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.hide()
        self._column = QVBoxLayout()
        self._column.addWidget(self._title)
        self._column.addWidget(self._body)
        self._column.addWidget(self._note)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._badge)
        self._foot.addStretch(1)
        self._column.addLayout(self._foot)
        self._column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._column, 1)
        self._picture.setVisible(bool(icon))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_words(title, body)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def title(self) -> str:
        """The heading of the card."""
        return self._title.text()

    def set_words(self, title: str, body: str = "") -> None:
        """Change title and body."""
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        self._name()

    def set_state(self, state: State | None, count: int = 0, *, text: str = "") -> None:
        """Show a state below the body, none for None."""
        if state is not None:
            self._badge.set_state(state, count, text=text)
        self._badge.setVisible(state is not None)
        self._name()

    def set_note(self, text: str, colour: str = "secondary") -> None:
        """A line below the body in a colour of its own (field of the colour set); none for an empty text."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._note_colour = colour
        self._on_theme_changed()
        self._name()

    def set_completeness(self, done: int, total: int) -> None:
        """Show a ring in place of the icon. Raises ValueError as Ring.set_value."""
        if self._ring is None:
            self._ring = Ring(self)
            self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._row.insertWidget(0, self._ring, 0, Qt.AlignmentFlag.AlignTop)
            self._picture.hide()
        self._ring.set_value(done, total)
        self._ring.set_colour("good" if total and done == total else "accent")
        self._name()

    def add_menu(self, words: str) -> QMenu:
        """What else can be done with the card: by right click, menu key, Shift+F10, or the small button `words`."""
        self.menu = QMenu(self)
        self.more = QToolButton(self)
        self.more.setToolTip(words)
        self.more.setAccessibleName(words)
        # no stop of its own on the way of Tab: the card has the menu key
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setCursor(Qt.CursorShape.ArrowCursor)
        self.more.clicked.connect(self.show_menu)
        icons.bind(self.more, "more", "secondary", MORE_SIZE)
        self._foot.addWidget(self.more)  # beside the title it would make the card wider
        return self.menu

    def show_menu(self) -> None:
        """Open the menu below its button."""
        if self.menu is not None and self.more is not None:
            self._popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
            self.menu.setActiveAction(self.menu.actions()[0])

    def _popup(self, place: QPoint) -> None:
        # some systems tell of Shift+F10 both as a key and as a wish for the menu
        if self.menu is not None and not self.menu.isVisible():
            self.menu.popup(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is None:
            super().contextMenuEvent(event)
        elif event.reason() == QContextMenuEvent.Reason.Mouse:
            self._popup(event.globalPos())
        else:
            self.show_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.show_menu()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._on_theme_changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground, edge = self._colours()
            width = 2 if self.hasFocus() else 1
            painter.setPen(QPen(theme.colour(edge), width))
            painter.setBrush(theme.colour(ground))
            radius = theme.gap(6)
            inset = width / 2
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
            )

    def _colours(self) -> tuple[str, str]:
        touched = self.underMouse() or self.hasFocus()
        if not self.isEnabled():
            return "window", "line"
        if self._primary:
            ground = "accent_pressed" if self.isDown() else "accent_hover" if self.underMouse() else "accent"
            return ground, "text" if self.hasFocus() else ground
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else "paper"
        return ground, "accent" if touched else "line"

    def _name(self) -> None:
        parts = [self._title.text(), *self._body.text().split("\n"), self._note.text()]
        if self._ring is not None:
            parts.append(self._ring.accessibleName())
        if not self._badge.isHidden():
            parts.append(self._badge.text())
        self.setAccessibleName(clauses(parts))

    def _on_theme_changed(self) -> None:
        ink, quiet = ("on_accent", "on_accent") if self._primary else ("text", "secondary")
        if not self.isEnabled():
            ink = quiet = "disabled"
        note = quiet if self._primary or not self.isEnabled() else self._note_colour
        for label, name in ((self._title, ink), (self._body, quiet), (self._note, note)):
            label.setStyleSheet(f"color: {theme.colour(name).name()};")
        self._title.setFont(theme.font(1.1, bold=True))
        if self._icon:
            side = theme.gap(ICON_SIZE)
            name = ink if self._primary or not self.isEnabled() else "accent"
            self._picture.setPixmap(icons.pixmap(self._icon, name, side, self.devicePixelRatioF()))
        margin = theme.gap(16)
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(theme.gap(16))
        self._column.setSpacing(theme.gap(4))
        self.update()
