"""Who takes part: participants to date by region, and where their number grew most."""

from __future__ import annotations

import math

import pandas as pd

from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, competition_rank, count, rank, setting, tidy
from smdi.standards import provinces, regions
from smdi.standards.scope import province_code

MINIMUM_BEFORE = 30  # growth over fewer firms than this says nothing


def overview(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: participants to date, and the divisions and provinces they belong to."""
    firms, year, group = pop.participants, pop.year, pop.scope_name
    rows = [
        count("participants", group, year, len(firms)),
        setting("industry_divisions", group, year, firms["division"].nunique(), "个"),
        setting("provinces", group, year, firms["province"].nunique(), "个"),
    ]
    return tidy(rows, "text", pop)


def covered_provinces(pop: Population) -> pd.Series:
    """Code -> full name of the provinces of the scope; the nation's are the 31 the report covers.

    Taiwan, Hong Kong and Macao stand on every map and take no part.
    """
    table = provinces()
    names: pd.Series = table.loc[table["in_scope"], "name_zh"].sort_index()
    return names[names == pop.province] if pop.province else names


def participants_by_province(pop: Population) -> pd.DataFrame:
    """Exhibit fig-01: participants to date of every province in the scope (zero is a value)."""
    counts = pop.participants.counts("province")
    rows = [
        count("participants", name, pop.year, int(counts.get(code, 0)))
        for code, name in covered_provinces(pop).items()
    ]
    rows.sort(key=lambda row: -row.value)
    return tidy(rows, "fig-01", pop)


def top_regions(pop: Population, top: int = 10) -> pd.DataFrame:
    """Exhibit fig-02: regions with most participants; measures `participants` and `rank`.

    Regions are provinces, within one province its cities. All regions of rank <= `top` are
    there, so a tie at the end lengthens the list; regions without participants are not ranked.
    """
    names = _region_names(pop)
    column = "city" if pop.province else "province"
    counts = pop.participants.counts(column).reindex(names.index, fill_value=0)
    counts = counts[counts > 0]
    rows: list[Row] = []
    for code, place in _best(counts, top):
        rows.append(count("participants", names[code], pop.year, int(counts[code])))
        rows.append(rank(names[code], pop.year, place))
    return tidy(rows, "fig-02", pop)


def share_of_first(pop: Population, leading: pd.DataFrame, places: int = 3) -> float:
    """Return the share in % that regions of rank <= `places` have of all participants.

    `leading` as `top_regions` gives it. NaN for fewer than two such regions, or where the number of
    one is withheld: the sum would give it away.
    """
    table = leading.pivot(index="group", columns="measure", values="value")
    if "rank" not in table or not len(pop.participants):
        return math.nan
    first = table.loc[table["rank"] <= places, "participants"]
    return float(100 * first.sum(min_count=max(len(first), 2)) / len(pop.participants))


def fastest_growing_regions(
    pop: Population, top: int = 5, minimum: int = MINIMUM_BEFORE
) -> pd.DataFrame:
    """Exhibit fig-03: growth in % of participants to date over a year; `growth` and `rank`.

    Candidates are the provinces and the five cities under separate state planning (within one
    province: its cities) that had at least `minimum` participants a year before.
    """
    now, before = _by_candidate(pop, pop.year), _by_candidate(pop, pop.baseline_year)
    before = before[before >= max(minimum, 1)]
    growth = 100 * (now.reindex(before.index) - before) / before
    names = _region_names(pop, with_planned_cities=True)
    rows: list[Row] = []
    for code, place in _best(growth, top):
        now_firms = int(now[code])
        rows.append(Row("growth", names[code], pop.year, float(growth[code]), "%", now_firms))
        rows.append(rank(names[code], pop.year, place))
    return tidy(rows, "fig-03", pop)


def _by_candidate(pop: Population, year: int) -> pd.Series:
    firms = pop.participants_until(year)
    # Provinces and cities have different codes, a municipality too, so one index holds both.
    both: pd.Series = pd.concat([firms.counts(name) for name in ("province", "city")])
    return both.reindex(_region_names(pop, with_planned_cities=True).index, fill_value=0)


def _region_names(pop: Population, with_planned_cities: bool = False) -> pd.Series:
    """Code -> name as printed: provinces in full, cities short."""
    table = regions()
    if pop.province:
        cities: pd.Series = table.loc[table["parent"] == province_code(pop.province), "short_zh"]
        return cities
    names = covered_provinces(pop)
    if with_planned_cities:
        names = pd.concat([names, table.loc[table["separately_planned"], "short_zh"]])
    return names


def _best(values: pd.Series, top: int) -> list[tuple[str, int]]:
    """Return (code, rank) of all whose competition rank is at most `top`, best first."""
    ranks = competition_rank(values.dropna())
    best = ranks[ranks <= top].sort_values(kind="stable")
    return [(str(code), int(place)) for code, place in best.items()]
