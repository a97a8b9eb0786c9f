"""Work off the interface thread, and the end of the program in the middle of it."""

import pytest
from PySide6.QtCore import QObject

from ui.exporting import ExportJob
from ui.printed_copy import PrintedCopy
from ui.tasks import Background


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


def test_the_answer_comes_back_on_the_interface_thread(background, qtbot):
    parent = QObject()
    task = background.run(parent, lambda: 7)
    with qtbot.waitSignal(task.done) as told:
        pass
    assert told.args == [7]


def test_closing_between_two_files_begins_no_other_and_is_no_fault(
    window, report_file, qtbot, qapp, tmp_path
):
    window.desk.open_path(report_file())
    copy = PrintedCopy.of(window.wizard.editing, window._settings, "review")
    job = ExportJob(copy, ["json", "html"], tmp_path / "out", window._settings, window.background, window)
    (tmp_path / "out").mkdir()
    job.start()
    # the first file is finished while the window waits for it; its answer comes after the end
    window.close()
    qapp.processEvents()
    assert len(list((tmp_path / "out").iterdir())) == 1
