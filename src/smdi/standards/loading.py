"""The checked standards in memory: read once per folder, shared by every loader."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from smdi.errors import InputErrors, Problem
from smdi.standards.consistency import Standards, check
from smdi.standards.tables import TABLES, read_rows, standards_directory


@cache
def _load(directory: Path) -> Standards:
    problems: list[Problem] = []
    read = {name: read_rows(table, directory, problems) for name, table in TABLES.items()}
    standards = {name: rows for name, rows in read.items() if rows is not None}
    problems.extend(check(standards))
    InputErrors.raise_if(problems)
    return standards


def load_standards() -> Standards:
    """All rows of all files by table name; raises `InputErrors` with every fault of every file."""
    return _load(standards_directory())


def frame(table: str, index: str | None = None) -> pd.DataFrame:
    """One table as a DataFrame of its own, in the order of the file, indexed by column `index`."""
    data = pd.DataFrame([row.values for row in load_standards()[table]])
    return data if index is None else data.set_index(index)
