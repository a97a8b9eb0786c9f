"""The faults that mutation testing puts into code."""

from __future__ import annotations

from tests.campaigns.faults import explained, mutants, stale

SOURCE = """
LIMIT = 5


class Shelf:
    @property
    def full(self) -> bool:
        \"\"\"Whether there is no room.\"\"\"
        return len(self.books) >= LIMIT and not self.open


def read(books):
    for book in books:
        if not book:
            continue
        books.remove(book.strip(" ."))
    return _("没有书") if not books else [book for book in books if book != "甲"]
"""

CHOICE = "_('没有书') if not books else [book for book in books if book != '甲']"


def test_faults(tmp_path, monkeypatch):
    path = tmp_path / "shelf.py"
    path.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr("tests.campaigns.faults.ROOT", tmp_path)
    found = [
        (place.removeprefix("shelf.py:"), was, now)
        for place, was, now in (each.record for each in mutants(path))
    ]
    assert found == [
        ("9", "return len(self.books) >= LIMIT and (not self.open)", "return None"),
        ("9", "len(self.books) >= LIMIT and (not self.open)", "len(self.books) >= LIMIT or not self.open"),
        ("9", "len(self.books) >= LIMIT", "len(self.books) > LIMIT"),
        ("9", "not self.open", "self.open"),
        ("14", "if not book:\n    continue", "if True:\n    continue"),
        ("14", "if not book:\n    continue", "if False:\n    continue"),
        ("14", "not book", "book"),
        ("15", "continue", "break"),
        ("16", "books.remove(book.strip(' .'))", "pass"),
        ("17", f"return {CHOICE}", "return None"),
        ("17", CHOICE, CHOICE.replace("not books", "True")),
        ("17", CHOICE, CHOICE.replace("not books", "False")),
        ("17", "not books", "books"),
        ("17", " for book in books if book != '甲'", " for book in books"),
        ("17", "book != '甲'", "book == '甲'"),
        ("17", "'甲'", "'⁂甲'"),
    ]


def test_a_mutant_is_named_without_its_line(tmp_path, monkeypatch):
    path = tmp_path / "shelf.py"
    path.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr("tests.campaigns.faults.ROOT", tmp_path)
    words = [mutant.words for mutant in mutants(path, runnable=False)]
    assert "Shelf.full: len(self.books) >= LIMIT -> len(self.books) > LIMIT" in words
    assert "read: continue -> break" in words
    assert len(words) == len(set(words))
    assert words == [mutant.words for mutant in mutants(path)]


def test_what_may_survive_is_explained_and_still_there():
    assert explained()
    assert list(stale()) == []
