"""Commands for people who work on GKDesk; the first one makes all set-up.

    python3 packaging/dev.py run                 open the wizard on the sample report
    python3 packaging/dev.py test [pytest …]     every test, or those that the arguments choose
    python3 packaging/dev.py lint                ruff, mypy and the catalogues of translations
    python3 packaging/dev.py bench [group …]     measure; prints JSON
    python3 packaging/dev.py campaign [args]     the long test campaigns
    python3 packaging/dev.py i18n extract|update|check
    python3 packaging/dev.py lock [--upgrade]    write the locks from pyproject.toml
    python3 packaging/dev.py build --windows --linux
                                                 the installers into dist/
    python3 packaging/dev.py build --stub        small ones without the program, and a check of the locks

Needs Python 3.11 to 3.13 and nothing else.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import machine
from machine import ROOT, SetupError, say

SAMPLE = Path("resources", "samples", "sample-2021.json")
OUT = Path("out")


def call(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> int:
    """Run a program in the checkout and return its exit code."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **(environment or {})}, check=False).returncode


GATED = ("checks", "report", "formats")
"""Packages of which every branch is run by the tests of their own folder."""


def has_screen() -> bool:
    """Whether a window can be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: Sequence[str]) -> int:
    """Open the window on the sample; without a screen, check and export the sample instead."""
    python = machine.provide_environment()
    if has_screen():
        machine.provide_libraries()
        return call([python, "-m", "gkdesk", "gui", *(arguments or [SAMPLE])])
    say("No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): doing the main job without the window.")
    (ROOT / OUT).mkdir(exist_ok=True)
    steps = [["check", SAMPLE]]
    steps += [
        ["export", SAMPLE, "--to", kind, "--out", OUT / f"{SAMPLE.stem}.{kind}"] for kind in ("pdf", "xlsx")
    ]
    worst = 0
    for step in steps:
        say("$ gkdesk " + shlex.join(str(word) for word in step))
        worst = max(worst, call([python, "-m", "gkdesk", *step]))
    if worst == 0:
        say(f"The sample's PDF and Excel file are in {OUT}{os.sep}")
    return worst


def test(arguments: Sequence[str]) -> int:
    """Run the tests without a visible window; all of them share the two cores.

    The tests of the packages in GATED run first, and fail when they leave a branch of theirs out.
    """
    python = machine.provide_environment()
    machine.provide_libraries()
    machine.provide_window_tests()
    runs = [list(arguments)]
    if not arguments:
        cores = ["-n", "2", "--dist", "worksteal"]
        gate = [f"--cov=gkdesk/{name}" for name in GATED]
        gate += ["--cov-branch", "--cov-fail-under=100", "--cov-report=term-missing:skip-covered"]
        runs = [
            [*cores, *gate, *(f"tests/{name}" for name in GATED)],
            [*cores, *(f"--ignore=tests/{name}" for name in GATED)],
        ]
    codes = [call([python, "-m", "pytest", *chosen], {"QT_QPA_PLATFORM": "offscreen"}) for chosen in runs]
    return max(codes)


def lint(arguments: Sequence[str]) -> int:
    """Run every static check, also after one has failed."""
    refuse(arguments)
    python = machine.provide_environment()
    steps = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["packaging/catalogue.py", "check"],
    )
    codes = [call([python, *step]) for step in steps]
    return max(codes)


def bench(arguments: Sequence[str]) -> int:
    """Measure and print one JSON object."""
    python = machine.provide_environment()
    machine.provide_libraries()
    return call([python, "tests/bench/bench.py", *arguments])


def campaign(arguments: Sequence[str]) -> int:
    """Run the long campaigns that the tests only sample."""
    python = machine.provide_environment()
    machine.provide_libraries()
    return call([python, "tests/campaigns/run.py", *arguments], {"PYTHONPATH": str(ROOT)})


def i18n(arguments: Sequence[str]) -> int:
    """Collect the interface's texts, merge them into the English catalogue, or check that it is complete."""
    return call([machine.provide_environment(), "packaging/catalogue.py", *arguments])


def lock(arguments: Sequence[str]) -> int:
    """Write both locks from pyproject.toml."""
    refuse([argument for argument in arguments if argument != "--upgrade"])
    machine.write_locks(arguments)
    machine.provide_environment()
    return 0


def build(arguments: Sequence[str]) -> int:
    """Make the installers that are asked for, one after the other, also after one has failed.

    With --stub alone both, small and without the program, after a look at the locks and the notices.
    """
    refuse([word for word in arguments if word not in ("--windows", "--linux", "--stub")])
    stub = "--stub" in arguments
    asked = [system for system in ("windows", "linux") if f"--{system}" in arguments]
    if not (asked or stub):
        raise SetupError("Say which: build --windows --linux")
    machine.provide_libraries()  # Qt draws the icons
    words = ["--stub"] if stub else []
    codes = [check_locks()] if stub else []
    codes += [
        call([sys.executable, f"packaging/{system}/build.py", *words])
        for system in asked or ("windows", "linux")
    ]
    return max(codes)


def check_locks() -> int:
    """Whether .venv, the locks, pyproject.toml and the notices agree; without a network."""
    python = machine.provide_environment()
    missing = machine.not_locked()
    if missing:
        say("pyproject.toml asks for what the lock does not have: " + ", ".join(missing) + " (dev.py lock)")
    return max(
        bool(missing), call([python, "-m", "pip", "check"]), call([python, "packaging/notices.py", "check"])
    )


def refuse(arguments: Sequence[str]) -> None:
    """Raise SetupError when a command is given words it does not know."""
    if arguments:
        raise SetupError("Not understood: " + shlex.join(arguments))


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "campaign": campaign,
    "i18n": i18n,
    "lock": lock,
    "build": build,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code, 2 where the machine or the arguments are at fault."""
    if not arguments or arguments[0] not in COMMANDS:
        print((__doc__ or "").strip())
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    if not machine.python_fits():
        other = machine.other_python()
        if other:
            return call([other, Path(__file__).resolve(), *arguments])
        say(
            f"GKDesk needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]} and PATH has no other."
        )
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except SetupError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
