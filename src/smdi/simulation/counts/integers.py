"""Whole numbers that must add up: apportionment and two-way tables with given margins.

Everything the report prints is a count over a count, so the population is planned in whole numbers.
`apportion` divides one total; `fill_table` finds a two-way table near a pattern by iterative
proportional fitting and makes it whole by a transport problem, which HiGHS solves exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Infeasible(ValueError):  # noqa: N818 - reads as what it says
    """The margins or bounds asked for cannot hold together."""


def apportion(total: int, weights: ArrayLike, upper: ArrayLike | None = None) -> Ints:
    """Divide `total` in proportion to `weights`, none above `upper`, by largest remainders."""
    weight = np.asarray(weights, dtype=float)
    cap = np.full(weight.shape, total) if upper is None else np.asarray(upper, dtype=np.int64)
    cap = np.where(weight > 0, np.minimum(cap, total), 0)
    if total < 0 or cap.sum() < total:
        raise Infeasible(f"{total} to divide over places for {cap.sum()}")
    share = _scaled(total, weight, cap)
    whole = np.minimum(np.floor(share + 1e-9).astype(np.int64), cap)
    while (missing := total - whole.sum()) > 0:
        room = np.flatnonzero(whole < cap)
        order = room[np.argsort(-(share - whole)[room], kind="stable")]
        whole[order[:missing]] += 1
    return whole


def _scaled(total: int, weight: Floats, cap: Ints) -> Floats:
    """Multiples of the weights, cut at the caps, that sum to the total."""
    share = np.zeros(weight.shape)
    fixed = np.zeros(weight.shape, dtype=bool)
    while True:
        rest = total - cap[fixed].sum()
        free = weight[~fixed].sum()
        share = np.where(fixed, cap, weight * (rest / free if free > 0 else 0.0))
        over = ~fixed & (share > cap)
        if not over.any():
            return share
        fixed |= over


def proportional_fit(seed: ArrayLike, rows: ArrayLike, columns: ArrayLike) -> Floats:
    """Scale a positive pattern to the margins (iterative proportional fitting)."""
    table: Floats = np.maximum(np.asarray(seed), 1e-9)
    row, column = np.asarray(rows, dtype=float), np.asarray(columns, dtype=float)
    if (row < 0).any() or (column < 0).any():
        raise Infeasible(f"margins below nought: {row.min():.0f}, {column.min():.0f}")
    if row.sum() != column.sum():
        raise Infeasible(f"rows sum to {row.sum():.0f}, columns to {column.sum():.0f}")
    for _ in range(200):
        table *= (row / np.maximum(table.sum(axis=1), 1e-300))[:, None]
        table *= (column / np.maximum(table.sum(axis=0), 1e-300))[None, :]
        if np.abs(table.sum(axis=1) - row).max() < 1e-6:
            break
    return table


def fill_table(
    seed: ArrayLike, rows: ArrayLike, columns: ArrayLike, upper: ArrayLike | None = None
) -> Ints:
    """Whole numbers near the pattern `seed` with exactly these margins, 0…`upper` in each cell."""
    row, column = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
    preferred = proportional_fit(seed, row, column)
    cap = np.minimum(row[:, None], column[None, :])
    if upper is not None:
        cap = np.minimum(cap, np.asarray(upper, dtype=np.int64))
    return _transport(np.minimum(preferred, cap), row, column, cap)


def _transport(preferred: Floats, row: Ints, column: Ints, cap: Ints) -> Ints:
    """Move the rounded pattern to the margins at the least cost.

    A difference from the pattern weighs less in a large cell: by the root of it and a quarter.
    Steps up and down from the rounded pattern are the variables; the constraint matrix is that
    of a network, so that a vertex of the linear programme is whole.
    """
    base = np.minimum(np.rint(preferred).astype(np.int64), cap)
    lean = np.clip(preferred - base, -0.5, 0.5)
    scale = np.sqrt(preferred + 0.25)
    cost = np.concatenate([((0.51 - lean) / scale).ravel(), ((0.51 + lean) / scale).ravel()])
    bounds = np.concatenate([(cap - base).ravel(), base.ravel()])
    margins = _margins(*preferred.shape)
    target = np.concatenate([row - base.sum(axis=1), column - base.sum(axis=0)])
    result = linprog(
        cost,
        A_eq=hstack([margins, -margins], format="csr"),
        b_eq=target,
        bounds=np.column_stack([np.zeros(len(bounds)), bounds]),
        method="highs-ds",
    )
    if not result.success:
        raise Infeasible(f"no table of {preferred.shape} has these margins: {result.message}")
    steps = np.rint(result.x).astype(np.int64).reshape(2, *preferred.shape)
    table: Ints = base + steps[0] - steps[1]
    if (table.sum(axis=1) != row).any() or (table.sum(axis=0) != column).any():
        raise Infeasible("the table found is not whole")
    return table


def _margins(height: int, width: int) -> csr_array:
    """The matrix that takes a flattened table to its row and column sums."""
    cells = np.arange(height * width)
    places = np.concatenate([cells // width, height + cells % width])
    ones = np.ones(2 * len(cells))
    return csr_array((ones, (places, np.tile(cells, 2))))
