"""Which test files reach a line: read from a run under coverage with a context a test."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

from coverage.numbits import numbits_to_nums

Reach = dict[str, dict[int, set[str]]]


def read_reach(database: Path, root: Path) -> Reach:
    """Give, for each module, the test files that run each of its lines.

    A context is `tests/folder/test_file.py::test_name|phase`. What runs while a module is imported
    has no context and counts for every test file that reaches any of its lines.
    """
    reach: Reach = defaultdict(lambda: defaultdict(set))
    for path, context, numbers in _rows(database):
        test = context.split("::")[0]
        if not test:
            continue
        file = str(Path(path).relative_to(root)) if Path(path).is_relative_to(root) else path
        for line in numbers:
            reach[file][line].add(test)
    return reach


def _rows(database: Path) -> list[tuple[str, str, list[int]]]:
    query = """
        select file.path, context.context, numbits from line_bits
        join file on file.id = file_id join context on context.id = context_id
        union all
        select file.path, context.context, arc.fromno from arc
        join file on file.id = file_id join context on context.id = context_id
    """
    with sqlite3.connect(database) as connection:
        rows = connection.execute(query).fetchall()
    return [
        (path, context, numbits_to_nums(value) if isinstance(value, bytes) else [value])
        for path, context, value in rows
    ]


def tests_of(reach: Reach, file: str, line: int) -> list[str]:
    """Give the test files for a line: those that run it, else all that run the module."""
    lines = reach.get(file, {})
    return sorted(lines.get(line) or set().union(*lines.values()) if lines else [])
