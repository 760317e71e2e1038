"""The firms a report is about: who was assessed this year, before, and to date, in one scope.

Two populations stand side by side and are never mixed: the firms *assessed* in a year (levels,
scores, practices) and the *participants* to date (distinct firms that ever answered, each with
its newest attributes). A scope is the nation, a province, an industry or both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.indicators.firms import Firms
from smdi.indicators.prepared import prepare_columns, read_population
from smdi.standards.scope import check_scope, industry_name, province_code, scope_name


@dataclass(frozen=True, eq=False)
class Population:
    """Scored firms, all years and all of the nation, seen through a scope.

    `table` as `smdi.indicators.prepared` describes it; `province` is a full name or '', `industry`
    a two-digit code or ''. Years after `year` are never looked at. `minimum_cell` and `published`
    (ids of facts already in print) serve suppression, see `smdi.indicators.tidy`.
    """

    table: pa.Table
    year: int
    baseline_year: int
    province: str = ""
    industry: str = ""
    provenance: str = "import"
    minimum_cell: int = 0
    published: frozenset[str] = frozenset()

    @classmethod
    def open(
        cls,
        path: str | Path,
        year: int,
        baseline_year: int,
        province: str = "",
        industry: str | int = "",
        minimum_cell: int = 0,
        published: frozenset[str] = frozenset(),
    ) -> Population:
        """Open a prepared population, or a scores file, which takes longer.

        InputErrors name what is wrong with the file or with the scope.
        """
        province, industry = check_scope(province, industry)
        table, provenance = read_population(Path(path))
        return cls(
            table, year, baseline_year, province, industry, provenance, minimum_cell, published
        )

    @classmethod
    def of(
        cls,
        scores: pd.DataFrame,
        year: int,
        baseline_year: int,
        province: str = "",
        industry: str = "",
        provenance: str = "import",
        minimum_cell: int = 0,
        published: frozenset[str] = frozenset(),
    ) -> Population:
        """Make a population from a frame with the columns of a scores file."""
        given = pa.Table.from_pandas(scores, preserve_index=False)
        table = prepare_columns(given.column_names, given.column, provenance)
        return cls(
            table, year, baseline_year, province, industry, provenance, minimum_cell, published
        )

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
        start = int(np.searchsorted(self._year_of_row, year, side="left"))
        stop = int(np.searchsorted(self._year_of_row, min(year, self.year), side="right"))
        return self._scoped(Firms(self.table.slice(start, max(stop - start, 0))))

    def participants_until(self, year: int) -> Firms:
        """Return the distinct firms of the scope that had answered by the end of a year.

        Each has the attributes it had then: a firm that moved counts where it went.
        """
        stop = int(np.searchsorted(self._year_of_row, min(year, self.year), side="right"))
        firms = Firms(self.table.slice(0, stop))
        return self._scoped(firms[firms["next_year"] > min(year, self.year)])

    @property
    def scope_name(self) -> str:
        """Return 全国, 江苏省, 汽车制造业 or 江苏省汽车制造业."""
        return scope_name(self.province, self.industry)

    @property
    def industry_name(self) -> str:
        """Return 全行业, or the industry the scope is narrowed to."""
        return industry_name(self.industry)

    @property
    def is_whole(self) -> bool:
        """Tell whether the scope is the whole nation, all industries."""
        return not self.province and not self.industry

    @cached_property
    def across_industries(self) -> Population:
        """Return the same regions, all industries."""
        return replace(self, industry="") if self.industry else self

    @cached_property
    def across_regions(self) -> Population:
        """Return the same industry, all provinces."""
        return replace(self, province="") if self.province else self

    @cached_property
    def nation(self) -> Population:
        """Return the whole nation, all industries: what a scope is compared with."""
        return self if self.is_whole else replace(self, province="", industry="")

    @cached_property
    def _year_of_row(self) -> NDArray[np.int16]:
        years: NDArray[np.int16] = self.table.column("year").to_numpy()
        return years

    def _scoped(self, firms: Firms) -> Firms:
        if self.province:
            firms = firms[firms["province"] == province_code(self.province)]
        if self.industry:
            firms = firms[firms["division"] == self.industry]
        return firms
