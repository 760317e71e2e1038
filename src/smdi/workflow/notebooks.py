"""A notebook read without running it: its parameters, its code and the parts it includes.

A notebook declares its parameters in exactly one cell tagged `parameters`, as plain assignments of
literals; the default's type is the parameter's type.
"""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from smdi.errors import InputErrors, Problem
from smdi.files import read_text

if TYPE_CHECKING:
    from nbformat import NotebookNode

Literal = str | int | float | bool
TAG = "parameters"
_INCLUDE = re.compile(r"\{%-?\s*include\s+[\"']([^\"']+)[\"']")


def read_notebook(path: Path) -> NotebookNode:
    """Read a MyST text notebook; InputErrors when there is none or it cannot be read.

    Whoever reads the same text gets the same object: copy it before you change it.
    """
    text = read_text(path)
    # Take longer to import than all else that a list of files needs.
    import nbformat

    from smdi.report.text.notebook_text import parsed

    try:
        return parsed(text)
    except (yaml.YAMLError, nbformat.ValidationError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        expected = f"a MyST notebook ({reason})"
        raise InputErrors([Problem(str(path), None, None, None, expected)]) from error


@dataclass(frozen=True)
class CodeCell:
    """A code cell of a notebook; `line` is the line of the file at which its code begins."""

    source: str
    line: int


def code_cells(path: Path) -> list[CodeCell]:
    """List the code cells of a notebook in its order; InputErrors when there is none."""
    found: list[CodeCell] = []
    notebook = read_notebook(path)
    text = read_text(path)
    position = 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            start = max(text.find(cell.source, position), 0)
            position = start + len(cell.source)
            found.append(CodeCell(cell.source, text.count("\n", 0, start) + 1))
    return found


def code_of(path: Path) -> str:
    """Return the code of a notebook, cell after cell; InputErrors names a cell that is no Python.

    The place is given as the file's line.
    """
    problems = []
    cells = code_cells(path)
    for cell in cells:
        try:
            tree(cell.source)
        except SyntaxError as error:
            row = cell.line - 1 + (error.lineno or 1)
            line = (error.text or "").strip()
            problems.append(Problem(str(path), row, None, line, f"Python ({error.msg})"))
    InputErrors.raise_if(problems)
    return "\n".join(cell.source for cell in cells)


@cache
def tree(code: str) -> ast.Module:
    """Parse code, once for all who look for something in it; SyntaxError where it is no Python."""
    return ast.parse(code)


def line_of_cell(path: Path, source: str) -> int | None:
    """Return the line at which the code cell with this source begins; None: there is none."""
    return next((cell.line for cell in code_cells(path) if cell.source == source), None)


def named_files(path: Path) -> list[Path]:
    """List the files that a notebook's code names in full, such as data of its own."""
    texts = {
        node.value
        for node in ast.walk(tree(code_of(path)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(Path(text) for text in texts if os.path.isfile(text))  # noqa: PTH113 - any text


def parts_of(path: Path) -> list[Path]:
    """List the parts that a notebook's prose includes, and those that they include."""
    found: list[Path] = []
    waiting = [path]
    while waiting:
        for name in _INCLUDE.findall(read_text(waiting.pop())):
            part = path.parent / name
            if not part.is_file():
                raise InputErrors([Problem(str(path), None, None, name, f"the file {part}")])
            if part not in found:
                found.append(part)
                waiting.append(part)
    return sorted(found)


def declared(path: Path) -> dict[str, Literal]:
    """Return the parameters that a notebook declares with their defaults, in its order."""
    values: dict[str, Literal] = {}
    problems = []
    for statement in tree(_parameters_cell(path)).body:
        try:
            name, value = _assignment(statement)
        except ValueError:
            source = ast.unparse(statement)
            expected = "an assignment of a literal (text, number, True or False) to one name"
            problems.append(Problem(str(path), None, TAG, source, expected))
        else:
            values[name] = value
    InputErrors.raise_if(problems)
    return values


def comments(path: Path) -> dict[str, str]:
    """Return the comment behind each parameter of a notebook that has one."""
    lines = io.StringIO(_parameters_cell(path)).readline
    return {
        token.line.split()[0].rstrip(":"): token.string.lstrip("# ")
        for token in tokenize.generate_tokens(lines)
        if token.type == tokenize.COMMENT and not token.line.startswith("#")
    }


def _parameters_cell(path: Path) -> str:
    cells = [
        cell
        for cell in read_notebook(path).cells
        if cell.cell_type == "code" and TAG in cell.metadata.get("tags", [])
    ]
    if len(cells) != 1:
        expected = f"exactly one cell tagged `{TAG}`, found {len(cells)}"
        raise InputErrors([Problem(str(path), None, None, None, expected)])
    code_of(path)
    source: str = cells[0].source
    return source


def _assignment(statement: ast.stmt) -> tuple[str, Literal]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, node = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, node = statement.target, statement.value
    else:
        raise ValueError("not an assignment")
    value = ast.literal_eval(node)
    if not isinstance(target, ast.Name) or not isinstance(value, Literal):
        raise ValueError("not a literal")
    return target.id, value
