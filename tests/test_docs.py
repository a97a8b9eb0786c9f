"""What is written about the program is true: rules, keys, commands, words, links, and the output that README shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from gkdesk import formats, i18n
from gkdesk.cli.commands import commands as command_line

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "resources" / "help"
PAGES = sorted(HELP.glob("*.md"))
OTHERS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
OTHERS.append(ROOT / "resources" / "samples" / "README.md")
ALL = [*OTHERS, *PAGES]
TOP = ("gkdesk/", "ui/", "resources/", "tests/", "packaging/")
SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}
ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
EXAMPLES = "某某市自然资源局"
NOT_ON_SCREEN = {
    "实际大小": "other programs' words",
    "适合页面": "other programs' words",
}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def keys_in(page: str) -> set[str]:
    """The keys in a page, as written between backticks."""
    return set(re.findall(r"`([^`]+)`", page))


def spelled(shortcut: str) -> str:
    """A shortcut of Qt as the manual spells it."""
    *modifiers, key = shortcut.replace("++", "+\N{FULLWIDTH PLUS SIGN}").split("+")
    key = key.replace("\N{FULLWIDTH PLUS SIGN}", "+")
    return "+".join([*modifiers, {"Return": "Enter", **ARROWS}.get(key, key)])


# ---------------------------------------------------------------- rules


def test_every_rule_is_explained_with_its_severity_and_formats():
    known = formats.available()
    page = text(HELP / "rules.md")
    written = dict(re.findall(r"^### .+ `([\w.]+)`\n\n(.+)$", page, re.MULTILINE))
    rules = {rule.id: rule for form in known for rule in form.rules}
    assert written.keys() == rules.keys()
    for id, line in written.items():
        having = [form for form in known if any(rule.id == id for rule in form.rules)]
        assert {form.rule(id).severity for form in having} == {rules[id].severity}
        since = f"{having[0].name.removesuffix('格式')}起 · " if having[0] is not known[0] else ""
        only = f"只有 {'、'.join(form.name.removesuffix('格式') for form in having)} · "
        which = since if having[-1] is known[-1] else only
        severity, told, *_more = line.split(" · ")
        assert severity == SEVERITIES[rules[id].severity], id
        assert (f"{told} · " if "版" in told else "") == which, id


def test_a_rule_has_the_title_that_the_window_shows():
    titles = {rule.id: rule.title.rpartition("：")[2] for form in formats.available() for rule in form.rules}
    written = re.findall(r"^### (.+) `([\w.]+)`$", text(HELP / "rules.md"), re.MULTILINE)
    assert {id: title for title, id in written} == titles


# ---------------------------------------------------------------- keys


def test_every_command_of_the_menus_is_in_the_manual_with_its_key():
    from ui import actions

    page = text(HELP / "shortcuts.md")
    rows = dict(re.findall(r"^\| (`.+?) \| (.+?) \|$", page, re.MULTILINE))
    for command in actions.commands():
        if command is not None and command.shortcut:
            key = f"`{spelled(command.shortcut)}`"
            told = [what for keys, what in rows.items() if key in keys.split(" 或 ")]
            assert any(what.startswith(command.words) or command.words in what for what in told), (
                command.words
            )


def test_every_key_of_the_window_is_in_the_manual(qtbot):
    from PySide6.QtGui import QAction, QKeySequence

    from ui.main_window import MainWindow
    from ui.settings import Settings

    window = MainWindow(Settings())
    qtbot.addWidget(window)
    plain = QKeySequence.SequenceFormat.PortableText
    keys = {
        key.toString(plain) for action in window.findChildren(QAction) for key in action.shortcuts() if key
    }
    steps = {f"Ctrl+{number}" for number in range(2, 9)}  # written as Ctrl+1 … Ctrl+9
    assert {"F8", "Ctrl+Shift+Z", *steps} <= keys
    assert {spelled(key) for key in keys - steps} <= keys_in(text(HELP / "shortcuts.md"))


def test_every_key_of_the_grid_is_in_the_manual():
    from PySide6.QtCore import QKeyCombination, Qt
    from PySide6.QtGui import QKeySequence

    from ui.grid import keys

    plain = QKeySequence.SequenceFormat.PortableText

    def spelling(key, modifiers=Qt.KeyboardModifier.NoModifier):
        return spelled(QKeySequence(QKeyCombination(modifiers, key)).toString(plain))

    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    key = Qt.Key
    wanted = {spelling(code, modifiers) for modifiers, code in keys._COMMANDS}
    wanted |= {
        spelling(code) for code in (*keys.ARROWS, key.Key_Return, key.Key_Tab, key.Key_Home, key.Key_End)
    }
    wanted |= {spelling(code, control) for code in (*keys.ARROWS, key.Key_Home, key.Key_End, key.Key_A)}
    wanted |= {spelling(code, shift) for code in (key.Key_Return, key.Key_Tab)}
    wanted |= {spelling(code) for code in (key.Key_F2, key.Key_Escape, key.Key_PageUp, key.Key_PageDown)}
    page = keys_in(text(HELP / "shortcuts.md"))
    assert wanted <= page
    for standard in keys._STANDARD:
        names = {spelled(binding.toString(plain)) for binding in QKeySequence.keyBindings(standard)}
        assert names & page, standard


# ---------------------------------------------------------------- command line


def test_every_command_and_option_is_in_the_manual():
    page = text(HELP / "command-line.md")
    parts = dict(re.findall(r"^## `gkdesk (\w+)(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    program = command_line()
    assert set(parts) == set(program.commands)
    for name, command in program.commands.items():
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in (page if option == "--lang" else parts[name]), (name, option)
    for option in (*(option for p in program.params for option in p.opts), "--help", "-h", "--lang en"):
        assert option in page


def test_the_manual_names_no_option_that_is_not_there():
    program = command_line()
    known = {
        option
        for command in (program, *program.commands.values())
        for p in command.params
        for option in p.opts
    }
    known |= {"--help"}
    for page in PAGES:
        assert set(re.findall(r"--[a-z]+", text(page))) <= known, name_of(page)


# ---------------------------------------------------------------- README and CONTRIBUTING


def examples() -> list[tuple[str, str]]:
    """Command and output of each console block of README."""
    blocks = re.findall(
        r"^```console\n\$ (.+?)\n(.*?)^```", text(ROOT / "README.md"), re.MULTILINE | re.DOTALL
    )
    return [(command, output) for command, output in blocks]


@pytest.mark.parametrize(("command", "output"), examples(), ids=[command for command, _out in examples()])
def test_readme_shows_what_its_example_prints(command, output):
    program, *words = shlex.split(command)
    assert program == ".venv/bin/python"
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout + done.stderr == output
    assert done.returncode == 1
    assert "exits with 1" in text(ROOT / "README.md")


def test_there_is_an_example():
    assert examples()


def test_commands_of_the_set_up_script_exist():
    script = text(ROOT / "packaging" / "dev.py")
    known = set(re.findall(r'^    "(\w+)": \w+,$', script, re.MULTILINE))
    assert {"run", "test"} <= known
    for page in OTHERS:
        used = set(re.findall(r"packaging/dev\.py (\w+)", text(page)))
        assert used <= known, name_of(page)
    assert {"run", "test"} == set(re.findall(r"packaging/dev\.py (\w+)", text(ROOT / "README.md")))


# ---------------------------------------------------------------- words and links


@pytest.fixture(scope="module")
def screen():
    """Everything that the interface may show, and what it says of the broken sample."""
    texts = text(ROOT / "resources" / "i18n" / "gkdesk.pot").replace('"\n"', "")
    command = [sys.executable, "-m", "gkdesk", "check", "resources/samples/broken-2021.json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return f"{texts}\n{official()}\n{done.stdout}"


def official() -> str:
    return "\n".join(text(file) for file in (ROOT / "resources" / "formats").glob("*.toml"))


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "rules.md"], ids=name_of)
def test_words_in_quotes_stand_on_the_screen(page, screen):
    """Buttons, menus and messages that the manual quotes are those of the program (rules quote reports)."""
    quotes = [quote for quote in re.findall("“([^”]+)”", text(page)) if quote not in NOT_ON_SCREEN]
    parts = {quote: [part.strip() for part in re.split("…|→", quote)] for quote in quotes}
    assert [quote for quote in quotes if not all(part in screen for part in parts[quote])] == []


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_links_lead_somewhere(page):
    plain = text(page)
    for target in re.findall(r"\]\(([^)]+)\)", plain):
        assert "://" not in target, "the manual is read without a network"
        path, _hash, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        assert file.exists(), target
        headings = re.findall(r"^#+ (.+)$", text(file), re.MULTILINE) if anchor else []
        assert not anchor or anchor in [heading.lower().replace(" ", "-") for heading in headings], target


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_files_that_are_named_exist(page):
    for word in keys_in(text(page)):
        if word.startswith(TOP) and " " not in word:
            assert (ROOT / word).exists(), word


@pytest.mark.parametrize("picture", sorted((HELP / "pictures").iterdir()), ids=lambda path: path.name)
def test_pictures_are_used_and_small(picture):
    assert any(picture.name in text(page) for page in ALL)
    assert picture.stat().st_size < 150_000


def test_every_page_of_the_manual_is_in_its_contents():
    contents = text(HELP / "README.md")
    for page in PAGES:
        assert page.name == "README.md" or f"({page.name})" in contents


# ---------------------------------------------------------------- English


def test_the_english_catalogue_holds_no_chinese_but_official_words():
    """A translation may name a label of the form or show an example; the rest of it is English."""
    i18n.set_language("en")
    allowed = official() + EXAMPLES
    strange = {
        message: found
        for message, translation in i18n._english().items()
        if (found := [run for run in re.findall(r"[\u4e00-\u9fff]+", translation) if run not in allowed])
    }
    assert strange == {}
