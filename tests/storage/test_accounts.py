"""Two accounts of one computer: neither overwrites the other, and each is told plainly why not."""

from __future__ import annotations

import os
import stat

import pytest

from gkdesk.storage import Document, owner
from tests.storage.accounts import FIRST, SECOND, common_folder, needed, run_as
from tests.storage.conftest import ENTRIES

pytestmark = needed

HOLD = """
document = Document.open(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
document.commit(2024, {"a": "first"}, "甲")
document.close()
print("closed", flush=True)
"""
WRITE = """
with Document.open(sys.argv[1]) as document:
    document.commit(2024, {"a": "second"}, "乙")
    print("written", flush=True)
"""
READ = """
with Document.open_copy(sys.argv[1]) as document:
    print(document.entries(2024)["unit.name"], flush=True)
"""


@pytest.fixture
def folder():
    with common_folder() as place:
        yield place


@pytest.fixture
def shared(folder):
    """A document of the first account in that folder; its mode is as asked, as shares and old discs set it."""

    def make(mode):
        path = folder / "某局.gkd"
        with Document.create(path, "某局") as document:
            document.add_report(2024, "2021", ENTRIES, "新建")
        os.chown(path, FIRST, FIRST)
        path.chmod(mode)
        return path

    return make


def answer(process):
    return process.stdout.readline().rstrip("\n")


def written(path):
    with Document.open(path) as document:
        return document.entries(2024).get("a")


def test_what_one_has_open_the_other_cannot_write(shared, python):
    path = shared(0o666)
    first = run_as(python, FIRST, HOLD, path)
    assert answer(first) == "open"
    record = owner.read(path)
    assert record.pid == first.pid
    second = run_as(python, SECOND, WRITE, path)
    kind, _, words = answer(second).partition(" ")
    assert kind == "Locked"
    for word in (path.name, record.user, "本机用户", record.since_short):
        assert word in words
    assert record.user != owner.user_name(), "the account itself, not what the environment says"
    first.stdin.write("\n")
    first.stdin.flush()
    assert answer(first) == "closed"
    assert written(path) == "first"
    assert answer(run_as(python, SECOND, WRITE, path)) == "written"
    assert written(path) == "second"


def test_the_other_may_read_a_copy(shared, python, folder):
    path = shared(0o644)
    first = run_as(python, FIRST, HOLD, path)
    assert answer(first) == "open"
    data = folder / "data"
    second = run_as(python, SECOND, READ, path, env=os.environ | {"GKDESK_DATA": str(data)})
    assert answer(second) == "某某市统计局"
    second.wait()
    assert not list((data / "copies").iterdir())
    first.stdin.write("\n")
    first.stdin.flush()
    assert answer(first) == "closed"


def test_a_document_that_others_may_only_read(shared, python):
    path = shared(0o644)
    kind, _, words = answer(run_as(python, SECOND, WRITE, path)).partition(" ")
    assert (kind, "没有权限" in words) == ("NotWritable", True)
    assert written(path) is None


@pytest.mark.parametrize("held", [False, True])
def test_a_private_document_is_nobody_elses(shared, python, held):
    """As documents are made: the other account cannot even read it. The record beside it tells who has it open."""
    path = shared(0o600)
    before = path.read_bytes()
    if held:
        first = run_as(python, FIRST, HOLD, path)
        assert answer(first) == "open"
    for code in (WRITE, READ):
        kind, _, words = answer(run_as(python, SECOND, code, path)).partition(" ")
        assert kind == "NoAccess"
        assert path.name in words
        assert "权限" in words
        assert "U 盘" not in words
    assert held or path.read_bytes() == before


def test_a_private_folder(folder, python):
    inner = folder / "private"
    inner.mkdir(0o700)
    os.chown(inner, FIRST, FIRST)
    kind, _, words = answer(run_as(python, SECOND, WRITE, inner / "a.gkd")).partition(" ")
    assert (kind, "权限" in words) == ("NoAccess", True)


def test_a_folder_in_which_the_other_may_not_write(shared, python, folder):
    path = shared(0o666)
    folder.chmod(0o755)
    kind, _, words = answer(run_as(python, SECOND, WRITE, path)).partition(" ")
    assert (kind, "没有权限" in words) == ("NotWritable", True)
    assert written(path) is None


@pytest.mark.parametrize("sticky", [False, True])
def test_what_a_killed_program_of_one_leaves_is_not_in_the_others_way(shared, python, folder, sticky):
    if sticky:
        folder.chmod(0o1777)  # nobody may replace the other's record there
    path = shared(0o666)
    first = run_as(python, FIRST, HOLD, path)
    assert answer(first) == "open"
    first.kill()
    first.wait()
    assert answer(run_as(python, SECOND, WRITE, path)) == "written"
    assert written(path) == "second"


def test_documents_are_made_for_their_owner_alone(document, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
