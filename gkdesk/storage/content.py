"""Patches, revisions and the hash of a year's content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from gkdesk.storage.failures import Unstorable

Patch = Mapping[str, str | None]
"""Key -> new text; None makes the key blank (its entry disappears)."""


@dataclass(frozen=True)
class Revision:
    """One committed patch.

    `time` is ISO 8601 with the offset of the computer's clock; `before` and `after` hold the patch's keys
    only, None for blank; `sha256` is the hash of the year's whole content after it, or "" when the
    revision removed the report.
    """

    number: int
    year: int
    time: str
    user: str
    name: str
    before: dict[str, str | None]
    after: dict[str, str | None]
    sha256: str
    format_id: str


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no insignificant space and characters as they are (to be written as UTF-8)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(format_id: str, year: int, entries: Mapping[str, str]) -> str:
    """SHA-256 (hex) over the canonical JSON of one year's content."""
    content = {"format": format_id, "year": year, "entries": dict(entries)}
    return sha256(canonical_json(content).encode()).hexdigest()


def checked(patch: Patch) -> dict[str, str | None]:
    """A copy of `patch` that a document can hold.

    Raises `Unstorable` for characters that UTF-8 has no form for (lone surrogates, as broken clipboards
    give) and TypeError for anything that is not text.
    """
    for key, value in patch.items():
        if not isinstance(key, str) or not isinstance(value, str | None):
            raise TypeError(f"a patch maps texts to texts or None, not {key!r} to {value!r}")
        try:
            (key + (value or "")).encode()
        except UnicodeEncodeError:
            raise Unstorable(key) from None
    return dict(patch)


def patch_to(now: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str | None]:
    """The patch that turns the content `now` into the content `then`; empty when they are the same."""
    keys = dict.fromkeys((*now, *then))
    return {key: then.get(key) for key in keys if now.get(key) != then.get(key)}


def applied(entries: Mapping[str, str], patch: Patch) -> dict[str, str]:
    """`entries` with `patch` laid over them."""
    changed = dict(entries)
    for key, value in patch.items():
        if value is None:
            changed.pop(key, None)
        else:
            changed[key] = value
    return changed


def printable(text: str) -> str:
    """A name or reason that UTF-8 has a form for."""
    return text.encode("utf-8", "replace").decode()
