"""Withholding, ranks and rounding: the rules every indicator rests on."""

import math
from dataclasses import dataclass

import pandas as pd
import pytest

from smdi.indicators.rounding import half_up, printed_decimals
from smdi.indicators.tidy import competition_rank, count, difference, mean, pick, share, tidy


@dataclass(frozen=True)
class Rule:
    minimum_cell: int = 5
    published: frozenset = frozenset()


def values(*rows, rule=None, exhibit="fig-01"):
    return tidy(rows, exhibit, rule or Rule())


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (12.5, 0, "13"),
        (2.675, 2, "2.68"),  # the float below it rounds to 2.67 when taken at its word
        (100 * 107 / 4000, 2, "2.68"),
        (-0.5, 0, "-1"),
        (0.1 + 0.2 - 0.05, 1, "0.3"),  # 0.25 but for the noise of the sum
        (7.98, 0, "8"),
    ],
)
def test_a_tie_rounds_up_and_noise_makes_none(value, digits, printed):
    assert str(half_up(value, digits)) == printed


def test_printed_decimals_are_counted_as_printed():
    assert [printed_decimals(text) for text in ("69", "14.80", "-7.1")] == [0, 2, 1]


def test_a_tie_shares_its_rank_and_the_next_is_skipped():
    ranks = competition_rank(pd.Series({"甲": 64, "乙": 65, "丙": 64, "丁": 62}))
    assert ranks.to_dict() == {"甲": 2, "乙": 1, "丙": 2, "丁": 4}


def test_ranks_come_before_rounding():
    ranks = competition_rank(pd.Series({"甲": 12.34, "乙": 12.31}))
    assert ranks.to_dict() == {"甲": 1, "乙": 2}


def test_a_share_of_nobody_is_missing_and_not_withheld():
    row = values(share("s", "甲", 2021, 0, 0)).iloc[0]
    assert math.isnan(row["value"])
    assert not row["withheld"]
    assert row["base"] == 0


def test_a_small_count_is_withheld_with_its_base():
    frame = values(count("firms", "甲", 2021, 4), count("firms", "乙", 2021, 5))
    assert frame["withheld"].tolist() == [True, False]
    assert frame["base"].tolist() == [0, 5]
    assert pick(frame, "firms", "乙", 2021) == (5.0, False)


def test_no_firms_is_a_fact_and_not_a_secret():
    frame = values(count("firms", "甲", 2021, 0), share("s", "甲", 2021, 0, 50))
    assert frame["value"].tolist() == [0, 0]
    assert not frame["withheld"].any()


@pytest.mark.parametrize(("among", "base"), [(2, 4), (3, 100), (97, 100)])
def test_a_share_is_withheld_for_few_firms_in_it_behind_it_or_beside_it(among, base):
    assert values(share("s", "甲", 2021, among, base))["withheld"].tolist() == [True]


def test_what_is_published_already_is_not_withheld():
    rule = Rule(published=frozenset({"tab-provinces/firms/西藏自治区/2021"}))
    rows = [count("firms", "西藏自治区", 2021, 1)]
    assert values(*rows, rule=rule, exhibit="tab-provinces")["value"].tolist() == [1]
    assert values(*rows, rule=rule, exhibit="fig-01")["withheld"].tolist() == [True]


def test_a_single_withheld_part_takes_the_smallest_other_part_with_it():
    rows = [
        share(name, "甲", 2021, n, 100, "w") for name, n in zip("abcd", (60, 30, 8, 2), strict=True)
    ]
    assert values(*rows)["withheld"].tolist() == [False, False, True, True]


def test_two_withheld_parts_protect_each_other():
    rows = [
        share(name, "甲", 2021, n, 100, "w") for name, n in zip("abcd", (60, 33, 4, 3), strict=True)
    ]
    assert values(*rows)["withheld"].tolist() == [False, False, True, True]


def test_a_difference_is_withheld_with_either_term():
    now, before = share("s", "甲", 2021, 40, 100), share("s", "甲", 2020, 30, 100)
    assert difference("d", now, before).value == 10
    assert difference("d", now, before.hidden(5)).withheld
    assert difference("d", now.hidden(5), before).withheld


def test_a_mean_leaves_out_who_was_not_asked():
    row = mean("m", "甲", 2021, pd.Series([1.0, None, 2.0] * 5), "分")
    assert (row.value, row.base) == (1.5, 10)
