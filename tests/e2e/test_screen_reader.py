"""A clerk who does not see the screen fills in a cell, hears what is wrong, and exports the report."""

from __future__ import annotations

import pytest

from gkdesk import paths
from gkdesk.report import report_json
from tests.e2e import screen_reader

pytestmark = pytest.mark.e2e


@pytest.fixture
def bus():
    if screen_reader.missing():
        pytest.skip(f"needs {screen_reader.missing()}")
    made = screen_reader.Bus()
    yield made
    made.close()


@pytest.fixture
def variables(bus):
    return {"DBUS_SESSION_BUS_ADDRESS": bus.address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@pytest.fixture
def reader(screen):
    made = screen_reader.ScreenReader(screen.environment)
    yield made
    made.close()


def test_a_figure_its_problem_and_the_export_are_heard(screen, reader, data_folder, tmp_path):
    data_folder.mkdir()
    (data_folder / "settings.ini").write_text(f"[General]\nexport_folder={tmp_path}\n", encoding="utf-8")
    path = paths.resources() / "samples" / "sample-2021.json"
    sample = report_json.read_file(path)
    screen.start("gui", str(path))
    screen.keys("ctrl+5")
    reader.hears("table", "表三")
    screen.keys("Down")
    reader.hears(
        "table cell", "二、上年结转政府信息公开申请数量", "自然人", str(sample.cells["t3.carried_in.natural"])
    )
    screen.write("9")
    reader.hears("text", "二、上年结转政府信息公开申请数量", "自然人", "9")
    screen.keys("Return")
    reader.hears("table cell", "（一）予以公开", "自然人")
    # the figure that was typed and what it broke, not what stood there before
    screen.keys("Up")
    reader.hears("table cell", "二、上年结转政府信息公开申请数量", "自然人；9；", "第一项", "相差 5")
    screen.keys("ctrl+p")
    reader.hears("push button", "导出")
    reader.press("导出")
    reader.hears("push button", "导出")  # the focus is back from 取消
    reader.hears("filler", "已导出到", ".pdf", what="announcement")
    assert list(tmp_path.glob("*.pdf"))
    assert screen.quit() == 0
