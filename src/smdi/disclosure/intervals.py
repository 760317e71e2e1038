"""Intervals: between which numbers of firms a reader can put what is withheld.

What is shown of wholes and parts bounds what is not. Bounds are passed along all sums until nothing
changes; where a withheld number is left less room than the policy's width, a shown one of those
that bound it goes too, the one that is missed least. The gate looks for the same by linear
programming.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from smdi.disclosure.columns import Columns
from smdi.disclosure.sums import sums_of
from smdi.edition import Disclosure

Numbers = NDArray[np.float64]
PASSES = 60
# How far from a withheld number those are looked for that bound it.
STEPS = 4
# Of the order in which columns should stay: neither a kind nor an outcome.
TOTAL = (0, False)
# An end of a number's interval: the upper one, or the lower.
End = tuple[int, bool]


class Intervals:
    """The numbers of firms of a release and all sums among them."""

    def __init__(self, columns: Columns, policy: Disclosure) -> None:
        self._policy = policy
        sums = sums_of(columns)
        self._columns = sums.columns
        self._firms = np.array(
            [columns.all[own[0]].vector.firms if own else 0 for own in sums.columns],
            dtype=np.float64,
        )
        # The columns of all numbers in a row, and which number each is of.
        self._own = np.array([place for own in sums.columns for place in own], dtype=np.intp)
        self._owner = np.repeat(np.arange(len(sums.columns)), [len(own) for own in sums.columns])
        self._all = frozenset(self._own.tolist())
        self._asked = np.array([bool(own) for own in sums.columns], dtype=np.bool_)
        # Among those that bound a number, the one that is missed least has the last place.
        self._missed = {
            number: min(columns.all[place].depth for place in own)
            for number, own in enumerate(sums.columns)
            if own
        }
        wholes = [whole for whole, _ in sums.equations]
        parts = [part for _, parts in sums.equations for part in parts]
        sizes = [len(parts) for _, parts in sums.equations]
        self._whole = np.array(wholes, dtype=np.intp)
        self._part = np.array(parts, dtype=np.intp)
        self._equation = np.repeat(np.arange(len(sizes)), sizes)
        self._of_nation = np.zeros(len(sums.columns), dtype=np.bool_)
        self._of_nation[[n for n, depth in self._missed.items() if not depth[0]]] = True
        self._orders = np.array(sums.orders, dtype=np.intp).reshape(-1, 2)
        self._outcomes = np.array(sums.outcomes, dtype=np.intp).reshape(-1, 2)
        self._starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
        self._of_number = self._equations_of_numbers()

    def _equations_of_numbers(self) -> sparse.csr_array:
        numbers = np.concatenate([self._whole, self._part])
        equations = np.concatenate([np.arange(len(self._whole)), self._equation])
        shape = len(self._columns), len(self._whole)
        ones = np.ones(len(numbers), dtype=np.int8)
        return sparse.csr_array(sparse.coo_array((ones, (numbers, equations)), shape=shape))

    def widened(self, hidden: Set[int], fixed: Set[int]) -> set[int]:
        """Return columns that must go too, for intervals that are too narrow.

        One round: what is gone may follow from others, which must go before intervals are looked at
        again. Those that are `fixed` are seen whatever they tell.
        """
        shown = self._have(self._all - hidden)
        free = shown & ~self._have(fixed)
        low, high = self._bounds(shown)
        more: set[int] = set()
        for number in self._narrow(low, high, shown):
            near = self._bounding(int(number), low, high, shown, free)
            if near and not near & more:
                more.add(max(near, key=self._least_missed))
        return {place for number in more for place in self._columns[number]} - fixed

    def _least_missed(self, number: int) -> tuple[bool, float, tuple[int, int, bool, int]]:
        """Return how little a number is missed: no total, of few firms, of a narrow scope."""
        depth = self._missed[number]
        return depth[1:3] != TOTAL, -self._firms[number], depth

    def _have(self, columns: Set[int]) -> NDArray[np.bool_]:
        """Tell of each number whether it has one of some columns."""
        some = np.zeros(self._own.max(initial=-1) + 1, dtype=np.bool_)
        some[[place for place in columns if place < len(some)]] = True
        found: NDArray[np.bool_] = np.bincount(self._owner, some[self._own], len(self._columns)) > 0
        return found

    def _bounds(self, shown: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        low = np.where(shown, self._firms, 0.0)
        high = np.where(shown, self._firms, np.inf)
        whole, part, equation = self._whole, self._part, self._equation
        for _ in range(PASSES):
            before = low.sum(), int(np.isinf(high).sum()), high[np.isfinite(high)].sum()
            least = np.bincount(equation, low[part], len(whole))
            endless = np.bincount(equation, np.isinf(high[part]), len(whole))
            finite = np.where(np.isinf(high), 0.0, high)[part]
            most = np.bincount(equation, finite, len(whole))
            np.maximum.at(low, whole, least)
            np.minimum.at(high, whole, np.where(endless > 0, np.inf, most))
            np.minimum.at(high, part, high[whole][equation] - (least[equation] - low[part]))
            only = endless[equation] - np.isinf(high[part]) <= 0
            rest = np.where(only, most[equation] - finite, np.inf)
            np.maximum.at(low, part, low[whole][equation] - rest)
            if len(self._orders):
                np.maximum.at(low, self._orders[:, 0], low[self._orders[:, 1]])
                np.minimum.at(high, self._orders[:, 1], high[self._orders[:, 0]])
            if before == (low.sum(), int(np.isinf(high).sum()), high[np.isfinite(high)].sum()):
                break
        return low, high

    def _narrow(self, low: Numbers, high: Numbers, shown: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the numbers of few firms that are known too well.

        That a group of which nothing is said may have no firm at all tells of nobody. What all
        firms of a group have is known of each.
        """
        narrow = (high - low < self._policy.width) & (low < self._policy.minimum) & ~shown
        found = narrow & ((low > 0) | (self._asked & (high > 0)))
        if not self._policy.unanimous:
            part, whole = self._outcomes.T
            found[part[(high[whole] > 0) & (high[whole] <= low[part])]] = True
        return np.flatnonzero(found)

    def _bounding(
        self,
        number: int,
        low: Numbers,
        high: Numbers,
        shown: NDArray[np.bool_],
        free: NDArray[np.bool_],
    ) -> set[int]:
        """Return the shown numbers near that bound a number, by itself or through another.

        Those that are not `free` stay, whatever they tell, and so do the nation's for a part of it.
        """
        if free[number]:
            return {number}
        # What nobody asks for is taken for a number of one part of the nation.
        if not self._of_nation[number]:
            free = free & ~self._of_nation
        edge = {(number, True), (number, False)}
        reached = set(edge)
        found: set[int] = set()
        for step in range(STEPS):
            edge = {end for one in edge for end in self._causes(*one, low, high)} - reached
            reached |= edge
            found |= {one for one, _ in edge if free[one] and self._firms[one]}
            # A total is missed most: one step further there may be another that can go.
            if any(self._missed[one][1:3] != TOTAL for one in found) or (found and step):
                break
            edge = {end for end in edge if not shown[end[0]]}
        return found

    def _causes(self, number: int, upper: bool, low: Numbers, high: Numbers) -> Iterator[End]:
        """Yield the ends of intervals from which an end of a number's own follows."""
        if not upper and not low[number]:
            return
        span = self._of_number.indptr[number : number + 2]
        for equation in self._of_number.indices[span[0] : span[1]].tolist():
            whole = int(self._whole[equation])
            parts = self._part[self._starts[equation] : self._starts[equation + 1]]
            others = parts[parts != number].tolist()
            least = [part for part in others if low[part]]
            if number == whole and upper and high[others].sum() <= high[number] < np.inf:
                yield from ((part, True) for part in others)
            elif number == whole and not upper and low[others].sum() >= low[number]:
                yield from ((part, False) for part in least)
            elif (
                number != whole
                and upper
                and high[whole] - low[least].sum() <= high[number] < np.inf
            ):
                yield whole, True
                yield from ((part, False) for part in least)
            elif number != whole and not upper and low[whole] - high[others].sum() >= low[number]:
                yield whole, False
                yield from ((part, True) for part in others)
