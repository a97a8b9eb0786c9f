"""Creating, committing and reading back."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from gkdesk.storage import Document, content_hash
from gkdesk.storage.failures import (
    AlreadyExists,
    Damaged,
    NoFolder,
    NoReport,
    NotWritable,
    ReportExists,
    StorageError,
    Unstorable,
)


def test_a_new_document_is_empty_private_and_alone(path):
    with Document.create(path, "某某市统计局") as made:
        assert (made.unit_name(), made.years(), made.path) == ("某某市统计局", [], path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_nothing_is_overwritten(closed):
    before = closed.read_bytes()
    with pytest.raises(AlreadyExists, match="已经存在"):
        Document.create(closed, "别的单位")
    assert closed.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NoFolder, match="不存在") as caught:
        Document.create(tmp_path / "没有" / "a.gkd", "某单位")
    assert str(tmp_path / "没有") in str(caught.value)


def test_a_failed_creation_leaves_nothing(path, monkeypatch):
    monkeypatch.setattr("gkdesk.storage.owner.leave", refuse)
    with pytest.raises(NotWritable):
        Document.create(path, "某单位")
    assert list(path.parent.iterdir()) == []


def refuse(*_arguments):
    raise PermissionError(13, "Permission denied")


def test_what_is_committed_is_there_after_reopening(closed):
    with Document.open(closed) as document:
        first = document.commit(2024, {"t3.new.natural": "15", "t3.new.business": "3"}, "输入")
        second = document.commit(2024, {"text.overview": None, "没有的": None}, "清除")
        assert second == first + 1
        expected = {"unit.name": "某某市统计局", "t3.new.natural": "15", "t3.new.business": "3"}
        assert document.entries(2024) == expected
    with Document.open(closed) as document:
        assert document.entries(2024) == expected
        assert (document.years(), document.format_of(2024)) == ([2024], "2021")
        assert document.content_hash(2024) == content_hash("2021", 2024, expected)


def test_every_commit_is_a_revision(document):
    at = datetime(2025, 1, 20, 6, 32, 5, 999, tzinfo=UTC)
    number = document.commit(2024, {"t3.new.natural": "十二", "text.overview": None, "new": "1"}, "改", at)
    newest, oldest = document.revisions(2024)
    assert (newest.number, newest.year, newest.name, newest.time) == (
        number,
        2024,
        "改",
        "2025-01-20T06:32:05+00:00",
    )
    assert newest.before == {
        "t3.new.natural": "12",
        "text.overview": "第一行\n第二行“引号”",
        "new": None,
    }
    assert newest.after == {"t3.new.natural": "十二", "text.overview": None, "new": "1"}
    assert newest.sha256 == document.content_hash(2024)
    assert oldest.name == "新建"
    assert set(oldest.before.values()) == {None}
    assert document.revisions(2024, limit=1) == [newest]
    assert document.revisions(2023) == []


def test_where_a_report_was_read_from_is_known(document):
    document.add_report(2023, "2021", {}, "读入", "读入“2023年报.docx”")
    assert [(state.state, state.reason) for state in document.states(2023)] == [
        ("filling", "读入“2023年报.docx”")
    ]
    assert [state.reason for state in document.states(2024)] == [""]


def test_years_are_apart(document):
    document.add_report(2025, "2021", {}, "新建")
    document.commit(2025, {"t3.new.natural": "99"}, "输入")
    assert document.years() == [2024, 2025]
    assert document.entries(2024)["t3.new.natural"] == "12"
    assert [revision.year for revision in document.revisions(2025)] == [2025, 2025]
    with pytest.raises(ReportExists, match="已有 2025"):
        document.add_report(2025, "2019", {}, "新建")
    with pytest.raises(NoReport, match="没有 2020"):
        document.commit(2020, {}, "输入")


def test_a_removed_report_keeps_its_history(closed):
    with Document.open(closed) as document:
        before = document.entries(2024)
        document.remove_report(2024, "删除")
        assert document.years() == []
    with Document.open(closed) as document:
        with pytest.raises(NoReport):
            document.entries(2024)
        last = document.revisions(2024)[0]
        assert (last.before, set(last.after.values()), last.sha256) == (before, {None}, "")
        document.add_report(2024, "2019", {"a": "1"}, "再建")
    with Document.open(closed) as document:
        assert (document.entries(2024), document.format_of(2024)) == ({"a": "1"}, "2019")


def test_a_removed_report_comes_back_as_it_was(closed):
    with Document.open(closed) as document:
        document.add_report(2023, "2021", {"text.overview": "甲"}, "读入", "读入“2023.docx”")
        document.set_state(2023, "review")
        number = document.commit(2023, {"text.overview": "乙"}, "输入")
        document.name_version(2023, "送审稿")
    with closing(sqlite3.connect(closed)) as conn, conn:
        conn.execute("UPDATE report SET created = '2020-01-01T00:00:00+08:00' WHERE year = 2023")
        conn.execute("UPDATE revision SET time = '2020-01-01T00:00:00+08:00' WHERE year = 2023 AND id < 4")
        tables = ("report", "entry", "state", "version")
        before = [conn.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    with Document.open(closed) as document:
        kept = document.revisions(2023)
        assert document.removed_years() == []
        document.remove_report(2023, "移除")
        assert document.removed_years() == [2023]
    with Document.open(closed) as document:
        back = document.bring_back(2023, "找回")
        assert (document.entries(2023), document.state_of(2023)) == ({"text.overview": "乙"}, "review")
        assert document.removed_years() == []
        assert document.entries_after(2023, back) == document.entries_after(2023, number)
        names = [revision.name for revision in document.revisions(2023)]
        assert names == ["找回", "移除", "输入", "读入"]
        assert document.revisions(2023)[2:] == kept
        document.commit(2023, {"text.overview": "丙"}, "输入")
        document.commit(2023, {"text.overview": "乙"}, "输入")
    with Document.open(closed) as document:
        assert document.entries(2023) == {"text.overview": "乙"}
    with closing(sqlite3.connect(closed)) as conn:
        after = [conn.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    assert list(map(sorted, after)) == list(map(sorted, before))


def test_only_what_was_removed_comes_back(closed):
    with Document.open(closed) as document:
        with pytest.raises(ReportExists):
            document.bring_back(2024, "找回")
        with pytest.raises(NoReport, match="没有 2020"):
            document.bring_back(2020, "找回")
        document.commit(2024, {"a": "1"}, "输入")
        document.remove_report(2024, "移除")
        last = document.revisions(2024)[1].number
    with closing(sqlite3.connect(closed)) as conn, conn:
        conn.execute(
            "UPDATE revision SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE id = ?", [last]
        )
    with Document.open(closed) as document:
        with pytest.raises(Damaged):
            document.bring_back(2024, "找回")
        assert document.years() == []


def test_states_are_kept(closed):
    with Document.open(closed) as document:
        assert document.state_of(2024) == "filling"
        document.set_state(2024, "review")
        document.set_state(2024, "final", "领导已签")
    with Document.open(closed) as document:
        assert document.state_of(2024) == "final"
        document.set_state(2024, "filling", "数字有误")
        document.remove_report(2024, "删除")
        document.add_report(2024, "2021", {}, "新建")
        assert document.state_of(2024) == "filling"
        with pytest.raises(NoReport):
            document.set_state(2020, "final")


def test_entries_handed_out_are_the_callers_own(document):
    document.entries(2024)["t3.new.natural"] = "0"
    assert document.entries(2024)["t3.new.natural"] == "12"


@pytest.mark.parametrize("patch", [{"a": "\ud800"}, {"\udfff": "1"}])
def test_characters_without_a_form_are_refused(document, patch):
    before = document.revisions(2024)
    with pytest.raises(Unstorable):
        document.commit(2024, patch, "粘贴")
    assert document.revisions(2024) == before


@pytest.mark.parametrize("patch", [{"a": 1}, {2: "1"}])
def test_only_text_is_stored(document, patch):
    with pytest.raises(TypeError):
        document.commit(2024, patch, "输入")


def test_odd_texts_come_back_as_they_were(closed):
    odd = {
        "a": "",
        "b": "\x00零\x00",
        "c": "𠮷\u200b\r\n\t",
        "d": "'\"; DROP TABLE entry; --",
        "e": "0012.50",
    }
    with Document.open(closed) as document:
        document.commit(2024, odd, "粘贴\ud800")
    with Document.open(closed) as document:
        assert odd.items() <= document.entries(2024).items()
        assert document.revisions(2024, 1)[0].name == "粘贴?"


def test_a_failed_commit_changes_nothing(closed):
    with Document.open(closed) as document:
        before, number = document.entries(2024), document.revisions(2024)[0].number
        document._conn.execute("PRAGMA max_page_count = 1")  # no less than it has already: full from now on
        with pytest.raises(StorageError, match="磁盘已满"):
            document.commit(2024, {"text.overview": "长" * 50_000}, "输入")
        assert document.entries(2024) == before
        document._conn.execute("PRAGMA max_page_count = 100000")
        assert document.commit(2024, {"text.overview": "长" * 50_000}, "输入") == number + 1
    with Document.open(closed) as document:
        assert document.entries(2024)["text.overview"] == "长" * 50_000


def test_the_modes_are_those_that_lose_nothing(document):
    modes = {
        name: document._conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "locking_mode", "trusted_schema", "cell_size_check")
    }
    assert modes == {
        "journal_mode": "truncate",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "trusted_schema": 0,
        "cell_size_check": 1,
    }


def test_opening_and_typing_do_without_slow_imports(closed):
    code = (
        "import sys, gkdesk.storage\n"
        "assert 'sqlite3' not in sys.modules\n"
        "with gkdesk.storage.Document.open(sys.argv[1]) as document:\n"
        "    document.commit(2024, {'a': '1'}, '输入')\n"
        "assert 'sqlite_utils' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(closed)], check=True)


def test_the_units_own_day_is_kept_with_the_document_and_in_what_memory_holds(closed):
    with Document.open(closed) as document:
        assert document.due() == ""
        revisions = len(document.revisions(2024))
        document.set_due("01-20")
        assert document.in_memory().meta["due"] == "01-20"
        assert len(document.revisions(2024)) == revisions
    with Document.open(closed) as document:
        assert document.due() == "01-20"
        document.set_due("")
        assert document.due() == ""
