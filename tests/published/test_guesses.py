"""What is guessed of a report that nobody declared: each guess at the limit of what it asks for.

Facts are written short: measure group printed unit, all of one exhibit and year.
"""

from __future__ import annotations

import pytest

from smdi.published.declarations import Declarations, Grid
from smdi.published.relations import (
    CountsOfShares,
    Mixture,
    PartOf,
    Ranking,
    Relation,
    Series,
    ShareOfCounts,
    Threshold,
    Total,
    Whole,
    WholeOfGroups,
)

from .short_facts import rows


def test_what_the_standards_say_is_no_guess(guess):
    found = guess("firms 东 5 家")
    assert not [one for one in found.relations if one.inferred]
    levels = ("share_level_le1", "share_level_2", "share_level_3", "share_level_ge4")
    assert found.relations == (
        Whole(measures=levels),
        Mixture(whole=("全国",), parts=("离散型", "流程型"), measures=levels),
        CountsOfShares(
            count="firms_level_ge2",
            groups=("@provinces",),
            classes=levels[1:],
            whole=levels,
            group="全国",
        ),
        PartOf(part="firms_level_ge2", whole="participants"),
        Series(table="national_level_shares", prefix="share_level_", group="全国"),
    )


def test_one_column_of_three_counts_beside_ranks_is_ranked_by_them(guessed):
    table = rows("firms", "家", 东=1, 西=2, 南=3), rows("rank", "位", 东=3, 西=2, 南=1)
    assert guessed(Ranking, *table[0], *table[1]) == [
        Ranking(exhibit="tab-x", number="firms", rank="rank", inferred=True)
    ]
    assert not guessed(Ranking, *table[0][:2], *table[1][:2])


@pytest.mark.parametrize(
    ("numbers", "ranked"),
    [
        ((9, 8, 7, 6, 5), True),
        ((9, 8, 9, 6, 5), True),  # but for one row
        ((9, 8, 9, 6, 7), False),
        ((9, 8, 8, 8, 8), True),  # ties do not rise
        ((9, 8, 7, 6), False),  # too few rows to tell
    ],
)
def test_a_column_of_five_that_falls_but_for_one_row_is_a_ranking(guessed, numbers, ranked):
    table = rows("firms", "家", **dict(zip("甲乙丙丁戊", numbers, strict=False)))
    expected = [Ranking(exhibit="tab-x", number="firms", inferred=True)] if ranked else []
    assert guessed(Ranking, *table) == expected


@pytest.mark.parametrize(("year", "offset"), [(2031, 0), (2030, -1), (2026, -5)])
def test_what_a_title_says_is_a_cell_of_its_own_year(guess, year: int, offset: int):
    facts = *rows("firms", "家", 甲=9, 乙=8), f"title_rows 全国 2 个 {year}"
    (title,) = [g for g in guess(*facts).exhibits["tab-x"].grids if "title_rows" in g.measures]
    assert title == Grid(measures=("title_rows",), groups=("全国",), years=(offset,))


def test_a_row_of_the_total_is_no_row_of_a_ranking(guessed):
    table = rows("firms", "家", 合计=1, 甲=9, 乙=8, 丙=9, 丁=6, 戊=5)
    assert guessed(Ranking, *table)
    assert not guessed(Ranking, *rows("firms", "家", 合计=9, 甲=8, 乙=7, 丙=6, 丁=5))


def test_a_threshold_is_one_of_the_numbers_of_its_unit(guess):
    facts = *rows("firms", "家", 甲=9), *rows("robots", "个", 甲=9), "firms_threshold 全国 5 家"
    assert guess(*facts).of(Threshold) == (
        Threshold(exhibit="tab-x", threshold="firms_threshold", number="firms"),
    )


def shares(first: object, second: object, group: str) -> list[str]:
    return [f"share_a {group} {first} %", f"share_b {group} {second} %"]


WHOLE = Whole(exhibit="tab-x", measures=("share_a", "share_b"), inferred=True)


@pytest.mark.parametrize(
    ("table", "whole"),
    [
        ([(60, 40), (70, 30), (50, 80)], True),  # most rows make a hundred
        ([(60, 40), (50, 80)], False),  # half of them is not most
        ([(60, 49), (50, 41)], True),  # called shares, and all are near
        ([(60, 49), (50, 51.6), (50, 62)], False),
        ([(60, 51.5)], False),
        ([(50, 38.5)], False),
    ],
)
def test_shares_that_mostly_make_a_hundred_are_a_whole(guessed, table, whole):
    facts = [f for group, row in zip("甲乙丙", table, strict=False) for f in shares(*row, group)]
    assert guessed(Whole, *facts) == ([WHOLE] if whole else [])


def test_one_row_that_is_far_from_a_hundred_leaves_no_whole_even_by_name(guessed):
    facts = [*shares(60, 49, "甲"), *shares(50, 41, "乙"), *shares(10, 20, "丙")]
    assert guessed(Whole, *facts) == []


def test_rates_that_happen_to_be_near_a_hundred_are_no_whole(guessed):
    facts = "rate_a 甲 60 %", "rate_b 甲 45 %"
    assert guessed(Whole, *facts) == []
    assert guessed(Whole, "rate_a 甲 60 %", "rate_b 甲 40 %")


def test_rates_of_growth_are_no_parts_of_a_whole(guessed):
    facts = "share_growth 甲 60 %", "share_b 甲 40 %"
    assert guessed(Whole, *facts) == []


def of_groups(*groups: str) -> list[Relation]:
    return [
        WholeOfGroups(exhibit="tab-x", measure="region_share", groups=groups, inferred=True),
    ]


def test_shares_of_three_groups_near_a_hundred_are_a_whole(guessed):
    table = rows("region_share", "%", 东=50, 西=30, 南=12)
    assert guessed(WholeOfGroups, *table) == of_groups("东", "西", "南")
    assert guessed(WholeOfGroups, *rows("region_share", "%", 东=50, 西=30, 南=5)) == []
    assert guessed(WholeOfGroups, *rows("region_share", "%", 东=50, 西=50)) == []
    assert guessed(WholeOfGroups, *rows("region_rate", "%", 东=50, 西=30, 南=20)) == []


def test_groups_beside_a_total_are_a_whole_where_the_total_is_a_hundred(guessed):
    table = rows("region_share", "%", 东=50, 西=30, 南=20)
    assert guessed(WholeOfGroups, *table, "region_share 全国 100 %") == of_groups("东", "西", "南")
    assert guessed(WholeOfGroups, *table, "region_share 全国 99 %") == []


def test_two_groups_beside_the_nation_make_it_up(guessed):
    table = rows("cloud_rate", "%", 大=60, 小=30, 全国=40)
    assert guessed(Mixture, *table) == [
        Mixture(
            exhibit="tab-x",
            whole=("全国",),
            parts=("大", "小"),
            measures=("cloud_rate",),
            inferred=True,
        )
    ]
    assert guessed(Mixture, *rows("cloud_rate", "%", 大=60, 全国=40)) == []
    assert guessed(Mixture, *rows("cloud_rate", "%", 大=60, 小=30)) == []
    assert guessed(Mixture, *rows("cloud_rate", "%", 大=60, 小=30, 全国=100)) == []


@pytest.mark.parametrize(
    ("total", "name", "complete"),
    [
        (100, "全国", True),
        (85, "全国", True),  # within 15 % of the larger
        (84, "全国", False),
        (117, "全国", True),
        (118, "全国", False),
        (200, "合计", True),  # says itself that it is the sum
    ],
)
def test_parts_near_their_total_are_meant_to_add_to_it(guessed, total, name, complete):
    table = rows("firms", "家", 东=60, 西=40, **{name: total})
    assert guessed(Total, *table) == [
        Total(
            exhibit="tab-x",
            measure="firms",
            parts=("东", "西"),
            total=name,
            complete=complete,
            inferred=True,
        )
    ]


def test_a_table_of_those_that_lead_is_not_all_there_is(guessed):
    table = rows("firms", "家", 东=60, 西=40, 全国=100)
    (found,) = guessed(Total, *table, "title_rows 全国 2 个")
    assert not found.complete


def test_one_row_or_a_total_of_another_unit_makes_no_sum(guessed):
    assert guessed(Total, *rows("firms", "家", 东=60, 全国=100)) == []
    assert guessed(Total, *rows("firms", "家", 东=60, 西=40)) == []


def test_shares_that_most_of_three_rows_show_to_be_theirs_are_shares_of_counts(guessed):
    counts = rows("firms", "家", 东=50, 西=30, 南=20)
    expected = [
        ShareOfCounts(
            exhibit="tab-x", share="part", count="firms", groups=("东", "西", "南"), inferred=True
        )
    ]
    assert guessed(ShareOfCounts, *counts, *rows("part", "%", 东=50, 西=30, 南=25)) == expected
    assert guessed(ShareOfCounts, *counts, *rows("part", "%", 东=50, 西=35, 南=25)) == []
    two = *rows("firms", "家", 东=50, 西=50), *rows("part", "%", 东=50, 西=50)
    assert guessed(ShareOfCounts, *two) == []


def test_half_of_the_rows_are_not_most(guessed):
    counts = rows("firms", "家", 东=50, 西=30, 南=10, 北=10)
    shares_of = rows("part", "%", 东=50, 西=30, 南=15, 北=5)
    assert guessed(ShareOfCounts, *counts, *shares_of) == []


def cells(declared: Declarations) -> set[tuple[str, str, int]]:
    return {
        (measure, group, year)
        for grid in declared.exhibits["tab-x"].grids
        for measure in grid.measures
        for group in grid.groups
        for year in grid.years
    }


def test_a_table_that_is_nearly_full_is_meant_to_be_full(guess):
    facts = rows("a", "家", 东=1, 西=2) + rows("b", "家", 东=1)
    assert ("b", "西", 0) in cells(guess(*facts))  # three of four cells
    assert ("b", "西", 0) not in cells(guess(*facts[:1], *facts[2:]))


def test_columns_and_groups_of_fewer_than_half_of_the_cells_are_no_part_of_the_table(guess):
    full = [f for m in "abcde" for f in rows(m, "家", 甲=1, 乙=2, 丙=3, 丁=4, 戊=5)]
    row = [*full, "a 己 5 家", "b 己 5 家"]
    assert cells(guess(*row)) == cells(guess(*full)) | {("a", "己", 0), ("b", "己", 0)}
    assert {("d", "己", 0), ("e", "己", 0)} <= cells(guess(*row, "c 己 5 家"))
    column = [*full, "f 甲 5 家", "f 乙 5 家"]
    assert cells(guess(*column)) == cells(guess(*full)) | {("f", "甲", 0), ("f", "乙", 0)}
    assert {("f", "丁", 0), ("f", "戊", 0)} <= cells(guess(*column, "f 丙 5 家"))


def test_titles_stand_where_they_are_and_years_count_from_that_of_most_facts(guess):
    facts = rows("a", "家", 东=1, 西=2), "title_rows 全国 2 个", "a 东 1 家 2030"
    found = guess(*facts[0], *facts[1:])
    assert Grid(measures=("title_rows",), groups=("全国",), years=(0,)) in (
        found.exhibits["tab-x"].grids
    )
    assert ("a", "东", -1) in cells(found)
