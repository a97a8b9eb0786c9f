"""Random edits with undo and redo through the session into the document, which is reopened and compared.

    python -m tests.campaigns.edits [--edits 20000]

One machine plays the clerk: types figures, totals and texts, pastes blocks, undoes, redoes, restores old contents,
reopens. Another dictionary than that of the program's own code holds what should be there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.report import Report
from gkdesk.storage import Document
from gkdesk.storage.content import patch_to
from tests.campaigns.folder import fast_folder

YEAR = 2024
STEPS = 50
FORM = formats.for_year(YEAR)
INPUTS = sorted(set(FORM.cells) - set(FORM.sums))
TEXTS = [field.key for field in FORM.text_fields] + ["unit.name", "unit.address"]
FIGURES = st.sampled_from(["0", "1", "12", "3000", "0.5", "/", "十二", "-1", "12%", ""]) | st.integers(
    0, 10**9
).map(str)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["长" * 900, "第一行\n第二行"]
)


@dataclass
class Outcome:
    """What the machines did; a difference ends them with an assertion."""

    edits: int = 0
    changed: int = 0
    undone: int = 0
    redone: int = 0
    restored: int = 0
    reopened: int = 0


COUNTED = Outcome()


class Clerk(RuleBasedStateMachine):
    """`model` is what the document must hold, kept by patches alone."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory(dir=fast_folder())
        self.path = Path(self.folder.name) / "a.gkd"
        self.model: dict[str, str] = {}
        with Document.create(self.path, "某单位") as document:
            document.add_report(YEAR, FORM.id, {}, "新建")
        self.open()

    def open(self):
        self.document = Document.open(self.path)
        assert self.document.entries(YEAR) == self.model
        report = Report.from_entries(FORM, YEAR, self.document.entries(YEAR))
        self.session = open_session(report, None)
        self.contents = {self.document.revisions(YEAR, 1)[0].number: dict(self.model)}

    def keep(self, changes):
        """Commit what the session says has changed, as the window does."""
        COUNTED.edits += changes is not None
        if changes is None or not changes.patch:
            return
        COUNTED.changed += 1
        number = self.document.commit(YEAR, changes.patch, changes.name)
        for key, text in changes.patch.items():
            assert changes.inverse[key] == self.model.get(key)
            if text is None:
                del self.model[key]
            else:
                self.model[key] = text
        self.contents[number] = dict(self.model)

    @rule(cell=st.sampled_from(INPUTS), figure=FIGURES)
    def type_figure(self, cell, figure):
        self.keep(self.session.edit({cell: figure or None}, "输入"))

    @rule(cell=st.sampled_from(sorted(FORM.sums)), figure=FIGURES)
    def state_total(self, cell, figure):
        self.keep(self.session.edit({cell: figure or None}, "导入"))

    @rule(key=st.sampled_from(TEXTS), text=WORDS)
    def write(self, key, text):
        self.keep(self.session.edit({key: text}, "输入"))

    @rule(start=st.integers(0, len(INPUTS) - 12), figures=st.lists(FIGURES, min_size=2, max_size=12))
    def paste(self, start, figures):
        patch = dict(zip(INPUTS[start:], [figure or None for figure in figures], strict=False))
        self.keep(self.session.edit(patch, "粘贴"))

    @rule(back=st.integers(1, 4), forth=st.integers(0, 4))
    def undo_and_redo(self, back, forth):
        for _ in range(back):
            changes = self.session.undo()
            self.keep(changes)
            COUNTED.undone += changes is not None
        for _ in range(forth):
            changes = self.session.redo()
            self.keep(changes)
            COUNTED.redone += changes is not None

    @precondition(lambda self: len(self.contents) > 1)
    @rule(data=st.data())
    def restore(self, data):
        number = data.draw(st.sampled_from(sorted(self.contents)))
        then = self.document.entries_after(YEAR, number)
        assert then == self.contents[number]
        self.keep(self.session.edit(patch_to(self.model, then), "恢复"))
        COUNTED.restored += 1

    @rule()
    def reopen(self):
        self.document.close()
        self.open()
        COUNTED.reopened += 1

    @invariant()
    def same(self):
        if hasattr(self, "document"):
            assert self.document.entries(YEAR) == self.model
            assert self.session.snapshot().entries() == self.model

    def teardown(self):
        if not hasattr(self, "folder"):
            return
        try:
            self.document.close()
            with Document.open(self.path) as document:
                assert document.entries(YEAR) == self.model
                assert len(document.revisions(YEAR)) >= len(self.contents)
        finally:
            self.folder.cleanup()


def campaign(edits: int) -> Outcome:
    """Let machines run until they have made that many edits. Raises AssertionError at the first difference."""
    COUNTED.__init__()
    while COUNTED.edits < edits:
        # The first example of a run is always a trivial one.
        examples = max(20, (edits - COUNTED.edits) // STEPS)
        run_state_machine_as_test(Clerk, settings=machine_settings(examples))
    return COUNTED


def machine_settings(examples: int) -> settings:
    """Settings for that many machines of STEPS steps."""
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # shrinking fifty steps of typing takes many minutes
        suppress_health_check=list(HealthCheck),
    )


def main() -> int:
    """Run it and print the figures; 1 when document and model differed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--edits", type=int, default=20_000)
    options = parser.parse_args()
    print(json.dumps(asdict(campaign(options.edits))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
