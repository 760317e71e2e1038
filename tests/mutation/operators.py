"""The edits: one comparison, check, constant, call or argument of a module changed at a time."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "/",
    ast.Mod: "//",
}
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What a value passes through to become safe, ordered or whole; without it the value itself is used.
WRAPPERS = {"escape", "quote", "sorted", "abs", "round", "reversed", "strip", "normalize"}
# Arguments that tell a person something, or assert of the code what no input can break.
SILENT = {"help", "metavar", "strict", "frozen", "flush", "usedforsecurity"}
# Exchanged, their arguments break at once: no test is needed to see that.
OF_TYPES = {"isinstance", "issubclass"}
GUARDS = (ast.Raise, ast.Return, ast.Continue, ast.Break)


def package_of(file: str) -> str:
    """Return the package of a file: `scripts`, `typst_book` or a folder of `smdi`."""
    parts = Path(file).parts
    if parts[0] != "src":
        return parts[0]
    return parts[2] if parts[1] == "smdi" and len(parts) > 3 else parts[1]


@dataclass(frozen=True)
class Mutant:
    """One edit: the text from `start` to `end` of `file` (offsets in UTF-8) becomes `after`."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    before: str
    after: str

    @property
    def package(self) -> str:
        """The package the file belongs to."""
        return package_of(self.file)

    def applied(self, source: bytes) -> bytes:
        """Give the source with this edit."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def text(self, root: Path) -> str:
        """Give the line it changes, which names it after the module has moved on."""
        lines = (root / self.file).read_bytes().splitlines()
        return lines[self.line - 1].decode().strip()

    def identity(self, root: Path) -> str:
        """Name the edit by what it does to which line, wherever in the module that stands."""
        return f"{self.file} | {self.text(root)} | {self.before} → {self.after}"

    def diff(self, root: Path) -> str:
        """Give the lines before and after."""
        source = (root / self.file).read_bytes()
        old, new = (one.decode().splitlines() for one in (source, self.applied(source)))
        return "\n".join(list(difflib.unified_diff(old, new, n=0, lineterm=""))[3:])

    def __str__(self) -> str:
        before = " ".join(self.before.split())[:70]
        after = " ".join(self.after.split())[:70]
        return f"{self.file}:{self.line} ({self.kind}) {before} → {after}"


def mutants(root: Path, file: str) -> list[Mutant]:
    """Give every edit of a module, in the order of its lines; only those that still compile."""
    source = (root / file).read_bytes()
    module = ast.parse(source)
    text = _Text(file, source)
    found = [mutant for node in _reached(module) for mutant in _of(node, text)]
    found.sort(key=lambda one: (one.start, one.end, one.kind, one.after))
    return [one for one in found if _compiles(one.applied(source))]


def _reached(module: ast.Module) -> Iterator[ast.AST]:
    """Walk a module without annotations, imports and what only type checkers read."""
    pending: list[ast.AST] = [module]
    while pending:
        node = pending.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_params"):
                continue
            if isinstance(node, ast.keyword) and node.arg in SILENT:
                continue
            children = value if isinstance(value, list) else [value]
            pending += [child for child in children if isinstance(child, ast.AST)]
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                break


class _Text:
    """Where the nodes of a module stand in its bytes."""

    def __init__(self, file: str, source: bytes) -> None:
        self.file = file
        self.source = source
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self.lines[node.lineno - 1] + node.col_offset
        return start, self.lines[node.end_lineno - 1] + node.end_col_offset

    def of(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        start, end = self.span(node)
        return self.source[start:end].decode()

    def edit(self, node: ast.expr | ast.stmt, kind: str, after: str) -> Mutant:
        start, end = self.span(node)
        return self.between(start, end, node.lineno, kind, after)

    def between(self, start: int, end: int, line: int, kind: str, after: str) -> Mutant:
        before = self.source[start:end].decode()
        return Mutant(self.file, line, kind, start, end, before, after)


def _of(node: ast.AST, text: _Text) -> Iterator[Mutant]:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            yield from _operator(left, right, COMPARISONS.get(type(operator)), "comparison", text)
        case ast.BinOp(left=left, op=operator, right=right) if not _is_text(left, right):
            yield from _operator(left, right, ARITHMETIC.get(type(operator)), "arithmetic", text)
        case ast.BoolOp(values=[left, right], op=operator):
            other = "or" if isinstance(operator, ast.And) else "and"
            yield from _operator(left, right, other, "boolean", text)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield text.edit(node, "boolean", f"({text.of(operand)})")
        case ast.Constant(value=bool() as value):
            yield text.edit(node, "constant", str(not value))
        case ast.Constant(value=int() | float() as value):
            yield text.edit(node, "constant", repr(value + 1))
        case ast.If(test=test, body=body) | ast.IfExp(test=test, body=body):
            if isinstance(node, ast.If) and _refuses(body):
                yield text.edit(test, "removed check", "False")
        case ast.comprehension(ifs=[test]):
            yield text.edit(test, "removed check", "True")
        case ast.Expr(value=ast.Call()):
            yield text.edit(node, "removed call", "pass")
        case ast.Call():
            yield from _of_call(node, text)


def _of_call(node: ast.Call, text: _Text) -> Iterator[Mutant]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else text.of(node.func)
    if name in WRAPPERS and len(node.args) == 1:
        yield text.edit(node, "removed wrapper", f"({text.of(node.args[0])})")
    if isinstance(node.func, ast.Name) and name in OPPOSITES:
        yield text.edit(node.func, "opposite", OPPOSITES[name])
    for keyword in node.keywords:
        if keyword.arg and keyword.arg not in SILENT and len(node.args) + len(node.keywords) > 1:
            yield _without(node, keyword, text)
    if (
        len(node.args) >= 2
        and name not in OF_TYPES | OPPOSITES.keys()
        and all(isinstance(one, ast.Name | ast.Attribute) for one in node.args[:2])
    ):
        first, second = node.args[:2]
        start, end = text.span(first)[0], text.span(second)[1]
        swapped = f"{text.of(second)}, {text.of(first)}"
        if text.of(first) != text.of(second):
            yield text.between(start, end, node.lineno, "swapped arguments", swapped)


def _without(node: ast.Call, keyword: ast.keyword, text: _Text) -> Mutant:
    """Drop a keyword with the comma on one of its sides."""
    start, end = text.span(keyword)
    others = [text.span(one) for one in [*node.args, *node.keywords] if one is not keyword]
    before = [stop for begin, stop in others if begin < start]
    start = max(before) if before else start
    end = end if before else min(begin for begin, _ in others)
    return text.between(start, end, keyword.value.lineno, "dropped argument", "")


def _operator(
    left: ast.expr, right: ast.expr, other: str | None, kind: str, text: _Text
) -> Iterator[Mutant]:
    """Exchange what stands between two operands, where only the operator stands there."""
    start, end = text.span(left)[1], text.span(right)[0]
    if other and not set(text.source[start:end].decode()) & set("()#\n"):
        yield text.between(start, end, right.lineno, kind, f" {other} ")


def _is_text(left: ast.expr, right: ast.expr) -> bool:
    """Tell whether a `+` or `%` joins texts, which the other operator would only break."""
    return any(
        isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", None), str)
        for one in (left, right)
    )


def _refuses(body: list[ast.stmt] | ast.expr) -> bool:
    """Tell whether a branch is a check: it ends the way, or says something of it."""
    if not isinstance(body, list):
        return False
    last = body[-1]
    says = isinstance(last, ast.Expr) and isinstance(
        last.value, ast.Call | ast.Yield | ast.YieldFrom
    )
    return len(body) <= 2 and (isinstance(last, GUARDS) or says)


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True
