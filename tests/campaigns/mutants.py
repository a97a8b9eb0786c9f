"""Mutation testing: one small fault after the other is put into the code, and some test must fail for each.

    python -m tests.campaigns.mutants MODULE… [--tests PATH…] [--out FILE] [--again FILE] [--sample N]
    python -m tests.campaigns.mutants --stale

MODULE is a file or a folder below gkdesk/. All tests run once to find out which of them reach which line; then
each mutant runs, in a process forked from that one, the tests that reach its line, the quickest first, until one
fails. A mutant that no test notices *survived*: a test is missing, or the fault makes no difference. What was looked
at and may survive stands in ``survivors.toml`` with its reason, and only what does not stand there is listed.

Mutated is what stands in functions. A mutant replaces the code of its function in place, so nothing is imported
again, whoever holds the function; what modules work out while they are imported stays as it is.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.campaigns.faults import ROOT, Mutant, explained, mutants, stale

MEMORY = 4 << 30
"""Bytes of address space that a mutant may use."""
SLOW_TO_LOAD = ("gkdesk.formats", "gkdesk.checks.reading.vocabulary", "gkdesk.checks.reading.tokens")
"""Modules whose cached results are kept unless the mutant is in one of them."""
KILLED, SURVIVED, UNREACHED, STOPPED = "killed", "survived", "not reached", "stopped"
EXPLAINED = "explained"
"""Survived or was not reached, and it is known why."""

# ------------------------------------------------------------ putting mutants into the program


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _code(mutant: Mutant) -> CodeType:
    """The code of the function that a mutant changes."""
    module = compile(mutant.tree, str(mutant.path), "exec", dont_inherit=True)
    return next(code for code in _codes(module) if (code.co_name, code.co_firstlineno) == mutant.function)


def _running(path: Path) -> dict[tuple[str, int], list[FunctionType]]:
    """The functions of a module that exist now, by name and line."""
    found: dict[tuple[str, int], list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(path):
            found.setdefault((thing.__code__.co_name, thing.__code__.co_firstlineno), []).append(thing)
    return found


def _forget(keep: tuple[str, ...]) -> None:
    """Clear what functions of the program have cached, but for some modules."""
    for cached in _caches(sum(name.startswith("gkdesk") for name in sys.modules)):
        home = cached.__module__
        if not (keep and home.startswith(keep)):
            cached.cache_clear()


@functools.cache
def _caches(_modules: int) -> list[Any]:
    """The functions of the program that cache; looked for again when it has loaded another module."""
    return [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, functools._lru_cache_wrapper)
        and (getattr(thing, "__module__", None) or "").startswith("gkdesk")
    ]


def _is_slow_to_load(path: Path) -> bool:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).startswith(SLOW_TO_LOAD)


# ------------------------------------------------------------ running tests


class Campaign:
    """A pytest plugin that runs mutants in the place of tests."""

    def __init__(
        self,
        paths: list[Path],
        out: Path | None = None,
        again: set[tuple[str, ...]] | None = None,
        sample: int | None = None,
    ) -> None:
        self.paths = paths
        self.out = out
        self.again = again
        self.sample = sample
        self.reached: dict[tuple[str, int], list[int]] = {}
        self.seconds: list[float] = []
        self.counts: dict[str, Counter[str]] = {}
        self.survivors: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        files = {str(path) for path in self.paths}
        for at, item in enumerate(self.items):
            hit: set[tuple[str, int]] = set()
            _forget(SLOW_TO_LOAD)
            started = time.process_time()
            if not self._passes(item, _tracer(files, hit)):
                raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
            self.seconds.append(time.process_time() - started)
            for place in hit:
                self.reached.setdefault(place, []).append(at)
        print(f"{len(self.items)} tests, {sum(self.seconds):.0f} s with tracing", flush=True)
        for path in self.paths:
            self._module(path)
        return True

    @staticmethod
    def _passes(item: pytest.Item, tracer: Any = None) -> bool:
        sys.settrace(tracer)
        try:
            reports = runtestprotocol(item, log=False, nextitem=None)
        finally:
            sys.settrace(None)
        return not any(report.failed for report in reports)

    def _module(self, path: Path) -> None:
        name = str(path.relative_to(ROOT))
        counts = self.counts[name] = Counter()
        running = _running(path)
        for mutant in self._chosen(path):
            if self.again is not None and _without_line(*mutant.record) not in self.again:
                continue
            functions = running.get(mutant.function, [])
            reached = {at for line in mutant.lines for at in self.reached.get((str(path), line), ())}
            if reached and _is_slow_to_load(path):
                # what it made was kept: later tests used it without running it
                reached = set(range(len(self.items)))
            tests = sorted(reached, key=self.seconds.__getitem__)
            answer = self._run(mutant, functions, tests) if functions and tests else UNREACHED
            if answer in {SURVIVED, UNREACHED}:
                if mutant.words in explained().get(mutant.module, {}):
                    answer = EXPLAINED
                else:
                    self.survivors.append(f'{mutant.record[0]}  {answer}\n{_toml(mutant.words)} = ""')
            counts[answer] += 1
            if self.out is not None:
                with self.out.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps([*mutant.record, answer], ensure_ascii=False) + "\n")
        print(f"{name}: {dict(counts)}", flush=True)

    def _chosen(self, path: Path) -> Iterator[Mutant]:
        """The mutants of a module, or the same few of them each time."""
        if self.sample is None:
            yield from mutants(path)
            return
        # counted first: each holds a whole module's tree
        count = sum(1 for _ in mutants(path))
        chosen = set(random.Random(0).sample(range(count), min(count, self.sample)))
        yield from (mutant for at, mutant in enumerate(mutants(path)) if at in chosen)

    def _run(self, mutant: Mutant, functions: list[FunctionType], tests: list[int]) -> str:
        """Run a mutant's tests in a forked process."""
        try:
            code = _code(mutant)
        except (SyntaxError, ValueError):
            return KILLED
        allowed = 3 + 5 * sum(self.seconds[at] for at in tests)
        child = os.fork()
        if child == 0:
            self._child(mutant, code, functions, tests, allowed)
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return STOPPED
        return SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED

    def _child(
        self, mutant: Mutant, code: CodeType, functions: list[FunctionType], tests: list[int], allowed: float
    ) -> None:
        """In the forked process: put the mutant in, run its tests, and end with 1 when one fails."""
        failed = 1
        try:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, allowed)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            for function in functions:
                function.__code__ = code
            _forget(() if _is_slow_to_load(mutant.path) else SLOW_TO_LOAD)
            failed = int(not all(self._passes(self.items[at]) for at in tests))
        finally:
            os._exit(failed)


def _tracer(files: set[str], hit: set[tuple[str, int]]) -> Any:
    """A trace function that notes the lines of some files."""

    def line(frame: FrameType, _event: str, _value: object) -> Any:
        hit.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _value: object) -> Any:
        return line if frame.f_code.co_filename in files else None

    return call


def modules(names: list[str]) -> list[Path]:
    """The modules that are named, or lie in folders that are."""
    found: list[Path] = []
    for name in names:
        path = (ROOT / name).resolve()
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def _alive(path: Path) -> set[tuple[str, ...]]:
    """The mutants of an earlier campaign that were not killed."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {_without_line(*record) for *record, answer in lines if answer in {SURVIVED, UNREACHED, EXPLAINED}}


def _without_line(place: str, was: str, now: str) -> tuple[str, ...]:
    """A mutant's record without its line, which moves when the module is edited."""
    return place.partition(":")[0], was, now


def _toml(text: str) -> str:
    """A text as a key of TOML."""
    return json.dumps(text, ensure_ascii=False)


def main() -> int:
    """Run the campaign and list what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--tests", nargs="+", default=["tests/checks", "tests/report", "tests/formats"])
    parser.add_argument("--out", type=Path, help="a line for each mutant")
    parser.add_argument("--again", type=Path, help="such a file: only what was not killed there")
    parser.add_argument(
        "--sample", type=int, metavar="N", help="so many mutants of each module, the same each time"
    )
    parser.add_argument("--stale", action="store_true", help="only list what survivors.toml explains in vain")
    given = parser.parse_args()
    if given.stale:
        print(*stale(), sep="\n")
        return 0
    os.environ["CI"] = "1"
    again = _alive(given.again) if given.again else None
    campaign = Campaign(modules(given.modules), given.out, again, given.sample)
    with contextlib.chdir(ROOT):
        code = pytest.main(["-q", "-s", "-p", "no:cacheprovider", *given.tests], plugins=[campaign])
    total: Counter[str] = sum(campaign.counts.values(), Counter())
    print(dict(total), *campaign.survivors, sep="\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
