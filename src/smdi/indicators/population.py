"""The firms a report is about: who was assessed this year, before, and to date, in one scope.

Two populations stand side by side and are never mixed: the firms *assessed* in a year (levels,
scores, practices) and the *participants* to date (distinct firms that ever answered, each with
its newest attributes). A scope is the nation, a province, an industry or both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from smdi.errors import InputErrors, Problem
from smdi.standards import divisions, provinces

NATION = "全国"
ALL_INDUSTRIES = "全行业"
_CATEGORIES = ["province", "city", "industry", "process_type", "size", "division", "level_class"]
_NEEDED = ["credit_code", "year", "submitted_on", "employees", "revenue", "level", *_CATEGORIES]
_BUSINESSES = ["design", "logistics", "sales", "service"]


@dataclass(frozen=True)
class Population:
    """Scored firms, all years and all of the nation, seen through a scope.

    `province` is a full name or '', `industry` a two-digit code or ''. `minimum_cell` and
    `published` (ids of facts already in print) serve withholding, see `smdi.indicators.tidy`.
    """

    frame: pd.DataFrame
    year: int
    baseline_year: int
    province: str = ""
    industry: str = ""
    provenance: str = "import"
    minimum_cell: int = 0
    published: frozenset[str] = frozenset()

    @classmethod
    def read(
        cls,
        scores: str | Path,
        year: int,
        baseline_year: int,
        province: str = "",
        industry: str = "",
        minimum_cell: int = 0,
        published: frozenset[str] = frozenset(),
    ) -> Population:
        """Read a scores file (see `smdi.assessments`); InputErrors name what is wrong with it."""
        _check_scope(province, industry)
        file = pq.ParquetFile(scores)
        names = file.schema_arrow.names
        missing = [name for name in [*_NEEDED, *_BUSINESSES] if name not in names]
        InputErrors.raise_if(
            Problem(str(scores), None, name, None, "a column of the scores file")
            for name in missing
        )
        wanted = [n for n in names if n in missing or _wanted(n)]
        frame = file.read(columns=wanted).to_pandas()
        metadata = file.schema_arrow.metadata or {}
        return cls.of(
            frame,
            year,
            baseline_year,
            province,
            industry,
            provenance=metadata.get(b"smdi.provenance", b"import").decode(),
            minimum_cell=minimum_cell,
            published=published,
        )

    @classmethod
    def of(
        cls, frame: pd.DataFrame, year: int, baseline_year: int, *scope: str, **more: object
    ) -> Population:
        """Make a population from a scores frame; rows of years after `year` are left out."""
        frame = frame[frame["year"] <= year].sort_values(
            ["credit_code", "year", "submitted_on"], kind="stable", ignore_index=True
        )
        frame = frame.drop_duplicates(["credit_code", "year"], keep="last", ignore_index=True)
        for name in _CATEGORIES:
            frame[name] = frame[name].astype("str").astype("category")
        for name in [name for name in frame.columns if name.startswith("practice_")]:
            frame[name] = frame[name].astype("Float64").astype("float64")  # NaN: not asked
        return cls(frame, year, baseline_year, *scope, **more)  # type: ignore[arg-type]

    @cached_property
    def history(self) -> pd.DataFrame:
        """Return the firms of the scope, one row per firm and year, up to the report's year."""
        return self._scoped(self.frame)

    @cached_property
    def current(self) -> pd.DataFrame:
        """Return the firms assessed in the report's year."""
        return self.assessed_in(self.year)

    @cached_property
    def baseline(self) -> pd.DataFrame:
        """Return the firms assessed in the year it is compared with."""
        return self.assessed_in(self.baseline_year)

    @cached_property
    def participants(self) -> pd.DataFrame:
        """Return the distinct firms to date, each once with its newest attributes."""
        return self.participants_until(self.year)

    @cached_property
    def years(self) -> list[int]:
        """Return the years of the data, whether or not the scope has firms in each."""
        return sorted(int(year) for year in self.frame["year"].unique())

    def assessed_in(self, year: int) -> pd.DataFrame:
        """Return the firms of the scope that were assessed in a year."""
        return self.history[self.history["year"] == year]

    def participants_until(self, year: int) -> pd.DataFrame:
        """Return the distinct firms of the scope that had answered by the end of a year."""
        so_far = self.frame[self.frame["year"] <= year]
        return self._scoped(so_far.drop_duplicates("credit_code", keep="last"))

    @property
    def scope_name(self) -> str:
        """Return 全国, 江苏省, 汽车制造业 or 江苏省汽车制造业."""
        industry = divisions().loc[self.industry, "name_zh"] if self.industry else ""
        return f"{self.province}{industry}" or NATION

    @property
    def industry_name(self) -> str:
        """Return 全行业, or the industry the scope is narrowed to."""
        if not self.industry:
            return ALL_INDUSTRIES
        return str(divisions().loc[self.industry, "name_zh"])

    @property
    def is_whole(self) -> bool:
        """Tell whether the scope is the whole nation, all industries."""
        return not self.province and not self.industry

    @property
    def across_industries(self) -> Population:
        """Return the same regions, all industries."""
        return self if not self.industry else replace(self, industry="")

    @property
    def across_regions(self) -> Population:
        """Return the same industry, all provinces."""
        return self if not self.province else replace(self, province="")

    @property
    def nation(self) -> Population:
        """Return the whole nation, all industries: what a scope is compared with."""
        return self if self.is_whole else replace(self, province="", industry="")

    def _scoped(self, frame: pd.DataFrame) -> pd.DataFrame:
        if self.province:
            frame = frame[frame["province"] == province_code(self.province)]
        if self.industry:
            frame = frame[frame["division"] == self.industry]
        return frame


def province_code(name: str) -> str:
    """Return the code of a province by its full name (KeyError when there is none)."""
    table = provinces()
    found = table.index[table["name_zh"] == name]
    if found.empty:
        raise KeyError(name)
    return str(found[0])


def _wanted(name: str) -> bool:
    return (
        name in _NEEDED
        or name in _BUSINESSES
        or name == "total"
        or name.startswith(("practice_", "domain_", "level_score_"))
    )


def _check_scope(province: str, industry: str) -> None:
    problems = []
    known = list(provinces()["name_zh"])
    if province and province not in known:
        problems.append(
            Problem("scope", None, "province", province, "'' or one of " + "、".join(known))
        )
    if industry and industry not in divisions().index:
        codes = "、".join(divisions().index)
        problems.append(Problem("scope", None, "industry", industry, f"'' or one of {codes}"))
    InputErrors.raise_if(problems)
