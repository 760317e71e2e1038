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


class Intervals:
    """The numbers of firms of a release and all sums among them."""

    def __init__(self, columns: Columns, policy: Disclosure) -> None:
        self._policy = policy
        sums = sums_of(columns)
        self._column = np.array(sums.columns, dtype=np.intp)
        firms = np.array([column.vector.firms for column in columns.all] or [0], dtype=np.float64)
        self._firms = np.where(self._column >= 0, firms[self._column], 0)
        order = sorted(range(len(columns.all)), key=lambda place: columns.all[place].depth)
        self._missed = {place: rank for rank, place in enumerate(order)}
        wholes = [whole for whole, _ in sums.equations]
        parts = [part for _, parts in sums.equations for part in parts]
        sizes = [len(parts) for _, parts in sums.equations]
        self._whole = np.array(wholes, dtype=np.intp)
        self._part = np.array(parts, dtype=np.intp)
        self._equation = np.repeat(np.arange(len(sizes)), sizes)
        self._orders = np.array(sums.orders, dtype=np.intp).reshape(-1, 2)
        self._starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
        self._of_number = self._equations_of_numbers()

    def _equations_of_numbers(self) -> sparse.csr_array:
        numbers = np.concatenate([self._whole, self._part])
        equations = np.concatenate([np.arange(len(self._whole)), self._equation])
        shape = len(self._column), len(self._whole)
        ones = np.ones(len(numbers), dtype=np.int8)
        return sparse.csr_array(sparse.coo_array((ones, (numbers, equations)), shape=shape))

    def widened(self, hidden: Set[int], fixed: Set[int]) -> set[int]:
        """Return the columns that must go too, so that no interval is too narrow.

        Those that are `fixed` are seen whatever they tell.
        """
        gone: set[int] = set()
        while True:
            shown = self._shown({*hidden, *gone})
            low, high = self._bounds(shown)
            more: set[int] = set()
            for number in self._narrow(low, high, shown):
                near = self._bounding(int(number), low, high, shown, fixed)
                if near and not near & more:
                    more.add(max(near, key=self._missed.__getitem__))
            if not more:
                return gone
            gone |= more

    def _shown(self, hidden: Set[int]) -> NDArray[np.bool_]:
        missing = np.isin(self._column, np.fromiter(hidden, dtype=np.intp, count=len(hidden)))
        seen: NDArray[np.bool_] = (self._column >= 0) & ~missing
        return seen

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

        That a group of which nothing is said may have no firm at all tells of nobody.
        """
        width = self._policy.width
        said = (self._column >= 0) & ~shown
        narrow = (high - low < width) & (low < self._policy.minimum) & ~shown
        return np.flatnonzero(narrow & ((low > 0) | (said & (high > 0))))

    def _bounding(
        self, number: int, low: Numbers, high: Numbers, shown: NDArray[np.bool_], fixed: Set[int]
    ) -> set[int]:
        """Return the shown columns near that bound a number, by itself or through another."""
        reached, edge = {number}, {number}
        found: set[int] = set()
        for step in range(STEPS):
            around = {other for one in edge for other in self._beside(one, low, high)} - reached
            reached |= around
            columns = {int(self._column[one]) for one in around if shown[one] and self._firms[one]}
            found |= columns - fixed
            if found and step:
                break
            edge = {one for one in around if not shown[one]}
        return found

    def _beside(self, number: int, low: Numbers, high: Numbers) -> Iterator[int]:
        """Yield the numbers of the sums that give a number its bounds."""
        span = self._of_number.indptr[number : number + 2]
        for equation in self._of_number.indices[span[0] : span[1]].tolist():
            whole = int(self._whole[equation])
            parts = self._part[self._starts[equation] : self._starts[equation + 1]]
            others = parts[parts != number]
            if number == whole:
                bounds = low[parts].sum(), high[parts].sum()
            else:
                bounds = low[whole] - high[others].sum(), high[whole] - low[others].sum()
            if bounds[0] >= max(low[number], 1e-9) or bounds[1] <= high[number]:
                yield whole
                yield from parts.tolist()
