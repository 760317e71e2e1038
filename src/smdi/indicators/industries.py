"""Industries (divisions of GB/T 4754): which lead, and what changed in those the report follows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators.levels import class_share, class_shares, falling
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, competition_rank, difference, rank, setting, suppress, tidy
from smdi.standards import divisions
from smdi.standards.scope import division_name

FOLLOWED = ("38", "34", "17", "36", "35", "37", "39", "33")
LEADING = "share_level_ge2"


def leading_industries(pop: Population, top: int = 10, minimum: int = 300) -> pd.DataFrame:
    """Exhibit fig-07: the leading industries, best first: `rank`, `share_level_ge2`, four shares.

    Ranked by the unrounded share at level 2 or above, among divisions with at least `minimum`
    assessed firms. Within one industry the frame has that industry alone, whatever its rank.
    """
    firms = pop.across_industries.current
    sizes = firms.counts("division")
    sampled = {code: firms[firms["division"] == code] for code in sizes.index[sizes >= minimum]}
    shares = pd.Series(
        {code: class_share(some, "ge2", "", pop.year).value for code, some in sampled.items()},
        dtype="float64",
    )
    places = competition_rank(shares).sort_values(kind="stable")
    kept = places[places.index == pop.industry] if pop.industry else places[places <= top]
    rows: list[Row] = []
    for code, place in kept.items():
        name = division_name(str(code))
        rows.append(rank(name, pop.year, int(place)))
        rows.append(class_share(sampled[code], "ge2", name, pop.year))
        rows += class_shares(sampled[code], name, pop.year)
    return tidy(rows, "fig-07", pop)


def industry_change(pop: Population, codes: Sequence[str] = FOLLOWED) -> pd.DataFrame:
    """Exhibit tab-industry-change: four shares, this year, the baseline year and their change.

    Per division: `share_level_*` of both years (%), `share_level_*_change` (百分点) dated this
    year. Within one industry: that industry alone.
    """
    rows: list[Row] = []
    for code in [pop.industry] if pop.industry else codes:
        name, both = division_name(code), []
        for year, firms in ((pop.year, pop.current), (pop.baseline_year, pop.baseline)):
            some = firms[firms["division"] == code]
            both.append(suppress(class_shares(some, name, year), "tab-industry-change", pop))
        for now, before in zip(*both, strict=True):
            rows += [now, before, difference(f"{now.measure}_change", now, before)]
    return tidy(rows, "tab-industry-change", pop)


def industry_decreases(pop: Population, codes: Sequence[str] = FOLLOWED) -> pd.DataFrame:
    """Exhibit `text`: `share_level_le1_decrease` (百分点) of every followed division."""
    rows = []
    for code in [pop.industry] if pop.industry else codes:
        name = division_name(code)
        pair = [
            class_share(firms[firms["division"] == code], "le1", name, year)
            for year, firms in ((pop.year, pop.current), (pop.baseline_year, pop.baseline))
        ]
        now, before = suppress(pair, "tab-industry-change", pop)
        rows.append(falling("share_level_le1_decrease", now, before))
    return tidy(rows, "text", pop)


def sample_threshold(pop: Population, minimum: int = 300) -> pd.DataFrame:
    """Exhibit `text`: `sample_threshold`, the firms an industry needs to be ranked."""
    return tidy([setting("sample_threshold", pop.scope_name, pop.year, minimum, "家")], "text", pop)


def short_name(name: str) -> str:
    """Return the short name of a division, given its full one."""
    table = divisions()
    return str(table.loc[table["name_zh"] == name, "short_zh"].iloc[0])
