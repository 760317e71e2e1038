"""Participants to date by region: printed numbers as they stand, all others drawn from one law.

A province has so many participants for each of its firms at level 2 or above; that ratio is
lognormal between provinces, as those of which the report prints both numbers show. The middle of
the law is what the printed total asks for. What is printed as a bound is drawn above it; of the
provinces with one bound the first named has most, and provinces that the report does not name have
fewer than those it names. Each number is drawn inside its limits, so that none piles up at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, log

import numpy as np
from scipy.special import ndtr, ndtri

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.counts.targets import Targets
from smdi.simulation.streams import Streams
from smdi.standards import NATION

SHIFTS = 0.0, 6.0  # logarithms of the ratios between which the middle of the law is sought
HALVINGS = 40


def participants(
    targets: Targets,
    assumptions: Assumptions,
    level_ge2: Mapping[str, int],
    least: Mapping[str, int],
    streams: Streams,
) -> dict[str, int]:
    """Participants by province, in the order of `level_ge2` (firms at level 2 or above by name).

    `least`: the fewest that a province needs for the firms assessed. Raises Infeasible where no
    middle of the law gives the printed total.
    """
    year = assumptions.years.current
    printed = targets.numbers("participants", year)
    over = targets.numbers("participants_over", year)
    total = ceil(over.pop(NATION, 0) * (1 + assumptions.participation.exceeds / 100))
    law = _Law(printed, over, level_ge2, least, assumptions.participation.ratio_spread, streams)
    low, high = SHIFTS
    if sum(law.draw(high).values()) < total:
        raise Infeasible(f"the provinces cannot have {total} participants within their bounds")
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sum(law.draw(middle).values()) < total:
            low = middle
        else:
            high = middle
    found = law.draw(high)
    return {name: found[name] for name in level_ge2}


def named_provinces(targets: Targets, year: int) -> list[str]:
    """Provinces of which the report says something, in the order in which they must stand."""
    over = targets.numbers("participants_over", year)
    over.pop(NATION, None)
    exact = targets.numbers("participants", year)
    return [*sorted(exact, key=lambda name: -exact[name]), *sorted(over, key=lambda n: -over[n])]


class _Law:
    """Draws of all provinces for any middle of the law; the same chances each time."""

    def __init__(
        self,
        printed: Mapping[str, int],
        over: Mapping[str, int],
        level_ge2: Mapping[str, int],
        least: Mapping[str, int],
        spread: float,
        streams: Streams,
    ) -> None:
        self.printed = printed
        self.over = over
        self.level_ge2 = level_ge2
        self.least = least
        self.spread = spread
        self.chance = {name: float(streams("participants", name).random()) for name in level_ge2}

    def draw(self, shift: float) -> dict[str, int]:
        """Participants of every province; they rise with the shift."""
        result = dict(self.printed)
        above = min(result.values(), default=10**7)
        for bound in sorted(set(self.over.values()), reverse=True):
            names = [name for name, own in self.over.items() if own == bound]
            fewest = max(bound + 1, *(self.least.get(name, 1) for name in names)) + len(names)
            drawn = [self._one(name, shift, (fewest, above - 1)) for name in names]
            result |= _falling(names, drawn)
            above = min(result.values())
        for name in self.level_ge2:
            if name not in result:
                limits = self.least.get(name, 1), above - 1
                result[name] = self._one(name, shift, limits)
        return result

    def _one(self, name: str, shift: float, limits: tuple[int, int]) -> int:
        if limits[0] > limits[1]:
            raise Infeasible(f"{name}: from {limits[0]} to {limits[1]} participants")
        middle = log(self.level_ge2[name] + 0.5) + shift
        return drawn_between(limits, middle, self.spread, self.chance[name])


def _falling(names: Sequence[str], drawn: Sequence[int]) -> dict[str, int]:
    """The draws in falling order, each below the one before; the draws leave room for that."""
    result: dict[str, int] = {}
    for name, own in zip(names, sorted(drawn, reverse=True), strict=True):
        result[name] = min(own, min(result.values(), default=own + 1) - 1)
    return result


def drawn_between(limits: tuple[int, int], middle: float, spread: float, chance: float) -> int:
    """A whole number of a lognormal law between limits, the end ones included.

    `middle` and `spread` are of the logarithm, `chance` is the place in the law, 0 to 1.
    """
    low, high = limits
    if low > high:
        raise Infeasible(f"a number of participants from {low} to {high}")
    places = (np.log([low - 0.5, high + 0.5]) - middle) / spread
    side = 1 if places[0] < 0 else -1  # the tail in which the normal law keeps its digits
    below, above = ndtr(side * places)
    if below == above:
        return low if side < 0 else high
    value = middle + spread * side * float(ndtri(below + chance * (above - below)))
    return int(np.clip(np.rint(np.exp(np.clip(value, 0, 20))), low, high))


def planned_city(
    part: float, limits: tuple[int, int], province: int, spread: float, chance: float
) -> int:
    """Participants of a planned city with `part` of its province's firms at level 2 or above."""
    return drawn_between(limits, log(part * province), spread, chance)


def least_participants(ge2: int, assessed_per_level_ge2: float) -> int:
    """Fewest participants of a region with `ge2` firms at level 2 or above."""
    return max(1, ceil(ge2 * assessed_per_level_ge2) + 1)
