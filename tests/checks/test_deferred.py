"""Checks of texts wait until typing pauses; what they find is then the same as of a full run."""

from __future__ import annotations

import subprocess
import sys

from gkdesk import formats, paths
from gkdesk.checks import check, checker_for, fix, open_session
from gkdesk.report import Report
from tests.builders import balanced

FORM = formats.load("2021")
WRONG = "全年未收到政府信息公开申请。"


def session_of(text="全年平稳。", previous=None):
    report = balanced(FORM, 2024, [1] * 170)
    return open_session(Report(FORM, 2024, report.cells, {**report.fields, "text.overview": text}), previous)


def rules(issues):
    return {issue.rule for issue in issues}


def test_the_first_run_includes_texts():
    assert rules(session_of(WRONG).issues) == {"text.zero_claim"}
    assert not session_of(WRONG).texts_unread


def test_an_edit_leaves_texts_for_later():
    session = session_of()
    changes = session.edit({"text.overview": WRONG})
    assert (changes.issues_added, session.texts_unread) == ((), True)
    changes = session.check_texts()
    assert rules(changes.issues_added) == {"text.zero_claim"}
    assert (changes.patch, changes.revision, bool(changes)) == ({}, 1, False)
    assert not session.texts_unread
    assert session.check_texts().issues_added == ()
    assert session.issues == check(session.snapshot())


def test_immediate_rules_of_texts_do_not_wait():
    session = session_of()
    assert rules(session.edit({"text.overview": None}).issues_added) == {"text.missing"}


def test_a_cell_touches_the_texts_that_name_it():
    session = session_of("收到政府信息公开申请132件。")
    assert session.issues == ()
    session.edit({"t3.new.natural": "23"})
    assert "text.figure" not in rules(session.issues)
    session.check_texts()
    assert "text.figure" in rules(session.issues)
    session.undo()
    assert rules(session.check_texts().issues_removed) == {"text.figure"}


def test_only_what_changed_is_told():
    session = session_of("新收申请131件，办结125件。")
    first, second = session.issues
    session.edit({"text.overview": "新收申请132件，办结125件。"})
    changes = session.check_texts()
    assert (changes.issues_removed, changes.issues_added) == ((first,), ())
    assert session.issues == (second,)


def test_a_fix_is_one_step_that_can_be_undone():
    session = session_of("新收政府信息公开申请131件。")
    (issue,) = session.issues
    session.edit(fix(issue, session.view), "改正")
    assert session.text("text.overview") == "新收政府信息公开申请132件。"
    assert rules(session.check_texts().issues_removed) == {"text.figure"}
    session.undo()
    session.check_texts()
    assert session.issues == (issue,)


def test_rules_of_tables_have_no_fix():
    session = session_of()
    session.edit({"t3.new.natural": "99"})
    assert fix(session.issues[0], session.view) is None


def test_last_years_text_counts_at_once():
    text = (
        "一是政策解读不够好懂，专业用语多，群众看后还要再打电话询问。"
        "二是早年档案查找慢，部分确权档案没有数字化，检索和核对占去较多时间。三是答复文书质量不齐，个别答复引用条款不够准确。"
    )
    session = session_of(text)
    last = Report(FORM, 2023, {}, {"text.overview": text})
    assert "text.similar" in rules(session.set_previous(last).issues_added)
    assert "text.similar" in rules(session.set_previous(None).issues_removed)


def test_every_deferred_check_reads_its_field():
    for check_ in checker_for(FORM).checks:
        if check_.deferred:
            assert check_.reads[0].startswith("text.")


def test_the_grammar_is_not_imported_before_a_text_is_checked():
    code = (
        "import sys; from gkdesk import formats, checks; from gkdesk.report import Report;"
        "checks.open_session(Report(formats.load('2021'), 2024));"
        "print([name for name in sys.modules if name.startswith('gkdesk.checks.reading.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=paths.resources().parent
    )
    assert done.stdout.strip() == "[]"
