"""Any sequence of patches, reopenings and copies ends where a plain dictionary ends."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gkdesk.storage import Document

KEYS = ["t3.new.natural", "t3.new.business", "text.overview", "unit.name"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PATCHES = st.dictionaries(st.sampled_from(KEYS) | TEXTS, st.none() | TEXTS, max_size=4)
YEARS = st.integers(2019, 2022)


class DocumentAgainstModel(RuleBasedStateMachine):
    """`model` is year -> entries; `names` is year -> the names of its revisions, oldest first."""

    @initialize()
    def create(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.gkd"
        self.document = Document.create(self.path, "某单位")
        self.model: dict[int, dict[str, str]] = {}
        self.removed: dict[int, dict[str, str]] = {}
        self.names: dict[int, list[str]] = {}
        self.copies = 0

    @rule(year=YEARS, entries=st.dictionaries(st.sampled_from(KEYS), TEXTS), name=TEXTS)
    def add(self, year, entries, name):
        if year not in self.model:
            self.document.add_report(year, "2021", entries, name)
            self.model[year] = dict(entries)
            self.names.setdefault(year, []).append(name)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), patch=PATCHES, name=TEXTS)
    def commit(self, data, patch, name):
        year = data.draw(st.sampled_from(sorted(self.model)))
        self.document.commit(year, patch, name)
        for key, value in patch.items():
            if value is None:
                self.model[year].pop(key, None)
            else:
                self.model[year][key] = value
        self.names[year].append(name)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), name=TEXTS)
    def undo(self, data, name):
        year = data.draw(st.sampled_from(sorted(self.model)))
        last = self.document.revisions(year, 1)[0]
        if last.sha256 and len(self.names[year]) > 1 and last.before.keys() == last.after.keys():
            self.document.commit(year, last.before, name)
            for key, value in last.before.items():
                if value is None:
                    self.model[year].pop(key, None)
                else:
                    self.model[year][key] = value
            self.names[year].append(name)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), name=TEXTS)
    def remove(self, data, name):
        year = data.draw(st.sampled_from(sorted(self.model)))
        self.document.remove_report(year, name)
        self.removed[year] = self.model.pop(year)
        self.names[year].append(name)

    @precondition(lambda self: self.removed.keys() - self.model.keys())
    @rule(data=st.data(), name=TEXTS)
    def bring_back(self, data, name):
        year = data.draw(st.sampled_from(sorted(self.removed.keys() - self.model.keys())))
        self.document.bring_back(year, name)
        self.model[year] = self.removed[year]
        self.names[year].append(name)

    @rule()
    def reopen(self):
        self.document.close()
        self.document = Document.open(self.path)

    @rule()
    def move_to_a_copy(self):
        self.copies += 1
        path = self.path.with_name(f"{self.copies}.gkd")
        assert self.document.copy_to(path)
        self.document.close()
        self.path, self.document = path, Document.open(path)

    @invariant()
    def same(self):
        if hasattr(self, "document"):
            assert self.document.years() == sorted(self.model)
            assert self.document.removed_years() == sorted(self.removed.keys() - self.model.keys())
            for year, entries in self.model.items():
                assert self.document.entries(year) == entries

    def teardown(self):
        if hasattr(self, "document"):
            self.document.close()
            with Document.open(self.path) as document:
                assert {year: document.entries(year) for year in document.years()} == self.model
                for year, names in self.names.items():
                    assert [r.name for r in document.revisions(year)] == names[::-1]
            self.folder.cleanup()


TestDocumentAgainstModel = DocumentAgainstModel.TestCase
TestDocumentAgainstModel.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
