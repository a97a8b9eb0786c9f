"""Reading what somebody else has open, without disturbing them."""

from __future__ import annotations

import pytest

from gkdesk.storage import Document
from gkdesk.storage.failures import Damaged, Locked, NotFound, ReadOnlyCopy

TYPE = """
import sys, time
from gkdesk.storage import Document
with Document.open(sys.argv[1]) as document:
    print("open", flush=True)
    number = 0
    while sys.argv[2] == "typing" or not number:
        number += 1
        document.commit(2024, {"t3.new.natural": str(number), "text.overview": "长" * (number * 37 % 9000)}, "输入")
        if number == 1:
            print("typed", flush=True)
        time.sleep(0.02)  # nobody types without a pause; without one a reader may meet a transaction at every try
    sys.stdin.readline()
"""


@pytest.fixture(params=["resting", "typing"])
def other(request, closed, python):
    process = python(TYPE, closed, request.param)
    assert process.stdout.readline() == "open\n"
    assert process.stdout.readline() == "typed\n"
    return process


def test_a_copy_while_another_program_has_it(other, closed, data_folder):
    with pytest.raises(Locked):
        Document.open(closed)
    for _ in range(5):
        with Document.open_copy(closed) as copy:
            assert copy.read_only
            assert copy.path.name == closed.name
            number = int(copy.entries(2024)["t3.new.natural"])
            assert copy.entries(2024)["text.overview"] == "长" * (number * 37 % 9000)
            assert copy.revisions(2024)[-1].name == "新建"
            for change in (
                lambda: copy.commit(2024, {"a": "1"}, "输入"),
                lambda: copy.set_state(2024, "review"),
                lambda: copy.add_report(2025, "2021", {}, "新建"),
            ):
                with pytest.raises(ReadOnlyCopy, match="只读副本"):
                    change()
        assert list((data_folder / "copies").iterdir()) == []
    assert other.poll() is None
    with pytest.raises(Locked):
        Document.open(closed)


def test_not_in_the_process_that_has_it(document, path):
    with pytest.raises(Locked):
        Document.open_copy(path)
    document.commit(2024, {"a": "1"}, "输入")
    document.close()
    with Document.open_copy(path) as copy:
        assert copy.entries(2024)["a"] == "1"


def test_what_is_no_document(closed, data_folder, monkeypatch):
    monkeypatch.setattr("gkdesk.storage.borrowing.PAUSE", 0)
    with pytest.raises(NotFound):
        Document.open_copy(closed.with_name("no.gkd"))
    closed.write_bytes(closed.read_bytes()[:-4096])
    with pytest.raises(Damaged):
        Document.open_copy(closed)
    assert list((data_folder / "copies").iterdir()) == []
