"""What kind of firm: process type, size, four-digit class, businesses.

Each attribute is drawn by plausible probabilities, then held to the exact number that the report
prints: probabilities are tilted until they sum to it, or firms ranked by a random key and cut.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Floats, Infeasible, Ints, apportion
from smdi.simulation.counts.targets import Targets
from smdi.simulation.streams import Streams
from smdi.standards import BUSINESSES, NATION

SME = "中小企业"
CLASS_SPREAD = 0.8  # log-spread of the sizes of four-digit classes within a division
CAPS = 0.5, 0.97  # largest unprinted class, as a part of the threshold
ADJUSTMENTS = 25  # how often the odds of large firms are moved to suit the classes
LARGE_BASE = 0.10  # share of large firms among those of whom no level is planned


def tilted(total: int, sizes: Ints, chance: Floats) -> Ints:
    """Divide `total` over groups by their chances, all shifted by one log-odds to fit the total."""
    if total <= 0 or total >= sizes.sum():
        return apportion(total, sizes, sizes)
    base = logit(np.clip(chance, 1e-6, 1 - 1e-6))
    shift = brentq(lambda x: float(sizes @ expit(base + x)) - total, -40, 40)
    return apportion(total, sizes * expit(base + shift), sizes)


def choose(groups: Ints, counts: Ints, generator: np.random.Generator) -> np.ndarray:
    """Choose `counts[g]` members of each group at random; bool for each member."""
    order = np.lexsort((generator.random(len(groups)), groups))
    sizes = np.bincount(groups, minlength=len(counts))
    starts = np.cumsum(sizes) - sizes
    place = np.empty(len(groups), dtype=np.int64)
    place[order] = np.arange(len(groups)) - np.repeat(starts, sizes)
    return place < counts[groups]


def assign_by_group(groups: Ints, table: Ints, generator: np.random.Generator) -> Ints:
    """Give members values 0…k so that group g has `table[g, v]` of value v, in random order."""
    order = np.lexsort((generator.random(len(groups)), groups))
    values = np.empty(len(groups), dtype=np.int64)
    width = table.shape[1]
    values[order] = np.repeat(np.tile(np.arange(width), len(table)), table.ravel())
    return values


def assign_types(
    division: Ints, level: Ints, types: Ints, chance: Floats, streams: Streams
) -> np.ndarray:
    """Whether each assessed firm is of discrete type; `types[0]` discrete firms by level class."""
    discrete = np.zeros(len(division), dtype=bool)
    for name in range(types.shape[1]):
        members = np.flatnonzero(level == name)
        sizes = np.bincount(division[members], minlength=len(chance))
        counts = tilted(int(types[0, name]), sizes, chance)
        discrete[members] = choose(division[members], counts, streams("type", name))
    return discrete


def assign_large(
    division: Ints,
    level: Ints,
    large: Ints,
    odds: Floats,
    room: tuple[Ints, Ints],
    streams: Streams,
) -> np.ndarray:
    """Whether each assessed firm is large: `large` firms by level class, more where odds are high.

    `room` is the least and the greatest number of small and medium firms that a division's classes
    can take; where a division would have fewer or more, its odds are moved until it has not.
    """
    sizes = np.stack(
        [np.bincount(division[level == n], minlength=len(odds)) for n in range(len(large))]
    )
    own = odds.astype(float)
    for _ in range(ADJUSTMENTS):
        counts = np.stack(
            [_large_of(total, sizes[n], own) for n, total in enumerate(large.tolist())]
        )
        small = (sizes - counts).sum(axis=0)
        few, many = small < room[0], small > room[1]
        if not (few | many).any():
            break
        own = own * np.where(many, 1.4, np.where(few, 0.6, 1.0))
    else:
        raise Infeasible("no sizes of firms give each division the small firms of its classes")
    result = np.zeros(len(division), dtype=bool)
    for name in range(len(large)):
        members = np.flatnonzero(level == name)
        result[members] = choose(division[members], counts[name], streams("large", name))
    return result


def _large_of(total: int, sizes: Ints, odds: Floats) -> Ints:
    """Large firms by division among those of one level class."""
    chance = odds * total / max(int(sizes.sum()), 1)
    return tilted(total, sizes, chance / (1 + chance))


class ClassPlan:
    """Firms by four-digit class: the printed counts exactly, all others below the cap."""

    def __init__(
        self,
        targets: Targets,
        assumptions: Assumptions,
        classes: pd.DataFrame,
        codes: list[str],
        streams: Streams,
    ) -> None:
        year = assumptions.years.current
        printed = targets.numbers("firms", year, "tab-sme-classes")
        self.printed = {group.split(" ")[0]: count for group, count in printed.items()}
        threshold = targets.numbers("sample_threshold", year, "tab-sme-classes")
        self.cap = threshold.get(NATION, max(self.printed.values(), default=1))
        self.classes = {code: list(classes.index[classes["division"] == code]) for code in codes}
        spread = streams("classes").lognormal(sigma=CLASS_SPREAD, size=len(classes))
        self.weight = dict(zip(classes.index, spread.tolist(), strict=True))
        # A cap of its own for each class, so that none stands exactly at the threshold.
        share = streams("class-caps").uniform(*CAPS, len(classes))
        self.share_of_cap = dict(zip(classes.index, share.tolist(), strict=True))

    def room(self) -> tuple[Ints, Ints]:
        """Return the least and the most small and medium firms each division's classes take."""
        known = [[self.printed.get(name, 0) for name in own] for own in self.classes.values()]
        most = [
            sum(self.printed.get(name, self.cap) for name in own) for own in self.classes.values()
        ]
        return np.array([sum(own) for own in known]), np.array(most)

    def counts(self, code: str, firms: int) -> Ints:
        """Small and medium firms of a division by class, in the order of `classes[code]`."""
        names = self.classes[code]
        known = np.array([self.printed.get(name, 0) for name in names])
        weights = [0.0 if name in self.printed else self.weight[name] for name in names]
        rest = firms - int(known.sum())
        if firms < known.sum():
            raise Infeasible(f"division {code}: {firms} small and medium firms, {known} printed")
        caps = np.array([int(self.cap * self.share_of_cap[name]) for name in names])
        if caps[[name not in self.printed for name in names]].sum() < rest:
            caps = np.full(len(names), self.cap)
        return known + apportion(rest, weights, caps)

    def assign(self, division: Ints, counted: np.ndarray, streams: Streams) -> np.ndarray:
        """Return a class for each firm; the `counted` ones (small, medium, assessed) exactly."""
        result = np.empty(len(division), dtype=object)
        for index, (code, names) in enumerate(self.classes.items()):
            generator = streams("class", code)
            own = np.flatnonzero((division == index) & counted)
            counts = self.counts(code, len(own))
            values = np.repeat(np.array(names, dtype=object), counts)
            result[own] = generator.permutation(values)
            others = np.flatnonzero((division == index) & ~counted)
            chance = (counts + 0.5) / (counts + 0.5).sum()
            result[others] = generator.choice(np.array(names, dtype=object), len(others), p=chance)
        return result


def assign_businesses(
    firms: pd.DataFrame, targets: Targets, assumptions: Assumptions, streams: Streams
) -> dict[str, np.ndarray]:
    """Which of the four businesses each firm has.

    `firms` has `large`, `capability` and `assessed` (this year). Of the small and medium firms
    assessed this year exactly the printed share has each business; the same bar holds for others.
    """
    counted = (~firms["large"] & firms["assessed"]).to_numpy()
    year = assumptions.years.current
    result: dict[str, np.ndarray] = {}
    for name in BUSINESSES:
        noise = streams("business", name).logistic(size=len(firms))
        key = noise + assumptions.businesses.rise * firms["capability"].to_numpy()
        number = targets.require(f"coverage_{name}", SME, year).count(int(counted.sum()))
        bar = np.sort(key[counted])[::-1][number - 1]
        has = key >= bar
        large = firms["large"].to_numpy()
        share = assumptions.businesses.large[name] / 100
        has[large] = key[large] >= np.quantile(key[large], 1 - share)
        result[name] = has
    return result
