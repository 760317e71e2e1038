"""Practices: which share of the firms asked does something, by sector and over two years.

The base of a practice is the firms that were asked and answered (a firm without a design
business is not asked about design); the one practice of kind `ratio` is a mean of percentages.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import difference_error
from smdi.indicators.tidy import Row, difference, mean, share, tidy
from smdi.standards import ALL_INDUSTRIES, divisions, practices, sectors
from smdi.standards.scope import division_name


def practice_rate(firms: Firms, practice: str, group: str, year: int) -> Row:
    """Return the rate of one practice in %, over the firms that answered."""
    column = f"practice_{practice}"
    if practices().loc[practice, "kind"] == "ratio":
        return mean(practice, group, year, firms, column, "%")
    asked = firms.where(answered=column)
    return share(practice, group, year, asked.where(**{column: "yes"}), asked)


def sector_practices(
    pop: Population, sector: str, ids: Sequence[str], exhibit: str
) -> pd.DataFrame:
    """Exhibits fig-10 … fig-13: rates in a sector and in all industries of the same regions.

    Measures are the practice ids; per practice first the sector's row, then that of 全行业.
    Within one industry the sector's firms are that industry's, and the group bears its name.
    """
    rows = [row for pair in _sector_pairs(pop, sector, ids) for row in pair]
    return tidy(rows, exhibit, pop)


def _sector_pairs(pop: Population, sector: str, ids: Sequence[str]) -> list[tuple[Row, Row]]:
    name = str(sectors().loc[sector, "name_zh"])
    group = division_name(pop.industry) if pop.industry else name
    firms, everyone = _sector_firms(pop, sector), pop.across_industries.current
    return [
        (
            practice_rate(firms, practice, group, pop.year),
            practice_rate(everyone, practice, ALL_INDUSTRIES, pop.year),
        )
        for practice in ids
    ]


def _sector_firms(pop: Population, sector: str) -> Firms:
    return pop.current.where(division=divisions().index[divisions()["sector"] == sector])


def practice_trend(
    pop: Population, ids: Sequence[str], exhibit: str, facts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Exhibits fig-14 … fig-23: rates of the baseline year and of this year, per practice.

    The group is 全行业, or the industry of the scope. With `facts`, those of `read_facts`, only the
    practices whose baseline rate the published exhibit prints keep that year; where the exhibit is
    not published, all do.
    """
    rows = [row for practice in ids for row in _pair(pop, practice)]
    rates = tidy(rows, exhibit, pop)
    printed = facts[facts["exhibit"] == exhibit] if facts is not None else pd.DataFrame()
    if printed.empty:
        return rates
    both_years = printed.loc[printed["year"] == pop.baseline_year, "measure"]
    return rates[(rates["year"] == pop.year) | rates["measure"].isin(both_years)]


def practice_changes(pop: Population, ids: Sequence[str], exhibit: str) -> pd.DataFrame:
    """Signed `<practice>_change` (百分点) since the baseline year."""
    rows = []
    for practice in ids:
        before, now = _pair(pop, practice)
        error = rate_error(practice, pop.current, pop.baseline)
        rows.append(difference(f"{practice}_change", now, before, error=error))
    return tidy(rows, exhibit, pop)


def sector_leads(pop: Population, sector: str, ids: Sequence[str], exhibit: str) -> pd.DataFrame:
    """Signed `<practice>_lead` (百分点) of a sector over all industries."""
    firms, everyone = _sector_firms(pop, sector), pop.across_industries.current
    rows = []
    for practice, (own, whole) in zip(ids, _sector_pairs(pop, sector, ids), strict=True):
        error = rate_error(practice, firms, everyone)
        rows.append(difference(f"{practice}_lead", own, whole, error=error))
    return tidy(rows, exhibit, pop)


def has_sector(pop: Population, sector: str) -> bool:
    """Tell whether the scope has firms of a sector this year."""
    return len(_sector_firms(pop, sector)) > 0


def against_nation(pop: Population, ids: Sequence[str], exhibit: str) -> pd.DataFrame:
    """Return this year's rates of the scope and of the nation, with the signed `<practice>_lead`.

    Groups are the scope's name and 全国; empty for the nation itself.
    """
    if pop.is_whole:
        return tidy([], exhibit, pop)
    rows = []
    for practice in ids:
        own, whole = (
            practice_rate(side.current, practice, side.scope_name, pop.year)
            for side in (pop, pop.nation)
        )
        error = rate_error(practice, pop.current, pop.nation.current)
        rows += [own, whole, difference(f"{practice}_lead", own, whole, error=error)]
    return tidy(rows, exhibit, pop)


def rate_error(practice: str, firms: Firms, others: Firms) -> float:
    """Return the standard error of the difference that two groups have in a practice's rate."""
    scale = 1.0 if practices().loc[practice, "kind"] == "ratio" else 100.0
    own, their = (scale * some[f"practice_{practice}"] for some in (firms, others))
    return difference_error(own, firms["firm"], their, others["firm"])


def practice_increase(pop: Population, practice: str) -> pd.DataFrame:
    """Exhibit `text`: `<practice>_increase` (百分点), positive when the rate rose."""
    before, now = _pair(pop, practice)
    error = rate_error(practice, pop.current, pop.baseline)
    return tidy([difference(f"{practice}_increase", now, before, error=error)], "text", pop)


def _pair(pop: Population, practice: str) -> list[Row]:
    return [
        practice_rate(firms, practice, pop.industry_name, year)
        for firms, year in ((pop.baseline, pop.baseline_year), (pop.current, pop.year))
    ]
