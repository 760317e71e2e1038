"""The least and the greatest value of each unknown of a system.

Intervals are first passed along the equations until nothing changes, which finds most of what there
is; where they leave room, linear programming (HiGHS) says whether that is real.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from smdi.publishing.gate.attack.system import System

Values = NDArray[np.float64]
PASSES = 60
# Rounds of one programme for all open unknowns at once, before each has programmes of its own.
SWEEPS = 6
EXACT = 1e-6


class Contradiction(Exception):  # noqa: N818 - an outcome that is told
    """What is said of some cells cannot all be true; the message names one of them."""


def propagated(system: System, low: Values, high: Values, *, whole: bool) -> None:
    """Narrow intervals in place along all equations; `whole` allows whole numbers alone."""
    # As lists: most equations have two or three parts, for which arrays take three times as long.
    lows, highs = low.tolist(), high.tolist()
    for _ in range(PASSES):
        changed = False
        for total, parts in system.equations:
            changed |= _along(total, parts, lows, highs, whole=whole)
        for greater, smaller in system.orders:
            changed |= _raise(lows, greater, lows[smaller], whole=whole)
            changed |= _lower(highs, smaller, highs[greater], whole=whole)
        low[:], high[:] = lows, highs
        wrong = np.flatnonzero(low > high + 1e-3)
        if len(wrong):
            raise Contradiction(str(sorted(system.cells[wrong[0]])))
        if not changed:
            break


def _along(
    total: int, parts: tuple[int, ...], low: list[float], high: list[float], *, whole: bool
) -> bool:
    lows, highs = [low[part] for part in parts], [high[part] for part in parts]
    finite = [value for value in highs if value < math.inf]
    sum_low, sum_high, endless = sum(lows), sum(finite), len(highs) - len(finite)
    changed = _raise(low, total, sum_low, whole=whole)
    changed |= _lower(high, total, math.inf if endless else sum_high, whole=whole)
    for part, least, most in zip(parts, lows, highs, strict=True):
        if high[total] < math.inf:
            changed |= _lower(high, part, high[total] - (sum_low - least), whole=whole)
        if not endless:
            changed |= _raise(low, part, low[total] - (sum_high - most), whole=whole)
        elif endless == 1 and most == math.inf:
            changed |= _raise(low, part, low[total] - sum_high, whole=whole)
    return changed


def _raise(low: list[float], at: int, value: float, *, whole: bool) -> bool:
    value = math.ceil(value - EXACT) if whole and math.isfinite(value) else value
    if value <= low[at] + EXACT:
        return False
    low[at] = value
    return True


def _lower(high: list[float], at: int, value: float, *, whole: bool) -> bool:
    value = math.floor(value + EXACT) if whole and math.isfinite(value) else value
    if value >= high[at] - EXACT:
        return False
    high[at] = value
    return True


def tightened(
    system: System, low: Values, high: Values, targets: Sequence[int], width: Values
) -> dict[int, tuple[float, float]]:
    """Return the exact interval of each target that is narrower than its `width`.

    Each component of the system is programmed by itself; Contradiction when it has no solution.
    """
    found: dict[int, tuple[float, float]] = {}
    for members in _components(system):
        open_targets = [target for target in targets if target in members]
        if open_targets:
            found |= _component(system, sorted(members), low, high, open_targets, width)
    return found


def _components(system: System) -> list[set[int]]:
    size = len(system.cells)
    pairs = [(total, part) for total, parts in system.equations for part in parts]
    pairs += system.orders
    if not pairs:
        return []
    rows, columns = zip(*pairs, strict=True)
    graph = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))
    number, labels = connected_components(graph, directed=False)
    members: list[set[int]] = [set() for _ in range(number)]
    for at, label in enumerate(labels):
        members[label].add(at)
    return [group for group in members if len(group) > 1]


def _component(
    system: System,
    members: list[int],
    low: Values,
    high: Values,
    targets: list[int],
    width: Values,
) -> dict[int, tuple[float, float]]:
    column = {member: at for at, member in enumerate(members)}
    equations = [(t, parts) for t, parts in system.equations if t in column]
    orders = [(g, s) for g, s in system.orders if g in column]
    matrix = _matrix([[(t, 1), *((p, -1) for p in parts)] for t, parts in equations], column)
    order = _matrix([[(s, 1), (g, -1)] for g, s in orders], column)
    bounds = np.column_stack([low[members], high[members]])

    def solve(objective: Values) -> Values:
        result = linprog(
            objective,
            A_eq=matrix,
            b_eq=None if matrix is None else np.zeros(matrix.shape[0]),
            A_ub=order,
            b_ub=None if order is None else np.zeros(order.shape[0]),
            bounds=bounds,
            method="highs",
        )
        if result.status == 2:
            raise Contradiction(str(sorted(system.cells[members[0]])))
        # Without end on this side: as wide as can be asked for.
        return result.x if result.x is not None else np.full(len(members), np.nan)

    least, most = np.full(len(members), np.inf), np.full(len(members), -np.inf)
    random = np.random.default_rng(0)
    left = [column[target] for target in targets]
    for sweep in range(SWEEPS):
        for sign in (1, -1):
            objective = np.zeros(len(members))
            weights = np.ones(len(left)) if sweep == 0 else random.normal(size=len(left))
            objective[left] = sign * weights
            x = solve(objective)
            least, most = np.fmin(least, x), np.fmax(most, x)
        left = [at for at in left if most[at] - least[at] < width[members[at]] - EXACT]
        if not left:
            return {}
    found = {}
    for at in left:
        objective = np.zeros(len(members))
        objective[at] = 1
        ends = [solve(sign * objective)[at] for sign in (1, -1)]
        if not np.isnan(ends).any() and ends[1] - ends[0] < width[members[at]] - EXACT:
            found[members[at]] = (float(ends[0]), float(ends[1]))
    return found


def _matrix(rows: list[list[tuple[int, int]]], column: dict[int, int]) -> csr_array | None:
    if not rows:
        return None
    entries = [(at, column[i], value) for at, row in enumerate(rows) for i, value in row]
    at, where, values = zip(*entries, strict=True)
    return csr_array((values, (at, where)), shape=(len(rows), len(column)))
