"""A document that is only read: the same content as opening gives, or the same refusals, and never a change."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from gkdesk.errors import KnownError
from gkdesk.storage import Document, foreign
from gkdesk.storage.failures import Damaged, NewerVersion, NoReport, NotADocument, NotFound
from tests.campaigns.damage import damage, make_original

STORED = Path(__file__).parent / "documents"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "局.gkd"
    with Document.create(path, "云溪县水务局") as made:
        made.add_report(2023, "2021", {"unit.name": "云溪县水务局", "t3.new.natural": "3"}, "新建")
        made.add_report(2024, "2021", {"t3.new.natural": "4"}, "新建")
        made.set_state(2023, "review")
    return path


def read(path):
    return foreign.ReadDocument.of(path, foreign.read(b"", str(path)))


def change(path, sql):
    with sqlite3.connect(path) as conn:
        conn.execute(sql)
    conn.close()


def same(found, opened):
    assert found.years() == opened.years()
    for year in opened.years():
        assert found.format_of(year) == opened.format_of(year)
        assert found.entries(year) == opened.entries(year)
        assert found.state_of(year) == opened.state_of(year)


def test_what_is_read_is_what_opening_gives(document):
    found = read(document)
    with Document.open(document) as opened:
        same(found, opened)
    assert found.state_of(2023) == "review"
    with pytest.raises(NoReport):
        found.entries(2022)


@pytest.mark.parametrize("path", sorted(STORED.glob("*.gkd")), ids=lambda path: path.stem)
def test_documents_of_older_versions(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    found = read(copy)
    assert copy.read_bytes() == path.read_bytes()
    with Document.open(copy) as opened:
        same(found, opened)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("PRAGMA application_id = 7", NotADocument),
        ("PRAGMA user_version = 999", NewerVersion),
        ("PRAGMA user_version = 0", Damaged),
        ("CREATE VIEW a AS SELECT 1", Damaged),
        ("CREATE TRIGGER a AFTER INSERT ON entry BEGIN SELECT 1; END", Damaged),
        ("CREATE TABLE a (b)", Damaged),
        ("CREATE INDEX a ON entry (value)", Damaged),
        ("ALTER TABLE entry ADD COLUMN more TEXT", Damaged),
        ("UPDATE entry SET value = '999' WHERE year = 2024", Damaged),
        ("UPDATE entry SET value = x'ff' WHERE year = 2024", Damaged),
        ("UPDATE entry SET value = CAST(x'ff' AS TEXT) WHERE year = 2024", Damaged),
        ("UPDATE entry SET value = hex(zeroblob(11000000)) WHERE year = 2024", Damaged),
    ],
)
def test_what_opening_refuses(document, sql, kind):
    change(document, sql)
    with pytest.raises(kind) as caught:
        read(document)
    assert str(document) in str(caught.value)


def test_other_files(tmp_path, monkeypatch):
    path = tmp_path / "a.gkd"
    with pytest.raises(NotFound):
        read(path)
    for content in (b"", b"hello", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(5000)):
        path.write_bytes(content)
        with pytest.raises((NotADocument, Damaged)):
            read(path)
    monkeypatch.setattr(foreign, "MOST_BYTES", 10)
    with pytest.raises(NotADocument):
        read(path)


def test_endless_work_is_stopped(document, monkeypatch):
    monkeypatch.setattr(foreign, "_SECONDS", -1)
    with Document.create(document.with_name("b.gkd"), "局") as made:
        made.add_report(2024, "2021", {f"text.{number}": "字" * 100 for number in range(5_000)}, "新建")
    with pytest.raises(Damaged):
        read(document.with_name("b.gkd"))


@pytest.mark.parametrize("answer", [None, 1, ["a"], [[2024, "2021", None, ""]], [["x", "2021", {}, ""]]])
def test_an_answer_that_makes_no_sense(answer):
    with pytest.raises(Damaged):
        foreign.ReadDocument.of(Path("a.gkd"), answer)


def test_what_lies_beside_a_document_that_is_not_at_rest(document):
    assert foreign.is_at_rest(document)
    with Document.open(document) as opened:
        opened.commit(2024, {"t3.new.natural": "5"}, "a")
        assert not foreign.is_at_rest(document)
    assert foreign.is_at_rest(document)


def test_damaged_documents_are_read_as_they_were_or_refused(tmp_path):
    seed = random.randrange(2**32)
    original, journal, known = make_original(tmp_path)
    read_well = 0
    for number in range(seed, seed + 150):
        place = tmp_path / str(number)
        place.mkdir()
        damage(random.Random(number), original, journal, place / "a.gkd")
        if not foreign.is_at_rest(place / "a.gkd"):
            continue
        try:
            found = read(place / "a.gkd")
        except KnownError as error:
            assert "a.gkd" in str(error)  # noqa: PT017
            continue
        assert {year: found.entries(year) for year in found.years()} in known, number
        read_well += 1
    assert read_well
