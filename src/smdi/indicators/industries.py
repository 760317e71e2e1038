"""Industries (divisions of GB/T 4754): which lead, and what changed in those the report follows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators.levels import class_error, class_share, class_shares, falling
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, difference, place_among, ranked, setting, tidy
from smdi.standards import LEVEL_CLASSES, divisions
from smdi.standards.scope import division_name

FOLLOWED = ("38", "34", "17", "36", "35", "37", "39", "33")
LEADING = "share_level_ge2"


def leading_industries(pop: Population, top: int = 10, minimum: int = 300) -> pd.DataFrame:
    """Exhibit fig-07: the leading industries, best first: `rank`, `share_level_ge2`, four shares.

    Ranked by the unrounded share at level 2 or above, among divisions with at least `minimum`
    assessed firms. Within one industry the frame has that industry alone, whatever its rank.
    """
    firms = pop.without("industry").current
    sizes = firms.counts("division")
    sampled = {
        division_name(str(code)): firms.where(division=str(code))
        for code in sizes.index[sizes >= minimum]
    }
    leads = [class_share(some, "ge2", name, pop.year) for name, some in sampled.items()]
    if pop.industry:
        kept = place_among(leads, division_name(pop.industry))
    else:
        kept = ranked(leads, pop, top)
    rows: list[Row] = []
    for place, lead in kept:
        rows += [place, lead, *class_shares(sampled[lead.group], lead.group, pop.year)]
    return tidy(rows, "fig-07", pop)


def industry_change(pop: Population, codes: Sequence[str] = FOLLOWED) -> pd.DataFrame:
    """Exhibit tab-industry-change: four shares, this year, the baseline year and their change.

    Per division: `share_level_*` of both years (%), `share_level_*_change` (百分点) dated this
    year. Within one industry: that industry alone.
    """
    rows: list[Row] = []
    for code in _followed(pop, codes):
        name = division_name(code)
        sides = [firms.where(division=code) for firms in (pop.current, pop.baseline)]
        years = (pop.year, pop.baseline_year)
        both = [class_shares(some, name, year) for some, year in zip(sides, years, strict=True)]
        for level, now, before in zip(LEVEL_CLASSES, *both, strict=True):
            error = class_error(sides[0], sides[1], level)
            rows += [now, before, difference(f"{now.measure}_change", now, before, error=error)]
    return tidy(rows, "tab-industry-change", pop)


def industry_decreases(pop: Population, codes: Sequence[str] = FOLLOWED) -> pd.DataFrame:
    """Exhibit `text`: `share_level_le1_decrease` (百分点) of every followed division."""
    rows = []
    for code in _followed(pop, codes):
        now, before = (
            class_share(firms.where(division=code), "le1", division_name(code), year)
            for year, firms in ((pop.year, pop.current), (pop.baseline_year, pop.baseline))
        )
        rows.append(falling("share_level_le1_decrease", now, before))
    return tidy(rows, "text", pop)


def _followed(pop: Population, codes: Sequence[str]) -> Sequence[str]:
    """Return the industry of the scope, or those of its sector, or all that are followed."""
    if pop.industry:
        return [pop.industry]
    sector = divisions()["sector"].to_dict()
    return [code for code in codes if pop.scope.sector in ("", sector[code])]


def sample_threshold(pop: Population, minimum: int = 300) -> pd.DataFrame:
    """Exhibit `text`: `sample_threshold`, the firms an industry needs to be ranked."""
    return tidy([setting("sample_threshold", pop.scope_name, pop.year, minimum, "家")], "text", pop)


def short_name(name: str) -> str:
    """Return the short name of a division, given its full one."""
    table = divisions()
    return str(table.loc[table["name_zh"] == name, "short_zh"].iloc[0])
