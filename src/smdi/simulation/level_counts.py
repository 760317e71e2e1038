"""How many firms stand at each level class, in the nation, by process type and by size.

Three small integer problems, solved by looking at all near solutions: the unknowns are few and the
printed shares leave little room.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.integers import Infeasible, Ints, apportion
from smdi.simulation.targets import Interval, Targets
from smdi.standards import LEVEL_CLASSES, NATION


def national_levels(
    targets: Targets, assumptions: Assumptions, ge2: int, published: pd.DataFrame
) -> dict[int, Ints]:
    """Firms by level class (le1, 2, 3, ge4) for each year.

    The current year follows the printed shares with exactly `ge2` firms at level 2 or above; the
    others follow the shares published elsewhere (`national_level_shares`) and the printed changes.
    """
    years = assumptions.years
    current = _current(targets, assumptions.assessed[years.current], ge2, years.current)
    by_year = {years.current: current}
    for year in years.all[1:]:
        shares = published[published["year"] == year].set_index("level_class")["share"]
        by_year[year] = _elsewhere(shares, assumptions, year)
    _check_changes(targets, by_year, years.current, years.baseline)
    return by_year


def _current(targets: Targets, firms: int, ge2: int, year: int) -> Ints:
    limits = [targets.require(f"share_level_{name}", NATION, year) for name in LEVEL_CLASSES]
    upper = apportion(ge2, [float(limit.middle) for limit in limits[1:]])
    counts = np.concatenate([[firms - ge2], upper])
    for name, count, limit in zip(LEVEL_CLASSES, counts.tolist(), limits, strict=True):
        if Fraction(100 * count, firms) not in limit:
            raise Infeasible(
                f"{ge2} firms of {firms} at level 2 or above: {count} at {name} do not print right"
            )
    return counts


def _elsewhere(shares: pd.Series, assumptions: Assumptions, year: int) -> Ints:
    if "ge3" in shares.index:
        level_3 = shares["ge3"] * assumptions.level_3_of_ge3[year] / 100
        wanted = [shares["le1"], shares["2"], level_3, shares["ge3"] - level_3]
    else:
        wanted = [shares[name] for name in LEVEL_CLASSES]
    return apportion(assumptions.assessed[year], wanted)


def _check_changes(targets: Targets, by_year: dict[int, Ints], year: int, before: int) -> None:
    now, then = (100 * by_year[y] / by_year[y].sum() for y in (year, before))
    changes = {
        "share_level_le1_decrease": then[0] - now[0],
        "share_level_ge3_increase": now[2:].sum() - then[2:].sum(),
    }
    for measure, change in changes.items():
        limit = targets.find(measure, NATION, year)
        if limit is not None and Fraction(float(change)) not in limit:
            raise Infeasible(f"{measure}: {change:.3f} points do not print as the report has it")


def levels_by_type(targets: Targets, levels: Ints, expected: float, year: int) -> Ints:
    """Firms by process type (discrete, process) and level class, shape (2, 4).

    Of all tables that print right, the one whose number of discrete firms is nearest `expected`.
    """
    low = {name: targets.require("share_level_le1", name, year) for name in ("离散型", "流程型")}
    leads = [targets.require(f"share_level_{name}_lead", "离散型", year) for name in ("2_3", "ge4")]
    firms = int(levels.sum())
    for discrete in sorted(range(1, firms), key=lambda n: abs(n - expected)):
        middle = _types_of(discrete, levels, low, leads)
        if middle is not None:
            return middle
    raise Infeasible("no split of the firms into discrete and process type prints right")


def _types_of(discrete: int, levels: Ints, low: dict[str, Interval], leads: list[Interval]):
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
