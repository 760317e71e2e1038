"""Firms at level 2 or above, counted and ranked by province and by city.

A tie shares its rank and the next rank is skipped (competition ranking).
"""

from __future__ import annotations

import math

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.participation import covered_provinces
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, competition_rank, count, rank, tidy
from smdi.standards import regions

MEASURE = "firms_level_ge2"


def firms_by_province(pop: Population) -> pd.DataFrame:
    """Exhibit tab-provinces: measures `rank` and `firms_level_ge2`, best first, all provinces.

    Within one province the table has that province alone, with its rank in the nation (for the
    industry of the scope).
    """
    names = covered_provinces(pop.across_regions)
    counts = _mature(pop.across_regions).counts("province")
    rows = _ranked(counts.reindex(names.index, fill_value=0), names, pop.year)
    if pop.province:
        rows = [row for row in rows if row.group == pop.province]
    return tidy(rows, "tab-provinces", pop)


def firms_by_city(pop: Population, top: int = 50) -> pd.DataFrame:
    """Exhibit tab-cities: measures `rank` and `firms_level_ge2` of the cities of rank <= `top`.

    A municipality is a city of its own. Cities without such a firm are not ranked.
    """
    names = regions()["short_zh"]
    return tidy(_ranked(_mature(pop).counts("city"), names, pop.year, top), "tab-cities", pop)


def total(ranking: pd.DataFrame) -> float:
    """Return the firms of all regions of a ranking; NaN where one is withheld."""
    return float(_counts(ranking).sum(skipna=False))


def share_of_first(ranking: pd.DataFrame, rows: int = 5) -> float:
    """Return the share in % that the first rows have of all firms of a ranking.

    NaN where a number is withheld, where all are zero, or where there are no further rows.
    """
    counts, whole = _counts(ranking), total(ranking)
    if len(counts) <= rows or not whole > 0:
        return math.nan
    return float(100 * counts.head(rows).sum() / whole)


def _counts(ranking: pd.DataFrame) -> pd.Series:
    return ranking.loc[ranking["measure"] == MEASURE, "value"]


def _mature(pop: Population) -> Firms:
    return pop.current[pop.current["level"] >= 2]


def _ranked(counts: pd.Series, names: pd.Series, year: int, top: int | None = None) -> list[Row]:
    """Rank codes by their counts, best first; equals stand in the order of their codes."""
    places = competition_rank(counts.sort_index()).sort_values(kind="stable")
    name_of, firms_of = names.to_dict(), counts.to_dict()
    rows: list[Row] = []
    for code, place in places.items():
        if top is None or place <= top:
            rows.append(rank(name_of[code], year, int(place)))
            rows.append(count(MEASURE, name_of[code], year, int(firms_of[code])))
    return rows
