"""A system of linear constraints, each row marked with the facts that it rests on.

HiGHS (through scipy) answers three questions: can all rows hold; which minimal sets of facts
cannot; what range do the rows leave an expression. Strict ends of intervals are kept apart from
closed ones by a small gap, far below the last printed digit and far above the solver's tolerance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

Variable = tuple[str, str, str, int]
Terms = Mapping[Variable, float]
Floats = NDArray[np.float64]

STRICT = 1e-5  # how far inside an end that is left out
NODES = 500  # searched for whole numbers; beyond them nothing is proven
SECONDS = 5.0
FEW = 12  # facts; of more, tolerances add up and a proof by whole numbers is not to be trusted
TOLERANCE = 1e-7  # of the solver: how far a row may miss its ends
SLACK = 1e-7  # elastic cost below which rows count as satisfied


@dataclass(frozen=True)
class Row:
    """low <= sum of terms <= high, true as long as all of `facts` are.

    `reason` is what the row says, in words of the page. A `soft` row narrows ranges but proves no
    contradiction.
    """

    terms: tuple[tuple[Variable, float], ...]
    low: float
    high: float
    facts: frozenset[str] = frozenset()
    reason: str = ""
    soft: bool = False


@dataclass
class System:
    """Rows and variables; a variable is what some row speaks of, within its own limits."""

    rows: list[Row] = field(default_factory=list)
    limits: dict[Variable, tuple[float, float]] = field(default_factory=dict)
    integers: set[Variable] = field(default_factory=set)

    def add(
        self,
        terms: Terms,
        low: float,
        high: float,
        facts: Iterable[str] = (),
        reason: str = "",
        soft: bool = False,
    ) -> None:
        """Add a row; its variables must have limits."""
        own = tuple((name, value) for name, value in terms.items() if value)
        self.rows.append(Row(own, low, high, frozenset(facts), reason, soft))

    def declare(self, variable: Variable, low: float, high: float, whole: bool = False) -> Variable:
        """Give a variable its limits, the first time it is met."""
        self.limits.setdefault(variable, (low, high))
        if whole:
            self.integers.add(variable)
        return variable

    def components(self) -> Iterator[System]:
        """The parts that share no variable, each a system of its own."""
        parent: dict[Variable, Variable] = {name: name for name in self.limits}

        def root(name: Variable) -> Variable:
            while parent[name] != name:
                parent[name] = parent[parent[name]]
                name = parent[name]
            return name

        for row in self.rows:
            for name, _ in row.terms[1:]:
                parent[root(name)] = root(row.terms[0][0])
        parts: dict[Variable, System] = {}
        for name, limits in self.limits.items():
            part = parts.setdefault(root(name), System())
            part.limits[name] = limits
            part.integers |= {name} & self.integers
        for row in self.rows:
            if row.terms:
                parts[root(row.terms[0][0])].rows.append(row)
        yield from parts.values()

    @cached_property
    def _arrays(self) -> tuple[Any, Floats, Floats, Floats, Floats]:
        """Matrix, row ends, and variable ends."""
        from scipy.sparse import csr_array

        place = {name: i for i, name in enumerate(self.limits)}
        entries = [
            (i, place[name], value) for i, row in enumerate(self.rows) for name, value in row.terms
        ]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.rows), len(place))
        matrix = csr_array((np.array(values, dtype=float), (rows, columns)), shape=shape)
        low = np.array([row.low for row in self.rows], dtype=float)
        high = np.array([row.high for row in self.rows], dtype=float)
        ends = np.array(list(self.limits.values()), dtype=float).reshape(-1, 2)
        return matrix, low, high, ends[:, 0], ends[:, 1]

    @cached_property
    def facts(self) -> frozenset[str]:
        """All facts that some hard row rests on."""
        return frozenset(fact for row in self.rows if not row.soft for fact in row.facts)

    def _active(self, without: frozenset[str], soft: bool) -> NDArray[np.intp]:
        return np.array(
            [
                i
                for i, row in enumerate(self.rows)
                if not (row.facts & without) and (soft or not row.soft)
            ],
            dtype=np.intp,
        )

    def is_feasible(self, without: Iterable[str] = (), whole: bool = True) -> bool:
        """Whether some values satisfy all hard rows but those of the facts left out.

        With `whole` false counts may be fractions, which is found out far sooner.
        """
        gone = frozenset(without)
        if len(self.limits) > 1:
            return self._solve({}, gone, soft=False, whole=whole) is not None
        ((variable, (low, high)),) = self.limits.items()
        for row in self.rows:
            if row.soft or row.facts & gone:
                continue
            ends = [end / row.terms[0][1] for end in (row.low, row.high)]
            low, high = max(low, min(ends)), min(high, max(ends))
        if whole and variable in self.integers and isfinite(low):
            low = ceil(low - TOLERANCE)
        return low <= high + TOLERANCE

    def span(self, terms: Terms, without: Iterable[str] = ()) -> tuple[float, float] | None:
        """Lowest and highest value of an expression; None where the rows cannot hold at all.

        Whole variables are taken as real ones here: the range is never too narrow.
        """
        gone = frozenset(without)
        low = self._solve(terms, gone, soft=True, whole=False)
        high = self._solve({n: -v for n, v in terms.items()}, gone, soft=True, whole=False)
        return None if low is None or high is None else (low, -high)

    def _solve(
        self, cost: Terms, without: frozenset[str], soft: bool, whole: bool = True
    ) -> float | None:
        """The least cost; -inf where there is none, None where the rows cannot hold."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix, low, high, least, most = self._arrays
        rows = self._active(without, soft)
        objective = np.array([cost.get(name, 0.0) for name in self.limits])
        integrality = np.array([int(whole and name in self.integers) for name in self.limits])
        answer = milp(
            objective,
            constraints=LinearConstraint(matrix[rows], low[rows], high[rows]),
            bounds=Bounds(least, most),
            integrality=integrality,
            options={"node_limit": NODES, "time_limit": SECONDS},
        )
        if answer.status == 3 or (answer.status == 4 and cost):
            return -inf
        if answer.status == 2 or (answer.status == 4 and "nfeasible" in answer.message):
            return None
        return float(answer.fun) if answer.fun is not None else -inf

    def conflict(self, without: Iterable[str] = (), whole: bool = True) -> frozenset[str] | None:
        """A minimal set of facts that cannot hold together; None where all can.

        Found by deletion, of many facts at once and then of ever fewer: those whose absence leaves
        the rest impossible are not needed. Whole numbers are asked for, if at all (`whole`), only
        where fractions can hold.
        """
        gone = frozenset(without)
        rows = self._certificate(gone) if len(self.limits) > 1 else []
        if not rows and self.is_feasible(gone, whole):
            return None
        suspects = frozenset(fact for i in rows for fact in self.rows[i].facts)
        every, whole = self.facts, whole and not rows
        if not rows or self.is_feasible(every - suspects, whole):
            suspects = every - gone
        needed = sorted(suspects)
        step = max(1, len(needed) // 2)
        while step:
            start = 0
            while start < len(needed):
                fewer = needed[:start] + needed[start + step :]
                if self.is_feasible(every - frozenset(fewer), whole):
                    start += step
                else:
                    needed = fewer
            step //= 2
        return frozenset(needed)

    def _certificate(self, without: frozenset[str]) -> list[int]:
        """The rows whose multipliers prove the real system impossible; none where it is not."""
        from scipy.optimize import linprog
        from scipy.sparse import eye_array, hstack, vstack

        matrix, low, high, least, most = self._arrays
        rows = self._active(without, soft=False)
        upper, lower = rows[high[rows] < inf], rows[low[rows] > -inf]
        both = vstack([matrix[upper], -matrix[lower]], format="csr")
        count = both.shape[0]
        answer = linprog(
            np.concatenate([np.zeros(matrix.shape[1]), np.ones(count)]),
            A_ub=hstack([both, -eye_array(count)], format="csr"),
            b_ub=np.concatenate([high[upper], -low[lower]]),
            bounds=np.column_stack(
                [
                    np.concatenate([least, np.zeros(count)]),
                    np.concatenate([most, np.full(count, inf)]),
                ]
            ),
            method="highs",
        )
        if answer.status != 0 or answer.fun < SLACK:
            return []
        used = np.concatenate([upper, lower])[np.abs(answer.ineqlin.marginals) > 1e-9]
        return [int(i) for i in used]

    def conflicts(self, without: Iterable[str] = (), limit: int = 12) -> list[frozenset[str]]:
        """Minimal sets that cannot hold together, up to `limit` of them.

        Reiter's tree: what is found is broken at each of its facts in turn, and sought again.
        Those that only whole numbers prove are sought where fractions prove none.
        """
        if self.is_feasible(without):
            return []
        whole = self.is_feasible(without, whole=False)
        found: list[frozenset[str]] = []
        tried: set[frozenset[str]] = set()
        waiting = [frozenset(without)]
        while waiting and len(found) < limit and len(tried) < 4 * limit:
            gone = waiting.pop(0)
            if gone in tried:
                continue
            tried.add(gone)
            known = next((own for own in found if not own & gone), None)
            own = known if known is not None else self.conflict(gone, whole)
            if not own or (whole and len(own) > FEW):
                continue
            if known is None:
                found.append(own)
            waiting += [gone | {fact} for fact in sorted(own)]
        return found

    def reasons(self, conflict: frozenset[str]) -> tuple[str, ...]:
        """What the relations say that a conflict rests on; empty where whole numbers matter."""
        rows = self._certificate(self.facts - conflict)
        return tuple(dict.fromkeys(self.rows[i].reason for i in rows if self.rows[i].reason))
