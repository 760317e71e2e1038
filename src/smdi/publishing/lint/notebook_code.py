"""Ruff over the code cells of notebooks, with the lines of the MyST text that they stand in.

Ruff reads Jupyter's own format and knows what is usual in a cell (a bare expression at its end,
`display`); a notebook is handed to it in that form and nothing of it is kept.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from smdi.errors import Problem
from smdi.files import write_text
from smdi.workflow.notebooks import CodeCell, code_cells, code_of

CONFIG = Path("pyproject.toml")
CHECK = ("check", "--no-cache", "--output-format", "json")
FORMAT = ("format", "--no-cache", "--check", "--output-format", "json")


def faults(path: Path) -> list[Problem]:
    """List what ruff finds in a notebook's code: breaches of its lint, then of its format.

    InputErrors names a cell that is no Python. Of the format only the first breach is told.
    """
    code_of(path)
    cells = code_cells(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = _written(cells, Path(folder))
        found = [*_ruff(*CHECK, str(copy)), *_ruff(*FORMAT, str(copy))]
    return [_problem(path, cells, fault) for fault in found]


def mend(path: Path) -> None:
    """Let ruff mend and format a notebook's code; the rest of the notebook stays as it is."""
    cells = code_cells(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = _written(cells, Path(folder))
        _run("check", "--no-cache", "--fix", "--quiet", str(copy))
        _run("format", "--no-cache", "--quiet", str(copy))
        mended = [cell.source for cell in nbformat.read(copy, as_version=4).cells]
    text, position = path.read_text("utf-8"), 0
    for cell, source in zip(cells, mended, strict=True):
        start = text.index(cell.source, position)
        text = text[:start] + source + text[start + len(cell.source) :]
        position = start + len(source)
    write_text(path, text)


def _written(cells: list[CodeCell], folder: Path) -> Path:
    notebook = new_notebook(cells=[new_code_cell(cell.source) for cell in cells])
    notebook.metadata.language_info = {"name": "python"}
    path = folder / "notebook.ipynb"
    nbformat.write(notebook, path)
    return path


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ruff", words[0], "--config", str(CONFIG), *words[1:]]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def _ruff(*words: str) -> list[dict[str, Any]]:
    """Return ruff's findings; ChildProcessError when it could not do its work."""
    done = _run(*words)
    if done.returncode not in (0, 1):
        raise ChildProcessError(f"ruff {words[0]} failed: {done.stderr.strip()}")
    found: list[dict[str, Any]] = json.loads(done.stdout or "[]")
    return found


def _problem(path: Path, cells: list[CodeCell], fault: dict[str, Any]) -> Problem:
    cell = cells[(fault["cell"] or 1) - 1]
    row = cell.line - 1 + fault["location"]["row"]
    lines = cell.source.splitlines()
    value = lines[fault["location"]["row"] - 1].strip() if lines else ""
    return Problem(str(path), row, None, value, f"{fault['message']} ({fault['code']})")
