"""Which firms are in which cell: the catalogue as vectors over firms, or over their records.

What counts firms is a vector over firms, whatever the year, so that the cells of several years are
seen together; what sums a column is a vector over records, a firm in a year. The vector of a change
among firms assessed twice has 1 for this year and -1 for the year before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smdi.indicators import Population
from smdi.indicators.cells import CHANGE, Cell, Values
from smdi.indicators.firms import Firms

# Half as wide as positions are: a release has millions of them.
Places = NDArray[np.int32]
Signs = NDArray[np.int64]


@dataclass(frozen=True)
class Vector:
    """The firms or records in a cell, each once, and how often the cell counts each."""

    units: Places
    signs: Signs

    @property
    def firms(self) -> int:
        """Return how many firms or records the cell is about."""
        return len(self.units)


class Membership:
    """The vectors of the cells of a population; scopes and conditions are looked up once."""

    def __init__(self, pop: Population) -> None:
        self._pop = pop.nation
        self.records = int(pop.table.num_rows)
        self._firm: Places = pop.table.column("firm").to_numpy().astype(np.int32)
        self._year = pop.table.column("year").to_numpy()
        self.baseline_year = pop.baseline_year
        self._next_year = pop.table.column("next_year").to_numpy()
        self._wholes: dict[tuple[str, int], Places] = {}
        self._met: dict[tuple[str, int, str, Values], NDArray[np.bool_]] = {}
        self._meeting: dict[tuple[str, int, str, Values], Places] = {}
        self._pairs: dict[int, Places] = {}
        self._values: dict[str, NDArray[np.float64]] = {}

    def vector(self, cell: Cell) -> Vector:
        """Return the vector of a cell: over records where a column is summed, else over firms."""
        if cell.kind == "matched":
            return self._change(cell) if cell.of else _all(self._firm[self._matched(cell)[0]])
        found = self._of(cell)
        return _all(found if cell.of else self._firm[found])

    def rates(self, cell: Cell) -> tuple[int, int]:
        """Return how many of the firms of a matched change have the outcome, now and before."""
        now, before = (len(found) for found in self._outcomes(cell))
        return now, before

    def meet(
        self, cell: Cell, conditions: Iterable[tuple[str, Values]], units: Iterable[int]
    ) -> NDArray[np.bool_]:
        """Tell which conditions units of a cell's population meet: a row a condition."""
        whole = self._whole(cell)
        named = whole if cell.of else self._firm[whole]
        order = np.argsort(named)
        at = order[np.searchsorted(named, np.fromiter(units, dtype=np.intp), sorter=order)]
        return np.array([self._meets(cell, condition)[at] for condition in conditions])

    def values(self, column: str) -> NDArray[np.float64]:
        """Return a column of numbers by record, 0 where one has none."""
        if column not in self._values:
            told = self._pop.table.column(column).to_numpy().astype("float64")
            self._values[column] = np.nan_to_num(told)
        return self._values[column]

    def _change(self, cell: Cell) -> Vector:
        now, before = self._outcomes(cell)
        signs = np.repeat(np.array([1, -1], dtype=np.int64), [len(now), len(before)])
        records = np.concatenate([now, before])
        if "=" not in cell.of:
            return Vector(records, signs)
        firms = self._firm[records]
        units, at = np.unique(firms, return_inverse=True)
        moved = np.bincount(at, signs, len(units)).astype(np.int64)
        return Vector(units[moved != 0], moved[moved != 0])

    def _outcomes(self, cell: Cell) -> tuple[Places, Places]:
        """Return the records of a matched change that have its outcome, now and before."""
        column, _, values = cell.of.removeprefix(CHANGE).partition("=")
        now, before = self._matched(cell)
        if not values:
            return now, before
        told = ((column, tuple(values.split(","))),)
        both = (
            np.intersect1d(records, self._of(Cell("assessed", year, told)), assume_unique=True)
            for records, year in zip((now, before), self._years(cell), strict=True)
        )
        first, second = both
        return first, second

    def _matched(self, cell: Cell) -> tuple[Places, Places]:
        """Return the records, now and before, of firms that meet the conditions in both years."""
        now, before = (Cell("assessed", year, cell.where) for year in self._years(cell))
        chosen = self._meeting_all(now)
        pair = self._pair(cell.year)[chosen]
        chosen, pair = chosen[pair >= 0], pair[pair >= 0]
        for condition in cell.where:
            met = self._meets(before, condition)[pair]
            chosen, pair = chosen[met], pair[met]
        return self._whole(now)[chosen], self._whole(before)[pair]

    def _pair(self, year: int) -> Places:
        """Return of each firm assessed in a year where it is among those of the baseline year."""
        if year not in self._pairs:
            now, before = (
                self._firm[self._whole(Cell("assessed", of))] for of in (year, self.baseline_year)
            )
            at = np.full(int(self._firm.max(initial=0)) + 1, -1, dtype=np.int32)
            at[before] = np.arange(len(before))
            self._pairs[year] = at[now]
        return self._pairs[year]

    def _years(self, cell: Cell) -> tuple[int, int]:
        return cell.year, self.baseline_year

    def _of(self, cell: Cell) -> Places:
        whole = self._whole(cell)
        return whole[self._meeting_all(cell)] if cell.where else whole

    def _meeting_all(self, cell: Cell) -> Places:
        """Return where in its population the records of a cell are, by the fewest first."""
        if not cell.where:
            return np.arange(len(self._whole(cell)), dtype=np.int32)
        fewest = min(cell.where, key=lambda condition: len(self._that_meet(cell, condition)))
        chosen = self._that_meet(cell, fewest)
        for condition in cell.where:
            if condition != fewest:
                chosen = chosen[self._meets(cell, condition)[chosen]]
        return chosen

    def _that_meet(self, cell: Cell, condition: tuple[str, Values]) -> Places:
        """Return where in a cell's population the records are that meet a condition."""
        key = cell.kind, cell.year, *condition
        if key not in self._meeting:
            # Not by `_meets`: what only a city's own firms meet is asked of no others.
            self._meeting[key] = np.flatnonzero(self._looked_up(cell, condition)).astype(np.int32)
        return self._meeting[key]

    def _meets(self, cell: Cell, condition: tuple[str, Values]) -> NDArray[np.bool_]:
        """Tell of each record of a cell's population whether it meets a condition."""
        key = cell.kind, cell.year, *condition
        if key not in self._met:
            self._met[key] = self._looked_up(cell, condition)
        return self._met[key]

    def _looked_up(self, cell: Cell, condition: tuple[str, Values]) -> NDArray[np.bool_]:
        alone = Cell(cell.kind, cell.year, (condition,))
        return self._firms(alone).meet(alone)

    def _firms(self, cell: Cell) -> Firms:
        pop = self._pop
        if cell.kind == "assessed":
            return pop.assessed_in(cell.year)
        return pop.participants_until(cell.year)

    def _whole(self, cell: Cell) -> Places:
        key = cell.kind, cell.year
        if key not in self._wholes:
            if cell.kind == "assessed":
                chosen = self._year == cell.year
            else:
                chosen = (self._year <= cell.year) & (self._next_year > cell.year)
            self._wholes[key] = np.flatnonzero(chosen).astype(np.int32)
        return self._wholes[key]


def _all(units: Places) -> Vector:
    return Vector(units, np.broadcast_to(np.int64(1), len(units)))
