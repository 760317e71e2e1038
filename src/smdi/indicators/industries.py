"""Industries (divisions of GB/T 4754): which lead, and what changed in those the report follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.levels import DETAILS, class_error, class_share, class_shares, falling
from smdi.indicators.population import Population
from smdi.indicators.tidy import Row, difference, finest, joined, setting, tidy
from smdi.indicators.tidy.lists import REST, place_among, ranked
from smdi.standards import OTHER_INDUSTRIES, divisions
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
    year, of four classes, or of fewer where levels must be told together to be told at all. What
    cannot be told even so is told together with all industries that are not listed,
    `share_level_*_rest`. Within one industry: that industry alone.
    """
    sides = (pop.current, pop.baseline)
    ways = {
        code: _ways([firms.where(division=code) for firms in sides], division_name(code), pop)
        for code in _followed(pop, codes)
    }
    (*_, whole) = _ways(sides, OTHER_INDUSTRIES, pop)
    told = {code: finest(own if pop.industry else [*own, whole], pop) for code, own in ways.items()}
    listed = [code for code, rows in told.items() if rows is not whole]
    rows = [row for code in listed for row in told[code]]
    if listed and len(listed) < len(told):
        rows += _others(pop, {code: ways[code] for code in listed})
    elif not listed:
        rows = [row for own in ways.values() for row in finest(own, pop)]
    return tidy(rows, "tab-industry-change", pop)


def has_levels_together(change: pd.DataFrame) -> bool:
    """Tell whether a frame of `industry_change` has levels told together."""
    return bool(change["measure"].str.startswith(("share_level_ge2", "share_level_ge3")).any())


def _others(pop: Population, listed: Mapping[str, list[list[Row]]]) -> Sequence[Row]:
    """Return the rows of all industries that are not listed, made of the whole and of those."""
    sides = (pop.current, pop.baseline)
    codes = set(divisions().index) - listed.keys()
    left = _ways([firms.where(division=codes) for firms in sides], OTHER_INDUSTRIES, pop, REST)
    around = [_ways(sides, OTHER_INDUSTRIES, pop), *listed.values()]
    made = [
        [replace(row, cells=joined((), *rows)) for row, *rows in zip(*alike, strict=True)]
        for alike in zip(left, *around, strict=True)
    ]
    return finest(made, pop)


def _ways(sides: Sequence[Firms], group: str, pop: Population, ending: str = "") -> list[list[Row]]:
    """Return the ways to tell the levels of a group, as `industry_change` has them."""
    names = dict.fromkeys(chain(*DETAILS))
    told = {name: _change_of(sides, name, group, pop, ending) for name in names}
    return [[row for name in detail for row in told[name]] for detail in DETAILS]


def _change_of(
    sides: Sequence[Firms], level: str, group: str, pop: Population, ending: str
) -> list[Row]:
    now, before = (
        class_share(firms, level, group, year)
        for firms, year in zip(sides, (pop.year, pop.baseline_year), strict=True)
    )
    now, before = (replace(row, measure=f"{row.measure}{ending}") for row in (now, before))
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
