"""The notices on what others have written and GKDesk carries along: resources/licences/third-party.txt.

    python packaging/notices.py update     write it from the lock, the installed packages and the fonts
    python packaging/notices.py check      say whether it is up to date

Runs with the Python of .venv, whose packages are those of the lock. Windows and Linux carry the same packages.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
LICENCES = ROOT / "packaging" / "licences"
FONTS = ROOT / "resources" / "fonts"
NOTICES = ROOT / "resources" / "licences" / "third-party.txt"

NOT_CARRIED = {"pip"}
"""Packages of the lock that no installer carries."""
OF_OTHER_BUILDS = {"android", "cibw_musl", "pbin_musl", "v8_xfa"}
"""Folders of licences for builds of a package that are not ours."""
_LICENCE = re.compile(r"^(licen[cs]es?|copying|notice|authors)\b|^licenses/", re.IGNORECASE)
_LINE = "=" * 100


def locked() -> list[tuple[str, str]]:
    """Name and version of every package in the lock that is carried, in order."""
    found = re.findall(r"^([\w.-]+)==([\w.+!-]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return [(name, version) for name, version in found if name not in NOT_CARRIED]


def licence_of(about: metadata.PackageMetadata) -> str:
    """The licence as the package itself names it, in few words."""
    named = str(about.get("License-Expression") or about.get("License") or "").strip()
    if named and "\n" not in named:
        return named.partition(" (see")[0]
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    return ", ".join(classified) or "see below"


def texts_of(distribution: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """Name and text of each licence file in a package, in order of their names."""
    for file in sorted(distribution.files or (), key=str):
        top, _slash, inside = file.as_posix().partition("/")
        if not top.endswith(".dist-info") or not _LICENCE.match(inside):
            continue
        if OF_OTHER_BUILDS.isdisjoint(file.parts):
            data = Path(str(distribution.locate_file(file))).read_bytes()
            name = inside.removeprefix("licenses/")
            yield name, data.decode("utf-8", errors="replace").replace("\r\n", "\n").strip()


def notices() -> str:
    """The whole file."""
    parts = tomllib.loads((LICENCES / "bundled.toml").read_text(encoding="utf-8"))["part"]
    fonts = tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))["font"]
    packages = []
    for name, version in locked():
        distribution = metadata.distribution(name)
        if distribution.version != version:
            raise SystemExit(f"{name} {distribution.version} is installed, the lock says {version}")
        packages.append((distribution.metadata["Name"], version, distribution))
    lines = [
        "GKDesk is under the MIT licence (LICENSE). It carries along what is listed here, each under its own licence;",
        "the texts follow in the same order.",
        "",
        *(f"  {part['name']}: {part['licence']} ({part['where']})" for part in parts),
        *(f"  {name} {version}: {licence_of(item.metadata)}" for name, version, item in packages),
        *(
            f"  font {font['family']}, from {font['original']}: {font['licence']} (fonts/{font['licence_file']})"
            for font in fonts
        ),
    ]
    said: dict[str, str] = {}
    for part in parts:
        lines += heading(part["name"], part["licence"])
        lines += [part["note"].strip(), ""] if "note" in part else []
        if "text" in part:
            lines += told(part["name"], (LICENCES / part["text"]).read_text(encoding="utf-8").strip(), said)
    for name, version, item in packages:
        lines += heading(f"{name} {version}", licence_of(item.metadata))
        for file, text in texts_of(item):
            lines += [f"--- {file}", "", *told(f"{name}: {file}", text, said)]
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"


def heading(name: str, licence: str) -> list[str]:
    """The lines that begin a part."""
    return ["", _LINE, name, licence, _LINE, ""]


def told(where: str, text: str, said: dict[str, str]) -> list[str]:
    """The text, or where the same text stands already."""
    key = " ".join(text.split())
    if key in said:
        return [f"(the same text as {said[key]})", ""]
    said[key] = where
    return [text, ""]


def main(arguments: Sequence[str]) -> int:
    """Returns 0 where all is well, 1 where the file is not up to date, 2 for other words."""
    match list(arguments):
        case ["update"]:
            NOTICES.parent.mkdir(exist_ok=True)
            NOTICES.write_text(notices(), encoding="utf-8", newline="\n")
        case ["check"]:
            if not NOTICES.is_file() or NOTICES.read_text(encoding="utf-8") != notices():
                print(
                    f"{NOTICES.relative_to(ROOT)} is not up to date: .venv/bin/python packaging/notices.py update"
                )
                return 1
        case _:
            print((__doc__ or "").strip())
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
