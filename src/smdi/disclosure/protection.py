"""Protect a release: decide once, for all its tables, which cells may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from smdi.disclosure import elimination
from smdi.disclosure.columns import Columns, unit_of
from smdi.disclosure.intervals import Intervals
from smdi.disclosure.membership import Membership
from smdi.disclosure.primary import Phantom, Primary, Secret, primary
from smdi.disclosure.remainders import Wholes
from smdi.edition import Disclosure
from smdi.indicators import Population
from smdi.indicators.cells import Cell
from smdi.processes import beside

# Columns from which on another process is worth its start.
MANY = 5_000
# Of more records, processes side by side would need more memory than a machine of two cores has.
MOST_RECORDS = 300_000


@dataclass(frozen=True)
class Protected:
    """What was decided: columns suppressed by themselves, and those that would give them away."""

    columns: Columns
    primary: frozenset[int]
    secondary: frozenset[int]

    @property
    def suppressed(self) -> frozenset[int]:
        """Return all columns that may not be seen."""
        return self.primary | self.secondary


def protect(
    pop: Population, cells: Iterable[Cell], policy: Disclosure, out: Iterable[Cell] = ()
) -> Protected:
    """Decide about cells that are released together; those in `out` are seen already.

    What is out is known: nothing may follow from it and from what is shown. Where what is out gives
    something away, that is not said again: it does not follow from what is shown alone.
    """
    released = set(out)
    columns = Columns(Membership(pop), [*released, *cells])
    forced = frozenset(columns.of_cell[cell] for cell in released)
    # All sums take a tenth of the time, and need nothing of what is decided meanwhile.
    worth = len(columns.all) > MANY and columns.membership.records <= MOST_RECORDS
    with beside(lambda: Intervals(columns, policy), worth) as made_intervals:
        first, wholes = primary(columns, policy), Wholes(columns)
        blocks = _blocks(columns, first, forced)
        systems: list[Block | Again] = [*blocks, *map(Again, blocks)]
        hidden = set(first.suppressed)
        _settle(systems, hidden)
        intervals = made_intervals()
    # Some remainders and intervals become narrow only by what was suppressed for others.
    known: set[Secret] = set()
    while True:
        narrow = set(wholes.narrow(hidden, policy)) - known
        wider = intervals.widened(hidden, forced)
        if not narrow and not wider:
            break
        known |= narrow
        hidden |= wider
        for block in blocks:
            block.add(narrow)
        _settle(systems, hidden)
    return Protected(columns, first.suppressed, frozenset(hidden) - first.suppressed)


def _settle(systems: Sequence[Block | Again], hidden: set[int]) -> None:
    """Suppress in each system what must go with what is hidden in any, until nothing is added."""
    while waiting := [system for system in systems if not system.is_settled(hidden)]:
        hidden |= waiting[0].suppress(hidden)


class Block:
    """One system of equations: columns over groups of firms that no column tells apart.

    What is out is taken as seen. Ever fewer columns are shown: a secret that does not follow from
    them will not later, and each is looked at once.
    """

    def __init__(
        self,
        columns: Columns,
        places: Sequence[int],
        secrets: Sequence[Secret],
        out: frozenset[int],
    ) -> None:
        self.members = frozenset(places)
        self._places = places
        self._row = {place: row for row, place in enumerate(places)}
        self._secrets: list[Secret] = []
        # Of no firms, which is the first of these, nothing can be found out.
        self._looked_at: set[tuple[bytes, bytes]] = {(b"", b"")}
        self._settled: frozenset[int] | None = None
        self.add(secrets)
        self._out = sorted(out & self.members)
        self.matrix = _grouped(columns, places, self._phantoms())
        # The secrets that what is out tells already.
        self.given_away = self.matrix[:0]
        self._order = sorted(
            self.members, key=lambda place: (place not in out, columns.all[place].depth, place)
        )

    def _phantoms(self) -> list[Phantom]:
        found = (secret.phantom for secret in self._secrets)
        return list(dict.fromkeys(phantom for phantom in found if phantom is not None))

    def add(self, secrets: Iterable[Secret]) -> None:
        """Protect further secrets, those that are about columns of this system."""
        new = [one for one in secrets if {one.whole, *one.parts} <= self.members]
        self._secrets += new
        self._settled = None if new else self._settled

    def is_settled(self, hidden: Set[int]) -> bool:
        """Tell whether all has been suppressed that must go with what is hidden."""
        return self._settled == self.members & hidden

    def suppress(self, hidden: Set[int]) -> set[int]:
        """Choose what must go with the columns hidden so far."""
        secrets = self._new_secrets(hidden)
        suppressed, given_away = self.chosen(hidden, secrets, self._out)
        # Each would give a secret away, which nothing shown does: none follows from what is shown.
        self._look_at(self.matrix[[self._row[place] for place in sorted(suppressed)]])
        self.given_away = sparse.vstack([self.given_away, secrets[given_away]]).tocsr()
        self._settled = self.members & (hidden | suppressed)
        return suppressed

    def chosen(
        self, hidden: Set[int], secrets: sparse.csr_array, known: Sequence[int] = ()
    ) -> tuple[set[int], list[int]]:
        """Choose what must go for secrets, beside columns that are known; of these, what they tell.

        What is out is not known by itself, but stays before all others.
        """
        if not secrets.shape[0]:
            return set(), []
        own = self.matrix.shape[0]
        gone = {*hidden, *known}
        system = elimination.System(
            sparse.vstack([self.matrix, secrets]).tocsr(),
            [self._row[place] for place in self._order if place not in gone],
            range(own, own + secrets.shape[0]),
            [self._row[place] for place in known],
        )
        found = elimination.suppress(system)
        return {self._places[row] for row in found.suppressed}, [
            row - own for row in found.given_away
        ]

    def _new_secrets(self, hidden: Set[int]) -> sparse.csr_array:
        """Return the vectors that must not be a combination of what is shown, not yet looked at."""
        own = sorted(hidden & self.members)
        told = [Secret(place) for place in own] + self._secrets
        numbers = np.repeat(np.arange(len(told)), [1 + len(one.parts) for one in told])
        rows = [self._row[place] for one in told for place in (one.whole, *one.parts)]
        signs = [sign for one in told for sign in (1, *[-1] * len(one.parts))]
        shape = len(told), self.matrix.shape[0]
        joined = sparse.csr_array(sparse.coo_array((signs, (numbers, rows)), shape=shape))
        joined = (joined @ self.matrix).tocsr()
        return joined[self._look_at(joined)]

    def _look_at(self, vectors: sparse.csr_array) -> list[int]:
        """Count vectors as looked at; return which of them were not before."""
        vectors.sort_indices()
        new = []
        for row in range(vectors.shape[0]):
            span = slice(vectors.indptr[row], vectors.indptr[row + 1])
            key = vectors.indices[span].tobytes(), vectors.data[span].tobytes()
            if key not in self._looked_at:
                self._looked_at.add(key)
                new.append(row)
        return new


class Again:
    """What a system shows, without what is out: it must not say again what that gives away."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._looked_at = 0

    def is_settled(self, hidden: Set[int]) -> bool:
        """Tell whether all was looked at that is given away."""
        return self._looked_at == int(self._block.given_away.shape[0])

    def suppress(self, hidden: Set[int]) -> set[int]:
        """Choose what must go, for what was given away since it was last looked at."""
        secrets = self._block.given_away[self._looked_at :]
        self._looked_at = int(self._block.given_away.shape[0])
        return self._block.chosen(hidden, secrets)[0]


def _blocks(columns: Columns, first: Primary, out: frozenset[int]) -> list[Block]:
    members: dict[str, list[int]] = {}
    for place, column in enumerate(columns.all):
        for family in sorted(column.families):
            members.setdefault(family, []).append(place)
    units = {unit_of(column.cell) for column in columns.all} - {""}
    blocks = []
    # The largest system comes last: others add to what it must protect.
    for family in sorted(members, key=lambda name: len(members[name])):
        places = members[family]
        if family in units:
            places = [place for place in places if unit_of(columns.all[place].cell) == family]
        blocks.append(Block(columns, places, first.secrets, out))
    return blocks


def _grouped(
    columns: Columns, places: Sequence[int], phantoms: Sequence[Phantom]
) -> sparse.csr_array:
    """Return the columns as rows over groups of units that none of them tells apart."""
    vectors = [columns.all[place].vector for place in places]
    units = max((int(v.units.max()) + 1 for v in vectors if v.firms), default=0)
    marks = np.random.default_rng(7).integers(0, 2**63, size=len(places))
    mark_of = np.zeros(units, dtype=np.int64)
    with np.errstate(over="ignore"):
        for vector, mark in zip(vectors, marks, strict=True):
            mark_of[vector.units] += mark * vector.signs
    _, first = np.unique(mark_of, return_index=True)
    group = np.full(units, -1, dtype=np.intp)
    group[first] = np.arange(len(first))
    rows, cols, data = [], [], []
    for row, vector in enumerate(vectors):
        of = group[vector.units]
        chosen = of >= 0
        rows.append(np.full(int(chosen.sum()), row))
        cols.append(of[chosen])
        data.append(vector.signs[chosen])
    for number, inside in enumerate(_with_phantoms(columns, places, phantoms)):
        rows.append(inside)
        cols.append(np.full(len(inside), len(first) + number))
        data.append(np.ones(len(inside), dtype=np.int64))
    shape = len(places), len(first) + len(phantoms)
    triple = (np.concatenate(data), (np.concatenate(rows), np.concatenate(cols)))
    return sparse.csr_array(sparse.coo_array(triple, shape=shape))


def _with_phantoms(
    columns: Columns, places: Sequence[int], phantoms: Sequence[Phantom]
) -> Iterator[NDArray[np.intp]]:
    """Yield of each phantom the rows that it would be in: those of its kind and year."""
    of_kind: dict[tuple[str, int], list[tuple[int, Cell]]] = {}
    for row, place in enumerate(places):
        for cell in columns.all[place].cells:
            of_kind.setdefault((cell.kind, cell.year), []).append((row, cell))
    inside = {}
    for kind in dict.fromkeys((phantom.kind, phantom.year) for phantom in phantoms):
        alike = [phantom for phantom in phantoms if (phantom.kind, phantom.year) == kind]
        rows, cells = zip(*of_kind[kind], strict=True)
        held = _holds(columns.membership, cells, alike)
        for number, phantom in enumerate(alike):
            inside[phantom] = np.unique(np.array(rows, dtype=np.intp)[held[:, number]])
    yield from (inside[phantom] for phantom in phantoms)


def _holds(
    membership: Membership, cells: Sequence[Cell], phantoms: Sequence[Phantom]
) -> NDArray[np.bool_]:
    """Tell of cells and phantoms, all of a kind and year, which would be in which."""
    conditions = list(dict.fromkeys(condition for cell in cells for condition in cell.where))
    number = {condition: n for n, condition in enumerate(conditions)}
    met = membership.meet(cells[0], conditions, [phantom.unit for phantom in phantoms])
    for n, (column, values) in enumerate(conditions):
        for at, phantom in enumerate(phantoms):
            if phantom.column == column:
                met[n, at] = phantom.value in values
    asked = np.zeros((len(cells), len(conditions)), dtype=np.float32)
    for row, cell in enumerate(cells):
        asked[row, [number[condition] for condition in cell.where]] = 1
    held: NDArray[np.bool_] = asked @ ~met == 0
    return held
