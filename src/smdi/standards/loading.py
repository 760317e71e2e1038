"""The checked standards in memory: read once per project, shared by every loader."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from smdi.errors import InputErrors, Problem
from smdi.files import project_root
from smdi.standards.consistency import check
from smdi.standards.reading import Standards, read_standards
from smdi.standards.rows import FOLDER, Row


def standards_directory() -> Path:
    """Return the folder of the standards' CSV files, an absolute path."""
    return project_root() / FOLDER


def load_standards() -> Standards:
    """Return all rows of all files; raise `InputErrors` with every fault of every file."""
    return _load(standards_directory())


def frame(model: type[Row], index: str | None = None) -> pd.DataFrame:
    """Return one file as a DataFrame of its own, in the order of the file, indexed by `index`."""
    return _frame(standards_directory(), model, index).copy()


@cache
def _load(directory: Path) -> Standards:
    problems: list[Problem] = []
    standards = read_standards(directory, problems)
    problems.extend(check(standards))
    InputErrors.raise_if(problems)
    return standards


@cache
def _frame(directory: Path, model: type[Row], index: str | None) -> pd.DataFrame:
    rows = _load(directory)[model]
    data = pd.DataFrame([{name: getattr(row, name) for name in model.columns()} for row in rows])
    return data if index is None else data.set_index(index)
