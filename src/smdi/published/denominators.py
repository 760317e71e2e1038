"""Which whole numbers of firms can stand behind printed shares.

A printed share hides its denominator: 53.49 %, 22.58 %, 13.47 % and 10.47 % together can be shares
of 1032 firms and of no smaller number. What belongs here is the search; what it says about a
report is in `smdi.published.audit`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smdi.published.facts import bounds

HUNDRED = 100
# Of a fraction's parts: times a number of firms these stay below 2**63.
LONGEST = 2**31


@dataclass(frozen=True, order=True)
class Composition:
    """A whole number of firms and how they divide into the classes, in the order of the shares."""

    n: int
    counts: tuple[int, ...]


def candidates(shares: Sequence[str], n_max: int, n_min: int = 1) -> list[Composition]:
    """Find every division of n_min…n_max firms whose class shares are printed as `shares`.

    `shares` are percentages as printed ("53.49"), together one whole. A share that lies exactly
    between two printed values is left out, since its printing depends on the way of rounding.
    Ascending by number of firms.
    """
    limits = [_fractions(share) for share in shares]
    # Python's own numbers: a share of many decimals has fractions too long for any other.
    numbers = np.arange(max(1, n_min), n_max + 1).astype(object if _are_long(limits) else np.int64)
    spans = [_whole_numbers(numbers, low, high) for low, high in limits]
    fits = np.logical_and.reduce([first <= last for first, last in spans])
    fits &= sum(first for first, _ in spans) <= numbers
    fits &= sum(last for _, last in spans) >= numbers
    found: list[Composition] = []
    for at in np.flatnonzero(fits):
        n = int(numbers[at])
        ranges = [range(first[at], last[at] + 1) for first, last in spans]
        found.extend(Composition(n, counts) for counts in _summing_to(n, ranges))
    return found


def pairs(
    current: Sequence[str],
    baseline: Sequence[str],
    changes: Sequence[str],
    n_max: int,
) -> list[tuple[Composition, Composition]]:
    """Find the divisions of two years that print as their shares and whose changes do too.

    `changes` are the printed differences in percentage points, current minus baseline. A number
    of firms that fits one year alone is dropped when no number for the other year gives the
    printed changes. Ascending by the two numbers of firms together.
    """
    return list(_pairs(tuple(current), tuple(baseline), tuple(changes), n_max))


@lru_cache(maxsize=256)
def _pairs(
    current: tuple[str, ...], baseline: tuple[str, ...], changes: tuple[str, ...], n_max: int
) -> tuple[tuple[Composition, Composition], ...]:
    limits = [_fractions(change) for change in changes]
    later, earlier = candidates(current, n_max), candidates(baseline, n_max)
    fitting = [(a, b) for a in later for b in earlier if _changes_fit(a, b, limits)]
    return tuple(sorted(fitting, key=lambda pair: (pair[0].n + pair[1].n, pair)))


def _fractions(printed: str) -> tuple[Fraction, Fraction]:
    low, high = bounds(printed)
    return Fraction(low) / HUNDRED, Fraction(high) / HUNDRED


def _are_long(limits: Sequence[tuple[Fraction, Fraction]]) -> bool:
    parts = (abs(part) for pair in limits for one in pair for part in one.as_integer_ratio())
    return max(parts, default=0) >= LONGEST


def _whole_numbers(
    n: NDArray[Any], low: Fraction, high: Fraction
) -> tuple[NDArray[Any], NDArray[Any]]:
    """First and last whole number strictly between n·low and n·high, none of them negative."""
    first = n * low.numerator // low.denominator + 1
    last = -(-n * high.numerator // high.denominator) - 1
    return np.maximum(first, 0), last


def _summing_to(n: int, ranges: Sequence[range]) -> Iterator[tuple[int, ...]]:
    """Choices of one number a class that add to n; the last class takes what is left."""
    for counts in product(*ranges[:-1]):
        rest = n - sum(counts)
        if rest in ranges[-1]:
            yield (*counts, rest)


def _changes_fit(
    later: Composition, earlier: Composition, limits: Sequence[tuple[Fraction, Fraction]]
) -> bool:
    return all(
        low * later.n * earlier.n < a * earlier.n - b * later.n < high * later.n * earlier.n
        for a, b, (low, high) in zip(later.counts, earlier.counts, limits, strict=True)
    )


def possible(current: Sequence[str], baseline: Sequence[str], changes: Sequence[str]) -> bool:
    """Whether any shares at all, of however many firms, print as these two years and changes."""
    # Imported where it is needed: it takes longer to load than the whole audit to run.
    from scipy.optimize import linprog

    k = len(current)
    bounds_of = [bounds(p) for p in (*current, *baseline)]
    whole = np.kron(np.eye(2), np.ones(k))
    difference = np.hstack([np.eye(k), -np.eye(k)])
    low, high = np.array([bounds(p) for p in changes], dtype="float64").T
    answer = linprog(
        np.zeros(2 * k),
        A_ub=np.vstack([difference, -difference]),
        b_ub=np.concatenate([high, -low]),
        A_eq=whole,
        b_eq=[HUNDRED, HUNDRED],
        bounds=[(float(a), float(b)) for a, b in bounds_of],
    )
    return bool(answer.status == 0)
