"""Old contents, named versions, and the way of a report to 定稿."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from gkdesk.storage import Document
from gkdesk.storage.content import applied, patch_to
from gkdesk.storage.failures import Damaged, IsFinal, NoReport, NoRevision, ReasonNeeded
from tests.campaigns.folder import fast_folder
from tests.campaigns.size import campaign

LONG = "全年共收到政府信息公开申请，均按期答复。" * 40


def test_every_content_comes_back(closed):
    contents = {}
    with Document.open(closed) as document:
        for key, value in [
            ("text.overview", LONG),
            ("text.overview", LONG[:300] + "新增" + LONG[300:]),
            ("t3.new.natural", "15"),
            ("text.overview", LONG[:100]),
            ("text.overview", None),
            ("text.overview", ""),
            ("t3.new.natural", None),
        ]:
            number = document.commit(2024, {key: value}, "输入")
            contents[number] = document.entries(2024)
    with Document.open(closed) as document:
        for number, content in contents.items():
            assert document.entries_after(2024, number) == content
        for revision in document.revisions(2024)[:-1]:
            assert (
                applied(contents.get(revision.number - 1, {}), revision.after).items()
                >= {key: text for key, text in revision.after.items() if text is not None}.items()
            )
            assert revision.format_id == "2021"


def test_restoring_is_one_patch(document):
    number = document.revisions(2024)[0].number
    then = document.entries(2024)
    document.commit(2024, {"t3.new.natural": None, "text.overview": LONG, "a": "1"}, "输入")
    patch = patch_to(document.entries(2024), document.entries_after(2024, number))
    assert patch == {"t3.new.natural": "12", "text.overview": then["text.overview"], "a": None}
    document.commit(2024, patch, "恢复")
    assert document.entries(2024) == then
    assert patch_to(then, then) == {}


def test_history_goes_on_over_a_removal(document):
    first = document.revisions(2024)[0].number
    then = document.entries(2024)
    document.remove_report(2024, "删除")
    assert document.entries_after(2024, first) == then
    removal = document.revisions(2024)[0]
    with pytest.raises(NoRevision):
        document.entries_after(2024, removal.number)
    document.add_report(2024, "2019", {"a": "1"}, "再建")
    assert document.entries_after(2024, first) == then
    assert [revision.format_id for revision in document.revisions(2024)] == ["2019", "2021", "2021"]


def test_no_such_revision(document):
    document.add_report(2025, "2021", {}, "新建")
    of_2025 = document.revisions(2025)[0].number
    for number in (0, -1, 99, of_2025):
        with pytest.raises(NoRevision, match=f"没有第 {number} 次"):
            document.entries_after(2024, number)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET change = 'x' WHERE id = 2",
        """UPDATE revision SET change = '{"t3.new.natural":["12","16"]}' WHERE id = 2""",
        """UPDATE revision SET change = '{"t3.new.natural":["11","15"]}' WHERE id = 2""",
        "UPDATE revision SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE id = 1",
        "UPDATE revision SET format = '2019' WHERE id = 1",
        "DELETE FROM revision WHERE id = 2",
    ],
)
def test_a_damaged_history_is_noticed(closed, statement):
    with Document.open(closed) as document:
        document.commit(2024, {"t3.new.natural": "15"}, "输入")
        document.commit(2024, {"t3.new.natural": "16"}, "输入")
    with closing(sqlite3.connect(closed)) as conn, conn:
        conn.execute(statement)
    with Document.open(closed) as document:
        assert document.entries(2024)["t3.new.natural"] == "16"
        with pytest.raises(Damaged, match="次修改的记录错误"):
            document.entries_after(2024, 1)


def test_versions_have_names(closed):
    with Document.open(closed) as document:
        first = document.revisions(2024)[0].number
        document.commit(2024, {"t3.new.natural": "15"}, "输入")
        newest = document.name_version(2024, "送领导前")
        oldest = document.name_version(2024, "初稿\ud800", first)
        assert (newest.revision, newest.name) == (first + 1, "送领导前")
        with pytest.raises(NoRevision):
            document.name_version(2024, "没有", 99)
        with pytest.raises(NoReport):
            document.name_version(2020, "没有")
    with Document.open(closed) as document:
        assert document.versions(2024) == [newest, oldest]
        assert oldest.name == "初稿?"
        assert document.versions(2020) == []


def test_a_final_report_does_not_change(closed):
    with Document.open(closed) as document:
        before = document.entries(2024), document.revisions(2024)
        document.set_state(2024, "review")
        document.set_state(2024, "final")
        for change in (
            lambda: document.commit(2024, {"t3.new.natural": "15"}, "输入"),
            lambda: document.remove_report(2024, "删除"),
        ):
            with pytest.raises(IsFinal, match="2024 年年报已定稿"):
                change()
        with pytest.raises(ReasonNeeded, match="写明原因"):
            document.set_state(2024, "filling", " ")
        with pytest.raises(ValueError, match="done"):
            document.set_state(2024, "done")
    with Document.open(closed) as document:
        assert (document.entries(2024), document.revisions(2024)) == before
        document.set_state(2024, "filling", "领导要求改表三")
        number = document.commit(2024, {"t3.new.natural": "15"}, "输入")
        document.set_state(2024, "review")
        kept = document.states(2024)
        assert [(each.state, each.reason, each.revision) for each in kept] == [
            ("filling", "", number - 1),
            ("review", "", number - 1),
            ("final", "", number - 1),
            ("filling", "领导要求改表三", number - 1),
            ("review", "", number),
        ]


def test_history_stays_small():
    """A twentieth of the campaign, in its twentieth of the room."""
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
        outcome = campaign(Path(folder) / "a.gkd", 1000, seed=1)
    assert outcome.same
    assert outcome.megabytes < 0.5


def test_a_page_goes_on_where_the_one_before_ended(document):
    contents = {}
    for n in range(23):
        number = document.commit(2024, {"t3.new.natural": str(n), "text.overview": LONG[n:]}, f"第 {n} 次")
        contents[number] = document.entries(2024)
        if n % 5 == 0:
            document.set_state(2024, "review")
    everything = document.revisions(2024)
    found, mark, pages = [], None, 0
    while True:
        page = document.history_page(2024, 7, mark)
        assert page.older == len(everything) - len(found) - len(page.revisions)
        found += page.revisions
        pages += 1
        document.commit(2024, {"a": str(pages)}, "后来")  # a mark stays good
        if page.next is None:
            break
        mark = page.next
        for number, content in contents.items():
            if number < mark.below:
                assert document.moment(2024, number, mark).entries == content
            else:
                with pytest.raises(NoRevision):
                    document.moment(2024, number, mark)
    assert found == everything
    assert pages == 4
    assert document.moment(2024, 5).revision in everything


def test_a_page_of_nothing(document):
    page = document.history_page(2023, 7)
    assert (page.revisions, page.next, page.older) == ([], None, 0)
