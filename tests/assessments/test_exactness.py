"""No answer near a bound is misplaced: whole-number arithmetic as the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smdi.assessments import Scorer, ScoringRule
from smdi.assessments.totals import total_and_level
from smdi.standards import maturity_model

ITEMS_A_LEVEL = 6
BOUNDS_TENTHS = np.array([8, 18, 28, 38, 48])
ALL_BUSINESSES = np.array([0b1111])
LEVEL = st.lists(st.sampled_from([10, 8, 5, 0]), min_size=6, max_size=6)


def six_a_level() -> Scorer:
    """Six items a level: means are sixtieths, which no float holds."""
    rows = [
        (f"data-{level}-{number}", "data", "data", level, number)
        for level in range(1, 6)
        for number in range(1, ITEMS_A_LEVEL + 1)
    ]
    names = ["item_id", "subdomain", "domain", "level", "number"]
    return Scorer(replace(maturity_model(), items=pd.DataFrame(rows, columns=names)))


SCORER = six_a_level()


def level_in_sixtieths(sums: list[int], rule: ScoringRule) -> int:
    total = 0
    for value in sums:
        met = value >= 48 if rule.satisfied == "reaches" else value > 48
        total += 60 if met else value
        if rule.summation == "strict" and not met:
            break
    return sum(total >= bound * 6 for bound in BOUNDS_TENTHS)


@given(st.lists(LEVEL, min_size=5, max_size=5), st.booleans(), st.booleans())
@example([[8] * 6] * 5, True, True)
@example(
    [[10] * 6, [10, 8, 8, 8, 8, 0], [10, 8, 8, 0, 0, 0], [10, 10, 0, 0, 0, 0], [0] * 6], True, True
)
def test_levels_follow_whole_numbers_under_every_rule(answers, reaches: bool, literal: bool):
    rule = ScoringRule(
        satisfied="reaches" if reaches else "exceeds",
        summation="literal" if literal else "strict",
    )
    items = np.array([np.concatenate(answers)], dtype=np.uint8)
    found = SCORER.with_rule(rule).levels(items, ALL_BUSINESSES)[0]
    assert found == level_in_sixtieths([sum(level) for level in answers], rule)


@pytest.mark.parametrize("bound", BOUNDS_TENTHS)
def test_a_total_one_part_in_a_trillion_below_a_bound_stays_below(bound: int):
    full = np.array([1e13, 1e13, 1e13, 1e13, 1e13])
    parts = np.array([[bound * 1e12 - 1, 0, 0, 0, 0], [bound * 1e12, 0, 0, 0, 0]])
    _, level = total_and_level(parts, full, BOUNDS_TENTHS)
    upper = int(np.searchsorted(BOUNDS_TENTHS, bound)) + 1
    assert level.tolist() == [upper - 1, upper]


def test_thirds_and_sevenths_that_add_up_to_a_bound_reach_it():
    # 1/3 + 7/15 = 4/5, though the floats of the terms do not know it.
    full = np.array([3.0, 15.0, 7.0, 7.0, 7.0])
    parts = np.array([[1.0, 7, 0, 0, 0], [1, 7, 7, 0, 0], [1, 7, 3, 3, 1]])
    total, level = total_and_level(parts, full, BOUNDS_TENTHS)
    assert level.tolist() == [1, 2, 2]
    assert total.tolist() == [0.8, 1.8, 1.8]
