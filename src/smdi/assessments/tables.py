"""Effective weights of a pattern as whole numbers over common denominators.

Item scores are whole tenths. With integer weights every score is an integer numerator over a known
denominator, so that "reaches 0.8" and the bounds of the levels are decided without rounding. The
integers are held as float64, in which every integer below 2**53 and every sum of such that stays
below 2**53 is exact whatever the order of the additions: that lets BLAS do the work. The limit is
checked when a table is made, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray

from smdi.assessments.tailoring import pattern_parts
from smdi.assessments.weights import LevelWeights, Weights, level_weights
from smdi.errors import InputErrors, Problem
from smdi.standards import MaturityModel

N_LEVELS = 5
LEVELS = tuple(range(1, N_LEVELS + 1))
FULL_TENTHS = 10
LARGEST_EXACT = 2**53


@dataclass(frozen=True)
class PatternTable:
    """Integer weights of one pattern.

    `applicable`: indices of the items that count. `weights`: (applicable, 5), a level's numerator
    is `tenths @ weights`, over `full`. `thresholds`: numerators of the level bounds, for the total.
    `domain_weights`: (applicable, 12 × 5), over `domain_full` (12). `domain_levels` (12, 5):
    whether the domain has items at the level.
    """

    applicable: NDArray[np.int64]
    weights: NDArray[np.float64]
    full: float
    thresholds: NDArray[np.float64]
    domain_weights: NDArray[np.float64]
    domain_full: NDArray[np.float64]
    domain_thresholds: NDArray[np.float64]
    domain_levels: NDArray[np.bool_]


def pattern_table(model: MaturityModel, pattern: int) -> PatternTable:
    """Build the table of a pattern; InputErrors when the model cannot be scored exactly or at all.

    A level that asks nothing of a pattern could neither be met nor missed, so a model with one is
    refused rather than given a meaning.
    """
    levels = {level: level_weights(model, pattern, level) for level in LEVELS}
    empty = [level for level, weights in levels.items() if not weights.items]
    InputErrors.raise_if(_nothing_asked(pattern, level) for level in empty)
    ids = model.items["item_id"].tolist()
    used = {item for weights in levels.values() for item in weights.items}
    applicable = [index for index, item in enumerate(ids) if item in used]
    position = {ids[index]: row for row, index in enumerate(applicable)}

    bounds = [level.lower_bound_tenths for level in model.levels[1:]]
    unit = _common_unit(weights.items for weights in levels.values())
    columns = [_column(levels[level].items, unit, position) for level in LEVELS]
    domains = [record.id for record in model.domains]
    units = [
        _common_unit(weights.domains.get(domain, {}) for weights in levels.values())
        for domain in domains
    ]
    _check_exact(pattern, max([unit, *units]))
    return PatternTable(
        applicable=np.array(applicable, dtype=np.int64),
        weights=np.column_stack(columns),
        full=float(unit * FULL_TENTHS),
        thresholds=np.array([float(bound * unit) for bound in bounds]),
        domain_weights=np.column_stack(
            [
                _column(levels[level].domains.get(domain, {}), domain_unit, position)
                for domain, domain_unit in zip(domains, units, strict=True)
                for level in LEVELS
            ]
        ),
        domain_full=np.array([float(domain_unit * FULL_TENTHS) for domain_unit in units]),
        domain_thresholds=np.array([float(bounds[0] * domain_unit) for domain_unit in units]),
        domain_levels=_domain_levels(levels, domains),
    )


def _common_unit(weights: Iterable[Weights]) -> int:
    """The least number that makes all the weights whole."""
    return lcm(*(weight.denominator for mapping in weights for weight in mapping.values()))


def _column(weights: Weights, unit: int, position: dict[str, int]) -> NDArray[np.float64]:
    column = np.zeros(len(position))
    for item, weight in weights.items():
        column[position[item]] = int(weight * unit)
    return column


def _domain_levels(levels: dict[int, LevelWeights], domains: list[str]) -> NDArray[np.bool_]:
    return np.array([[domain in levels[level].domains for level in LEVELS] for domain in domains])


def _check_exact(pattern: int, unit: int) -> None:
    # The largest integer formed is the sum over five levels, scaled by five for a domain's score.
    if unit * FULL_TENTHS * N_LEVELS * N_LEVELS >= LARGEST_EXACT:
        process_type, absent = pattern_parts(pattern)
        expected = "weights and item counts whose common denominator keeps the scoring exact"
        where = f"{process_type} without {', '.join(sorted(absent)) or 'nothing'}: {unit}"
        raise InputErrors([Problem("data/standards/weights.csv", None, "weight", where, expected)])


def _nothing_asked(pattern: int, level: int) -> Problem:
    process_type, absent = pattern_parts(pattern)
    without = f" without {', '.join(sorted(absent))}" if absent else ""
    expected = f"at least one item of level {level} for a {process_type} firm{without}"
    return Problem("data/standards/items.csv", None, "level", None, expected)
