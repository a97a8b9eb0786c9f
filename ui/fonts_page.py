"""Settings of the fonts for the paper copies: which face sets what, where it was found, and how it looks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from gkdesk import paths
from gkdesk.i18n import _
from gkdesk.paper.faces import Role, Wish, family, offered, refusal
from ui import asking, theme
from ui.asking import Purpose
from ui.settings import Settings
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

# From the title down, as they stand on paper, with words that each sets.
SAMPLES = {
    Role.SONG: "工作年度报告",
    Role.HEI: "一、总体情况",
    Role.KAI: "（一）主动公开",
    Role.FANG: "政府信息公开条例",
    Role.LATIN: "2026  95.9 %  www",
    Role.RARE: "龑 堃 䶮 㛃 玥 鄠",
}
SAMPLE_POINTS = 15.0


class FontsPage(QWidget):
    """A row for each role: its use, the font, a sample. A choice takes effect with the next page that is set."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.message = InlineMessage(self)
        self.boxes: dict[Role, QComboBox] = {}
        self.samples: dict[Role, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(12))
        grid.setVerticalSpacing(theme.gap(8))
        grid.setColumnStretch(2, 1)
        for row, role in enumerate(SAMPLES):
            self._add_row(grid, row, role)
        note = QLabel(
            _(
                "打印和 PDF 用这些字体。没有选定时，先用本机装好的公文字体，没有就用程序自带的；缺的字由其他字体补上。"
            ),
            self,
        )
        note.setWordWrap(True)
        note.setProperty("role", "secondary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(12)] * 4)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(self.message)
        layout.addWidget(note)
        layout.addLayout(grid)
        layout.addStretch(1)

    def _add_row(self, grid: QGridLayout, row: int, role: Role) -> None:
        words = QLabel(_use(role), self)
        box = QComboBox(self)
        box.setProperty("role_of_font", role.value)
        box.setMinimumContentsLength(16)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(self._on_activated)
        words.setBuddy(box)
        box.setAccessibleName(_use(role))
        sample = QLabel(SAMPLES[role], self)
        sample.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(words, row, 0)
        grid.addWidget(box, row, 1)
        grid.addWidget(sample, row, 2)
        self.boxes[role], self.samples[role] = box, sample
        self._fill(role)

    def _fill(self, role: Role) -> None:
        """The fonts of a role, with the chosen one in front."""
        box, fonts = self.boxes[role], offered(role, _bundle())
        chosen = self._settings.fonts.get(role.value)
        wish = Wish(*chosen) if chosen else None
        box.clear()
        if fonts:
            box.addItem(_("自动：{font}").format(font=_name(fonts[0])), None)
        known = list(
            dict.fromkeys([*fonts, *([wish] if wish and refusal(wish.path, wish.index) is None else [])])
        )
        for font in known:
            box.addItem(_name(font), font)
        box.addItem(_("选一个字体文件…"), role.value)
        # not findData: Qt compares what it does not know by identity
        box.setCurrentIndex(1 + known.index(wish) if wish in known else 0)
        self._show_sample(role, wish if wish in known else fonts[0] if fonts else None)

    def _show_sample(self, role: Role, wish: Wish | None) -> None:
        sample = self.samples[role]
        sample.setFont(_font(wish) if wish else theme.text_font(SAMPLE_POINTS))

    def _on_activated(self, index: int) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        role = Role(box.property("role_of_font"))
        self.message.clear()
        choice = box.itemData(index)
        if isinstance(choice, str):
            choice = self._ask(role)
            if choice is None:
                self._fill(role)
                return
        if choice is None:
            self._settings.choose_font(role.value, None)
        else:
            self._settings.choose_font(role.value, choice.path, choice.index)
        self._fill(role)

    def _ask(self, role: Role) -> Wish | None:
        """Ask for a font file; None when the clerk thinks better of it or it cannot be used."""
        kinds = _("字体文件（*.ttf *.ttc）") + " (*.ttf *.ttc *.TTF *.TTC)"
        file = asking.ask_file(self, self._settings, Purpose.FONT, _("选一个字体文件"), kinds)
        if file is None:
            return None
        wish = Wish(file)
        reason = refusal(wish.path)
        if reason is None:
            return wish
        words = {
            "unreadable": _("“{name}”打不开，请检查文件还在不在。"),
            "damaged": _("“{name}”不是完好的字体文件，请换一个。"),
            "outlines": _("“{name}”不是 TrueType 字体，不能放进 PDF，请换一个（.ttf 或 .ttc）。"),
            "embedding": _("“{name}”的许可不允许放进 PDF，请换一个。"),
        }[reason]
        self.message.show_message(State.WARNING, words.format(name=wish.path.name))
        return None


def _bundle() -> Path:
    return paths.resources() / "fonts"


def _use(role: Role) -> str:
    """What a role is for."""
    return {
        Role.SONG: _("标题（小标宋）"),
        Role.HEI: _("“一、”级标题（黑体）"),
        Role.KAI: _("“（一）”级标题（楷体）"),
        Role.FANG: _("正文（仿宋）"),
        Role.LATIN: _("数字、字母"),
        Role.RARE: _("生僻字"),
    }[role]


def _name(wish: Wish) -> str:
    """A font for people."""
    return _("程序自带") if wish.path.parent == _bundle() else family(wish)


def _font(wish: Wish) -> QFont:
    """The font of a file for a sample on screen."""
    families = _loaded(str(wish.path))
    made = theme.text_font(SAMPLE_POINTS)
    if families:
        made.setFamilies([families[min(wish.index, len(families) - 1)], *made.families()])
    return made


_families: dict[str, list[str]] = {}


def _loaded(path: str) -> list[str]:
    if path not in _families:
        number = QFontDatabase.addApplicationFont(path)
        _families[path] = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return _families[path]
