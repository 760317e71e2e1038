"""The firms a report is about: who was assessed this year, before, and to date, in one scope.

Two populations stand side by side and are never mixed: the firms *assessed* in a year (levels,
scores, practices) and the *participants* to date (distinct firms that ever answered, each with
its newest attributes). What a scope may be: `smdi.edition.Scope`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.edition import WHOLE, Scope
from smdi.files import kept_while_untouched
from smdi.indicators.cells import UNPROTECTED, Cell, Protection
from smdi.indicators.firms import Firms
from smdi.indicators.precision.status import Evidence
from smdi.indicators.prepared import prepare_columns, read_population
from smdi.standards import divisions, regions
from smdi.standards.scope import (
    city_code,
    industry_name,
    kind_attribute,
    province_code,
    region_name,
    scope_name,
)

REGION = ("province", "city")
BRANCH = ("industry", "sector")


@dataclass(frozen=True, eq=False)
class Population:
    """Scored firms, all years and all of the nation, seen through a scope.

    `table` as `smdi.indicators.prepared` describes it. Years after `year` are never looked at.
    `protection` decides which values may be seen, see `smdi.indicators.tidy`.
    """

    table: pa.Table
    year: int
    baseline_year: int
    scope: Scope = WHOLE
    provenance: str = "import"
    protection: Protection = UNPROTECTED
    # What the published report prints of the nation, where an edition has one.
    evidence: Evidence | None = None
    # The firms of the nation by year and cell, shared by all scopes of the same table.
    wholes: dict[tuple[int, Cell], Firms] = field(default_factory=dict, repr=False)

    @classmethod
    def open(
        cls,
        path: str | Path,
        year: int,
        baseline_year: int,
        scope: Scope = WHOLE,
        protection: Protection = UNPROTECTED,
    ) -> Population:
        """Open a prepared population, or a scores file, which takes longer.

        InputErrors name what is wrong with the file.
        """
        table, provenance, wholes = _opened(Path(path))
        return cls(table, year, baseline_year, scope, provenance, protection, wholes=wholes)

    @classmethod
    def of(
        cls,
        scores: pd.DataFrame,
        year: int,
        baseline_year: int,
        scope: Scope = WHOLE,
        provenance: str = "import",
        protection: Protection = UNPROTECTED,
    ) -> Population:
        """Make a population from a frame with the columns of a scores file."""
        given = pa.Table.from_pandas(scores, preserve_index=False)
        table = prepare_columns(given.column_names, given.column, provenance)
        return cls(table, year, baseline_year, scope, provenance, protection)

    @cached_property
    def current(self) -> Firms:
        """Return the firms assessed in the report's year."""
        return self.assessed_in(self.year)

    @cached_property
    def baseline(self) -> Firms:
        """Return the firms assessed in the year it is compared with."""
        return self.assessed_in(self.baseline_year)

    @cached_property
    def participants(self) -> Firms:
        """Return the distinct firms to date, each once with its newest attributes."""
        return self.participants_until(self.year)

    @cached_property
    def years(self) -> list[int]:
        """Return the years of the data, whether or not the scope has firms in each."""
        return [int(year) for year in np.unique(self._year_of_row) if year <= self.year]

    def assessed_in(self, year: int) -> Firms:
        """Return the firms of the scope that were assessed in a year."""
        return self._scoped(Cell("assessed", year))

    def participants_until(self, year: int) -> Firms:
        """Return the distinct firms of the scope that had answered by the end of a year.

        Each has the attributes it had then: a firm that moved counts where it went.
        """
        return self._scoped(Cell("participants", year))

    @property
    def province(self) -> str:
        """Return the province of the scope by its full name, '' when it names none."""
        return self.scope.province

    @property
    def region(self) -> str:
        """Return the province or city of the scope by its full name, '' for the whole nation."""
        return region_name(self.scope.given)

    @property
    def industry(self) -> str:
        """Return the code of the division of the scope, '' when it names none."""
        return self.scope.industry

    @property
    def scope_name(self) -> str:
        """Return what the scope is called: 全国, 江苏省, 江苏省汽车制造业, 大型企业."""
        return scope_name(self.scope.given)

    @property
    def industry_name(self) -> str:
        """Return 全行业, or the kind of firms that the scope is narrowed to."""
        kind = kind_attribute(self.scope.given)
        return industry_name(self.industry) if kind == "" or self.industry else kind

    @property
    def is_whole(self) -> bool:
        """Tell whether the scope is the whole nation, all industries."""
        return not self.scope.given

    @property
    def regions(self) -> int:
        """Return into how many regions that of the scope falls: provinces, or its cities."""
        if self.scope.city:
            return 0
        table = regions()
        if not self.province:
            return int(((table["kind"] == "province") & table["in_scope"]).sum())
        inside = table["parent"] == province_code(self.province)
        return 0 if table.loc[inside, "municipality"].any() else int(inside.sum())

    @property
    def is_covered(self) -> bool:
        """Tell whether the self-assessment runs in the region of the scope."""
        table = regions()
        return not self.region or bool(table.loc[table["name_zh"] == self.region, "in_scope"].any())

    @cached_property
    def across_industries(self) -> Population:
        """Return the same regions, sizes and types, all industries."""
        return self.without(*BRANCH)

    @cached_property
    def across_regions(self) -> Population:
        """Return the same industries, sizes and types, all regions."""
        return self.without(*REGION)

    @cached_property
    def nation(self) -> Population:
        """Return the whole nation, all industries."""
        return self.without(*self.scope.given)

    def without(self, *dimensions: str) -> Population:
        """Return the population that these dimensions of the scope no longer narrow."""
        scope = self.scope.without(*dimensions)
        return self if scope == self.scope else replace(self, scope=scope)

    @cached_property
    def _year_of_row(self) -> NDArray[np.int16]:
        years: NDArray[np.int16] = self.table.column("year").to_numpy()
        return years

    def _scoped(self, cell: Cell) -> Firms:
        key = self.year, cell
        if key not in self.wholes:
            self.wholes[key] = self._whole(cell)
        firms = self.wholes[key]
        for dimension, value in self.scope.given.items():
            firms = firms.where(**_condition(dimension, value))
        return firms

    def _whole(self, cell: Cell) -> Firms:
        """Return the firms of the nation."""
        start = int(np.searchsorted(self._year_of_row, cell.year))
        last = min(cell.year, self.year)
        stop = int(np.searchsorted(self._year_of_row, last, side="right"))
        if cell.kind == "assessed":
            return Firms(self.table.slice(start, max(stop - start, 0)), cell=cell)
        firms = Firms(self.table.slice(0, stop))
        return firms[firms["next_year"] > last].named(cell)


def _open(path: Path) -> tuple[pa.Table, str, dict[tuple[int, Cell], Firms]]:
    return *read_population(path), {}


# What was opened last: forks of a process that did so need not read it.
_opened = kept_while_untouched(_open, most=1)


def _condition(dimension: str, value: str) -> dict[str, list[str]]:
    """Return the condition on a column that a dimension of a scope stands for."""
    if dimension == "province":
        return {"province": [province_code(value)]}
    if dimension == "city":
        return {"city": [city_code(value)]}
    if dimension == "sector":
        table = divisions()
        return {"division": list(table.index[table["sector"] == value])}
    return {{"industry": "division", "type": "process_type"}.get(dimension, dimension): [value]}
