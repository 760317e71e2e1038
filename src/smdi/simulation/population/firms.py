"""The firms: every participant to date with the attributes that stay with it.

A firm assessed in the current year gets its attributes level class by level class, so that each
table of level by attribute is exact; a joint always exists, because the tables agree on the number
of firms at each level class. Firms that did not come back follow the same patterns.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Floats, Ints, apportion, fill_table
from smdi.simulation.counts.plan import Plan
from smdi.simulation.counts.targets import Targets
from smdi.simulation.population import attributes
from smdi.simulation.streams import Streams
from smdi.standards import LEVEL_CLASSES, classes

NOT_ASSESSED = -1  # level class of a firm that was not assessed in the current year
LARGE_LEAD = 0.8  # how much more capable large firms are, where no level is planned


def make_firms(
    plan: Plan, targets: Targets, assumptions: Assumptions, streams: Streams
) -> pd.DataFrame:
    """All participants to date, one row each.

    Columns: credit_code, region, province, city (codes), division (position), industry (four
    digits), discrete, large, size, design, logistics, sales, service (bool), level_class (position,
    NOT_ASSESSED when not assessed in the current year), before (bool: took part a year earlier),
    capability (latent, about standard normal).
    """
    firms = pd.concat([_assessed(plan, streams), _not_returning(plan, streams)], ignore_index=True)
    codes = list(assumptions.divisions)
    _places(firms, plan, streams)
    _kinds(firms, plan, targets, assumptions, streams, codes)
    firms["capability"] = _capability(firms, plan, streams)
    firms["size"] = _sizes(firms, assumptions, streams)
    firms["assessed"] = firms["level_class"] != NOT_ASSESSED
    for name, has in attributes.assign_businesses(firms, targets, assumptions, streams).items():
        firms[name] = has
    firms["credit_code"] = _credit_codes(firms, streams)
    return firms


def _assessed(plan: Plan, streams: Streams) -> pd.DataFrame:
    """The current year's firms by region, division and level class; some of them come back."""
    tables = np.stack([plan.cells(name) for name in LEVEL_CLASSES], axis=2)
    region, division, level = _cell_of_each(tables)
    total = tables.sum(axis=2)
    returning = fill_table(
        total,
        plan.regions["returning"],
        plan.returning_by_division,
        total,
    )
    cell = region * total.shape[1] + division
    before = attributes.choose(cell, returning.ravel(), streams("returning"))
    return pd.DataFrame(
        {"region": region, "division": division, "level_class": level, "before": before}
    )


def _not_returning(plan: Plan, streams: Streams) -> pd.DataFrame:
    """Firms that took part before and were not assessed in the current year."""
    rows = plan.regions["not_returning"]
    columns = plan.before - plan.returning_by_division
    table = fill_table(plan.affinity, rows, columns)
    region, division = _cell_of_each(table)
    return pd.DataFrame(
        {"region": region, "division": division, "level_class": NOT_ASSESSED, "before": True}
    )


def _cell_of_each(counts: Ints) -> tuple[Ints, ...]:
    """Where in a table of counts each one counted stands, a number for each side of the table."""
    return np.unravel_index(np.repeat(np.arange(counts.size), counts.ravel()), counts.shape)


def _places(firms: pd.DataFrame, plan: Plan, streams: Streams) -> None:
    """Cities within regions, exact by level class; provinces and codes."""
    region = firms["region"].to_numpy()
    level = firms["level_class"].to_numpy()
    city = np.empty(len(firms), dtype=object)
    for position, code in enumerate(plan.regions.index):
        table = plan.city_levels[code]
        names = table.index.to_numpy(dtype=object)
        generator = streams("city", code)
        own = np.flatnonzero((region == position) & (level != NOT_ASSESSED))
        city[own] = names[attributes.assign_by_group(level[own], table.to_numpy().T, generator)]
        not_returning = np.flatnonzero((region == position) & (level == NOT_ASSESSED))
        counts = apportion(len(not_returning), table.sum(axis=1) + 0.5)
        city[not_returning] = generator.permutation(np.repeat(names, counts))
    firms["city"] = city
    firms["province"] = plan.regions["province"].to_numpy(dtype=object)[region]


def _kinds(
    firms: pd.DataFrame,
    plan: Plan,
    targets: Targets,
    assumptions: Assumptions,
    streams: Streams,
    codes: list[str],
) -> None:
    """Process type, size and four-digit class."""
    division = firms["division"].to_numpy()
    level = firms["level_class"].to_numpy()
    chance = np.array([assumptions.divisions[code].discrete / 100 for code in codes])
    odds = np.array([assumptions.divisions[code].large for code in codes])
    class_plan = attributes.ClassPlan(targets, assumptions, classes(), codes, streams)
    now = np.flatnonzero(level != NOT_ASSESSED)
    not_returning = np.flatnonzero(level == NOT_ASSESSED)
    discrete = np.zeros(len(firms), dtype=bool)
    large = np.zeros(len(firms), dtype=bool)
    own = division[now], level[now]
    discrete[now] = attributes.assign_types(*own, plan.types, chance, streams)
    large[now] = attributes.assign_large(*own, plan.large, odds, class_plan.room(), streams)
    draws = streams("gone-kinds").random((2, len(not_returning)))
    discrete[not_returning] = draws[0] < chance[division[not_returning]]
    large[not_returning] = draws[1] < attributes.LARGE_BASE * odds[division[not_returning]]
    firms["discrete"], firms["large"] = discrete, large
    firms["industry"] = class_plan.assign(division, ~large & (level != NOT_ASSESSED), streams)


def _capability(firms: pd.DataFrame, plan: Plan, streams: Streams) -> np.ndarray:
    """A latent capability: within a level class of the current year a slice of the normal law."""
    generator = streams("capability")
    draws = generator.random(len(firms))
    levels = plan.levels[max(plan.levels)]
    edges = np.concatenate([[0], np.cumsum(levels)]) / levels.sum()
    level = firms["level_class"].to_numpy()
    known = level != NOT_ASSESSED
    place = edges[level[known]] + draws[known] * np.diff(edges)[level[known]]
    result: Floats = ndtri(np.clip(draws, 1e-6, 1 - 1e-6))
    result[known] = ndtri(np.clip(place, 1e-6, 1 - 1e-6))
    result[~known] += LARGE_LEAD * (firms["large"].to_numpy()[~known] - attributes.LARGE_BASE)
    return result


def _sizes(firms: pd.DataFrame, assumptions: Assumptions, streams: Streams) -> np.ndarray:
    """Size classes: large as assigned, the others from medium to micro by falling inclination.

    Inclination rises with capability and with the industry's odds of large firms. No firm of a
    level class above `highest_micro` is micro.
    """
    below, codes = assumptions.size.below_large, list(assumptions.divisions)
    size = np.full(len(firms), "large", dtype=object)
    rows = np.flatnonzero(~firms["large"].to_numpy())
    noise = streams("size").standard_normal(len(rows))
    odds = np.log([assumptions.divisions[code].large for code in codes])
    key = assumptions.size.rise * firms["capability"].to_numpy()[rows] + noise
    key += assumptions.size.odds_rise * odds[firms["division"].to_numpy()[rows]]
    level = firms["level_class"].to_numpy()[rows]
    high = level > assumptions.size.highest_micro
    order = np.lexsort((-key, ~high))
    *upper, smallest = list(below)
    counts = apportion(len(rows), list(below.values()))
    micro = order[max(len(rows) - int(counts[-1]), int(high.sum())) :]
    rest = np.setdiff1d(np.arange(len(rows)), micro)
    ranked = rest[np.argsort(-key[rest], kind="stable")]
    parts = apportion(len(rest), [below[name] for name in upper])
    size[rows[ranked]] = np.repeat(np.array(upper, object), parts)
    size[rows[micro]] = smallest
    return size


def _credit_codes(firms: pd.DataFrame, streams: Streams) -> list[str]:
    """18 characters as a real code has, but SIM at the front: S and I occur in no real code."""
    serial = streams("codes").permutation(10 * len(firms))[: len(firms)]
    return [
        f"SIM{city}{number:09d}"
        for city, number in zip(firms["city"], serial.tolist(), strict=True)
    ]
