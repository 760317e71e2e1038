"""Guesses on growth, parts and ratios of counts; facts are written as in `test_guesses`."""

from __future__ import annotations

import pytest

from smdi.published.relations import Growth, PartOf, Ratio, SumOfMeasures

from .short_facts import rows


def test_a_growth_is_that_of_the_count_it_is_named_after_or_of_the_only_one(guessed):
    growth = "firms_growth 东 5 %"
    own = Growth(exhibit="tab-x", growth="firms_growth", count="firms", inferred=True)
    assert guessed(Growth, "firms 东 10 家", "robots 东 9 个", growth) == [own]
    assert guessed(Growth, "robots 东 9 个", growth) == [own.model_copy(update={"count": "robots"})]
    assert guessed(Growth, "robots 东 9 个", "staff 东 9 人", growth) == []
    assert guessed(Growth, "firms 东 10 家", "growth_rank 东 9 个") == []


def test_a_count_named_after_another_is_part_of_it(guessed):
    assert guessed(PartOf, "firms 东 10 家", "firms_a 东 4 家", "firmsize 东 3 家") == [
        PartOf(part="firms_a", whole="firms", inferred=True)
    ]


@pytest.mark.parametrize(
    ("parts", "add"),
    [((60, 40), True), ((60, 25), True), ((60, 24), False), ((60, 55), True), ((60, 56), False)],
)
def test_parts_that_mostly_add_to_a_count_make_it_up(guessed, parts, add):
    facts = "firms 东 100 家", f"firms_a 东 {parts[0]} 家", f"firms_b 东 {parts[1]} 家"
    expected = SumOfMeasures(total="firms", parts=("firms_a", "firms_b"), inferred=True)
    assert guessed(SumOfMeasures, *facts) == ([expected] if add else [])


def test_a_part_alone_makes_nothing_up_nor_do_parts_that_add_in_half_of_the_rows(guessed):
    assert guessed(SumOfMeasures, "firms 东 100 家", "firms_a 东 100 家") == []
    facts = [
        *rows("firms", "家", 东=100, 西=100),
        *rows("firms_a", "家", 东=60, 西=60),
        *rows("firms_b", "家", 东=40, 西=20),
    ]
    assert guessed(SumOfMeasures, *facts) == []


def test_a_share_named_after_a_part_is_their_ratio_where_most_rows_agree(guessed):
    facts = [
        *rows("plants", "个", 东=100, 西=100, 南=100),
        *rows("plants_automated", "个", 东=60, 西=40, 南=20),
        *rows("automated_share", "%", 东=60, 西=40, 南=25),
    ]
    expected = Ratio(
        share="automated_share", part="plants_automated", whole="plants", inferred=True
    )
    assert guessed(Ratio, *facts) == [expected]
    assert guessed(Ratio, *facts[:6], *rows("automated_share", "%", 东=60, 西=45, 南=25)) == []
    assert guessed(Ratio, *facts[:6], *rows("automated_share", "%", 东=60, 西=45)) == []


def test_a_share_of_a_level_is_of_all_firms_whatever_the_rows_show(guessed):
    facts = "firms 东 100 家", "firms_level_2 东 60 家", "share_level_2 东 10 %"
    assert guessed(Ratio, *facts) == [
        Ratio(share="share_level_2", part="firms_level_2", whole="firms", inferred=True)
    ]
