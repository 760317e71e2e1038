"""Guesses that other numbers of an exhibit must not disturb; places in two exhibits."""

from __future__ import annotations

import pytest

from smdi.published import read_facts
from smdi.published.fact_table import Facts
from smdi.published.inference import infer
from smdi.published.relations import Places, ShareOfCounts, Whole

from .short_facts import rows


@pytest.fixture
def places(facts_file):
    """The guesses of cities within provinces; facts are exhibit measure group printed unit."""

    def ask(*facts: str) -> list[Places]:
        lines = []
        for fact in facts:
            exhibit, measure, group, printed, unit = fact.split(" ")
            lines.append(f"{exhibit},{measure},{group},2031,{printed},{unit},{printed},某处")
        return list(infer(Facts.of(read_facts(facts_file(*lines)))).of(Places))

    return ask


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
