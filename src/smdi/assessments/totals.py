"""The total over the levels and the level that follows from it, exact at the bounds.

A total is a sum of five fractions with denominators of their own, whose common denominator may
outgrow any machine integer. So totals are summed in float64, and the few that come near a bound are
summed once more in whole numbers of any size; only those can be on the wrong side.
"""

from __future__ import annotations

from math import lcm

import numpy as np
from numpy.typing import NDArray

from smdi.assessments.rules import ScoringRule

# Far above the error of a sum of five floats (about 1e-15), far below any real difference that
# would make many totals be summed twice.
NEAR = 1e-9
TENTHS = 10


def contributions(
    numerators: NDArray[np.float64],
    met: NDArray[np.bool_],
    full: NDArray[np.float64],
    rule: ScoringRule,
) -> NDArray[np.float64]:
    """Return what each level (last axis) adds to the total, as a numerator over `full`."""
    parts = np.where(met, full, numerators)
    if rule.summation == "strict":
        # A level counts while all the levels below it are met; it may be the first miss itself.
        reached = np.logical_and.accumulate(met, axis=-1)
        parts[..., 1:] *= reached[..., :-1]
    return parts


def total_and_level(
    parts: NDArray[np.float64], full: NDArray[np.float64], bounds_tenths: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Return totals (n,) and levels (n,) from contributions (n, 5) over `full` (5,)."""
    total = (parts / full).sum(axis=1)
    bounds = bounds_tenths / TENTHS
    level = np.searchsorted(bounds, total, side="right").astype(np.int8)
    near = np.flatnonzero((np.abs(total[:, None] - bounds) < NEAR).any(axis=1))
    if len(near):
        total[near], level[near] = _exact(parts[near], full, bounds_tenths)
    return total, level


def _exact(
    parts: NDArray[np.float64], full: NDArray[np.float64], bounds_tenths: NDArray[np.int64]
) -> tuple[list[float], list[int]]:
    """Return totals, rounded once, and levels, by whole numbers."""
    denominators = [int(value) for value in full]
    common = lcm(*denominators)
    factors = [common // denominator for denominator in denominators]
    sums = [
        sum(int(part) * factor for part, factor in zip(row, factors, strict=True)) for row in parts
    ]
    levels = [
        sum(TENTHS * value >= int(bound) * common for bound in bounds_tenths) for value in sums
    ]
    return [value / common for value in sums], levels
