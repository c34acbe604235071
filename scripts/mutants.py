"""Make the mutants of a Python source: the same code with one small thing wrong.

What is mutated, one place at a time: comparisons (to the neighbour at the border and to the
opposite), `and`/`or`, `not` and bare conditions, plus and minus, `|` and `&` of sets, min and
max, any and all, numbers (one more, one less), True and False, what is returned (None) or
yielded (nothing), `continue` and `break`. Left alone: docstrings, annotations, decorators, the
arguments of dataclass fields and `assert`, which declare and do not decide.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_SHOWN = 70
"""Signs of an expression that are shown before it is cut."""


@dataclass(frozen=True)
class Mutant:
    """One change: where it stands, what it says, and the whole tree with it made.

    `line` is the source line without its indent, `at` the column in it counted from 1.
    """

    path: Path
    number: int
    at: int
    within: str
    line: str
    mutation: str
    tree: ast.Module


def mutants_of(path: Path, source: str | None = None) -> list[Mutant]:
    """List the mutants of a file, from top to bottom."""
    text = path.read_text("utf-8") if source is None else source
    lines = text.splitlines()
    tree = ast.parse(text)
    found = []
    # Every change is made on a copy: places are found by their order in the walk.
    for place, (node, _, _) in enumerate(_places(tree)):
        for choice in range(len(list(_changes(node)))):
            changed = copy.deepcopy(tree)
            target, within, replace = _nth(changed, place)
            new = list(_changes(target))[choice]
            mutation = f"{_shown(target)} → {_shown(new)}"
            replace(new)
            line = lines[node.lineno - 1]
            indent = len(line) - len(line.lstrip())
            found.append(
                Mutant(
                    path,
                    node.lineno,
                    len(line.encode()[: node.col_offset].decode()) - indent + 1,
                    within,
                    line.strip(),
                    mutation,
                    ast.fix_missing_locations(changed),
                )
            )
    original = compile(tree, str(path), "exec")
    unlike = [m for m in found if compile(m.tree, str(path), "exec") != original]
    return sorted(unlike, key=lambda m: (m.number, m.at))


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _nth(tree: ast.Module, place: int):
    for at, found in enumerate(_places(tree)):
        if at == place:
            return found
    raise IndexError(place)


def _places(tree: ast.Module) -> Iterator[tuple]:
    """Walk what decides something: each node, the function it is in, how to replace it."""
    yield from _walk(tree, "")


def _walk(node: ast.AST, within: str) -> Iterator[tuple]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        within = f"{within}.{node.name}".strip(".")
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        if isinstance(node, ast.AnnAssign) and _declares_a_field(node):
            continue
        if isinstance(node, ast.Assign) and not within and _is_alias(node):
            continue
        for child, replace in _children(node, name, value):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.Assert):
                continue
            if name in ("test", "ifs") and not isinstance(
                child, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.NamedExpr)
            ):
                yield _Condition(child), within, lambda new, r=replace: r(new)
            yield child, within, replace
            yield from _walk(child, within)


def _children(node: ast.AST, name: str, value: object) -> Iterator[tuple]:
    if isinstance(value, ast.AST):
        yield value, lambda new: setattr(node, name, new)
    elif isinstance(value, list):
        for at, child in enumerate(value):
            if isinstance(child, ast.AST):
                yield child, lambda new, at=at: value.__setitem__(at, new)


def _declares_a_field(node: ast.AnnAssign) -> bool:
    """Tell a field with a default factory: how it is made is the library's business."""
    return isinstance(node.value, ast.Call)


def _is_alias(node: ast.Assign) -> bool:
    """Tell a name for a type (`Days = tuple[int | None, int | None]`)."""
    return isinstance(node.value, ast.Subscript)


class _Condition(ast.expr):
    """A bare condition: stands for the expression that is to be negated."""

    _fields = ("held",)

    def __init__(self, held: ast.expr) -> None:
        super().__init__()
        self.held = held
        self.lineno, self.col_offset = held.lineno, held.col_offset


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case _Condition():
            yield ast.UnaryOp(ast.Not(), node.held)
        case ast.Compare():
            for at, operator in enumerate(node.ops):
                for new in _COMPARISONS[type(operator)]:
                    ops = [new() if i == at else op for i, op in enumerate(node.ops)]
                    yield ast.Compare(node.left, ops, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _OPERATORS:
            yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        case ast.AugAssign() if type(node.op) in _OPERATORS:
            yield ast.AugAssign(node.target, _OPERATORS[type(node.op)](), node.value)
        case ast.Name(id=name, ctx=ast.Load()) if name in _CALLS:
            yield ast.Name(_CALLS[name], ast.Load())
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield ast.Constant(node.value + 1)
            yield ast.Constant(node.value - 1)
        case ast.Return(value=ast.expr()) if not _is_plain(node.value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _is_plain(node: ast.expr) -> bool:
    """Tell None, and True and False, which have a mutant of their own."""
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))
