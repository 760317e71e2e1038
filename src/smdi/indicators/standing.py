"""Where a scope stands: beside the nation, and in its place among its peers.

Peers are the values of the first dimension that the scope narrows, the others held: provinces among
provinces, a province's car makers among those of other provinces, an industry among industries.
"""

from __future__ import annotations

from itertools import chain

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.levels import class_error, class_share
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import FEWEST
from smdi.indicators.tidy import RANK, count, difference, setting, tidy
from smdi.indicators.tidy.lists import place_among
from smdi.standards import cities, divisions, level_classes_in, provinces, sectors
from smdi.standards.scope import city_code, province_code
from smdi.standards.terms import SIZE_CLASSES

LEAD = "share_level_ge2_lead"
PLACE = RANK
# In the order in which the first that a scope narrows decides; a type has but one peer.
PEERS = ("city", "province", "size", "sector", "industry")
FEWEST_PEERS = 3


def against_nation(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: the share at level 2 or above, of the scope and the nation, and the lead.

    Measures `share_level_ge2` of both groups (%), `share_level_ge2_lead` (百分点) of the scope.
    """
    nation = pop.nation
    own, whole = (
        class_share(side.current, "ge2", side.scope_name, pop.year) for side in (pop, nation)
    )
    error = class_error(pop.current, nation.current, "ge2")
    lead = difference(LEAD, own, whole, error=error)
    return tidy([own, lead] if pop.is_whole else [own, whole, lead], "text", pop)


def peers_dimension(pop: Population) -> str:
    """Return the dimension by which the scope has peers, '' when it has none."""
    return next((name for name in PEERS if name in pop.scope.given), "")


def place_among_peers(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: the place of the scope by its share at level 2 or above, and of how many.

    Measures `rank` (位) and `peers` (个), among peers with at least FEWEST firms assessed; no row
    where the scope has fewer, or where there are fewer than FEWEST_PEERS of them.
    """
    dimension = peers_dimension(pop)
    if not dimension or len(pop.current) < FEWEST:
        return tidy([], "text", pop)
    rows = [
        class_share(firms, "ge2", name, pop.year)
        for name, firms in _peers(pop.without(dimension).current, dimension).items()
        if len(firms) >= FEWEST
    ]
    if len(rows) < FEWEST_PEERS:
        return tidy([], "text", pop)
    place = [row for row, _ in place_among(rows, _key(pop, dimension))]
    peers = setting("peers", pop.scope_name, pop.year, len(rows), "个")
    frame = tidy([*place, peers], "text", pop)
    return frame.assign(group=pop.scope_name)


def place_by_count(pop: Population, firms: Firms, measure: str) -> pd.DataFrame:
    """Exhibit `text`: how many of `firms`, of all regions, the scope's region has, and its place.

    Measures `measure` (家), `rank` (位) among provinces, or among the cities of the nation; no rank
    for none, or where no other region has any. No row for the nation.
    """
    if not pop.region:
        return tidy([], "text", pop)
    dimension = "city" if pop.scope.city else "province"
    own = _key(pop, dimension)
    regions = _peers(firms, dimension)
    rows = [count(measure, code, pop.year, some) for code, some in regions.items() if len(some)]
    if own not in regions or not len(regions[own]):
        mine = firms.where(**{dimension: own})
        return tidy([count(measure, pop.region, pop.year, mine)], "text", pop)
    placed = place_among(rows, own)
    found = chain(*placed) if len(rows) > 1 else (row for _, row in placed)
    return tidy(found, "text", pop).assign(group=pop.region)


def taking_part(pop: Population) -> Firms:
    """Return the participants to date of the scope's kind, in all regions."""
    return pop.across_regions.participants


def mature_firms(pop: Population) -> Firms:
    """Return the firms at level 2 or above of the scope's kind, in all regions."""
    return pop.across_regions.current.where(level_class=level_classes_in("ge2"))


def _peers(firms: Firms, dimension: str) -> dict[str, Firms]:
    """Return the firms of each value of a dimension that some firm has, by its key."""
    if dimension == "sector":
        table = divisions()["sector"]
        return {key: firms.where(division=table.index[table == key]) for key in sectors().index}
    if dimension == "size":
        return {key: firms.where(size=key) for key in SIZE_CLASSES}
    keys = {"province": provinces, "city": cities, "industry": divisions}[dimension]().index
    column = "division" if dimension == "industry" else dimension
    found = set(firms.counts(column).index)
    return {str(key): firms.where(**{column: str(key)}) for key in keys if key in found}


def _key(pop: Population, dimension: str) -> str:
    value = pop.scope.given[dimension]
    codes = {"city": city_code, "province": province_code}
    return codes[dimension](value) if dimension in codes else value
