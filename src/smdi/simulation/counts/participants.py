"""Participants to date by region: printed numbers exactly, all others within what the facts leave.

Our own numbers (data/simulation.yaml) are preferences. Each is moved as little as the printed
bounds, the firms at level 2 or above and the stated order of the named provinces ask for; then all
but the printed ones grow together until the printed total is passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import numpy as np

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import apportion
from smdi.simulation.counts.targets import Targets
from smdi.standards import NATION

EXCEEDED_BY = 40  # how far the printed total ("over 20 000") is passed where it must be reached


def participants(
    targets: Targets, assumptions: Assumptions, least: Mapping[str, int]
) -> dict[str, int]:
    """Participants by province and planned city, in the order of the assumptions.

    `least`: fewest participants by name that the assessed firms at level 2 or above ask for. A
    planned city is part of its province.
    """
    year = assumptions.years.current
    printed = targets.numbers("participants", year)
    over = targets.numbers("participants_over", year)
    result: dict[str, int] = {}
    named = [name for name in assumptions.provinces if name in printed or name in over]
    above: int | None = None
    for name in named:
        lowest = max(over.get(name, 0) + 1, least.get(name, 1))
        wanted = assumptions.provinces[name].participants or lowest
        highest = max(lowest, wanted if above is None else above - 1)
        result[name] = printed.get(name, min(max(wanted, lowest), highest))
        above = result[name] if above is None else min(above, result[name])
    for name, region in assumptions.provinces.items():
        if name not in result:
            wanted = region.participants or 1
            highest = wanted if above is None else above - 1
            result[name] = max(least.get(name, 1), min(wanted, highest))
    _reach(result, over.get(NATION, 0) + EXCEEDED_BY, set(printed), named)
    return {name: result[name] for name in assumptions.provinces}


def _reach(result: dict[str, int], total: int, fixed: set[str], named: list[str]) -> None:
    """Raise the provinces that are not printed until all add to at least `total`.

    First within the stated order, those not named below the named ones; then, where that leaves
    no room, all in proportion.
    """
    smallest = min((result[name] for name in named), default=total)
    others = [name for name in result if name not in fixed and name not in named]
    for free, cap in ((others, smallest - 1), ([n for n in result if n not in fixed], None)):
        missing = total - sum(result.values())
        if missing <= 0 or not free:
            continue
        own = np.array([result[name] for name in free])
        room = np.full(len(free), missing) if cap is None else np.maximum(cap - own, 0)
        added = apportion(min(missing, int(room.sum())), own, room)
        result.update(dict(zip(free, (own + added).tolist(), strict=True)))


def planned_city(wanted: int, least: int, province: int, least_of_the_rest: int) -> int:
    """Participants of a planned city: near the wanted, leaving the province what it needs."""
    highest = province - least_of_the_rest
    return max(1, min(max(wanted, least), highest))


def least_participants(ge2: int, assessed_per_level_ge2: float) -> int:
    """Fewest participants of a region with `ge2` firms at level 2 or above."""
    return max(1, ceil(ge2 * assessed_per_level_ge2) + 1)
