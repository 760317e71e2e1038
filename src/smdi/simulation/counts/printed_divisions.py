"""Whole numbers of firms behind the divisions of which the report prints all shares in two years.

Of those that print right, the nearest to our preferences is taken; where there is none, the report
says which of the printed numbers cannot stand together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from smdi.errors import InputErrors, Problem
from smdi.published import denominators, fact_id
from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Ints
from smdi.simulation.counts.targets import Interval, Targets
from smdi.standards import LEVEL_CLASSES, NATION

LARGEST_DIVISION = 0.25  # no division has more of the baseline year's firms than this
SEARCHED = 6000  # numbers of firms of a division looked at before giving up
MOST_LARGE = 1.2  # and no more than this many firms to one small or medium firm
ROOM_FOR_LARGE = 1.08  # a division holds its printed small and medium firms and some large ones


def inferred_counts(
    targets: Targets,
    assumptions: Assumptions,
    divisions: pd.DataFrame,
    limits: Mapping[str, tuple[int, int]],
) -> dict[str, tuple[Ints, Ints]]:
    """Whole numbers behind the printed shares (current, baseline), nearest the firms preferred.

    Of the current year only numbers within the limits that the division's classes set.
    """
    current, baseline = assumptions.years.current, assumptions.years.baseline
    known: dict[str, tuple[Ints, Ints]] = {}
    for key, name in divisions["name_zh"].items():
        code = str(key)
        now, then = targets.shares(name, current), targets.shares(name, baseline)
        if now is None or then is None:
            continue
        changes = [
            targets.printed(f"share_level_{c}_change", name, current)[0] for c in LEVEL_CLASSES
        ]
        preferred = assumptions.divisions[code].firms
        least, most = limits.get(code, (1, SEARCHED))
        room = range(1, int(assumptions.assessed[baseline] * LARGEST_DIVISION) + 1)
        pairs = _pairs(now, then, changes, max(preferred), (range(least, most + 1), room))
        if not pairs:
            raise _unprintable(targets, name, (current, baseline), (range(least, most + 1), room))
        best = min(pairs, key=lambda p: abs(p[0].n - preferred[0]) + abs(p[1].n - preferred[1]))
        known[code] = np.array(best[0].counts), np.array(best[1].counts)
    return known


def _unprintable(
    targets: Targets, name: str, years: tuple[int, int], allowed: tuple[range, range]
) -> InputErrors:
    """The printed numbers of a division that no allowed numbers of firms print together.

    One year's shares where they alone are at fault, else both years' with the changes needed.
    """
    shares = {year: targets.shares(name, year) or [] for year in years}
    alone = [
        year
        for year, own in zip(years, allowed, strict=True)
        if not denominators.candidates(shares[year], own[-1], own[0])
    ]
    blamed = [(f"share_level_{c}", year) for year in alone[:1] or years for c in LEVEL_CLASSES]
    if not alone:
        needed = list(LEVEL_CLASSES)
        for one in LEVEL_CLASSES:
            fewer = [c for c in needed if c != one]
            if not _printing(targets, name, years, allowed, fewer):
                needed = fewer
        blamed += [(f"share_level_{c}_change", years[0]) for c in needed]
    told = []
    for measure, year in blamed:
        rows = targets.rows(measure, year)
        fact = rows[rows["group"] == name].iloc[0]
        place = fact_id(fact["exhibit"], measure, name, year)
        told.append(f"{place} = {fact['printed']} ({fact['where']})")
    firms = " and ".join(
        f"{own[0]} to {own[-1]} firms in {year}" for year, own in zip(years, allowed, strict=True)
    )
    expected = (
        f"numbers that whole numbers of firms print together, which no {firms} do for these "
        f"(the four-digit classes and the nation leave {name} no others): {'; '.join(told)}; "
        "correct one"
    )
    return InputErrors([Problem(targets.file, None, None, None, expected)])


def _printing(
    targets: Targets,
    name: str,
    years: tuple[int, int],
    allowed: tuple[range, range],
    classes: Sequence[str],
) -> bool:
    """Whether allowed numbers of firms print both years' shares and the changes of some classes."""
    places = [LEVEL_CLASSES.index(c) for c in classes]
    limits = [
        Interval.of(targets.printed(f"share_level_{c}_change", name, years[0])[0]) for c in classes
    ]
    now, then = (
        denominators.candidates(targets.shares(name, year) or [], own[-1], own[0])
        for year, own in zip(years, allowed, strict=True)
    )
    return any(
        all(
            100 * (Fraction(a.counts[i], a.n) - Fraction(b.counts[i], b.n)) in limit
            for i, limit in zip(places, limits, strict=True)
        )
        for a in now
        for b in then
    )


def _pairs(
    now: list[str],
    then: list[str],
    changes: list[str],
    preferred: int,
    allowed: tuple[range, range],
) -> list[tuple[denominators.Composition, denominators.Composition]]:
    """Numbers of firms that print two years' shares and changes, sought ever further.

    Only those whose two numbers are `allowed`; the search ends with the first that are.
    """
    limit = int(1.02 * preferred) + 1
    while True:
        every = denominators.pairs(now, then, changes, limit)
        found = [p for p in every if p[0].n in allowed[0] and p[1].n in allowed[1]]
        if found or limit >= SEARCHED:
            return found
        limit = min(2 * limit, SEARCHED)


def class_limits(
    targets: Targets, assumptions: Assumptions, classes: pd.DataFrame
) -> dict[str, tuple[int, int]]:
    """How many firms a division must and may have for its four-digit classes to print right.

    All small and medium firms of the printed classes are in it; the classes not printed have no
    more than the threshold of the table each. Large firms come on top.
    """
    year = assumptions.years.current
    printed = targets.numbers("firms", year, "tab-sme-classes")
    threshold = targets.numbers("sample_threshold", year, "tab-sme-classes").get(NATION, 0)
    known = {group.split(" ")[0]: count for group, count in printed.items()}
    limits = {}
    for code in assumptions.divisions:
        names = classes.index[classes["division"] == code]
        least = sum(known.get(str(name), 0) for name in names)
        free = sum(str(name) not in known for name in names)
        limits[code] = (int(ROOM_FOR_LARGE * least), int((least + free * threshold) * MOST_LARGE))
    return limits
