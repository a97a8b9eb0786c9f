"""Marks on a text that came from last year: they go with their words, and with nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.report import Report, report_json
from gkdesk.report.draft import confirm, follow, key_of, marks, spell_marks
from gkdesk.report.report import FieldValueError

FORM = formats.load("2021")
KEY = "text.overview"
TEXT = "2023年收到申请120件，办结118件，办结率98.3%。"
WORDS = ["2023", "120", "118", "98.3%"]


def fields(text=TEXT, words=WORDS):
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    return {KEY: text, key_of(KEY): spell_marks(spans)}


def marked(fields):
    return [fields[KEY][start:end] for start, end in marks(fields, KEY)]


def after(text, start=None):
    now = start or fields()
    return marked({**now, KEY: text, **follow(now, {KEY: text})})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (TEXT.replace("120", "133"), ["2023", "118", "98.3%"]),
        (TEXT.replace("2023", "2024"), ["120", "118", "98.3%"]),
        (TEXT.replace("120", "1205"), ["2023", "118", "98.3%"]),
        (TEXT.replace("120", "3120"), ["2023", "118", "98.3%"]),
        (TEXT.replace("118", "118.5"), ["2023", "120", "98.3%"]),
        (TEXT.replace("收到申请", "共收到公开申请"), WORDS),
        ("本局" + TEXT, WORDS),
        (TEXT + "其中企业3件。", WORDS),
        (TEXT.replace("收到", "受理").replace("办结率", "按时办结率"), WORDS),
        (TEXT.replace("2023", "2024").replace("98.3%", "99%"), ["120", "118"]),
        (TEXT[: TEXT.index("办结")] + TEXT[TEXT.index("办结率") :], ["2023", "120", "98.3%"]),
        ("", []),
        ("全文重写，没有数字。", []),
    ],
)
def test_a_mark_goes_with_its_words_only(text, left):
    assert after(text) == left


def test_changes_all_over_a_long_text():
    text = "".join(f"第{number % 7}项工作办理{number}件,进展顺利。\n" for number in range(100, 400))
    words = [(found.start(1), found.end(1)) for found in re.finditer(r"办理([0-9]+)件", text)]
    now = {KEY: text, key_of(KEY): spell_marks(words)}
    one = (
        text.replace("办理101件", "受理101件")
        .replace("办理250件", "办理251件")
        .replace("办理320件", "共办理320件")
        .replace("办理398件", "办结398件")
    )
    left = marked({**now, **follow(now, {KEY: one}), KEY: one})
    assert left == [str(number) for number in range(100, 400) if number != 250]


@pytest.mark.parametrize(
    ("text", "word", "new", "left"),
    [
        # where the change begins or ends beside the mark
        ("共120", "120", "共120件", ["120"]),
        ("120件甲", "120", "共120件乙", ["120"]),
        ("甲共120", "120", "乙120件", ["120"]),
        # what could make another figure of it stood there before
        ("十120件", "120", "十120项", ["120"]),
        ("共十120件", "120", "共十120项", ["120"]),
        ("120件", "120", "3120件", []),
        ("120件\n\n甲", "120", "\n120件乙\n丙", ["120"]),
        ("120一件", "120", "共120一件", ["120"]),
        ("11", "11", "111", []),
        # the same letters at other places
        ("甲乙1", "乙1", "乙丙甲1", []),
        ("丙甲1", "甲1", "甲乙1", []),
    ],
)
def test_a_change_beside_a_mark(text, word, new, left):
    assert after(new, fields(text, [word])) == left


@pytest.mark.parametrize(
    "text",
    [TEXT * 9, TEXT.replace("。", "，") * 30, "办理事项2件，进展都很顺利，群众满意。" * 260],
    ids=["short", "a long sentence", "many sentences alike"],
)
def test_what_is_often_said_keeps_its_marks(text):
    spans = [found.span() for found in re.finditer("120|2(?=件，进)", text)]
    old, new = (f"{letter}{text}{letter}" for letter in "甲乙")
    now = {KEY: old, key_of(KEY): spell_marks((start + 1, end + 1) for start, end in spans)}
    assert len(marked({**now, **follow(now, {KEY: new}), KEY: new})) == len(spans)


LONG = "办理各类事项，" * 1000


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (f"120件{LONG}", f"120件{LONG}等"),
        (f"{LONG}120件", f"等{LONG}120件"),
        (f"120件甲{LONG}", f"共120件乙{LONG}"),
    ],
)
def test_only_what_changed_is_compared(text, new):
    assert after(new, fields(text, ["120"])) == ["120"]


def test_each_text_has_its_own_marks():
    now = fields()
    new = {"text.problems": "新写的。", KEY: "本局" + TEXT}
    assert marked({**now, **follow(now, new), **new}) == WORDS


def test_a_long_piece_that_was_rewritten_leaves_the_marks_beside_it():
    old, new = (f"{letter}{TEXT}{letter * 2500}。" for letter in "甲乙")
    now = fields(old)
    assert marked({**now, **follow(now, {KEY: new}), KEY: new}) == []
    old, new = (f"{letter}。{TEXT}{letter * 2500}。" for letter in "甲乙")
    now = fields(old)
    assert marked({**now, **follow(now, {KEY: new}), KEY: new}) == WORDS


def test_a_figure_typed_again_is_not_marked_again():
    now = fields()
    for text in (TEXT.replace("120", "12"), TEXT):
        now = {**now, **follow(now, {KEY: text}), KEY: text}
    assert marked(now) == ["2023", "118", "98.3%"]


def test_confirming():
    now = fields()
    patch = confirm(now, KEY, [marks(now, KEY)[1]])
    assert marked({**now, **patch}) == ["2023", "118", "98.3%"]
    assert confirm(now, KEY, marks(now, KEY)) == {key_of(KEY): None}


def test_places_outside_the_text_are_no_marks():
    assert marks({KEY: "12", key_of(KEY): "0-2 1-9 5-4 1-1"}, KEY) == ((0, 2),)
    assert marks({KEY: "12", key_of(KEY): "rubbish"}, KEY) == ()


@given(st.text("甲乙12，", max_size=40), st.text("甲乙12，", max_size=40), st.data())
def test_marks_always_lie_on_the_words_they_lay_on(before, text, data):
    found = [(at, at + 1) for at, letter in enumerate(before) if letter in "12" and data.draw(st.booleans())]
    now = {KEY: before, key_of(KEY): spell_marks(found)}
    then = {**now, KEY: text, **follow(now, {KEY: text})}
    words = marked(now)
    for word in marked(then):
        assert word in words
        words.remove(word)


# ------------------------------------------------------------ in a session


@pytest.fixture
def session():
    return open_session(Report(FORM, 2024, {}, fields()))


def rules(issues):
    return {issue.rule for issue in issues}


def test_the_report_waits_for_every_mark(session):
    (issue,) = [issue for issue in session.issues if issue.rule == "text.draft"]
    assert (issue.severity, issue.field, issue.span) == ("warning", KEY, (0, 4))
    assert dict(issue.params)["count"] == "4"
    changes = session.edit(confirm(session.view.fields, KEY, marks(session.view.fields, KEY)), "x")
    assert "text.draft" in rules(changes.issues_removed)
    assert "text.draft" not in rules(session.issues)


def test_undo_brings_the_mark_back(session):
    session.edit({KEY: TEXT.replace("120", "133")}, "x")
    assert marked(session.view.fields) == ["2023", "118", "98.3%"]
    session.undo()
    assert marked(session.view.fields) == WORDS
    session.redo()
    assert marked(session.view.fields) == ["2023", "118", "98.3%"]


def test_undo_takes_no_mark_away():
    session = open_session(Report(FORM, 2024, {}, fields("120一共", ["120"])))
    session.edit({KEY: "120件"}, "x")
    assert marked(session.view.fields) == ["120"]
    session.undo()
    assert marked(session.view.fields) == ["120"]


def test_a_version_comes_back_with_its_marks(session):
    entries = session.snapshot().entries()
    session.edit({KEY: "重写。"}, "x")
    assert marked(session.view.fields) == []
    session.restore(entries, "x")
    assert marked(session.view.fields) == WORDS


def test_marks_are_places_and_nothing_else(session):
    with pytest.raises(FieldValueError, match="12-16"):
        session.edit({key_of(KEY): "甲"}, "x")


def test_marks_stay_in_the_document(session):
    assert "draft" not in report_json.dumps(session.snapshot())
