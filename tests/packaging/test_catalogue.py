"""Texts are collected as they stand, and an English catalogue that lacks one is refused."""

from __future__ import annotations

import pytest


@pytest.fixture
def catalogue(script, tmp_path, monkeypatch):
    module = script("catalogue")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "TEMPLATE", tmp_path / "i18n" / "gkdesk.pot")
    monkeypatch.setattr(module, "ENGLISH", tmp_path / "i18n" / "en.po")
    monkeypatch.setattr(module, "FOLDER", tmp_path / "i18n")
    return module


def write(root, text):
    path = root / "gkdesk" / "some.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"def f(n):\n    return {text}\n", encoding="utf-8")


def translate(catalogue, message, translation):
    po = catalogue.ENGLISH.read_text(encoding="utf-8")
    before = f'msgid "{message}"\nmsgstr ""'
    assert before in po
    catalogue.ENGLISH.write_text(po.replace(before, before[:-1] + f'{translation}"'), encoding="utf-8")


def test_texts_are_collected_and_their_translations_kept(catalogue, tmp_path):
    write(tmp_path, '_("下一步")')
    catalogue.update()
    assert any("not translated" in problem for problem in catalogue.check())
    translate(catalogue, "下一步", "Next")
    assert catalogue.check() == []
    write(tmp_path, '_("下一步") + _("上一步")')
    assert any("gkdesk.pot" in problem for problem in catalogue.check())
    catalogue.update()
    assert [problem for problem in catalogue.check() if "下一步" in problem] == []
    translate(catalogue, "上一步", "Back")
    assert catalogue.check() == []


def test_writing_twice_changes_nothing(catalogue, tmp_path):
    write(tmp_path, '_("还有 {count} 格未填").format(count=n) + _("“引号”\\n换行\\\\反斜线")')
    catalogue.update()
    first = catalogue.TEMPLATE.read_bytes(), catalogue.ENGLISH.read_bytes()
    catalogue.update()
    assert (catalogue.TEMPLATE.read_bytes(), catalogue.ENGLISH.read_bytes()) == first


def test_a_text_no_longer_used_is_dropped(catalogue, tmp_path):
    write(tmp_path, '_("旧的")')
    catalogue.update()
    write(tmp_path, '_("新的")')
    catalogue.extract()
    assert any("no longer used" in problem for problem in catalogue.check())
    catalogue.update()
    assert "旧的" not in catalogue.ENGLISH.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("translation", "reason"),
    [
        ("", "not translated"),
        ("blank", "names"),
        ("{counts} blank", "names"),
        ("{count blank", "braces"),
        ("{count} blank", None),
    ],
)
def test_a_translation_puts_in_the_same_names(catalogue, translation, reason):
    found = catalogue.unfit("还有 {count} 格未填", translation)
    assert found is None if reason is None else reason in found


@pytest.mark.parametrize("text", ['_(f"还有 {n} 格")', "_(n)", '_("")', '_("甲", "乙")'])
def test_a_text_that_cannot_be_collected_is_reported(catalogue, text):
    texts, problems = catalogue.collect(f"def f(n):\n    return {text}\n", "some.py")
    assert texts == []
    assert [problem.startswith("some.py:2:") for problem in problems] == [True]


def test_a_text_chosen_on_import_is_reported(catalogue):
    source = 'TITLE = _("标题")\nLATER = lambda: _("以后")\n\ndef f():\n    return _("现在")\n'
    texts, problems = catalogue.collect(source, "some.py")
    assert texts == ["标题", "以后", "现在"]
    assert [problem.partition(" ")[0] for problem in problems] == ["some.py:1:"]
