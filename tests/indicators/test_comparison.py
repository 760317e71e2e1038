"""Raw, matched and standardised change on an example worked out by hand.

Baseline: 4 firms in A (1 yes), 1 firm in B (1 yes): 40 %.
This year: 2 firms in A (1 yes), 4 firms in B (3 yes): 4 of 6.
Raw: 66.67 - 40. Standardised: 0.8 * 50 % + 0.2 * 75 % = 55 %, so +15.
"""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smdi.indicators import comparison
from smdi.indicators.comparison import MATCHED, RAW, STANDARDISED
from smdi.indicators.precision.noise import difference_error
from smdi.indicators.tidy import error_of, pick
from tests.indicators.protections import Nothing

YES, NO = {"practice_data_sharing": True}, {"practice_data_sharing": False}
A, B = {"industry": "3670"}, {"industry": "1711"}


@pytest.fixture(scope="module")
def groups(firm):
    return [
        firm(ids=["a1"], year=2020, **A, **YES),
        firm(ids=["a2", "a3", "a4"], year=2020, **A, **NO),
        firm(ids=["b1"], year=2020, **B, **YES),
        firm(ids=["a2"], **A, **YES),
        firm(ids=["a3"], **A, **NO),
        firm(ids=["b2", "b3"], **B, **YES),
        firm(ids=["b1"], **B, **NO),
        firm(ids=["b4"], **B, **YES),
    ]


def changes(pop):
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    return {way: pick(frame, "data_sharing_change", way, 2021)[0] for way in frame["group"]}


def test_the_three_ways_give_what_the_hand_gives(groups, assessed):
    found = changes(assessed(*groups))
    assert found[RAW] == pytest.approx(400 / 6 - 40)
    # a2: no -> yes, a3: no -> no, b1: yes -> no.
    assert found[MATCHED] == pytest.approx(0)
    assert found[STANDARDISED] == pytest.approx(15)


def test_each_way_tells_its_base(groups, assessed):
    frame = comparison.practice_comparison(assessed(*groups), ["data_sharing"], "tab-a2")
    assert dict(zip(frame["group"], frame["base"], strict=True)) == {
        RAW: 6,
        MATCHED: 3,
        STANDARDISED: 6,
    }


def test_an_unchanged_mix_makes_raw_and_standardised_agree(firm, assessed):
    pop = assessed(
        *(firm(n, year=year, **cell, **answer) for year, cell, n, answer in [
            (2020, A, 3, YES), (2020, A, 1, NO), (2020, B, 4, NO),
            (2021, A, 2, YES), (2021, A, 2, NO), (2021, B, 4, YES),
        ])
    )  # fmt: skip
    found = changes(pop)
    assert found[RAW] == pytest.approx(37.5)
    assert found[STANDARDISED] == pytest.approx(37.5)


def test_a_cell_that_emptied_borrows_from_the_next_wider_one(firm, assessed):
    pop = assessed(
        firm(1, year=2020, region="山东省", **A, **NO),
        firm(1, year=2020, region="江苏省", **A, **NO),
        firm(1, region="江苏省", **A, **YES),
        firm(3, region="江苏省", **B, **NO),
    )
    # Both baseline firms are in A; 山东 is empty now, so A as a whole (100 %) stands in for it.
    assert changes(pop)[STANDARDISED] == pytest.approx(100)
    outcome = comparison.practice_outcome("data_sharing")
    assert comparison.borrowed_share(pop, outcome) == 50


def test_how_much_was_borrowed_is_told_of_rates_that_may_be_seen_alone(firm, assessed):
    pop = assessed(firm(2, year=2020, **A, **YES), firm(3, **B, **NO))
    outcome = comparison.practice_outcome("data_sharing")
    assert comparison.borrowed_share(pop, outcome) == 100
    assert comparison.borrowed_share(replace(pop, protection=Nothing()), outcome) == 0


def test_a_cell_without_any_likeness_borrows_from_all(firm, assessed):
    pop = assessed(
        firm(1, year=2020, size="large", **A, **NO), firm(1, **B, **YES), firm(1, **B, **NO)
    )
    assert changes(pop)[STANDARDISED] == pytest.approx(50)


def test_firms_not_asked_are_no_part_of_any_base(groups, firm, assessed):
    silent = firm(9, practice_data_sharing=None)
    assert changes(assessed(*groups, silent)) == changes(assessed(*groups))


def test_without_a_baseline_nothing_is_compared(firm, assessed):
    assert all(math.isnan(value) for value in changes(assessed(firm(5, **YES))).values())


def test_levels_are_compared_the_same_three_ways(firm, assessed):
    pop = assessed(
        firm(ids=["x"], year=2020, level=1),
        firm(ids=["y"], year=2020, level=2),
        firm(ids=["x"], level=2),
        firm(ids=["z"], level=4),
    )
    frame = comparison.level_comparison(pop, "tab-a1")
    assert pick(frame, "share_level_le1_change", RAW, 2021)[0] == -50
    assert pick(frame, "share_level_le1_change", MATCHED, 2021)[0] == -100


def test_where_industries_differ_and_none_changed_a_standardised_change_is_exact(firm, assessed):
    rows = [
        firm(40, industry=industry, year=year, **answer)
        for industry, answer in (("3670", YES), ("1711", NO))
        for year in (2020, 2021)
    ]
    frame = comparison.practice_comparison(assessed(*rows), ["data_sharing"], "tab-a2")
    assert error_of(frame, "data_sharing_change", STANDARDISED, 2021) == pytest.approx(0)


def test_among_like_firms_the_error_of_a_standardised_change_is_that_of_the_change_itself():
    """One cell: nothing is standardised. Some firms answer twice."""
    draw = np.random.default_rng(3)
    now, before = pd.Series(draw.normal(50, 9, 40)), pd.Series(draw.normal(45, 9, 60))
    before[:20] = now[20:].to_numpy() - 4
    ids, ids_before = pd.Series(np.arange(40)), pd.Series(np.arange(20, 80))
    one_now, one_before = ([np.zeros(n, dtype=np.int64)] * 4 for n in (40, 60))
    found = comparison.standardised(now, before, one_now, one_before, ids, ids_before)
    assert found.value == pytest.approx(now.mean() - before.mean())
    assert found.error == pytest.approx(difference_error(now, ids, before, ids_before))
    assert found.error < difference_error(now, ids, before, ids_before + 1000), "they covary"


def test_a_firm_alone_in_its_cell_bears_the_weight_of_all_that_it_stands_for():
    """Forty firms stand for sixty, and one for ten."""
    draw = np.random.default_rng(4)
    now, before = pd.Series(draw.normal(50, 9, 41)), pd.Series(draw.normal(45, 9, 70))
    cells_now, cells_before = np.repeat([0, 1], [40, 1]), np.repeat([0, 1], [60, 10])
    ids, ids_before = pd.Series(np.arange(41)), pd.Series(np.arange(100, 170))
    found = comparison.standardised(
        now, before, [cells_now] * 4, [cells_before] * 4, ids, ids_before
    )
    means = np.array([now[:40].mean(), now[40]])
    assert found.value == pytest.approx((means * [60, 10]).sum() / 70 - before.mean())
    spread = (now[:40] - means[0]) * (40 / 39) ** 0.5 * 60 / 40 / 70
    alone = (now[40] - now.mean()) * 10 / 70
    gains = means[cells_before] - before
    rest = (gains - gains.mean()) / (70 * 69) ** 0.5
    expected = ((spread**2).sum() + alone**2 + (rest**2).sum()) ** 0.5
    assert found.error == pytest.approx(expected)
