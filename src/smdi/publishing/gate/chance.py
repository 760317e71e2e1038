"""How likely it is that numbers of a table are persons and revenue of some firm by chance.

Small firms lie so close that a share and its base, 28 and 563 say, are the numbers of one of them
more often than not; a row tells nothing then, and many rows do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

# Firms so near, in persons and in 万元, tell how many of the numbers around here are a firm's; on
# a line there are fewer, so that more of it is looked at.
NEAR, NEAR_ON_LINE = 10.0, 50.0


class Crowd:
    """Persons and revenue of firms, asked how close they lie."""

    def __init__(self, pairs: Iterable[tuple[float, float]]) -> None:
        """Keep the pairs, one of each."""
        distinct = np.array(sorted(set(pairs)), dtype=float).reshape(-1, 2)
        self._persons, self._revenues = distinct.T.copy()
        # A table leaves in several files, and its base stands in each of its rows.
        self._density = lru_cache(maxsize=None)(self._density_around)

    def chance(self, numbers: Sequence[float]) -> float:
        """Return the chance that some two numbers of a row are persons and revenue of a firm."""
        missed = 1.0
        for pair in set(permutations(numbers, 2)):
            missed *= 1.0 - self._density(*pair)
        return 1.0 - missed

    def _density_around(self, persons: float, revenue: float) -> float:
        """Return which part of the whole numbers around a pair is a firm's.

        Looked at are the square around it and the two lines through it, since people give round
        numbers, and the base of a table is the same in all rows.
        """
        own, near, line = (self._within(persons, away) for away in (0, NEAR, NEAR_ON_LINE))
        in_square = np.count_nonzero(np.abs(near - revenue) <= NEAR)
        on_lines = (
            np.count_nonzero(np.abs(own - revenue) <= NEAR_ON_LINE),
            np.count_nonzero(line == revenue),
        )
        square, on_line = (2 * NEAR + 1) ** 2, 2 * NEAR_ON_LINE + 1
        return min(1.0, max(in_square / square, *(many / on_line for many in on_lines)))

    def _within(self, persons: float, away: float) -> NDArray[np.float64]:
        """Return the revenues of the firms of about so many persons."""
        first = np.searchsorted(self._persons, persons - away, "left")
        last = np.searchsorted(self._persons, persons + away, "right")
        return self._revenues[first:last]


def of_at_least(many: int, chances: Sequence[float]) -> float:
    """Return the chance that so many of independent events happen, or more (Poisson-binomial)."""
    happened = np.zeros(len(chances) + 1)
    happened[0] = 1.0
    for chance in chances:
        happened[1:] = happened[1:] * (1.0 - chance) + happened[:-1] * chance
        happened[0] *= 1.0 - chance
    return float(happened[many:].sum())
