"""The words of the grammar, from ``resources/vocabulary/words.toml``, and one expression that finds them all.

Read at the first check of a text, not at the start of the program.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gkdesk import paths

DOMAINS = ("requests", "reviews", "items")
FIRST, SECOND = "first", "second"
FOREIGN = "foreign"
"""The topic of a passage about something that the tables do not hold."""
SUBJECT, FILLER, RESTRICT, UNKNOWN = "subject", "filler", "restrict", "unknown"
"""What a word is beside a figure of a domain."""

_HARMLESS = (
    "filler",
    "own",
    "this",
    "last",
    "scope",
    "open",
    "each_in_turn",
    "each_same",
    "approximate",
    "roughly",
    "from",
    "sum",
    "compare",
    "more",
    "less",
    "reach",
    "share",
    "whole",
    "etcetera",
    "among",
    "whole_year",
    "until",
    "rest",
    "by",
    "sorted",
    "several",
    "all",
)
_KINDS = (
    *_HARMLESS,
    "none",
    "overlap",
    "foreign",
    "restrict",
    "period",
    "opaque",
    "complete",
    "joint",
    "matter",
    "touch",
    "composed",
    "due",
    "since",
    "suffix",
    "that_year",
    "channel",
    "by_way",
    "ways",
    "manners",
    "without",
    "except",
    "rule",
    "called",
    "papers",
    "people",
    "answers",
    "unrelated",
    "disposes",
    "class",
    "subject",
    "explicit",
    "names",
)
KIND = {name: 1 << place for place, name in enumerate(_KINDS)}
"""List of ``[words]`` -> its flag. A word that fills a slot or names a domain is also ``subject``, one that gives
its domain away ``explicit``, and one that does so even after something else was spoken of ``names``."""
_HARMLESS_FLAGS = sum(KIND[kind] for kind in _HARMLESS)
_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(slots=True)
class Word:
    """A word and all that it can mean.

    ``flags`` are its kinds (:data:`KIND`); ``senses`` the slots and values that it fills in a domain; ``nouns``
    the domains that it can name; ``explicit`` those that it alone gives away; ``roles`` what it is beside a
    figure of each domain.
    """

    text: str
    flags: int = 0
    senses: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    explicit: frozenset[str] = frozenset()
    roles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranks:
    """Values of a domain's first slot that give way to more precise ones; ``stages`` are no results.

    ``reasons`` are those of each result: refused_secret of refused.
    """

    vague: frozenset[str]
    plain: frozenset[str]
    stages: frozenset[str]
    reasons: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """All words, the pattern that finds the longest at a place, and the units of each domain.

    ``actors`` is how names of other units end, ``inside`` what a township decides through; ``rates`` are the words
    of what a rate counts, where its name does not hold them.
    """

    words: Mapping[str, Word]
    pattern: str
    units: Mapping[str, frozenset[str]]
    ranks: Mapping[str, Ranks]
    actors: tuple[str, ...]
    inside: frozenset[str]
    rates: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    path = paths.resources() / "vocabulary" / "words.toml"
    return build(tomllib.loads(path.read_text(encoding="utf-8")))


def build(data: dict[str, Any]) -> Vocabulary:
    """A vocabulary from the content of its file."""
    words: dict[str, Word] = {}
    for kind, texts in data["words"].items():
        for text in expanded(texts):
            words.setdefault(text, Word(text)).flags |= KIND[kind]
    for domain in DOMAINS:
        _add_domain(words, domain, data[domain])
    for text in expanded(data["requests"]["classes"]):
        words[text].flags |= KIND["class"]
    bare = frozenset(expanded(data["requests"]["bare"]))
    stages = frozenset(data["requests"]["rank"]["stages"])
    for word in words.values():
        _settle(word, bare=word.text in bare, stages=stages)
    return Vocabulary(
        words=words,
        pattern=trie_pattern(words),
        units={domain: frozenset(texts) for domain, texts in data["units"].items()},
        ranks={domain: _ranks(data[domain]) for domain in DOMAINS},
        actors=tuple(data["actors"]["endings"]),
        inside=frozenset(expanded(data["actors"]["inside"])),
        rates={name: tuple(texts) for name, texts in data["rates"].items()},
    )


def _ranks(data: dict[str, Any]) -> Ranks:
    rank = data.get("rank", {})
    vague, plain, stages = (frozenset(rank.get(name, ())) for name in ("vague", "plain", "stages"))
    reasons = {
        result: tuple(value for value in data[FIRST] if value.startswith(f"{result}_"))
        for result in data[FIRST]
    }
    return Ranks(vague, plain, stages, reasons)


def expanded(texts: Iterable[str]) -> Iterator[str]:
    """The words that texts stand for, each once: {结转|转}{至|到|}下年度 is six of them."""
    return iter(dict.fromkeys(word for text in texts for word in _choices(text)))


def _choices(text: str) -> Iterator[str]:
    pieces = _CHOICE.split(text)
    if len(pieces) == 1:
        return iter((text,))
    # fixed text and choices take turns
    parts = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    return map("".join, itertools.product(*parts))


def _add_domain(words: dict[str, Word], domain: str, spec: dict[str, Any]) -> None:
    """The words of one domain: its nouns, the values of its slots, and what adds nothing there."""
    own: dict[str, Word] = {}

    def word(text: str) -> Word:
        own[text] = words.setdefault(text, Word(text))
        return own[text]

    for text in expanded(spec["nouns"]):
        word(text).nouns |= {domain}
    for slot in (FIRST, SECOND):
        for value, texts in spec[slot].items():
            for text in expanded(texts):
                word(text).senses.setdefault(domain, []).append((slot, value))
    weak, telling = frozenset(expanded(spec["weak"])), frozenset(spec.get("telling", (FIRST, SECOND)))
    for text, entry in own.items():
        tells = domain in entry.nouns or any(slot in telling for slot, _value in entry.senses[domain])
        if tells and text not in weak:
            entry.explicit |= {domain}
    for role, texts in ((FILLER, spec["fillers"]), (RESTRICT, spec.get("cuts", ()))):
        for text in expanded(texts):
            words.setdefault(text, Word(text)).roles[domain] = role


def _settle(word: Word, *, bare: bool, stages: frozenset[str]) -> None:
    """What follows from all lists in which a word stands."""
    if len(word.senses) > 1:
        # a word that several domains use gives none of them away
        word.explicit &= word.nouns
    harmless = word.flags & _HARMLESS_FLAGS
    cuts = word.flags & (KIND["restrict"] | KIND["period"])
    for domain in DOMAINS:
        if domain in word.senses or domain in word.nouns:
            word.roles[domain] = SUBJECT
            word.flags |= KIND["subject"]
        elif domain not in word.roles:
            word.roles[domain] = FILLER if harmless else RESTRICT if cuts else UNKNOWN
    if word.explicit:
        word.flags |= KIND["explicit"]
        reasons = any("_" in value for _slot, value in word.senses.get("requests", ()) if value not in stages)
        if not bare and (word.nouns or reasons or "requests" not in word.explicit):
            word.flags |= KIND["names"]


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression that matches the longest of the words at a place without going back."""
    root: dict[str, Any] = {}
    for text in words:
        node = root
        for character in text:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(root)


_GROUP = 20
"""Alternatives that are tried one after the other; of more, groups are chosen by their first characters."""


def _branches(node: dict[str, Any]) -> str:
    ends = "" in node
    parts = {
        character: re.escape(character) + _branches(child)
        for character, child in sorted(node.items())
        if character
    }
    if not parts:
        return ""
    body = _any_of(parts) if len(parts) > 1 or ends else next(iter(parts.values()))
    return f"{body}?" if ends else body


def _any_of(parts: Mapping[str, str]) -> str:
    if len(parts) <= _GROUP:
        return f"(?:{'|'.join(parts.values())})"
    starts = list(parts)
    groups = [starts[at : at + _GROUP] for at in range(0, len(starts), _GROUP)]
    chosen = [
        f"(?=[{re.escape(''.join(group))}])(?:{'|'.join(parts[start] for start in group)})"
        for group in groups
    ]
    return f"(?:{'|'.join(chosen)})"
