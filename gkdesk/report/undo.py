"""Undo and redo as stacks of named steps, each with its patch and inverse patch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the clerk: what it did and what takes it back."""

    name: str
    patch: dict[str, str | None]
    inverse: dict[str, str | None]


class UndoStack:
    """Steps done and undone. Pushing a new step forgets the undone ones."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undo_name(self) -> str | None:
        """Name of the step that undo would take back."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """Name of the step that redo would do again."""
        return self._undone[-1].name if self._undone else None

    def push(self, name: str, patch: dict[str, str | None], inverse: dict[str, str | None]) -> None:
        self._undone.clear()
        self._done.append(Step(name, patch, inverse))
        del self._done[: -self._limit]

    def take_undo(self) -> Step | None:
        return self._move(self._done, self._undone)

    def take_redo(self) -> Step | None:
        return self._move(self._undone, self._done)

    @staticmethod
    def _move(source: list[Step], target: list[Step]) -> Step | None:
        if not source:
            return None
        target.append(source.pop())
        return target[-1]
