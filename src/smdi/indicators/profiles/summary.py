"""A scope summed up beside the nation, its cities and its kinds of firms.

All is made of cells that the chapters ask for too: what may be seen of them is decided for both.
"""

from __future__ import annotations

import pandas as pd

from smdi.indicators import participation, rankings
from smdi.indicators.domains import SMALLER, SME
from smdi.indicators.levels import TYPES, class_error, class_share
from smdi.indicators.population import Population
from smdi.indicators.tidy import RANK, Row, count, difference, tidy
from smdi.standards import cities, level_classes_in


def beside_nation(pop: Population) -> pd.DataFrame:
    """Sum a scope up beside the nation: how many firms, and their shares of levels.

    Of both groups `participants`, `firms` (assessed this year), `firms_level_ge2` (家) and
    `share_level_le1`, `share_level_ge2`, `share_level_ge4` (%); of the scope the signed
    `share_level_*_lead` (百分点) too.
    """
    sides, mature = (pop, pop.nation), level_classes_in("ge2")
    rows: list[Row] = []
    for measure, firms in (
        ("participants", [side.participants for side in sides]),
        ("firms", [side.current for side in sides]),
        ("firms_level_ge2", [side.current.where(level_class=mature) for side in sides]),
    ):
        pairs = zip(sides, firms, strict=True)
        rows += [count(measure, side.scope_name, pop.year, some) for side, some in pairs]
    for name in ("le1", "ge2", "ge4"):
        own, whole = (class_share(side.current, name, side.scope_name, pop.year) for side in sides)
        error = class_error(pop.current, pop.nation.current, name)
        rows += [own, whole, difference(f"{own.measure}_lead", own, whole, error=error)]
    return tidy(rows, "text", pop)


def kinds_of_firms(pop: Population) -> pd.DataFrame:
    """Return of each type, and of the small firms, `firms` (家) and `share_level_le1` (%)."""
    kinds = {name: pop.current.where(process_type=kind) for kind, name in TYPES}
    kinds[SME] = pop.current.where(size=SMALLER)
    rows = [
        row
        for name, firms in kinds.items()
        for row in (
            count("firms", name, pop.year, firms),
            class_share(firms, "le1", name, pop.year),
        )
    ]
    return tidy(rows, "text", pop)


def cities_of(pop: Population) -> pd.DataFrame:
    """Return of each city `participants` and, where there are any, `firms_level_ge2` (家)."""
    mature = rankings.firms_by_city(pop, len(cities()))
    rows = [participation.participants_by_region(pop), mature[mature["measure"] != RANK]]
    return pd.concat(rows, ignore_index=True)
