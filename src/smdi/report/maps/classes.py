"""Classes of a shaded map: few, with round bounds, about equally filled, and their names."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smdi.report.text.language import words

ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
CLASSES = 5
FAR_ABOVE = 4


@dataclass(frozen=True)
class Classes:
    """Bounds between classes, rising; a value at a bound belongs to the class above it."""

    bounds: tuple[float, ...]
    labels: tuple[str, ...]

    def of(self, value: float) -> int:
        """Return the position of a value's class."""
        return bisect_right(self.bounds, value)


def classes_of(
    values: Sequence[float], *, bounds: Sequence[float] | None = None, whole: bool = True
) -> Classes:
    """Classes for these values; `whole` numbers get labels like 100—299, others 10 至不足 20.

    Without `bounds`, quantiles moved to the nearest round number, doubles and empty classes left
    out, with a class more where the greatest lie far above the rest. No value gives no class.
    """
    known = sorted(value for value in values if not math.isnan(value))
    if not known:
        return Classes((), ())
    if bounds is None:
        quantiles = np.quantile(known, [n / CLASSES for n in range(1, CLASSES)])
        bounds = _filled(sorted({_nearest_round(value) for value in quantiles}), known)
        bounds += _for_the_few(bounds, known)
    bounds = tuple(bounds)
    return Classes(bounds, _labels(bounds, known, whole))


def steps_of(values: Sequence[float]) -> tuple[float, ...]:
    """Return round values for a legend of sizes, the greatest first; one where there is none."""
    highest = _nearest_round(max(values, default=0.0))
    steps = (_nearest_round(max(highest / part, 1.0)) for part in (1, 5, 20))
    return tuple(dict.fromkeys(steps))


def _nearest_round(value: float) -> float:
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    candidates = [power * step for step in (*ROUND, 10.0)]
    return min(candidates, key=lambda candidate: abs(math.log(candidate / value)))


def _filled(bounds: Sequence[float], known: Sequence[float]) -> list[float]:
    """Return the bounds that part the values: each class between two of them has at least one."""
    kept: list[float] = []
    below = 0
    for bound in bounds:
        count = sum(value < bound for value in known)
        if below < count < len(known):
            kept.append(bound)
            below = count
    return kept


def _for_the_few(bounds: Sequence[float], known: Sequence[float]) -> list[float]:
    """Return a bound that lifts a few very great values out of the highest class."""
    if not bounds or known[-1] < FAR_ABOVE * bounds[-1]:
        return []
    bound = _nearest_round(math.sqrt(known[-1] * bounds[-1]))
    return [bound] if bound > bounds[-1] and bound <= known[-1] else []


def _one_class(known: Sequence[float]) -> str:
    """Return the name of a class that holds all of some whole numbers, in rising order."""
    low, high = (f"{value:.0f}" for value in (known[0], known[-1]))
    return low if low == high else words().maps.between(low=low, high=high)


def _labels(bounds: Sequence[float], known: Sequence[float], whole: bool) -> tuple[str, ...]:
    say = words().maps
    if not bounds:
        return (_one_class(known) if whole else say.one_class,)
    texts = [f"{bound:g}" for bound in bounds]
    if whole:
        # Counts have a next one: no word such as 以下, which includes the bound, is needed.
        spans = zip(["0", *texts[:-1]], [f"{bound - 1:g}" for bound in bounds], strict=True)
        below = [low if low == high else say.between(low=low, high=high) for low, high in spans]
    else:
        between = (say.up_to(low=low, high=high) for low, high in pairwise(texts))
        below = [say.below(bound=texts[0]), *between]
    return (*below, say.at_least(bound=texts[-1]))
