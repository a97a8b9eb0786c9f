"""The style sheet of the application, generated from a colour set.

Only frames, distances and states that the palette cannot say. Views' items are not styled here: it would slow
their painting, and the grids paint their own cells.
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from ui.theme_colours import ColourSet

_SHEET = Template("""
QToolTip { color: $text; background: $paper; border: 1px solid $line_strong; padding: ${g4}px ${g8}px; }

QPushButton { color: $text; background: $paper; border: 1px solid $line_strong; border-radius: ${r}px;
  padding: ${g6}px ${g12}px; icon-size: ${g16}px; }
QPushButton:hover { background: $hover; border-color: $accent; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $selection; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: ${g6_in}px ${g12_in}px; }
QPushButton:disabled { color: $disabled; background: $window; border: 1px solid $line; }
QPushButton[role="primary"] { color: $on_accent; background: $accent; border: 1px solid $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { color: $disabled; background: $label; border: 1px solid $line; }
QPushButton[role="quiet"], QPushButton[role="link"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover, QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus, QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="link"] { color: $accent; padding: ${g4}px ${g8}px; }
QPushButton[role="link"]:focus { padding: ${g4}px ${g8}px; }

QToolButton { color: $text; background: transparent; border: 1px solid transparent; border-radius: ${r}px;
  padding: ${g4}px; qproperty-iconSize: ${g20}px ${g20}px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $selection; border-color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }

QLineEdit, QPlainTextEdit, QTextEdit { color: $text; background: $paper; border: 1px solid $line_strong;
  border-radius: ${r}px; selection-background-color: $selection; selection-color: $text; }
QTextEdit[role="plain"] { background: transparent; border: none; border-radius: 0; }
QLineEdit { padding: ${g5}px ${g8}px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover { border-color: $accent; }
QLineEdit:focus { border: 2px solid $accent; padding: ${g5_in}px ${g8_in}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; }
QLineEdit:read-only { background: $label; }
QLineEdit[state="error"] { border: 2px solid $error; padding: ${g5_in}px ${g8_in}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled { color: $disabled; background: $label;
  border-color: $line; }

QSpinBox { color: $text; background: $paper; border: 1px solid $line_strong; border-radius: ${r}px;
  padding: ${g5}px ${g8}px; selection-background-color: $selection; selection-color: $text; }
QSpinBox:hover { border-color: $accent; }
QSpinBox:focus { border: 2px solid $accent; padding: ${g5_in}px ${g8_in}px; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; width: ${g20}px; border: none; }
QSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow { image: url("controls:up-$name.svg"); width: ${g12}px; height: ${g12}px; }
QSpinBox::down-arrow { image: url("controls:down-$name.svg"); width: ${g12}px; height: ${g12}px; }

QComboBox { color: $text; background: $paper; border: 1px solid $line_strong; border-radius: ${r}px;
  padding: ${g5}px ${g8}px; combobox-popup: 0; }
QComboBox:hover { border-color: $accent; }
QComboBox:focus { border: 2px solid $accent; padding: ${g5_in}px ${g8_in}px; }
QComboBox:disabled { color: $disabled; background: $label; border: 1px solid $line; }
QComboBox::drop-down { border: none; width: ${g24}px; }
QComboBox::down-arrow { image: url("controls:down-$name.svg"); width: ${g12}px; height: ${g12}px; }
QComboBox QAbstractItemView { background: $paper; border: 1px solid $line_strong; outline: none; }
QComboBox QAbstractItemView::item { min-height: ${g28}px; padding: 0 ${g8}px;
  border: 1px solid transparent; }
QComboBox QAbstractItemView::item:selected { color: $text; background: $selection; }

QCheckBox, QRadioButton { spacing: ${g8}px; padding: ${g2}px; border: 1px solid transparent;
  border-radius: ${r}px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: ${g14}px; height: ${g14}px; background: $paper;
  border: 1px solid $line_strong; }
QCheckBox::indicator { border-radius: ${g3}px; }
QRadioButton::indicator { border-radius: ${half_dot}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; background: $hover; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("controls:check-$name.svg"); }
QRadioButton::indicator:checked { width: ${g6}px; height: ${g6}px; border: ${dot_edge}px solid $accent;
  background: $on_accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $label; border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }

QMenuBar { background: $window; border-bottom: 1px solid $line; }
QMenuBar::item { background: transparent; padding: ${g4}px ${g8}px; border-radius: ${r}px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $paper; border: 1px solid $line_strong; padding: ${g4}px;
  icon-size: ${g20}px; }
QMenu::item { padding: ${g6}px ${g24}px ${g6}px ${g8}px; border-radius: ${r}px; }
QMenu::item:selected { color: $text; background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${g8}px; }
QMenu::separator { height: 1px; background: $line; margin: ${g4}px ${g8}px; }

QToolBar { background: $window; border: none; spacing: ${g4}px; padding: ${g4}px; }
QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $accent; }
QHeaderView { background: $label; border: none; }
QHeaderView::section { color: $text; background: $label; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line; padding: ${g4}px; }
QTableCornerButton::section { background: $label; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line; }
QTableView { background: $paper; border: 1px solid $line; gridline-color: $line; }
QListView, QTreeView { background: $paper; border: 1px solid $line; }
QTabBar::tab { color: $secondary; background: transparent; border: none; border-bottom: 2px solid transparent;
  padding: ${g6}px ${g12}px; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $hover; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QProgressBar { color: $text; background: $computed; border: 1px solid $line; border-radius: ${r}px;
  text-align: center; }
QProgressBar::chunk { background: $selection; border-radius: ${r}px; }

QScrollBar:vertical { background: transparent; width: ${g12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${g12}px; margin: 0; }
QScrollBar::handle { background: $line; border: ${g2}px solid $window; border-radius: ${r_bar}px; }
QScrollBar::handle:vertical { min-height: ${g32}px; }
QScrollBar::handle:horizontal { min-width: ${g32}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $line_strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: $window; }

QLabel[role="secondary"] { color: $secondary; }
QFrame[role="paper"] { background: $paper; border: 1px solid $line; border-radius: ${r}px; }
QFrame[role="bar"] { background: $paper; border: none; border-bottom: 1px solid $line; }
""")


def style_sheet(colours: ColourSet, gap: Callable[[float], int]) -> str:
    """The sheet for `colours`; `gap` scales a distance in pixels with the text.

    Its pictures are looked for under Qt's search path `controls:`.
    """
    words: dict[str, str] = {name: getattr(colours, name) for name in ColourSet.__dataclass_fields__}
    for size in (2, 3, 4, 5, 6, 8, 12, 14, 16, 20, 24, 28, 32):
        words[f"g{size}"] = str(gap(size))
        # A focus frame is one pixel wider: taken off the padding, so that nothing moves.
        words[f"g{size}_in"] = str(gap(size) - 1)
    words["r"] = str(gap(4))
    words["r_bar"] = str(gap(12) // 2)
    # A chosen round button is a thick edge around a small middle; the whole keeps the size of an empty one.
    edge = round((gap(14) + 2 - gap(6)) / 2)
    words["dot_edge"] = str(edge)
    words["half_dot"] = str((gap(14) + 2) // 2)
    return _SHEET.substitute(words)
