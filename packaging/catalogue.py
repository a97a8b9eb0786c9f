"""Catalogues of the interface's texts: collect them from the source, merge them into English, check them.

    catalogue.py extract    source -> resources/i18n/gkdesk.pot
    catalogue.py update     extract, then bring en.po to the same texts (finished translations are kept)
    catalogue.py check      fails on a missing or unfit translation, a stale file, or a text that cannot be collected

Runs in .venv (it needs babel). Files are written without dates and line numbers, so that they change only with texts.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
TEMPLATE, ENGLISH = FOLDER / "gkdesk.pot", FOLDER / "en.po"
SOURCES = ("gkdesk", "ui")
HEADER = """\
# {title}
# Written by: python3 packaging/dev.py i18n {command}
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def calls(tree: ast.AST, *, lazy: bool = False) -> Iterator[tuple[ast.Call, bool]]:
    """Every call of `_` with whether it runs later than the import of its module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield node, lazy
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from calls(node, lazy=lazy or inside)


def collect(source: str, name: str) -> tuple[list[str], list[str]]:
    """The texts of one module, and what is wrong with the way it writes them."""
    texts, problems = [], []
    for call, lazy in calls(ast.parse(source)):
        match call.args:
            case [ast.Constant(value=str(text))] if text:
                texts.append(text)
            case _:
                problems.append(
                    f"{name}:{call.lineno}: _() takes one plain text, no variable and no f-string"
                )
        if not lazy:
            problems.append(f"{name}:{call.lineno}: _() runs on import, before the language is chosen")
    return texts, problems


def collect_all() -> tuple[Catalog, list[str]]:
    """The texts of the whole program in a catalogue, and what is wrong with them."""
    catalogue, problems = Catalog(charset="utf-8"), []
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            texts, faults = collect(path.read_text(encoding="utf-8"), name)
            problems += faults
            for text in texts:
                catalogue.add(text, locations=[(name, 0)])
    return catalogue, problems


def spell(catalogue: Catalog, title: str, language: str, command: str) -> str:
    """A catalogue as the text of its file."""
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        width=100,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    header = HEADER.format(title=title, language=language, command=command)
    return header + body.getvalue().decode("utf-8").strip() + "\n"


def spell_template(catalogue: Catalog) -> str:
    """The template's text."""
    return spell(
        catalogue, "GKDesk: texts of the interface, as they stand in the source (Chinese).", "zh", "extract"
    )


def merge(template: Catalog, translated: Catalog) -> Catalog:
    """The template's texts with the translations that are there; nothing is guessed."""
    merged = Catalog(charset="utf-8")
    for message in template:
        if message.id:
            known = translated.get(message.id)
            merged.add(message.id, known.string if known else "", locations=message.locations)
    return merged


def read(path: Path) -> Catalog:
    """A catalogue from its file; an empty one where there is no file yet."""
    if not path.is_file():
        return Catalog(charset="utf-8")
    with path.open("rb") as file:
        return read_po(file)


def fields(text: str) -> set[str]:
    """The names that are put into a text: {count} and the like."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def unfit(message: str, translation: str) -> str | None:
    """Why a translation cannot stand for its text, or None."""
    if not translation:
        return "not translated"
    try:
        return None if fields(message) == fields(translation) else "not the same {names}"
    except ValueError as error:
        return f"braces: {error}"


def check() -> list[str]:
    """Everything that is wrong with the catalogues."""
    template, problems = collect_all()
    if not TEMPLATE.is_file() or TEMPLATE.read_text(encoding="utf-8") != spell_template(template):
        problems.append(
            f"{TEMPLATE.name} is not what the source says: run python3 packaging/dev.py i18n update"
        )
    english = read(ENGLISH)
    for message in template:
        if message.id:
            known = english.get(message.id)
            reason = unfit(str(message.id), str(known.string) if known else "")
            if reason:
                problems.append(f"{ENGLISH.name}: {reason}: {message.id!r} ({message.locations[0][0]})")
    wanted = {message.id for message in template}
    problems += [f"{ENGLISH.name}: no longer used: {item.id!r}" for item in english if item.id not in wanted]
    return problems


def extract() -> Catalog:
    """Write the template; returns it."""
    template, _problems = collect_all()
    FOLDER.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(spell_template(template), encoding="utf-8", newline="\n")
    return template


def update() -> Catalog:
    """Write the template and the English catalogue; returns the latter."""
    merged = merge(extract(), read(ENGLISH))
    text = spell(merged, "GKDesk: the interface in English.", "en", "update")
    ENGLISH.write_text(text, encoding="utf-8", newline="\n")
    return merged


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    match arguments:
        case ["extract"]:
            print(f"{len(extract())} texts in {TEMPLATE.relative_to(ROOT)}")
        case ["update"]:
            catalogue = update()
            missing = sum(1 for message in catalogue if message.id and not message.string)
            print(f"{len(catalogue)} texts in {ENGLISH.relative_to(ROOT)}, {missing} not translated yet")
        case ["check"]:
            problems = check()
            print("\n".join(problems) if problems else "i18n: every text has its translation")
            return 1 if problems else 0
        case _:
            print((__doc__ or "").strip())
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
