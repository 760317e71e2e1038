"""Guesses that other numbers of an exhibit must not disturb; places in two exhibits."""

from __future__ import annotations

import pytest

from smdi.published.declarations import Grid
from smdi.published.relations import Places, ShareOfCounts, Total, Whole, WholeOfGroups
from smdi.published.vocabulary import lists_of_names

from .short_facts import rows


@pytest.fixture
def places(declared):
    """The guesses of cities within provinces."""
    return lambda *facts: list(declared(*facts).of(Places))


CITIES, PROVINCES = "tab-c firms 石家庄 5 家", "tab-p firms 河北省 9 家"


def test_cities_and_provinces_of_one_count_of_firms_are_places(places) -> None:
    found = Places(measure="firms", cities="tab-c", provinces="tab-p")
    assert places(CITIES, PROVINCES) == [found]
    assert places(PROVINCES, CITIES) == [found]


@pytest.mark.parametrize(
    "facts",
    [
        (CITIES.replace("家", "个"), PROVINCES.replace("家", "个")),
        (CITIES.replace("家", "%"), PROVINCES.replace("家", "%")),
        (CITIES.replace("tab-c", "tab-p"), PROVINCES),
        (CITIES, PROVINCES.replace("firms", "staff")),
        (CITIES.replace("石家庄", "无名"), PROVINCES),
        (CITIES, PROVINCES.replace("河北省", "某省")),
        (CITIES.replace("firms", "rank"), PROVINCES.replace("firms", "rank")),
        (
            CITIES.replace("firms", "sample_threshold"),
            PROVINCES.replace("firms", "sample_threshold"),
        ),
    ],
    ids=["things", "shares", "one-exhibit", "two-measures", "no-city", "no-province", "ranks",
         "thresholds"],
)  # fmt: skip
def test_other_columns_are_no_places(places, facts: tuple[str, str]) -> None:
    assert places(*facts) == []


def test_two_exhibits_of_cities_are_each_places_of_that_of_provinces(places) -> None:
    found = places(CITIES, "tab-d firms 唐山 3 家", PROVINCES)
    assert [(one.cities, one.provinces) for one in found] == [
        ("tab-c", "tab-p"),
        ("tab-d", "tab-p"),
    ]


WHOLE = Whole(exhibit="tab-x", measures=("share_a", "share_b"), inferred=True)


def test_of_a_group_only_the_shares_of_the_whole_are_added(guessed) -> None:
    shares = "share_a 甲 60 %", "share_b 甲 40 %"
    assert guessed(Whole, *shares, "rate_c 甲 30 %", "firms 甲 7 家") == [WHOLE]
    assert guessed(Whole, *shares, "firms 甲 7 家", "share_a 乙 50 %") == [WHOLE]


def test_two_families_of_shares_are_two_wholes(guessed) -> None:
    facts = "share_a 甲 60 %", "share_b 甲 40 %", "structure_a 甲 30 %", "structure_b 甲 70 %"
    other = Whole(exhibit="tab-x", measures=("structure_a", "structure_b"), inferred=True)
    assert guessed(Whole, *facts) == [WHOLE, other]


def test_a_share_alone_is_no_whole(guessed) -> None:
    assert guessed(Whole, "share_a 甲 100 %") == []


THIRDS = rows("firms", "家", 东=1, 西=1, 南=1)
OF_THREE = rows("part", "%", 东="33.33", 西="33.33", 南="33.33")
FOUND = ShareOfCounts(
    exhibit="tab-x", share="part", count="firms", groups=("东", "西", "南"), inferred=True
)


@pytest.mark.parametrize(
    ("total", "found"),
    [([], [FOUND]), (["firms 全国 3 家"], [FOUND]), (["firms 全国 4 家"], []),
     (["firms 全国 0 家"], [FOUND])],
    ids=["added", "printed", "another", "nought"],
)  # fmt: skip
def test_a_share_is_of_the_total_that_is_printed_or_else_of_the_sum(guessed, total, found):
    assert guessed(ShareOfCounts, *THIRDS, *OF_THREE, *total) == found


def test_counts_that_are_all_nought_have_no_share(guessed) -> None:
    noughts = rows("firms", "家", 东=0, 西=0, 南=0)
    assert guessed(ShareOfCounts, *noughts, *rows("part", "%", 东=0, 西=0, 南=0)) == []


def test_an_exhibit_has_its_own_cells_with_years_from_that_of_the_report(declared) -> None:
    found = declared(
        "tab-a firms 东 5 家",
        "tab-a firms 西 5 家",
        "tab-b staff 东 9 人 2030",
        "tab-b staff 南 9 人 2030",
        "tab-a rank 东 1 位",
    )
    assert {name: exhibit.grids for name, exhibit in found.exhibits.items()} == {
        "tab-a": (
            Grid(measures=("firms",), groups=("东", "西"), years=(0,)),
            Grid(measures=("rank",), groups=("东", "西"), years=(0,)),
        ),
        "tab-b": (Grid(measures=("staff",), groups=("东", "南"), years=(-1,)),),
    }


@pytest.mark.parametrize(
    ("second", "near"),
    [("29.4", False), ("29.5", True), ("30", True), ("50", True), ("50.5", True), ("50.6", False)],
)
def test_shares_are_near_a_hundred_from_ninety_to_a_hundred_and_ten(guessed, second, near):
    """Sixty stands for 59.5 to 60.5, and so the sum for as much below and above it."""
    assert guessed(Whole, "share_a 甲 60 %", f"share_b 甲 {second} %") == ([WHOLE] if near else [])


@pytest.mark.parametrize(
    ("south", "near"),
    [("28.9", False), ("29.0", True), ("51.0", True), ("51.1", False)],
)
def test_groups_are_near_a_hundred_from_ninety_to_a_hundred_and_ten(guessed, south, near):
    """Twice thirty stand for 59 to 61."""
    groups = [*rows("region_share", "%", 东=30, 西=30), f"region_share 南 {south} %"]
    assert bool(guessed(WholeOfGroups, *groups)) is near


def test_parts_beside_a_total_of_another_exhibit_may_add_to_it(declared) -> None:
    facts = "tab-a firms 东 60 家", "tab-a firms 西 40 家", "tab-b firms 全国 100 家"
    (found,) = declared(*facts).of(Total)
    assert (found.exhibit, found.parts, found.total) == ("tab-a", ("东", "西"), "全国")
    assert found.complete
    other = facts[2].replace("100 家", "100 个")
    assert declared(*facts[:2], other).of(Total) == ()
    assert declared(*facts[:2], f"{facts[2]} 2030").of(Total) == ()


@pytest.mark.parametrize(("count", "rest"), [(28, True), (27, False)])
def test_a_table_of_nine_tenths_of_the_provinces_is_meant_to_have_all(guess, count, rest):
    names = lists_of_names()["provinces"]
    (grid,) = guess(*rows("firms", "家", **dict.fromkeys(names[:count], 5))).exhibits["tab-x"].grids
    assert grid.groups == tuple(names if rest else names[:count])
