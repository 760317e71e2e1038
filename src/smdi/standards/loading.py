"""The checked standards in memory: read once per project, shared by every loader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING

from smdi.errors import InputErrors, Problem
from smdi.files import project_root
from smdi.standards.consistency import check
from smdi.standards.reading import Standards, read_standards
from smdi.standards.rows import FOLDER, LevelRow, Row, WeightRow

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Source:
    """Where the standards are read from: a folder, and what takes the place of parts of it.

    `weights` is a file in the place of weights.csv, `bounds` are the least totals of levels 1 to 5.
    """

    folder: Path
    weights: Path | None = None
    bounds: tuple[float, ...] | None = None


_instead: Source | None = None


def use_standards(
    folder: Path | None, weights: Path | None, bounds: tuple[float, ...] | None
) -> None:
    """Read the standards so from now on; None stands for the project's own, see `Source`."""
    global _instead
    own = folder.absolute() if folder else project_root() / FOLDER
    changed = folder or weights or bounds
    _instead = Source(own, weights and weights.absolute(), bounds) if changed else None


def current_source() -> Source:
    """Return where the standards are read from now; paths are absolute."""
    return _instead or _own_source(project_root())


@cache
def _own_source(root: Path) -> Source:
    return Source(root / FOLDER)


def load_standards() -> Standards:
    """Return all rows of all files; raise `InputErrors` with every fault of every file."""
    return _load(current_source())


def frame(model: type[Row], index: str | None = None) -> pd.DataFrame:
    """Return one file as a DataFrame of its own, in the order of the file, indexed by `index`."""
    import pandas as pd  # loaded here: to name a scope takes no table, and it is slow to load

    rows = load_standards()[model]
    data = pd.DataFrame([{name: getattr(row, name) for name in model.columns()} for row in rows])
    return data if index is None else data.set_index(index)


def kept(make: Callable[[], pd.DataFrame]) -> Callable[[], pd.DataFrame]:
    """Make a table once for each source of the standards, and give every caller one of its own.

    A copy shares its columns until one of both is changed.
    """
    made = cache(lambda _source: make())

    @wraps(make)
    def own() -> pd.DataFrame:
        table: pd.DataFrame = made(current_source())
        return table.copy(deep=False)

    return own


@cache
def _load(source: Source) -> Standards:
    problems: list[Problem] = []
    instead: dict[type[Row], Path] = {WeightRow: source.weights} if source.weights else {}
    standards = read_standards(source.folder, problems, instead)
    if source.bounds and LevelRow in standards:
        _move_bounds(standards[LevelRow], source.bounds)
    problems.extend(check(standards))
    InputErrors.raise_if(_named(problem, source) for problem in problems)
    return standards


def _move_bounds(levels: list[LevelRow], bounds: tuple[float, ...]) -> None:
    for place, row in enumerate(levels):
        if 1 <= row.level <= len(bounds):
            bound = Decimal(str(bounds[row.level - 1]))
            levels[place] = row.model_copy(update={"lower_bound": bound})


def _named(problem: Problem, source: Source) -> Problem:
    """Name the file that was read, where that is another than the project's own."""
    if source.weights and problem.file == WeightRow.file:
        return replace(problem, file=str(source.weights))
    if source.folder != project_root() / FOLDER and problem.file.startswith(f"{FOLDER}/"):
        return replace(problem, file=str(source.folder / problem.file.removeprefix(f"{FOLDER}/")))
    return problem
