"""Whatever is edited, in whatever order: running only the touched checks gives what running all gives."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gkdesk import formats
from gkdesk.checks import check, open_session
from gkdesk.report import Report
from tests.builders import balanced

FORM = formats.load("2021")
CELLS = st.sampled_from(list(FORM.cells))
FIELDS = st.sampled_from(["text.problems", "text.intro", "text.overview", "unit.phone", "unit.rule_power"])
TEXTS = st.sampled_from(["0", "1", "2", "15", "", "/", "１２", "-3", "无", "123456"])
SENTENCES = st.sampled_from(
    [
        "收到申请22件，办结21件。",
        "2023年，我局平稳.",
        "未收到政府信息公开申请。",
        "占88件的50%",
        "13912345678",
    ]
)


class SessionMachine(RuleBasedStateMachine):
    @initialize(stated=st.booleans(), previous=st.booleans())
    def start(self, stated, previous):
        last = balanced(FORM, 2023, [1] * 170) if previous else None
        self.session = open_session(balanced(FORM, 2024, [2] * 170, stated=stated), last)
        self.before = [self.session.snapshot()]

    @rule(
        cells=st.dictionaries(CELLS, TEXTS, max_size=6),
        fields=st.dictionaries(FIELDS, TEXTS | SENTENCES, max_size=3),
    )
    def edit(self, cells, fields):
        if fields.get("unit.rule_power"):
            fields["unit.rule_power"] = "false"
        patch = cells | fields
        before = self.session.snapshot()
        if self.session.edit(patch):
            self.before.append(before)

    @rule()
    def undo(self):
        now = self.session.snapshot()
        if self.session.undo() is not None:
            assert self.session.snapshot() == self.before[-1]
            assert self.session.redo() is not None
            assert self.session.snapshot() == now
            self.session.undo()
            self.before.pop()

    @rule(data=st.data())
    def adopt(self, data):
        before = self.session.snapshot()
        if self.session.adopt_sums(data.draw(st.lists(st.sampled_from(list(FORM.sums)), max_size=5))):
            self.before.append(before)

    @invariant()
    def same_as_a_full_run(self):
        session = self.session
        session.check_texts()
        report = session.snapshot()
        assert session.issues == check(report, session.previous)
        assert all(session.value(cell) == value for cell, value in report.values.items())
        entries = report.entries()
        assert Report.from_entries(FORM, 2024, entries) == report
        assert {cell for cell in FORM.sums if session.is_stated(cell)} == set(FORM.sums) & set(report.cells)


SessionMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestSession = SessionMachine.TestCase
