"""Effective weights of a pattern as whole numbers over common denominators.

Item scores are whole tenths. With integer weights every level's score is an integer numerator over
a known denominator, so that "reaches 0.8" is decided without rounding. The integers are held as
float64, in which every integer below 2**53, and every sum of such that stays below it, is exact
whatever the order of the additions: that lets BLAS do the work. The limit is checked when a table
is made, never assumed. Totals over the levels have five denominators; `totals` decides those.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray

from smdi.assessments.tailoring import pattern_parts
from smdi.assessments.weights import Weights, level_weights
from smdi.errors import InputErrors, Problem
from smdi.standards import MaturityModel

N_LEVELS = 5
LEVELS = tuple(range(1, N_LEVELS + 1))
FULL_TENTHS = 10
LARGEST_EXACT = 2**53


@dataclass(frozen=True)
class Cells:
    """Scores of one shape (the levels, or domain × level) as products with integer weights.

    The numerators are `tenths @ weights`, over `full` (one a column); `satisfied` holds the
    numerators from which on a level is satisfied. `full` is 0 where nothing is asked.
    """

    weights: NDArray[np.float64]
    full: NDArray[np.float64]
    satisfied: NDArray[np.float64]


@dataclass(frozen=True)
class PatternTable:
    """Integer weights of one pattern.

    `applicable`: indices of the items that count, the rows of the weights. `levels`: 5 columns.
    `domains`: 12 × 5 columns, the levels of a domain side by side.
    """

    applicable: NDArray[np.int64]
    levels: Cells
    domains: Cells


def pattern_table(model: MaturityModel, pattern: int) -> PatternTable:
    """Build the table of a pattern; InputErrors when the model cannot be scored exactly or at all.

    A level that asks nothing of a pattern could neither be met nor missed, so a model with one is
    refused rather than given a meaning.
    """
    levels = [level_weights(model, pattern, level) for level in LEVELS]
    InputErrors.raise_if(
        _nothing_asked(pattern, level)
        for level, weights in zip(LEVELS, levels, strict=True)
        if not weights.items
    )
    used = {item for weights in levels for item in weights.items}
    ids = model.items["item_id"].tolist()
    position = {item: row for row, item in enumerate(item for item in ids if item in used)}
    by_domain = [
        weights.domains.get(domain.id, {}) for domain in model.domains for weights in levels
    ]
    satisfied = model.satisfied_tenths
    return PatternTable(
        applicable=np.array([index for index, item in enumerate(ids) if item in used]),
        levels=_cells([weights.items for weights in levels], position, satisfied, pattern),
        domains=_cells(by_domain, position, satisfied, pattern),
    )


def _cells(
    columns: list[Weights], position: dict[str, int], satisfied_tenths: int, pattern: int
) -> Cells:
    weights = np.zeros((len(position), len(columns)))
    units = []
    for place, column in enumerate(columns):
        unit = lcm(*(weight.denominator for weight in column.values())) if column else 0
        _check_exact(pattern, unit)
        for item, weight in column.items():
            weights[position[item], place] = int(weight * unit)
        units.append(unit)
    return Cells(
        weights=weights,
        full=np.array([float(unit * FULL_TENTHS) for unit in units]),
        satisfied=np.array([float(unit * satisfied_tenths) for unit in units]),
    )


def _check_exact(pattern: int, unit: int) -> None:
    # The weights of a column sum to the unit, so that no partial sum passes ten times the unit.
    if unit * FULL_TENTHS >= LARGEST_EXACT:
        process_type, absent = pattern_parts(pattern)
        expected = "weights and item counts with a common denominator that keeps scoring exact"
        where = f"{process_type} without {', '.join(sorted(absent)) or 'nothing'}: {unit}"
        raise InputErrors([Problem("data/standards/weights.csv", None, "weight", where, expected)])


def _nothing_asked(pattern: int, level: int) -> Problem:
    process_type, absent = pattern_parts(pattern)
    without = f" without {', '.join(sorted(absent))}" if absent else ""
    expected = f"at least one item of level {level} for a {process_type} firm{without}"
    return Problem("data/standards/items.csv", None, "level", None, expected)
