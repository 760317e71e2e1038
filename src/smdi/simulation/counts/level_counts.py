"""How many firms stand at each level class, in the nation, by process type and by size.

The national counts of the current and the baseline year are found together by a small integer
programme, so that both years and the printed change come out; the others by looking at all near
solutions, as the printed shares leave little room.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, inf

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Infeasible, Ints, apportion
from smdi.simulation.counts.targets import Interval, Targets
from smdi.standards import LEVEL_CLASSES, NATION

# Classes that a movement in the prose may speak of, by the name of its measure.
UNITED = {"ge2": (1, 2, 3), "ge3": (2, 3), "2_3": (1, 2)} | {
    name: (place,) for place, name in enumerate(LEVEL_CLASSES)
}
STEPS = 60  # numbers of firms tried between the ends that the facts leave
INSIDE = 1e-6  # percentage points inside the ends of a printed change


def national_levels(
    targets: Targets,
    assumptions: Assumptions,
    ge2: int,
    published: pd.DataFrame,
    firms: tuple[float, float],
) -> Iterator[dict[int, Ints]]:
    """Firms by level class (le1, 2, 3, ge4) for each year, the most preferred first.

    The current year follows the printed shares with exactly `ge2` firms at level 2 or above, of a
    number of firms between the two ends that the facts leave (`firms`); the others follow the
    shares published elsewhere (`national_level_shares`) and the printed changes.
    """
    years = assumptions.years
    first = _preferred(_shares(published, assumptions, years.first))
    start = apportion(assumptions.assessed[years.first], first)
    for total in _numbers(assumptions.assessed[years.current], firms):
        pair = _two_years(targets, assumptions, total, ge2, published)
        if pair is not None:
            yield {years.current: pair[0], years.baseline: pair[1], years.first: start}


def _numbers(preferred: int, ends: tuple[float, float]) -> list[int]:
    """Whole numbers between the ends, the nearest to the preferred one first."""
    low, high = ceil(ends[0]), preferred * 10 if ends[1] == inf else floor(ends[1])
    step = max(1, (high - low) // STEPS)
    tried = {min(max(preferred, low), high), *range(low, high + 1, step), high}
    return sorted((n for n in tried if low <= n <= high), key=lambda n: abs(n - preferred))


def _shares(published: pd.DataFrame, assumptions: Assumptions, year: int) -> dict[str, float]:
    """Shares in % published elsewhere; the part of level 3 in "3 or above" is assumed."""
    own = published[published["year"] == year]
    shares = {str(k): float(v) for k, v in zip(own["level_class"], own["share"], strict=True)}
    if "ge3" in shares:
        third = shares["ge3"] * assumptions.level_3_of_ge3[year] / 100
        shares |= {"3": third, "ge4": shares["ge3"] - third}
    if not set(LEVEL_CLASSES) <= set(shares):
        raise Infeasible(f"no level shares of {year} are published elsewhere")
    return shares


def _preferred(shares: dict[str, float]) -> list[float]:
    return [shares[name] for name in LEVEL_CLASSES]


def _two_years(
    targets: Targets, assumptions: Assumptions, firms: int, ge2: int, published: pd.DataFrame
) -> tuple[Ints, Ints] | None:
    """Counts of the current and the baseline year nearest the middles; None where there are none.

    Variables are the four counts of each year, and how far each is from its preferred value.
    """
    year, before = assumptions.years.current, assumptions.years.baseline
    earlier = assumptions.assessed[before]
    limits = [targets.require(f"share_level_{name}", NATION, year) for name in LEVEL_CLASSES]
    shares = _shares(published, assumptions, before)
    ranges = [limit.counts(firms) for limit in limits]
    ranges += [Interval.of(f"{shares[name]:g}").counts(earlier) for name in LEVEL_CLASSES]
    if not all(ranges):
        return None
    middles = [float(limit.middle) * firms / 100 for limit in limits]
    wanted = np.array([*middles, *(share * earlier / 100 for share in _preferred(shares))])
    eye = np.eye(8)
    sums = np.zeros((3, 16))
    sums[0, :4], sums[1, 4:8], sums[2, 1:4] = 1, 1, 1
    constraints = [
        LinearConstraint(sums, [firms, earlier, ge2], [firms, earlier, ge2]),
        LinearConstraint(np.hstack([eye, -eye]), -inf, wanted),
        LinearConstraint(np.hstack([eye, eye]), wanted, inf),
        *_changes(targets, firms, earlier, year),
    ]
    answer = milp(
        np.concatenate([np.zeros(8), 1 / np.sqrt(wanted + 1)]),
        constraints=constraints,
        integrality=np.repeat([1, 0], 8),
        bounds=(
            np.array([*(own[0] for own in ranges), *np.zeros(8)]),
            np.array([*(own[-1] for own in ranges), *np.full(8, inf)]),
        ),
    )
    if not answer.success:
        return None
    counts = np.rint(answer.x[:8]).astype(np.int64)
    return counts[:4], counts[4:]


def _changes(targets: Targets, firms: int, earlier: int, year: int) -> Iterator[LinearConstraint]:
    """Printed movements of the nation's shares, as rows over the counts of both years."""
    for name, classes in UNITED.items():
        for ending, sign in (("increase", 1.0), ("decrease", -1.0), ("change", 1.0)):
            limit = targets.find(f"share_level_{name}_{ending}", NATION, year)
            if limit is None:
                continue
            row = np.zeros(16)
            for place in classes:
                row[place], row[4 + place] = sign * 100 / firms, -sign * 100 / earlier
            ends = float(limit.low) + INSIDE, float(limit.high) - INSIDE
            yield LinearConstraint(row[None, :], *ends)


def levels_by_type(
    targets: Targets, levels: Ints, expected: float, year: int, ends: tuple[float, float]
) -> Ints:
    """Firms by process type (discrete, process) and level class, shape (2, 4).

    Of all tables that print right, the one whose number of discrete firms is nearest `expected`;
    `ends` are those that the facts leave that number.
    """
    low = {name: targets.require("share_level_le1", name, year) for name in ("离散型", "流程型")}
    leads = [targets.require(f"share_level_{name}_lead", "离散型", year) for name in ("2_3", "ge4")]
    firms = int(levels.sum())
    low_end, high_end = max(1, floor(ends[0])), min(firms - 1, ceil(min(ends[1], firms)))
    for discrete in sorted(range(low_end, high_end + 1), key=lambda n: abs(n - expected)):
        middle = _types_of(discrete, levels, low, leads)
        if middle is not None:
            return middle
    raise Infeasible("no split of the firms into discrete and process type prints right")


def _types_of(
    discrete: int, levels: Ints, low: dict[str, Interval], leads: list[Interval]
) -> Ints | None:
    process = int(levels.sum()) - discrete
    le1, middle, top = int(levels[0]), int(levels[1] + levels[2]), int(levels[3])
    best: tuple[Fraction, Ints] | None = None
    for a in low["离散型"].counts(discrete):
        if Fraction(100 * (le1 - a), process) not in low["流程型"]:
            continue
        for c in _led(leads[1], top, discrete, process):
            b = discrete - a - c
            lead = 100 * (Fraction(b, discrete) - Fraction(middle - b, process))
            if lead not in leads[0]:
                continue
            second = apportion(b, levels[1:3])
            own = np.array([a, second[0], second[1], c])
            distance = abs(lead - leads[0].middle)
            if best is None or distance < best[0]:
                best = distance, np.stack([own, levels - own])
    return None if best is None else best[1]


def _led(lead: Interval, total: int, discrete: int, process: int) -> range:
    """Return how many of `total` may be discrete for their share to lead by `lead` points."""
    # lead = 100 (c/d - (t-c)/p)  =>  c = (lead/100 + t/p) / (1/d + 1/p)
    step = Fraction(1, discrete) + Fraction(1, process)
    first, last = (
        (limit / 100 + Fraction(total, process)) / step for limit in (lead.low, lead.high)
    )
    return range(int(first // 1) + 1, -int(-last // 1))


def large_by_level(targets: Targets, assumptions: Assumptions, levels: Ints, year: int) -> Ints:
    """Large firms by level class, from the printed shares of the small and medium ones."""
    firms = int(levels.sum())
    small = targets.require("sme_share", NATION, year).count(firms)
    small_le1 = targets.require("sme_share_of_level_le1", NATION, year).count(int(levels[0]))
    large, large_le1 = firms - small, int(levels[0]) - small_le1
    preferred = [assumptions.size.large_at_level[name] for name in LEVEL_CLASSES[1:]]
    above = apportion(large - large_le1, levels[1:] * np.array(preferred), levels[1:])
    return np.concatenate([[large_le1], above])
