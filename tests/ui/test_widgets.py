"""The small widgets: what they show, say aloud, and answer to mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.painting import colours_of
from ui import theme
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_message import InlineMessage
from ui.widgets.ring import Ring
from ui.widgets.section_heading import SectionHeading
from ui.widgets.state_badge import StateBadge
from ui.widgets.states import State
from ui.widgets.step_list import StepList

STEPS = [
    "基本信息",
    "引言",
    "一 总体情况",
    "二 主动公开",
    "三 申请办理",
    "四 复议诉讼",
    "五 问题改进",
    "六 其他事项",
    "核对",
    "预览与导出",
    "汇总",
]
HOSTILE = "<img src=x><b>粘贴</b> & 列"


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light", 100)
    yield
    theme.apply(qapp, "light", 100)


@pytest.fixture
def steps(show):
    widget = StepList()
    widget.set_steps(STEPS)
    return show(widget, 200, 600)


# --- step list


def test_new_steps_are_empty_and_the_first_is_current(steps):
    assert steps.count() == 11
    assert steps.current() == 0
    assert {steps.step_state(index) for index in range(11)} == {(State.EMPTY, 0)}


def test_steps_say_their_state_aloud(steps):
    steps.set_state(4, State.ERROR, 2)
    steps.set_state(0, State.DONE)
    interface = QAccessible.queryAccessibleInterface(steps)
    assert interface.text(QAccessible.Text.Name) == "填报步骤"
    assert interface.child(4).text(QAccessible.Text.Name) == "三 申请办理，有错误 2"
    assert interface.child(0).text(QAccessible.Text.Name) == "基本信息，完成"
    assert interface.child(1).text(QAccessible.Text.Name) == "引言，未填"


def test_state_is_kept_and_painted(steps):
    steps.set_state(4, State.ERROR, 2)
    assert steps.step_state(4) == (State.ERROR, 2)
    assert theme.LIGHT.error in colours_of(steps.viewport())
    steps.set_state(4, State.DONE)
    assert theme.LIGHT.error not in colours_of(steps.viewport())
    assert theme.LIGHT.good in colours_of(steps.viewport())


def test_arrow_keys_choose(steps, qtbot):
    steps.setFocus()
    with qtbot.waitSignal(steps.chosen) as chosen:
        qtbot.keyClick(steps, Qt.Key.Key_Down)
    assert chosen.args == [1]
    with qtbot.waitSignal(steps.chosen) as chosen:
        qtbot.keyClick(steps, Qt.Key.Key_End)
    assert chosen.args == [10]


def test_mouse_chooses_once(steps, qtbot):
    told = []
    steps.chosen.connect(told.append)
    point = steps.visualItemRect(steps.item(3)).center()
    qtbot.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told == [3]
    qtbot.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told == [3]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_confirms(steps, qtbot, key):
    steps.set_current(2)
    with qtbot.waitSignal(steps.confirmed) as confirmed:
        qtbot.keyClick(steps, key)
    assert confirmed.args == [2]


def test_programs_own_change_tells_nobody(steps, qtbot):
    with qtbot.assertNotEmitted(steps.chosen):
        steps.set_current(5)
        steps.set_steps(STEPS[:3])
    assert steps.current() == 0


def test_steps_that_are_not_there(steps):
    for wrong in (-1, 11):
        with pytest.raises(IndexError):
            steps.set_state(wrong, State.DONE)
        with pytest.raises(IndexError):
            steps.set_current(wrong)
        with pytest.raises(IndexError):
            steps.step_state(wrong)


@pytest.mark.parametrize("scale", [90, 100, 125, 150])
def test_eleven_steps_never_scroll_on_a_small_screen(qapp, steps, qtbot, scale):
    # Of 768 pixels, title, menus, header and status bar leave at least 500 even at 150 %.
    theme.apply(qapp, "light", scale)
    steps.set_state(4, State.WARNING, 12)
    steps.resize(steps.width(), 500)
    qtbot.waitUntil(lambda: steps.visualItemRect(steps.item(0)).height() == steps.row_height())
    assert steps.verticalScrollBar().maximum() == 0
    assert steps.visualItemRect(steps.item(10)).bottom() <= steps.viewport().height()
    assert steps.row_height() >= steps.fontMetrics().height()
    assert min(200, round(200 * scale / 100)) <= steps.width() <= round(200 * scale / 100)


@pytest.mark.parametrize("scale", [90, 100, 150])
def test_labels_are_not_cut(qapp, steps, scale):
    from PySide6.QtGui import QFontMetrics

    theme.apply(qapp, "light", scale)
    widest = max(QFontMetrics(theme.font(bold=True)).horizontalAdvance(label) for label in STEPS)
    room = steps.width() - theme.gap(16 + 20 + 8 + 4 + 12) - theme.gap(36)
    assert widest <= room


def test_current_step_has_the_accent_bar(steps):
    steps.set_current(6)
    image = steps.viewport().grab().toImage()
    row = steps.visualItemRect(steps.item(6))
    assert image.pixelColor(row.left() + 5, row.center().y()) == QColor(theme.LIGHT.accent)
    other = steps.visualItemRect(steps.item(7))
    assert image.pixelColor(other.left() + 5, other.center().y()) == QColor(theme.LIGHT.window)


def test_huge_count_stays_on_its_plate(steps):
    steps.set_state(4, State.ERROR, 123456)
    assert steps.item(4).data(Qt.ItemDataRole.AccessibleTextRole) == "三 申请办理，有错误 123456"
    assert theme.LIGHT.error in colours_of(steps.viewport())


# --- states


def test_words_of_states():
    assert State.ERROR.word(2) == "有错误 2"
    assert State.WARNING.word(1) == "需说明 1"
    assert [state.word() for state in (State.EMPTY, State.FILLING, State.DONE)] == ["未填", "填写中", "完成"]


def test_badge_shows_and_says(show):
    badge = show(StateBadge(State.ERROR, 2))
    assert badge.text() == badge.accessibleName() == "有错误 2"
    assert {theme.LIGHT.error, theme.LIGHT.error_back} <= colours_of(badge)
    narrow = badge.sizeHint().width()
    badge.set_state(State.DONE, text="已定稿，不再改动")
    assert badge.state() is State.DONE
    assert badge.text() == "已定稿，不再改动"
    assert badge.sizeHint().width() > narrow


# --- ring


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (0, 5, 0), (174, 175, 99), (175, 175, 100), (1, 1000, 0)]
)
def test_ring_is_full_only_when_all_is_done(show, done, total, percent):
    ring = show(Ring())
    ring.set_value(done, total)
    assert ring.percent() == percent
    assert ring.accessibleName() == f"已完成 {percent}%"


def test_ring_refuses_more_than_all(show):
    ring = Ring()
    for done, total in ((2, 1), (-1, 3)):
        with pytest.raises(ValueError, match=str(done)):
            ring.set_value(done, total)


def test_ring_paints_its_share(show):
    ring = show(Ring(), 56, 56)
    ring.set_value(1, 2)
    image = ring.grab().toImage()
    middle = ring.height() // 2
    assert image.pixelColor(ring.width() - 5, middle) == QColor(theme.LIGHT.accent)
    assert image.pixelColor(4, middle) == QColor(theme.LIGHT.line)
    ring.set_colour("good")
    assert theme.LIGHT.good in colours_of(ring)


# --- card


def test_card_is_pressed_by_mouse_and_keys(show, qtbot):
    card = show(Card("2024 年报", "上次编辑：1 月 20 日", icon="document"))
    pressed = []
    card.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    title = next(label for label in card.findChildren(QLabel) if label.text() == "2024 年报")
    on_title = title.mapTo(card, title.rect().center())
    assert card.childAt(on_title) is None, "a press on the words is a press on the card"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(card, key)
    assert len(pressed) == 4


def test_card_takes_the_focus_and_shows_it(show, qtbot):
    card = show(Card("导入", "Excel、Word"))
    assert card.focusPolicy() == Qt.FocusPolicy.StrongFocus
    card.clearFocus()
    # The second pixel: the first may be in the accent colour because the pointer is there.
    before = card.grab().toImage().pixelColor(1, card.height() // 2)
    card.setFocus()
    qtbot.waitUntil(card.hasFocus)
    after = card.grab().toImage().pixelColor(1, card.height() // 2)
    assert before != after == QColor(theme.LIGHT.accent)


def test_card_says_all_it_shows(show):
    card = show(Card("2024 年报", "上次编辑：1 月 20 日"))
    card.set_completeness(150, 175)
    card.set_state(State.ERROR, 2)
    assert card.accessibleName() == "2024 年报，上次编辑：1 月 20 日，已完成 85%，有错误 2"
    card.set_state(None)
    card.set_words("2024 年报")
    assert card.accessibleName() == "2024 年报，已完成 85%"
    assert QAccessible.queryAccessibleInterface(card).role() == QAccessible.Role.Button


def test_card_shows_outside_text_as_it_is(show):
    card = show(Card(HOSTILE, HOSTILE))
    assert {label.textFormat() for label in card.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


@pytest.mark.qt_log_ignore("Keyboard event not accepted", extend=True)  # a word of Qt's own tester
def test_disabled_card_is_not_pressed(show, qtbot):
    card = show(Card("导入", icon="import", primary=True))
    filled = {theme.LIGHT.accent, theme.LIGHT.accent_hover}
    assert filled & colours_of(card)
    card.setEnabled(False)
    with qtbot.assertNotEmitted(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert not filled & colours_of(card)


def test_card_grows_with_its_words(show):
    card = show(Card("新建 2025 年报", "将带入上年单位信息、结转数、现行有效数"), 200, 100)
    assert card.hasHeightForWidth()
    assert card.heightForWidth(160) > card.heightForWidth(600)


# --- labels, headings, empty places


def test_elided_label_shortens_and_explains(show):
    label = show(
        ElidedLabel("D:/年报/2025/某某市某某局/年度报告.gkd", mode=Qt.TextElideMode.ElideMiddle), 120, 24
    )
    assert label.is_elided()
    assert "年度报告.gkd" in label.toolTip()
    label.resize(900, 24)
    assert not label.is_elided()
    assert label.toolTip() == ""
    assert label.text() == "D:/年报/2025/某某市某某局/年度报告.gkd"


def test_elided_label_is_one_plain_line(show):
    label = show(ElidedLabel(f"{HOSTILE}\n第二行"), 60, 24)
    assert label.text() == f"{HOSTILE} 第二行"
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
    assert label.minimumSizeHint().width() < label.sizeHint().width()


def test_heading_shows_note_only_when_there_is_one(show):
    heading = show(SectionHeading("三、收到和处理政府信息公开申请情况"))
    assert heading.text() == heading.accessibleName()
    note = heading.findChild(ElidedLabel)
    assert not note.isVisible()
    heading.set_note("已填 120 格，共 175 格")
    assert note.isVisible()
    heading.set_text("四、复议诉讼")
    assert heading.text() == "四、复议诉讼"


def test_heading_levels_differ_in_size(show):
    headings = [show(SectionHeading("核对", level=level)) for level in (1, 2, 3)]
    sizes = [heading.findChild(QLabel).font().pointSizeF() for heading in headings]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_empty_state_says_what_to_do_and_does_it(show, qtbot):
    empty = show(
        EmptyState("document", "还没有年报", "新建一份，或打开已有的文件。", "新建 2025 年报"), 500, 400
    )
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    empty.set_words("没有问题", "可以定稿。")
    assert not empty.button.isVisible()
    assert (empty.accessibleName(), empty.accessibleDescription()) == ("没有问题", "可以定稿。")


@pytest.mark.parametrize("scale", [100, 150])
def test_empty_states_words_are_not_cut(qapp, show, scale):
    theme.apply(qapp, "light", scale)
    words = "新建一份年报，或打开已有的 .gkd 文件；也可以从上年的 Excel、Word 文件导入。"
    empty = show(EmptyState("document", "还没有年报", words, "新建 2025 年报"), 420, 500)
    label = next(label for label in empty.findChildren(QLabel) if label.text() == words)
    assert label.height() >= label.heightForWidth(label.width())


# --- all of them


def everything() -> list[QWidget]:
    card = Card("2024 年报", "上次编辑：1 月 20 日", icon="document")
    card.set_completeness(3, 4)
    card.set_state(State.WARNING, 1)
    steps = StepList()
    steps.set_steps(STEPS)
    steps.set_state(4, State.ERROR, 2)
    return [
        card,
        Card("新建", primary=True, icon="add"),
        steps,
        Ring(),
        StateBadge(State.HINT, 3),
        SectionHeading("核对", note="可以定稿"),
        ElidedLabel("某某市某某局"),
        EmptyState("search", "没有找到", "换一个词再试。", "全部显示"),
    ]


def test_every_widget_follows_scheme_and_scale(qapp, qtbot):
    widgets = everything()
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.ensurePolished()
    light = [(widget.sizeHint().height(), widget.grab().toImage()) for widget in widgets]
    theme.apply(qapp, "dark", 150)
    for widget, (height, image) in zip(widgets, light, strict=True):
        widget.ensurePolished()
        assert widget.sizeHint().height() > height, type(widget)
        assert widget.grab().toImage() != image, type(widget)


class Windows(QObject):
    """Notes every widget that is shown as a window, be it for a moment."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_making_a_widget_opens_no_window(qapp, qtbot):
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        made = [*everything(), InlineMessage()]
    finally:
        qapp.removeEventFilter(windows)
    for widget in made:
        qtbot.addWidget(widget)
    assert windows.seen == []
