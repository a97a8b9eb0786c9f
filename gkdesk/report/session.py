"""Editing a report: the one way in for every change, and what changed because of it.

Typing, paste, fill, import, undo and redo all hand a patch (key -> text, None for blank) to
:meth:`ReportSession.edit`. The session parses it, brings the totals up to date, runs the checks that
read what changed, and answers with :class:`Changes`; whoever shows the report refreshes from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gkdesk.errors import KnownError
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report import draft
from gkdesk.report.issue import Issue
from gkdesk.report.report import Report, check_field, is_field, tidied
from gkdesk.report.totals import add, dependants, running
from gkdesk.report.undo import UndoStack
from gkdesk.report.values import Number, Value, parse, spell

Patch = Mapping[str, str | None]

MAX_TEXT = 200_000
"""Code points that a text of the report may have."""


class UnknownKeyError(KnownError):
    """A patch names a cell or field that the report's format does not have."""


class TextTooLongError(KnownError):
    """A text of more than MAX_TEXT code points."""


@dataclass(slots=True)
class View:
    """What checks read: effective values, which totals are stated, fields, and last year's values and fields."""

    form: Format
    year: int
    values: dict[str, Value]
    stated: frozenset[str] | set[str]
    fields: dict[str, str]
    last: Mapping[str, Value] | None = None
    last_fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, previous: Report | None = None) -> View:
        stated = {id for id in report.form.sums if report.cells.get(id) is not None}
        view = cls(report.form, report.year, dict(report.values), stated, dict(report.fields))
        view.take_last(previous)
        return view

    def take_last(self, previous: Report | None) -> None:
        """Take another report as last year's."""
        self.last = previous.values if previous is not None else None
        self.last_fields = previous.fields if previous is not None else {}


class Checker(Protocol):
    """The checks of a format, as the session uses them (see :class:`gkdesk.checks.Checker`)."""

    def full(self, view: View) -> dict[int, tuple[Issue, ...]]: ...

    def reading(self, keys: Iterable[str]) -> Iterable[int]: ...

    def deferred(self, keys: Iterable[str]) -> Iterable[int]: ...

    def reading_last_year(self) -> Iterable[int]: ...

    def run(self, view: View, checks: Iterable[int]) -> dict[int, tuple[Issue, ...]]: ...


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit did. ``patch`` and ``inverse`` hold only keys whose stored text changed.

    ``cells`` are all cells to show anew, totals included; ``fields`` the other keys; ``revision``
    counts the edits of this session that changed something.
    """

    name: str
    revision: int
    patch: dict[str, str | None] = field(default_factory=dict)
    inverse: dict[str, str | None] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    issues_added: tuple[Issue, ...] = ()
    issues_removed: tuple[Issue, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patch)


@dataclass(slots=True)
class _Step:
    """What an edit has done so far."""

    patch: dict[str, str | None] = field(default_factory=dict)
    inverse: dict[str, str | None] = field(default_factory=dict)
    cells: dict[str, None] = field(default_factory=dict)
    fields: dict[str, None] = field(default_factory=dict)

    def note(self, key: str, new: str, old: str) -> None:
        self.patch[key], self.inverse[key] = new or None, old or None


class ReportSession:
    """A report being edited. Not thread-safe: it lives on the interface thread."""

    def __init__(self, report: Report, checker: Checker, previous: Report | None = None) -> None:
        self.form = report.form
        self.year = report.year
        self.previous = previous
        self.undo_stack = UndoStack()
        self.revision = 0
        self._checker = checker
        self._cells: dict[str, Value] = dict(report.cells)
        self._view = View.of(report, previous)
        self._totals_of = dependants(report.form)
        self._issues = checker.full(self._view)
        self._unread: set[str] = set()

    # ------------------------------------------------------------ reading

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues, in the order of the format's rules."""
        return tuple(issue for _index, issues in sorted(self._issues.items()) for issue in issues)

    @property
    def view(self) -> View:
        """What checks and fixes read; to be read only."""
        return self._view

    @property
    def texts_unread(self) -> bool:
        """True while something changed that :meth:`check_texts` has not looked at."""
        return bool(self._unread)

    def value(self, cell: str) -> Value:
        """The value of a cell, totals as stated, else computed. Raises KeyError."""
        return self._view.values[cell]

    def text(self, key: str) -> str:
        """The text under any key, as stored; empty when blank."""
        if key in self.form.cells:
            return spell(self._cells.get(key))
        return self._view.fields.get(key, "")

    def is_stated(self, cell: str) -> bool:
        """True for a total that came from outside and is kept as it was."""
        return cell in self._view.stated

    def computed(self, total: str) -> Number | None:
        """What a total's operands add up to, whatever is stated. Raises KeyError for no total."""
        return add(self._view.values[part] for part in self.form.sums[total])

    def running(self, total: str) -> tuple[Number, int]:
        """The sum of the operands that are there, and how many are missing: an aid on screen."""
        return running(self._view.values[part] for part in self.form.sums[total])

    def last_value(self, cell: str) -> Value:
        """Last year's figure of the same cell; None where there is none."""
        return None if self._view.last is None else self._view.last.get(cell)

    def snapshot(self) -> Report:
        """The report as it stands, unchanging."""
        return Report(self.form, self.year, dict(self._cells), dict(self._view.fields))

    # ------------------------------------------------------------ changing

    def edit(self, patch: Patch, name: str = "") -> Changes:
        """Apply a patch as one step that can be undone.

        Raises UnknownKeyError, TextTooLongError or FieldValueError, and changes nothing then. An edit to an
        operand drops a stated total that agreed with its sum; a total given in the patch is compared, and kept
        while it differs.
        """
        changes = self._apply(patch, name, keep_totals=False)
        if changes:
            self.undo_stack.push(changes.name, changes.patch, changes.inverse)
        return changes

    def adopt_sums(self, totals: Iterable[str], name: str = "") -> Changes:
        """采用合计: drop stated totals, so that the computed sums take their place."""
        return self.edit(dict.fromkeys((id for id in totals if self.is_stated(id)), None), name)

    def restore(self, entries: Mapping[str, str], name: str) -> Changes:
        """Make the report hold exactly these entries, stated totals included, as one step that can be undone.

        Raises as :meth:`edit`, and changes nothing then.
        """
        now = self.snapshot().entries()
        patch: dict[str, str | None] = {key: None for key in now if key not in entries}
        patch |= {key: text for key, text in entries.items() if now.get(key) != text}
        changes = self._apply(patch, name, keep_totals=True)
        if changes:
            self.undo_stack.push(changes.name, changes.patch, changes.inverse)
        return changes

    def undo(self) -> Changes | None:
        """Take the last step back; None when there is none."""
        step = self.undo_stack.take_undo()
        if step is None:
            return None
        return self._apply(step.inverse, _("撤销：{step}").format(step=step.name), keep_totals=True)

    def redo(self) -> Changes | None:
        """Do the last undone step again; None when there is none."""
        step = self.undo_stack.take_redo()
        if step is None:
            return None
        return self._apply(step.patch, _("重做：{step}").format(step=step.name), keep_totals=True)

    def set_previous(self, previous: Report | None) -> Changes:
        """Take another report as last year's; only the checks against last year change."""
        self.previous = previous
        self._view.take_last(previous)
        added, removed = self._check(self._checker.reading_last_year())
        return Changes("", self.revision, issues_added=added, issues_removed=removed)

    def check_texts(self) -> Changes:
        """Run the checks that read texts, as far as a key that they read was changed since the last time.

        Only issues change, no figures, texts or revision. The window calls it when typing pauses.
        """
        unread, self._unread = self._unread, set()
        added, removed = self._check(self._checker.deferred(unread))
        return Changes("", self.revision, issues_added=added, issues_removed=removed)

    def _apply(self, patch: Patch, name: str, *, keep_totals: bool) -> Changes:
        new_cells, new_fields = self._read(patch)
        if not keep_totals:  # undo and versions bring the marks of their own time along
            new_fields |= draft.follow(self._view.fields, new_fields)
        step = _Step()
        self._apply_cells(new_cells, step, keep_totals=keep_totals)
        self._apply_fields(new_fields, step)
        if not step.patch:
            return Changes(name, self.revision)
        self.revision += 1
        cells, fields = tuple(step.cells), tuple(step.fields)
        self._unread.update(cells, fields)
        added, removed = self._check(self._checker.reading((*cells, *fields)))
        return Changes(name, self.revision, step.patch, step.inverse, cells, fields, added, removed)

    def _apply_cells(self, new: dict[str, Value], step: _Step, *, keep_totals: bool) -> None:
        values, sums = self._view.values, self.form.sums
        totals = {total for cell in new for total in self._totals_of(cell)}
        if not keep_totals:
            for total in totals - new.keys():
                if total in self._view.stated and values[total] == self.computed(total):
                    new[total] = None
        # operands first, so that a total is compared with its new sum
        order = [cell for cell in new if cell not in sums]
        order += [total for total in sums if total in totals or total in new]
        for cell in order:
            before, old = values[cell], self._cells.get(cell)
            value = new.get(cell, old)
            if cell in sums:
                computed = self.computed(cell)
                if not keep_totals and cell in new and value == computed:
                    value = None
                values[cell] = computed if value is None else value
            else:
                values[cell] = value
            if value != old:
                self._store(cell, value)
                step.note(cell, spell(value), spell(old))
            if value != old or values[cell] != before:
                step.cells[cell] = None

    def _apply_fields(self, new: dict[str, str], step: _Step) -> None:
        fields = self._view.fields
        for key, text in new.items():
            old = fields.get(key, "")
            if text == old:
                continue
            step.note(key, text, old)
            step.fields[key] = None
            if text:
                fields[key] = text
            else:
                del fields[key]

    def _read(self, patch: Patch) -> tuple[dict[str, Value], dict[str, str]]:
        cells: dict[str, Value] = {}
        fields: dict[str, str] = {}
        for key, text in patch.items():
            cell = self.form.cells.get(key)
            if cell is not None:
                cells[key] = parse(clean_text(text), cell.kind) if text else None
            elif is_field(self.form, key):
                fields[key] = tidied(key, clean_text(text or ""))
                check_field(self.form, key, fields[key], self.year)
                if len(fields[key]) > MAX_TEXT:
                    raise TextTooLongError(_("文字太长：一处最多 {count} 字。").format(count=MAX_TEXT))
            else:
                raise UnknownKeyError(_("本格式没有“{key}”这一项。").format(key=key[:60]))
        return cells, fields

    def _store(self, cell: str, value: Value) -> None:
        if value is None:
            self._cells.pop(cell, None)
        else:
            self._cells[cell] = value
        if cell in self.form.sums:
            stated = set(self._view.stated)
            (stated.discard if value is None else stated.add)(cell)
            self._view.stated = stated

    def _check(self, checks: Iterable[int]) -> tuple[tuple[Issue, ...], tuple[Issue, ...]]:
        added: list[Issue] = []
        removed: list[Issue] = []
        for index, issues in self._checker.run(self._view, checks).items():
            old = self._issues.get(index, ())
            if issues == old:
                continue
            removed += [issue for issue in old if issue not in issues]
            added += [issue for issue in issues if issue not in old]
            if issues:
                self._issues[index] = issues
            else:
                del self._issues[index]
        return tuple(added), tuple(removed)


def clean_text(text: str) -> str:
    r"""A text as it is kept: \n line ends, no control characters."""
    text = (
        text.replace("\u00a0", " ")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2029", "\n")
        .replace("\u2028", "\n")
    )
    if not text.isprintable():
        text = "".join(
            character
            for character in text
            if character in "\n\t" or (character >= " " and _storable(character))
        )
    return text


def _storable(character: str) -> bool:
    # C1 controls, lone surrogates and non-characters cannot go into XML, PDF or SQLite text
    return not (
        "\x7f" <= character <= "\x9f" or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"
    )
