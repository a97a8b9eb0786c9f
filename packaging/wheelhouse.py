"""The locked packages as files: to install without a network, and what the installers are made of.

    python3 packaging/wheelhouse.py FOLDER [--windows] [--python 3.12] [--dev]

fetches the wheels for Linux (x86-64, glibc 2.28), or for Windows, and puts beside them the lock and how to install from
them. --dev takes what tests and lint need as well. Every file is checked against the lock's hashes, here and there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import machine
from machine import LOCKS, ROOT, SetupError, say

GLIBC = (2, 28)
"""Of UOS 20: no wheel may need a newer one; Kylin V10 has 2.31."""
PLATFORMS = {
    "linux": [
        *(f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC[1], 4, -1)),
        "manylinux2014_x86_64",
        "manylinux2010_x86_64",
        "manylinux1_x86_64",
    ],
    "windows": ["win_amd64"],
}
"""What pip calls the systems whose wheels fit, best first."""
PYTHON = "3.11"
"""The Python that the installers carry."""
MARKERS = ("sys_platform", "platform_system", "os_name", "platform_machine")
"""pip answers these for the machine that it runs on, not for the one that the wheels are for."""

HOW_TO = """\
GKDesk：不联网安装

这个文件夹里是运行 GKDesk 要用的全部程序包（Python {python}，{system}），requirements.lock 里有每个文件的校验值。
把它和源代码一起拷到没有网络的电脑上，在源代码文件夹里执行：

    {make}
    {install}
    {run}

校验值不符、缺少文件时安装会停下来，不会改用别的来源。
"""
COMMANDS = {
    "linux": (
        "python{python} -m venv .venv",
        ".venv/bin/python -m pip install {options} -r {folder}/{lock}",
        ".venv/bin/python -m gkdesk",
    ),
    "windows": (
        "py -{python} -m venv .venv",
        r".venv\Scripts\python -m pip install {options} -r {folder}\{lock}",
        r".venv\Scripts\pythonw -m gkdesk",
    ),
}


def fetch(system: str, folder: Path, python: str = PYTHON, locks: Sequence[Path] = LOCKS[:1]) -> None:
    """Fetch the locked wheels for a system ("linux" or "windows") into a folder. Raises SetupError.

    Files that are there already are checked and kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _pip("download", system, python, locks, ["--dest", str(folder), "--find-links", str(folder)])


def unpack(system: str, wheels: Path, target: Path) -> None:
    """Install the fetched wheels of what GKDesk runs on into a folder of modules. Raises SetupError."""
    options = ["--no-index", "--find-links", str(wheels), "--target", str(target), "--no-compile"]
    _pip("install", system, PYTHON, LOCKS[:1], options)


def _pip(command: str, system: str, python: str, locks: Sequence[Path], options: Sequence[str]) -> None:
    for lock in locks:
        if any(marker in lock.read_text(encoding="utf-8") for marker in MARKERS):
            raise SetupError(
                f"{lock.name} asks for other packages on other systems; wheelhouse.py cannot tell which."
            )
    tag = "cp" + python.replace(".", "")
    words = [str(machine.provide_environment()), "-m", "pip", command, "-qq", "--no-input", "--no-deps"]
    words += [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--python-version",
        python,
        "--implementation",
        "cp",
    ]
    words += [word for abi in (tag, "abi3", "none") for word in ("--abi", abi)]
    words += [word for platform in PLATFORMS[system] for word in ("--platform", platform)]
    words += [word for lock in locks for word in ("-r", str(lock))]
    if subprocess.run([*words, *options], cwd=ROOT, stdout=sys.stderr, check=False).returncode:
        raise SetupError(f"The locked packages for {system} could not be had (see above).")


def make(system: str, folder: Path, python: str, *, dev: bool) -> None:
    """Fetch, and write the lock and the way to install beside the wheels."""
    locks = LOCKS if dev else LOCKS[:1]
    fetch(system, folder, python, locks)
    for lock in locks:
        shutil.copy(lock, folder / lock.name)
    options = "--no-index --find-links wheels --require-hashes --no-deps"
    words = {"python": python, "folder": "wheels", "lock": LOCKS[0].name, "options": options}
    first, second, third = (line.format(**words) for line in COMMANDS[system])
    name = {"linux": "Linux x86-64", "windows": "Windows 64 位"}[system]
    text = HOW_TO.format(python=python, system=name, make=first, install=second, run=third)
    text += f"\n（这里假定文件夹叫 wheels，放在源代码文件夹里。共 {len(list(folder.glob('*.whl')))} 个程序包。）\n"
    newline = "\r\n" if system == "windows" else "\n"
    (folder / "README.txt").write_text(text, encoding="utf-8", newline=newline)


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 2 where something is missing."""
    parser = argparse.ArgumentParser(prog="wheelhouse.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--windows", action="store_true")
    parser.add_argument("--python", default=PYTHON, choices=("3.11", "3.12", "3.13"))
    parser.add_argument("--dev", action="store_true")
    chosen = parser.parse_args(arguments)
    system = "windows" if chosen.windows else "linux"
    try:
        make(system, chosen.folder.absolute(), chosen.python, dev=chosen.dev)
    except SetupError as error:
        say(str(error))
        return 2
    size = sum(wheel.stat().st_size for wheel in chosen.folder.glob("*.whl"))
    say(f"{chosen.folder}: {size / 1e6:.0f} MB; how to install: README.txt there")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
