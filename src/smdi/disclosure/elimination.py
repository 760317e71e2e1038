"""Secondary suppression by Gaussian elimination.

After Ø. Langsrud, Secondary Cell Suppression by Gaussian Elimination: An Algorithm Suitable for
Handling Issues with Zeros and Singletons (Privacy in Statistical Databases 2024,
doi:10.1007/978-3-031-69651-0_6), written anew. Cells are vectors over groups of firms. Candidates
are taken in the order in which they should stay; each that is shown is eliminated from all others,
and from the cells to protect. A candidate that would leave nothing of one of these makes it a
combination of what is shown: it is suppressed itself.

Arithmetic is exact, modulo a prime: a combination over the rational numbers is one modulo the prime
too, unless the prime divides one of its denominators.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

PRIME = 2_147_483_647
Residues = NDArray[np.int64]


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
        # Groups that lie in large cells come first: pivots in them fill few cells that are sparse.
        weight = abs(ordered).T @ np.asarray(abs(ordered).sum(axis=1)).ravel()
        order = np.argsort(-weight, kind="stable")
        filled = ordered[:, order].tocoo()
        self._rows: NDArray[np.int32] = np.zeros(filled.shape, dtype=np.int32)
        self._rows[filled.row, filled.col] = filled.data % PRIME
        self._filled: NDArray[np.int64] = np.diff(ordered.indptr).astype(np.int64)
        self._gone = self._filled[self._first_secret :] == 0

    def show(self, row: int) -> list[int]:
        """Eliminate a row whatever it gives away; return the secrets that it gives away."""
        lost = self._eliminate(self._place[row], force=True)
        return [self._secrets[place - self._first_secret] for place in lost]

    def show_if_safe(self, row: int) -> bool:
        """Eliminate a row unless it gives a secret away; tell whether it was."""
        return not self._eliminate(self._place[row], force=False)

    def _eliminate(self, place: int, *, force: bool) -> list[int]:
        """Eliminate a row from those after it; return the secrets that would be used up."""
        own = self._rows[place].astype(np.int64)
        support = np.flatnonzero(own)
        if not len(support):
            return []  # a combination of what is shown already
        pivot = support[0]
        factors = self._rows[:, pivot].astype(np.int64)
        factors[: place + 1] = 0
        touched = np.flatnonzero(factors)
        own = own[support] * pow(int(own[pivot]), PRIME - 2, PRIME) % PRIME
        before = self._rows[np.ix_(touched, support)].astype(np.int64)
        after = (before - factors[touched, None] * own) % PRIME
        filled = (
            self._filled[touched]
            + np.count_nonzero(after, axis=1)
            - np.count_nonzero(before, axis=1)
        )
        lost = [int(row) for row in touched[(filled == 0) & (touched >= self._first_secret)]]
        if force or not lost:
            self._rows[np.ix_(touched, support)] = after
            self._filled[touched] = filled
        return lost


def determined(cells: sparse.csr_array, shown: Iterable[int], asked: Iterable[int]) -> list[int]:
    """Return which of the asked rows are combinations of the rows shown."""
    return suppress(System(cells, (), list(asked), list(shown))).given_away
