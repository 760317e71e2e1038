"""Levels, totals and scores of many firms at once, from arrays of item scores.

Method (GB/T 39117-2020): items → mean of the sub-domain → domain → element → score of each level;
a satisfied level contributes 1, another its score; the level follows from the total over the five.
Exactness is explained in `pattern_weights` and `totals`; the readings of the standard in `rules`.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smdi.assessments.pattern_weights import (
    FULL_TENTHS,
    N_LEVELS,
    Cells,
    PatternTable,
    pattern_table,
)
from smdi.assessments.rules import ScoringRule
from smdi.assessments.tailoring import N_PATTERNS
from smdi.assessments.totals import contributions, total_and_level
from smdi.standards import MaturityModel, maturity_model

NOT_APPLICABLE = 255


@dataclass(frozen=True)
class Scores:
    """Results in the order of the rows given.

    `level` int8 0…5, `total` float64 0…5, `level_scores` (n, 5) float64 0…1, `domain_scores`
    (n, 12) float64 0…5 in the model's order of domains, NaN where the domain is tailored away
    (None when not asked for).
    """

    level: NDArray[np.int8]
    total: NDArray[np.float64]
    level_scores: NDArray[np.float64]
    domain_scores: NDArray[np.float64] | None


class Scorer:
    """Scores firms under one maturity model and one rule; made once, used for many batches."""

    def __init__(self, model: MaturityModel | None = None, rule: ScoringRule | None = None) -> None:
        self.model = model = model or maturity_model()
        self.rule = rule or ScoringRule()
        self.item_ids: list[str] = model.items["item_id"].tolist()
        self.domain_ids: list[str] = [record.id for record in model.domains]
        self._bounds = np.array([level.lower_bound_tenths for level in model.levels[1:]])
        self._tables = _tables(model)

    def with_rule(self, rule: ScoringRule) -> Scorer:
        """Return a scorer of the same model under another rule, without preparing weights again."""
        other = copy(self)
        other.rule = rule
        return other

    def applicable(self, pattern: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which items count for each firm: bool (n, n_items)."""
        mask = np.zeros((N_PATTERNS, len(self.item_ids)), dtype=bool)
        for code, table in enumerate(self._tables):
            mask[code, table.applicable] = True
        return mask[pattern]

    def levels(self, items: NDArray[np.uint8], pattern: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return the level of each firm alone: the fast path for repeated scoring."""
        return self.score(items, pattern, domains=False).level

    def score(
        self, items: NDArray[np.uint8], pattern: NDArray[np.int64], *, domains: bool = True
    ) -> Scores:
        """Score firms.

        `items` is uint8 (n, n_items), tenths 0…10 in the model's order of items, 255 where an item
        does not apply; `pattern` the integers of `pattern_codes`. What stands in items that do not
        apply is ignored. Raises ValueError when an item that applies has no score.
        """
        count = len(items)
        out = Scores(
            level=np.zeros(count, dtype=np.int8),
            total=np.zeros(count),
            level_scores=np.zeros((count, N_LEVELS)),
            domain_scores=np.full((count, len(self.domain_ids)), np.nan) if domains else None,
        )
        pattern = np.asarray(pattern)
        for code in np.unique(pattern):
            rows = np.flatnonzero(pattern == code)
            table = self._tables[code]
            tenths = items[np.ix_(rows, table.applicable)]
            self._require_answers(tenths, rows, table)
            self._score_pattern(tenths.astype(np.float64), rows, table, out)
        return out

    def _score_pattern(
        self, tenths: NDArray[np.float64], rows: NDArray[np.int64], table: PatternTable, out: Scores
    ) -> None:
        levels = table.levels
        numerators = tenths @ levels.weights
        parts = contributions(numerators, self._met(numerators, levels), levels.full, self.rule)
        out.total[rows], out.level[rows] = total_and_level(parts, levels.full, self._bounds)
        out.level_scores[rows] = numerators / levels.full
        if out.domain_scores is not None:
            out.domain_scores[rows] = self._domain_scores(tenths, table.domains)

    def _domain_scores(self, tenths: NDArray[np.float64], cells: Cells) -> NDArray[np.float64]:
        """Sum a domain's contributions over the levels, 0…5.

        A level at which the domain has no item is dropped and the rest stretched to five, as
        everywhere else: the score stays comparable between domains.
        """
        numerators = tenths @ cells.weights
        asked = cells.full > 0
        shape = (len(tenths), len(self.domain_ids), N_LEVELS)
        met = (self._met(numerators, cells) | ~asked).reshape(shape)
        scores = (numerators / np.where(asked, cells.full, 1.0)).reshape(shape)
        asked = asked.reshape(shape[1:])
        parts = contributions(scores, met, np.ones(N_LEVELS), self.rule) * asked
        levels = asked.sum(axis=1)
        stretch = np.where(levels > 0, N_LEVELS / np.maximum(levels, 1), np.nan)
        return np.asarray(parts.sum(axis=2) * stretch)

    def _met(self, numerators: NDArray[np.float64], cells: Cells) -> NDArray[np.bool_]:
        if self.rule.satisfied == "reaches":
            return numerators >= cells.satisfied
        return numerators > cells.satisfied

    def _require_answers(
        self, tenths: NDArray[np.uint8], rows: NDArray[np.int64], table: PatternTable
    ) -> None:
        if tenths.size and tenths.max() > FULL_TENTHS:
            row, column = np.argwhere(tenths > FULL_TENTHS)[0]
            item = self.item_ids[table.applicable[column]]
            raise ValueError(
                f"item {item} of row {rows[row]} (from 0) has no score: {tenths[row, column]}"
            )


@lru_cache(maxsize=4)
def _tables(model: MaturityModel) -> tuple[PatternTable, ...]:
    """Return the tables of all patterns, kept for the next scorer of the same model."""
    return tuple(pattern_table(model, code) for code in range(N_PATTERNS))
