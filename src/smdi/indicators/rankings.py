"""Firms at level 2 or above, counted and ranked by province and by city.

A tie shares its rank and the next rank is skipped (competition ranking).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.participation import covered_provinces
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, count, tidy
from smdi.indicators.tidy.lists import first, place_among, ranked, rest, shown
from smdi.standards import OTHER_CITIES, OTHER_PROVINCES, level_classes_in, regions

MEASURE = "firms_level_ge2"


def firms_by_province(pop: Population) -> pd.DataFrame:
    """Exhibit tab-provinces: measures `rank` and `firms_level_ge2`, best first, all provinces.

    A province without such a firm has no rank. What is withheld of them is told together where it
    can be, `firms_level_ge2_rest`. Within one province the table has that province alone, with its
    rank in the nation (for the industry of the scope).
    """
    firms = _mature(pop.across_regions)
    counts = [
        count(MEASURE, name, pop.year, firms.where(province=str(code)))
        for code, name in covered_provinces(pop.across_regions).items()
    ]
    if pop.province:
        return tidy(chain(*place_among(counts, pop.province)), "tab-provinces", pop)
    whole = count(MEASURE, OTHER_PROVINCES, pop.year, firms)
    pairs = ranked(counts, pop)
    others = rest(counts, shown(counts, pop), whole, pop)
    return tidy([*chain(*map(_placed, pairs)), *others], "tab-provinces", pop)


def firms_by_city(pop: Population, top: int = 50) -> pd.DataFrame:
    """Exhibit tab-cities: measures `rank` and `firms_level_ge2` of the cities of rank <= `top`.

    A municipality is a city of its own. Cities without such a firm are not ranked. Where some that
    would be among these are withheld and the list is shorter, `firms_level_ge2_rest` are the firms
    of all that are not listed.
    """
    firms, names = _mature(pop), regions()["short_zh"].to_dict()
    counts = [
        count(MEASURE, names[code], pop.year, firms.where(city=code))
        for code in firms.counts("city").index
    ]
    pairs = ranked(counts, pop, top)
    whole = count(MEASURE, OTHER_CITIES, pop.year, firms)
    others = rest(first(counts, top), [row for _, row in pairs], whole, pop)
    # In a list that is full it would tell that one that is withheld stands before the last.
    return tidy([*chain(*pairs), *(others if len(pairs) < top else [])], "tab-cities", pop)


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


def _placed(pair: tuple[Row, Row]) -> Sequence[Row]:
    """Return (rank, row) of a region; the row alone where it is seen to have no such firm."""
    row = pair[1]
    return pair if row.withheld or row.value else (row,)


def _counts(ranking: pd.DataFrame) -> pd.Series:
    return ranking.loc[ranking["measure"] == MEASURE, "value"]


def _mature(pop: Population) -> Firms:
    return pop.current.where(level_class=level_classes_in("ge2"))
