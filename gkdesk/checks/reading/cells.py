"""From what a text says to the cells of a format: the ``meanings`` of its file.

A format without them has no figures in its texts checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gkdesk.checks.reading.model import Meaning, Term
from gkdesk.checks.reading.vocabulary import DOMAINS, FIRST, SECOND
from gkdesk.formats.model import Format

Cells = tuple[str, ...]
"""Cells that are added up."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to find a figure in the tables. ``hint``: right, but the text should say how it was counted."""

    cells: Cells
    hint: bool = False


@dataclass(frozen=True)
class Domain:
    """A domain of one format."""

    slots: Mapping[str, Mapping[str, tuple[str, ...]]]
    default: Mapping[str, str]
    accept: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class CellMap:
    """Which cells the terms of a reading stand for."""

    domains: Mapping[str, Domain]
    known: frozenset[str] = field(default_factory=frozenset)

    def readings(self, meaning: Meaning) -> tuple[Reading, ...]:
        """The cells of a meaning, the likeliest first; empty where the format does not hold it."""
        if len(meaning) == 1:
            return tuple(self._term(meaning[0]))
        cells: list[str] = []
        for term in meaning:
            found = next(iter(self._term(term)), None)
            if found is None:
                return ()
            cells += found.cells
        return (Reading(tuple(dict.fromkeys(cells))),)

    def _term(self, term: Term) -> Iterator[Reading]:
        name, first, second = term
        domain = self.domains.get(name)
        if domain is None:
            return
        second = second or domain.default.get(first, "")
        rows, columns = domain.slots[FIRST].get(first), domain.slots[SECOND].get(second)
        if rows is None or columns is None:
            return
        yield from self._known(rows, columns)
        for other in domain.accept:
            if first in other.get(FIRST, (first,)) and second in other.get(SECOND, (second,)):
                yield from self._known(
                    other.get("plus", rows), other.get("columns", columns), hint=other.get("hint", False)
                )

    def _known(self, rows: Iterable[str], columns: Iterable[str], *, hint: bool = False) -> Iterator[Reading]:
        cells = tuple(row + column for row in rows for column in columns)
        if set(cells) <= self.known:
            yield Reading(cells, hint)

    def single(self, name: str, first: str, second: str) -> Cells:
        """The cells of one term as the table counts it; empty where the format does not hold it."""
        return next((reading.cells for reading in self._term((name, first, second))), ())


@cache
def cell_map(form: Format) -> CellMap:
    """The cells of a format; without any where it says nothing of them."""
    known = {name: _domain(form.meanings[name]) for name in DOMAINS if name in form.meanings}
    return CellMap(known, frozenset(form.cells))


def _domain(data: dict[str, Any]) -> Domain:
    slots = {slot: {value: tuple(cells) for value, cells in data[slot].items()} for slot in (FIRST, SECOND)}
    return Domain(slots, data.get("default", {}), tuple(data.get("accept", ())))
