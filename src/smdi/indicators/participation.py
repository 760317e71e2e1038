"""Who takes part: participants to date by region, and where their number grew most."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, count, named, setting, share, tidy
from smdi.indicators.tidy.lists import in_order, ranked, rest, shown
from smdi.standards import OTHER_CITIES, OTHER_PROVINCES, cities, provinces, regions
from smdi.standards.loading import kept
from smdi.standards.scope import province_code

MINIMUM_BEFORE = 30  # growth over fewer firms than this says nothing


def overview(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: participants to date, and the divisions and provinces they belong to."""
    firms, year, group = pop.participants, pop.year, pop.scope_name
    rows = [
        count("participants", group, year, firms),
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
    rows = [
        count("participants", name, pop.year, pop.participants.where(province=str(code)))
        for code, name in covered_provinces(pop).items()
    ]
    return _with_rest(rows, OTHER_PROVINCES, pop)


def participants_by_region(pop: Population) -> pd.DataFrame:
    """Exhibit fig-01: participants to date of every province, or of every city of the one."""
    if not pop.province:
        return participants_by_province(pop)
    rows = [
        count("participants", name, pop.year, pop.participants.where(city=str(code)))
        for code, name in _region_names(pop).items()
    ]
    return _with_rest(rows, OTHER_CITIES, pop)


def _with_rest(rows: list[Row], others: str, pop: Population) -> pd.DataFrame:
    """Make the frame of fig-01, with what is withheld of regions told together where it can be."""
    whole = count("participants", others, pop.year, pop.participants)
    left = rest(rows, shown(rows, pop), whole, pop)
    return tidy([*in_order(rows, pop), *left], "fig-01", pop)


def share_of_nation(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: `share_of_nation`, of the nation's participants (%).

    Of a region they are those of the same kind, of a kind of firms all.
    """
    whole = pop.across_regions if pop.region else pop.nation
    row = share("share_of_nation", pop.scope_name, pop.year, pop.participants, whole.participants)
    return tidy([] if pop.is_whole else [row], "text", pop)


def top_regions(pop: Population, top: int = 10) -> pd.DataFrame:
    """Exhibit fig-02: regions with most participants; measures `participants` and `rank`.

    Regions are provinces, within one province its cities. All regions of rank <= `top` are
    there, so a tie at the end lengthens the list; regions without participants are not ranked.
    """
    firms, column = pop.participants, "city" if pop.province else "province"
    taking_part = firms.counts(column).index
    rows = [
        count("participants", name, pop.year, firms.where(**{column: str(code)}))
        for code, name in _region_names(pop).items()
        if code in taking_part
    ]
    return tidy(_before_rank(ranked(rows, pop, top)), "fig-02", pop)


def share_of_first(pop: Population, leading: pd.DataFrame, places: int = 3) -> float:
    """Return the share in % that regions of rank <= `places` have of all participants.

    `leading` as `top_regions` gives it. NaN for fewer than two such regions, where they are all
    there are, or where the number of one is withheld: the sum would give it away.
    """
    table = leading.pivot(index="group", columns="measure", values="value")
    everyone = pop.participants
    if "rank" not in table or not len(everyone):
        return math.nan
    if everyone.cell is None or not pop.protection.knows([everyone.cell]):
        return math.nan
    first = table.loc[table["rank"] <= places, "participants"]
    if first.sum() == len(everyone):
        return math.nan
    return float(100 * first.sum(min_count=max(len(first), 2)) / len(everyone))


def fastest_growing_regions(
    pop: Population, top: int = 5, minimum: int = MINIMUM_BEFORE
) -> pd.DataFrame:
    """Exhibit fig-03: growth in % of participants to date over a year; `growth` and `rank`.

    Candidates are the provinces and the five cities under separate state planning (within one
    province: its cities) that had at least `minimum` participants a year before and have more now.
    """
    both_years = pop.participants_until(pop.baseline_year), pop.participants
    rows = []
    for code, name in _region_names(pop, with_planned_cities=True).items():
        before, now = (_in_region(firms, str(code)) for firms in both_years)
        if len(now) > len(before) >= max(minimum, 1):
            growth = 100 * (len(now) - len(before)) / len(before)
            cells = named(before, now)
            rows.append(Row("growth", name, pop.year, growth, "%", len(now), cells))
    return tidy(_before_rank(ranked(rows, pop, top)), "fig-03", pop)


def full_name(region: str) -> str:
    """Return the full name of a region that exhibits name in short: 深圳市 for 深圳."""
    return str(_cities_by_name()["name_zh"].get(region, region))


@kept
def _cities_by_name() -> pd.DataFrame:
    return cities().set_index("short_zh")


def _before_rank(pairs: Iterable[tuple[Row, Row]]) -> list[Row]:
    """Return the rows of a ranking, each value before its rank."""
    return [row for place, value in pairs for row in (value, place)]


def _in_region(firms: Firms, code: str) -> Firms:
    """Return the firms of a province or a city, which a municipality is both of."""
    return firms.where(**{"province" if code.endswith("0000") else "city": code})


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
