"""Damaged documents: set aside untouched, read as far as possible, with what is doubtful and the newest good backup."""

# ruff: noqa: DTZ001, DTZ005 (the names of files hold the computer's clock)
from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from gkdesk.storage import Document, backups
from gkdesk.storage.failures import Locked, NewerVersion, NotDamaged, NotFound
from gkdesk.storage.recovery import Doubt, recover
from tests.campaigns.damage import damage, make_original

LONG = "全年共收到政府信息公开申请，均按期答复。" * 200


@pytest.fixture
def edited(closed):
    """A closed document with some history in two years, and what is in it."""
    with Document.open(closed) as document:
        document.add_report(2025, "2021", {"unit.name": "某某市统计局"}, "新建")
        for number in range(40):
            document.commit(2025, {"text.overview": LONG[number:], f"t3.new.{number}": str(number)}, "输入")
        document.commit(2024, {"t3.new.natural": "15"}, "输入")
        return closed, {year: document.entries(year) for year in document.years()}


def change(path, *statements):
    with closing(sqlite3.connect(path)) as conn, conn:
        for statement in statements:
            conn.execute(statement)


def contents(path):
    with Document.open(path) as document:
        return {year: document.entries(year) for year in document.years()}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET value = '99' WHERE key = 't3.new.7'",
        "DELETE FROM entry",
        "DROP TABLE entry",
        "DROP TABLE report",
        "DROP TABLE state",
        "DELETE FROM meta",
        "UPDATE revision SET change = 'x' WHERE id = 5",
        "CREATE TABLE more (a)",
        "UPDATE entry SET value = x'00' WHERE key = 't3.new.7'",
    ],
)
def test_what_one_of_two_readings_still_has_is_certain(edited, statement):
    path, before = edited
    change(path, statement, "CREATE VIEW hurt AS SELECT 1")
    found = recover(path)
    assert (found.salvaged, found.years, found.doubtful) == (path, (2024, 2025), ())
    assert contents(path) == before


def test_the_damaged_file_is_kept_as_it_is(edited):
    path, _before = edited
    change(path, "UPDATE entry SET value = '99' WHERE key = 't3.new.7'")
    damaged = path.read_bytes()
    day = f"{datetime.now():%Y-%m-%d}"
    found = recover(path)
    assert found.aside == path.with_name(f"{path.stem}.损坏-{day}.gkd")
    assert found.aside.read_bytes() == damaged
    change(path, "DELETE FROM entry")
    again = recover(path)
    assert again.aside == path.with_name(f"{path.stem}.损坏-{day}-2.gkd")
    assert found.aside.read_bytes() == damaged


def test_what_is_doubtful_is_listed(edited):
    path, before = edited
    change(
        path,
        "UPDATE entry SET value = '99' WHERE key = 't3.new.7'",
        "DELETE FROM entry WHERE key = 't3.new.8'",
        "UPDATE revision SET sha256 = 'x' WHERE year = 2025",
    )
    found = recover(path)
    assert found.doubtful == (Doubt(2025, "t3.new.7", "99", "7"), Doubt(2025, "t3.new.8", "8", None))
    assert contents(path)[2024] == before[2024]
    assert contents(path)[2025] == before[2025] | {"t3.new.7": "99"}


def test_a_doubtful_final_report_is_opened_again(edited):
    path, _before = edited
    with Document.open(path) as document:
        document.set_state(2024, "final")
        document.set_state(2025, "final")
    change(path, "DELETE FROM revision WHERE year = 2025")
    found = recover(path)
    assert {doubt.year for doubt in found.doubtful} == {2025}
    with Document.open(path) as document:
        assert (document.state_of(2024), document.state_of(2025)) == ("final", "filling")
        assert document.entries(2024)["t3.new.natural"] == "15"


def test_the_newest_good_backup_is_offered(edited, tmp_path):
    path, before = edited
    with Document.open(path) as document:
        folder = backups.default_folder(document.document_id)
        good = document.back_up_to(folder, datetime(2025, 6, 1))
        spoiled = document.back_up_to(folder, datetime(2025, 6, 2))
    spoiled.path.write_bytes(spoiled.path.read_bytes()[:-4096])
    path.write_bytes(b"\0" * 50_000)
    found = recover(path)
    assert (found.salvaged, found.years, found.doubtful, found.backup) == (None, (), (), good)
    assert not path.exists()
    assert found.aside.read_bytes() == b"\0" * 50_000
    backups.restore(found.backup.path, path)
    assert contents(path) == before


def test_pages_that_cannot_be_read(edited):
    path, before = edited
    content = bytearray(path.read_bytes())
    content[-3 * 4096 : -4096] = b"\xa5" * 8192
    path.write_bytes(content)
    found = recover(path)
    assert found.salvaged == path
    doubtful = {(doubt.year, doubt.key) for doubt in found.doubtful}
    for year, entries in contents(path).items():
        assert all(before[year][key] == text for key, text in entries.items() if (year, key) not in doubtful)


def test_what_is_not_damaged_is_left_alone(edited, tmp_path):
    path, _before = edited
    content = path.read_bytes()
    with pytest.raises(NotDamaged):
        recover(path)
    with Document.open(path), pytest.raises(Locked):
        recover(path)
    with pytest.raises(NotFound):
        recover(tmp_path / "no.gkd")
    assert path.read_bytes() == content
    change(path, "PRAGMA user_version = 99")
    with pytest.raises(NewerVersion):
        recover(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_damage_of_every_kind(tmp_path):
    """Whatever the damage: no error but known ones, the file is kept, and nothing certain is wrong."""
    original, journal, known = make_original(tmp_path)
    recovered = 0
    for seed in range(150):
        place = tmp_path / str(seed)
        place.mkdir()
        path = place / "a.gkd"
        damage(random.Random(seed), original, journal, path)
        damaged = path.read_bytes()
        try:
            found = recover(path)
        except (NotDamaged, NotFound, NewerVersion):
            continue
        except Exception as error:  # noqa: BLE001
            pytest.fail(f"{seed}: {error!r}")
        # A journal has been rolled back by the attempt to open, as it must be.
        assert found.aside.read_bytes() == damaged or found.aside.name.startswith("a.")
        if found.salvaged:
            recovered += 1
            doubtful = {(doubt.year, doubt.key) for doubt in found.doubtful}
            for year, entries in contents(path).items():
                certain = {key: text for key, text in entries.items() if (year, key) not in doubtful}
                assert any(certain.items() <= old.get(year, {}).items() for old in known), seed
    assert recovered > 50
