"""How far a difference of two means may be chance: its standard error, by firm.

The firms that answer are taken as drawn from those that might have. Many answer in both years, and
a part of the firms is also in the whole, so the two sides are not independent: the error is that of
the sum of each firm's contributions to the difference (linearisation, the variance of Taylor
series; Wolter, Introduction to Variance Estimation, ch. 6). For firms that answered twice it is the
error of a mean of pairs, for shares McNemar's.

A difference is clear when it is larger than TIMES its error and each side has at least FEWEST
firms; of any other a sentence says that no clear difference is seen, and names no cause.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

TIMES = 2.0
FEWEST = 30
# The error of a difference over too few firms to tell.
UNKNOWN = math.inf

Codes = NDArray[np.int64]
Values = pd.Series | NDArray[Any]


def is_clear(value: float, error: float) -> bool:
    """Tell whether a difference is larger than its noise; one without an error counts as exact."""
    return math.isnan(error) or abs(value) > TIMES * error


def difference_error(now: Values, ids: Values, before: Values, ids_before: Values) -> float:
    """Return the standard error of mean(now) - mean(before), in their unit.

    `ids` number the firms from 0: one that stands on both sides counts once. NaN is no answer.
    UNKNOWN where a side has fewer than FEWEST firms.
    """
    first, second = (np.asarray(side, dtype="float64") for side in (now, before))
    asked, asked_before = ~np.isnan(first), ~np.isnan(second)
    first, second = first[asked], second[asked_before]
    if min(len(first), len(second)) < FEWEST:
        return UNKNOWN
    parts = np.concatenate([_contributions(first), -_contributions(second)])
    firms = np.concatenate([np.asarray(ids)[asked], np.asarray(ids_before)[asked_before]])
    return _error(parts, firms)


def widest_error(first: float, second: float, firms: int) -> float:
    """Return the largest standard error that the difference of two shares can have, in points.

    Both are shares, in %, of the same firms; the error is McNemar's, were no firm in both.
    """
    one, other = first / 100, second / 100
    return 100 * math.sqrt(max(0.0, one + other - (one - other) ** 2) / firms)


def paired_error(now: pd.Series, before: pd.Series) -> float:
    """Return the standard error of the mean change of firms that answered twice, in one order."""
    changes = now.to_numpy(dtype="float64") - before.to_numpy(dtype="float64")
    if len(changes) < FEWEST:
        return UNKNOWN
    return float(changes.std(ddof=1) / math.sqrt(len(changes)))


def standardised_error(
    now: pd.Series,
    ids: pd.Series,
    cells: Codes,
    weights: NDArray[np.float64],
    gains: NDArray[np.float64],
    ids_before: pd.Series,
) -> float:
    """Return the standard error of a change standardised to the baseline year's mix.

    `now` are this year's outcomes, `weights` what each firm's adds to the standardised mean (their
    sum is 1), `cells` the wider cells within which a firm is compared with its like: few firms of
    a finest cell would seem to have no spread. `gains` are, for each firm of the baseline year,
    the mean that this year's firms of its cell have less its own outcome.
    """
    if min(len(now), len(gains)) < FEWEST:
        return UNKNOWN
    outcomes = now.to_numpy(dtype="float64")
    sizes = np.bincount(cells)[cells]
    means = np.bincount(cells, weights=outcomes)[cells] / sizes
    alone = sizes < 2
    spread = np.where(alone, outcomes - outcomes.mean(), outcomes - means)
    spread = spread * np.sqrt(sizes / np.maximum(sizes - 1, 1))
    parts = np.concatenate([weights * spread, _contributions(gains)])
    return _error(parts, np.concatenate([ids.to_numpy(), ids_before.to_numpy()]))


def _contributions(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each value adds to the error of the mean of all."""
    number = len(values)
    parts: NDArray[np.float64] = (values - values.mean()) / math.sqrt(number * (number - 1))
    return parts


def _error(parts: NDArray[np.float64], firms: NDArray[np.int64]) -> float:
    # Numbers of firms count up from zero: a place for each takes less than to sort them.
    of_each = np.bincount(firms, weights=parts)
    return float(np.sqrt(np.square(of_each[np.bincount(firms) > 0]).sum()))
