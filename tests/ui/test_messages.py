"""The message in the page: said aloud, answered, put away, and gone by itself when it is only good news."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tests.ui.painting import colours_of
from ui import theme
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

pytestmark = pytest.mark.usefixtures("look")
HOSTILE = "<img src=x><b>粘贴</b> & 列"


@pytest.fixture
def room(show):
    page = QWidget()
    QVBoxLayout(page)
    return show(page, 600, 200)


@pytest.fixture
def message(room):
    bar = InlineMessage(room)
    room.layout().addWidget(bar)
    room.layout().addStretch(1)
    return bar


def test_message_is_hidden_until_there_is_one(message):
    assert not message.isVisible()
    message.show_message(State.ERROR, "磁盘已满。")
    assert message.isVisible()
    assert (message.text(), message.state()) == ("磁盘已满。", State.ERROR)
    assert message.accessibleName() == "错误：磁盘已满。"
    assert {theme.LIGHT.error, theme.LIGHT.error_back} <= colours_of(message)


def test_message_buttons_tell_which(message, qtbot):
    message.show_message(State.ERROR, "磁盘已满。", [("retry", "重试"), ("save_as", "另存到其他位置")])
    assert [button.text() for button in message.buttons()] == ["重试", "另存到其他位置"]
    with qtbot.waitSignal(message.acted) as acted:
        qtbot.mouseClick(message.buttons()[1], Qt.MouseButton.LeftButton)
    assert acted.args == ["save_as"]
    message.show_message(State.DONE, "已导出。", [("open", "打开所在文件夹")])
    assert [button.text() for button in message.buttons()] == ["打开所在文件夹"]
    with qtbot.waitSignal(message.acted) as acted:
        qtbot.keyClick(message.buttons()[0], Qt.Key.Key_Space)
    assert acted.args == ["open"]


def test_a_button_may_bring_the_next_message(message, qtbot):
    def again(name: str) -> None:
        message.show_message(State.DONE, f"{name}：完成。")

    message.acted.connect(again)
    message.show_message(State.ERROR, "磁盘已满。", [("retry", "重试")])
    qtbot.mouseClick(message.buttons()[0], Qt.MouseButton.LeftButton)
    assert message.text() == "retry：完成。"
    assert message.buttons() == []


def test_message_can_be_put_away(message, qtbot):
    message.show_message(State.HINT, "已粘贴。", [("undo", "撤销")])
    with qtbot.waitSignal(message.closed):
        qtbot.keyClick(message.buttons()[0], Qt.Key.Key_Escape)
    assert not message.isVisible()
    assert message.text() == ""


def test_message_that_must_stay_stays(message, qtbot):
    message.show_message(State.ERROR, "尚未保存。", [("retry", "重试")], closable=False)
    with qtbot.assertNotEmitted(message.closed):
        qtbot.keyClick(message.buttons()[0], Qt.Key.Key_Escape)
    assert message.isVisible()


def test_cleared_message_tells_nobody(message, qtbot):
    message.show_message(State.HINT, "已粘贴。")
    with qtbot.assertNotEmitted(message.closed):
        message.clear()
    assert not message.isVisible()


def test_message_is_plain_text_and_wraps(message, qtbot):
    message.show_message(State.WARNING, HOSTILE)
    label = next(label for label in message.findChildren(QLabel) if label.text() == HOSTILE)
    assert label.textFormat() == Qt.TextFormat.PlainText
    low = message.heightForWidth(600)
    message.show_message(State.WARNING, "列不平，请改正。" * 20)
    assert message.heightForWidth(600) > low


def test_what_is_done_goes_by_itself_and_the_rest_stays(qtbot, look):
    message = InlineMessage()
    qtbot.addWidget(message)
    for state, actions, passing, goes in (
        (State.DONE, [], False, True),
        (State.HINT, [], True, True),
        (State.HINT, [], False, False),
        (State.ERROR, [], False, False),
        (State.WARNING, [], False, False),
        (State.DONE, [("open", "打开")], False, False),
    ):
        message.show_message(state, "已存。", actions, passing=passing)
        assert message._over.isActive() is goes, (state, actions)
    message.show_message(State.DONE, "已存。")
    message._over.timeout.emit()
    assert not message.isVisible()
    assert message.text() == ""
    message.show_message(State.DONE, "已存。")
    message._close.setFocus()
    message.activateWindow()
    qtbot.waitUntil(message._close.hasFocus)
    message._over.timeout.emit()
    assert message.isVisible(), "it is being read"
    assert message._over.isActive()
