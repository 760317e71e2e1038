"""Industries (divisions of GB/T 4754): which lead, and what changed in those the report follows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pandas as pd

from smdi.indicators.levels import DETAILS, class_error, class_share, class_shares, falling
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, difference, finest, place_among, ranked, setting, tidy
from smdi.standards import divisions
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
    """Exhibit tab-industry-change: shares of levels this year, the baseline year, their change.

    Per division: `share_level_*` of both years (%), `share_level_*_change` (百分点) dated this
    year, of four classes, or of fewer where levels must be told together to be told at all.
    Within one industry: that industry alone.
    """
    rows: list[Row] = []
    for code in _followed(pop, codes):
        told = {name: _change_of(pop, code, name) for name in dict.fromkeys(chain(*DETAILS))}
        rows += finest([[row for name in names for row in told[name]] for names in DETAILS], pop)
    return tidy(rows, "tab-industry-change", pop)


def _change_of(pop: Population, code: str, level: str) -> list[Row]:
    """Return the share of a class of levels in a division, this year and before, and its change."""
    name = division_name(code)
    sides = [firms.where(division=code) for firms in (pop.current, pop.baseline)]
    now = class_share(sides[0], level, name, pop.year)
    before = class_share(sides[1], level, name, pop.baseline_year)
    error = class_error(sides[0], sides[1], level)
    return [now, before, difference(f"{now.measure}_change", now, before, error=error)]


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
