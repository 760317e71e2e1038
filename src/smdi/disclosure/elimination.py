"""Secondary suppression by Gaussian elimination.

After Ø. Langsrud, Secondary Cell Suppression by Gaussian Elimination: An Algorithm Suitable for
Handling Issues with Zeros and Singletons (Privacy in Statistical Databases 2024,
doi:10.1007/978-3-031-69651-0_6), written anew. Cells are vectors over groups of firms. Candidates
are taken in the order in which they should stay; each that is shown is eliminated from all others,
and from the cells to protect. A candidate that would leave nothing of one of these makes it a
combination of what is shown: it is suppressed itself.

Arithmetic is exact, modulo a prime: a combination over the rational numbers is one modulo the prime
too, unless the prime divides one of its denominators. Cells count each firm once, so that numbers
stay small where rows are divided by one alone; where they do, they need no reduction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BITS = 31
PRIME = 2**BITS - 1
# Residues lie around 0: between them and the prime's half.
LARGEST = PRIME // 2
Residues = NDArray[np.signedinteger]
# As wide as the numbers of rows are until one has no room: half of the memory, and no reduction.
SMALL, WIDE = np.int16, np.int32
# Numbers that are made wider at a time.
BLOCK = 1 << 20


@dataclass(frozen=True)
class System:
    """Cells over groups of firms: a row a cell, a column a group, how often it counts the group.

    `candidates` are rows, in the order in which they should stay; `secrets` those to protect.
    `forced` rows are seen whatever they tell. Other rows are suppressed and need no protection.
    """

    cells: sparse.csr_array
    candidates: Sequence[int]
    secrets: Sequence[int]
    forced: Sequence[int] = ()


@dataclass(frozen=True)
class Suppression:
    """The candidates that may not be seen, and the secrets that what is forced gives away."""

    suppressed: list[int]
    given_away: list[int]


def suppress(system: System) -> Suppression:
    """Choose candidates to suppress, so that no secret is a combination of what is shown."""
    work = _Elimination(system)
    given_away: list[int] = []
    for row in system.forced:
        given_away += work.show(row)
    suppressed = [row for row in system.candidates if not work.show_if_safe(row)]
    return Suppression(suppressed, given_away)


class _Elimination:
    """The rows still to be looked at, reduced by those shown."""

    def __init__(self, system: System) -> None:
        self._secrets = list(dict.fromkeys(system.secrets))
        rows = [*system.forced, *system.candidates, *self._secrets]
        self._place = {
            row: place for place, row in enumerate(rows[: len(rows) - len(self._secrets)])
        }
        self._first_secret = len(self._place)
        ordered = system.cells[rows] if rows else system.cells[:0]
        # Groups that lie in large cells come first, so that what a row has lies close together.
        weight = abs(ordered).T @ np.asarray(abs(ordered).sum(axis=1)).ravel()
        filled = ordered[:, np.argsort(-weight, kind="stable")].tocsr()
        filled.data = _residues(filled.data.astype(np.int64))
        filled.eliminate_zeros()  # what is counted below is where a row has something
        kind = SMALL if _are_small(filled.data) else WIDE
        self._rows = _memory(filled.shape, kind)
        filled.astype(kind).toarray(out=self._rows)
        # How many groups each row has, and how many rows that were not looked at have each group.
        self._groups = np.diff(filled.indptr).astype(np.int64)
        self._waiting = np.bincount(filled.indices, minlength=filled.shape[1])

    def show(self, row: int) -> list[int]:
        """Eliminate a row whatever it gives away; return the secrets that it gives away."""
        lost = self._eliminate(self._place[row], force=True)
        return [self._secrets[place - self._first_secret] for place in lost]

    def show_if_safe(self, row: int) -> bool:
        """Eliminate a row unless it gives a secret away; tell whether it was."""
        return not self._eliminate(self._place[row], force=False)

    def _eliminate(self, place: int, *, force: bool) -> list[int]:
        """Eliminate a row from those after it; return the secrets that would be used up."""
        own = self._rows[place]
        (support,) = own.nonzero()
        if not len(support):
            return []  # a combination of what is shown already
        waiting = self._waiting[support] - 1
        self._waiting[support] = waiting
        numbers = own[support]
        choice = _pivot(numbers, waiting)
        pivot = support[choice]
        touched = self._rows[place + 1 :, pivot].nonzero()[0] + place + 1
        # One index into all rows is followed faster than two.
        chosen = touched[:, None] * self._rows.shape[1] + support
        before = self._rows.reshape(-1)[chosen]
        after = _reduced(before, self._rows[touched, pivot], numbers, int(numbers[choice]))
        filled = (after != 0).view(np.int8) - (before != 0).view(np.int8)
        groups = self._groups[touched] + filled.sum(axis=1, dtype=np.int32)
        lost = [int(row) for row in touched[(groups == 0) & (touched >= self._first_secret)]]
        if force or not lost:
            self._write(chosen, after)
            self._groups[touched] = groups
            self._waiting[support] += filled.sum(axis=0, dtype=np.int32)
        return lost

    def _write(self, chosen: NDArray[np.intp], numbers: Residues) -> None:
        """Write numbers into the rows, which are made wider where these have no room."""
        if self._rows.dtype == SMALL and not _are_small(numbers):
            self._rows = _widened(self._rows)
        self._rows.reshape(-1)[chosen] = numbers


def _pivot(own: Residues, waiting: NDArray[np.int64]) -> int:
    """Choose a group of a row: one that it has once, of these the one that fewest rows have.

    So numbers stay small, and fewest are filled.
    """
    choice = int(waiting.argmin())
    if abs(int(own[choice])) == 1:
        return choice
    return int(np.where(abs(own) == 1, waiting, waiting + waiting.max()).argmin())


def _reduced(rows: Residues, factors: Residues, own: Residues, pivot: int) -> Residues:
    """Take from rows so much of a row, by their factors, that nothing is left of its pivot."""
    if rows.dtype == SMALL and abs(pivot) == 1:
        return rows - factors[:, None] * (own.astype(np.int32) * pivot)  # has room for these
    unit = _residues(own.astype(np.int64) * pow(pivot, PRIME - 2, PRIME))
    return _residues(rows - factors[:, None].astype(np.int64) * unit)


def _are_small(numbers: Residues) -> bool:
    """Tell whether numbers have room in the rows as they are at first."""
    room = np.iinfo(SMALL).max
    return int(numbers.max(initial=0)) <= room and int(numbers.min(initial=0)) >= -room


_kept: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)


def _memory(shape: tuple[int, int], kind: type[np.signedinteger]) -> Residues:
    """Return room for the rows of an elimination; it is taken over by the next, one at a time.

    The largest take half a gigabyte: to be given that anew takes as long as half of their work.
    """
    global _kept
    numbers = shape[0] * shape[1]
    # They may become wider; what is never used takes no memory.
    size = numbers * np.dtype(WIDE).itemsize
    if len(_kept) < size:
        _kept = np.empty(0, dtype=np.uint8)  # first: never both at once
        _kept = np.empty(size, dtype=np.uint8)
    return _kept[: numbers * np.dtype(kind).itemsize].view(kind).reshape(shape)


def _widened(rows: Residues) -> Residues:
    """Return the rows of the elimination that has the room, with wide numbers, where they lie.

    From the last number to the first: what is written lies behind what is still to be read.
    """
    narrow = rows.reshape(-1)
    wide = _kept[: len(narrow) * np.dtype(WIDE).itemsize].view(WIDE)
    for stop in range(len(narrow), 0, -BLOCK):
        block = slice(max(stop - BLOCK, 0), stop)
        wide[block] = narrow[block].copy()
    return wide.reshape(rows.shape)


def _residues(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Take numbers below 2**62 modulo the prime, 2**31 - 1, around 0, in their place.

    Bits above the 31st count as if they were the lowest; twice, and one prime may be left.
    """
    numbers += PRIME << BITS  # none is negative then
    for _ in range(2):
        above = numbers >> BITS
        numbers &= PRIME
        numbers += above
    numbers -= PRIME * (numbers > LARGEST)
    return numbers


def determined(cells: sparse.csr_array, shown: Iterable[int], asked: Iterable[int]) -> list[int]:
    """Return which of the asked rows are combinations of the rows shown."""
    return suppress(System(cells, (), list(asked), list(shown))).given_away
