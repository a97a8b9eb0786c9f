"""What the storage worker is asked to do, and what it tells."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from gkdesk.storage.document import Document


@dataclass(frozen=True)
class SaveState:
    """What the clerk may be told.

    `saved`: every submitted patch is on the disk; `saving`: some are on their way; `failed`: the first of
    `pending` patches could not be saved for `reason` (a sentence for the clerk; `error` is its cause).
    """

    kind: Literal["saved", "saving", "failed"]
    pending: int = 0
    reason: str = ""
    error: Exception | None = None


@dataclass(frozen=True)
class SavedElsewhere:
    """`with_history` is False when the old file could not be read and only its content was saved."""

    path: Path
    with_history: bool


@dataclass(frozen=True)
class Commit:
    """A patch on its way to the disk; `at` is when it was submitted."""

    ticket: int
    year: int
    patch: dict[str, str | None]
    name: str
    at: datetime


@dataclass(frozen=True, eq=False)
class Call:
    """Something to be run with the document; `future` gets its answer."""

    function: Callable[[Document], Any]
    future: Future[Any]
    reads_only: bool = False

    def fail(self, error: Exception) -> None:
        """Tell whoever waits that it came to nothing, unless they were told before."""
        with suppress(InvalidStateError):
            self.future.set_exception(error)


class MakeBackup:
    """The job of making one, when it is due."""


Job = Commit | Call | MakeBackup
