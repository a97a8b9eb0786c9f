"""Small faults in code, one after the other, and which of them may survive the tests: for the campaign of mutants."""

from __future__ import annotations

import ast
import copy
import functools
import itertools
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SURVIVORS = Path(__file__).with_name("survivors.toml")
_KEPT = 24
"""Characters of code that are kept beside a change, when it is named."""

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
}


_NOT_RUN = frozenset({"annotation", "returns", "decorator_list", "args"})
"""Parts of functions and of declarations that do not run with their body."""


@dataclass(frozen=True)
class Mutant:
    """One fault: ``tree`` is its module with it; ``function`` names the function whose code changes."""

    path: Path
    function: tuple[str, int]
    owner: str
    """The class that the function belongs to, with a full stop; empty where there is none."""
    lines: range
    was: str
    now: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """Its module from the top of the project."""
        return str(self.path.relative_to(ROOT))

    @property
    def record(self) -> tuple[str, str, str]:
        """Where it is, what stood there, and what stands there now."""
        return f"{self.module}:{self.lines.start}", self.was, self.now

    @property
    def words(self) -> str:
        """What it does to its function, as it stands in ``survivors.toml``: the same wherever the line moves."""
        return f"{self.owner}{self.function[0]}: {' -> '.join(_shortened(self.was, self.now))}"


# ------------------------------------------------------------ making mutants


def mutants(path: Path, *, runnable: bool = True) -> Iterator[Mutant]:
    """All mutants of a module; with its own tree each where they shall run."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for owner, function in _functions(tree):
        docstring = ast.get_docstring(function) is not None
        for node, statement in _nodes(function.body[1 if docstring else 0 :]):
            was = ast.unparse(node)
            for now, undo in _changes(node):
                if now != was:
                    made = ast.fix_missing_locations(copy.deepcopy(tree)) if runnable else tree
                    header = statement.body[0].lineno if getattr(statement, "body", None) else None
                    last = header or (statement.end_lineno or statement.lineno) + 1
                    lines = range(statement.lineno, max(last, statement.lineno + 1))
                    first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
                    yield Mutant(path, (function.name, first), owner, lines, was, now, made)
                undo()


def _functions(node: ast.AST, owner: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of a module and of its classes, each with its class; those inside functions belong to theirs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield owner, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{owner}{child.name}.")


def _nodes(body: list[ast.stmt]) -> Iterator[tuple[ast.AST, ast.stmt]]:
    """The nodes of statements, each with its statement; words for people and types are left out."""
    todo: list[tuple[ast.AST, ast.stmt]] = [(statement, statement) for statement in reversed(body)]
    while todo:
        node, statement = todo.pop()
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "ngettext"}
        ):
            continue
        yield node, statement
        if _is_strip(node):
            # one more character to strip is no fault
            todo.append((node.func, statement))  # type: ignore[attr-defined]
            continue
        children = [
            child
            for name, value in ast.iter_fields(node)
            if not (name in _NOT_RUN and isinstance(node, (ast.AnnAssign, ast.FunctionDef)))
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]
        todo += [(child, child if isinstance(child, ast.stmt) else statement) for child in reversed(children)]


def _is_strip(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"strip", "lstrip", "rstrip"}
    )


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """Puts each fault of a node into the tree: what stands there now, and what mends it."""
    for field, value in _faults(node):
        old = getattr(node, field)
        setattr(node, field, value)
        yield ast.unparse(node), functools.partial(setattr, node, field, old)
    other = _other(node)
    if other is not None:
        kind, fields = node.__class__, dict(node.__dict__)

        def mend() -> None:
            node.__dict__.clear()
            node.__class__ = kind  # type: ignore[assignment]
            node.__dict__.update(fields)

        node.__class__ = other.__class__  # type: ignore[assignment]
        node.__dict__.update(other.__dict__)
        yield ast.unparse(node), mend


def _faults(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Fields of a node with other values."""
    match node:
        case ast.Compare(ops=ops):
            for at, each in enumerate(ops):
                if type(each) in _COMPARISONS:
                    yield "ops", [*ops[:at], _COMPARISONS[type(each)](), *ops[at + 1 :]]
        case ast.BoolOp(op=op):
            yield "op", ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPERATORS:
            yield "op", _OPERATORS[type(op)]()
        case ast.Constant(value=bool() | int() | str() as value) if value != "":
            yield (
                "value",
                not value
                if isinstance(value, bool)
                else value + 1
                if isinstance(value, int)
                else f"⁂{value}",
            )
        case ast.If() | ast.IfExp() | ast.While():
            for value in (False,) if isinstance(node, ast.While) else (True, False):
                yield "test", ast.Constant(value)
        case ast.comprehension(ifs=ifs):
            for at in range(len(ifs)):
                yield "ifs", [*ifs[:at], *ifs[at + 1 :]]
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield "value", ast.Constant(None)


def _other(node: ast.AST) -> ast.AST | None:
    """What may stand in the place of a node."""
    match node:
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            return copy.deepcopy(operand)
        case ast.Break():
            return ast.Continue()
        case ast.Continue():
            return ast.Break()
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Delete():
            return ast.Pass()
    return None


# ------------------------------------------------------------ survivors that are known


def _shortened(was: str, now: str) -> tuple[str, str]:
    """Both in a line each, without most of what is the same at the start and the end, and of a long middle."""
    was, now = (" ".join(code.split()) for code in (was, now))
    same = _alike(was, now)
    cut = max(same - _KEPT, 0) if same > 2 * _KEPT else 0
    back = min(_alike(was[::-1], now[::-1]), min(len(was), len(now)) - same)
    end = max(back - _KEPT, 0) if back > 2 * _KEPT else 0
    pieces = [
        ("…" if cut else "") + code[cut : len(code) - end] + ("…" if end else "") for code in (was, now)
    ]
    return tuple(  # type: ignore[return-value]
        piece if len(piece) <= 6 * _KEPT else f"{piece[: 3 * _KEPT]} … {piece[-3 * _KEPT :]}"
        for piece in pieces
    )


def _alike(one: str, other: str) -> int:
    """How many characters they begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@functools.cache
def explained() -> dict[str, dict[str, str]]:
    """For each module the mutants that may survive, each with the reason."""
    stated = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))
    reasons = stated.pop("reasons")
    return {
        module: {words: reasons[name] for words, name in known.items()} for module, known in stated.items()
    }


def stale() -> Iterator[str]:
    """What stands in ``survivors.toml`` and is no mutant any more."""
    for module, known in explained().items():
        path = ROOT / module
        possible = {mutant.words for mutant in mutants(path, runnable=False)} if path.exists() else set()
        yield from (f"{module}  {words}" for words in known if words not in possible)
