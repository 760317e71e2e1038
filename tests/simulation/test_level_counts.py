"""Whole numbers behind the nation's shares, against every table that there is for a few firms."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.counts.geography import level_ge2_by_city
from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.counts.level_counts import large_by_level, levels_by_type, national_levels
from smdi.simulation.counts.printed_divisions import class_limits
from smdi.simulation.counts.targets import Interval
from smdi.simulation.streams import Streams
from smdi.standards import LEVEL_CLASSES, NATION

YEAR = 2021
FREE = 1.0, float("inf")


def targets(**printed: str) -> SimpleNamespace:
    """Facts by measure, or by measure and group, as they are printed."""

    def find(measure: str, group: str, year: int) -> Interval | None:
        text = printed.get(f"{measure}__{group}", printed.get(measure))
        return Interval.of(text) if text and year == YEAR else None

    return SimpleNamespace(find=find, require=find)


def prints(value: float, text: str) -> bool:
    """Tell whether a value rounds to what is printed; a tie does not."""
    places = len(text.partition(".")[2])
    return abs(value - float(text)) < 0.5 / 10**places - 1e-12


LEVELS = np.array([26, 8, 4, 2])  # of 40 firms
TYPES = {
    "share_level_le1__离散型": "60", "share_level_le1__流程型": "70",
    "share_level_2_3_lead": "10", "share_level_ge4_lead": "0",
}  # fmt: skip


def split_prints(discrete: int, own: tuple[int, int, int]) -> bool:
    process = 40 - discrete
    le1, middle, top = own
    leads = (
        100 * (part / discrete - (whole - part) / process)
        for part, whole in ((middle, 12), (top, 2))
    )
    return (
        prints(100 * le1 / discrete, TYPES["share_level_le1__离散型"])
        and prints(100 * (26 - le1) / process, TYPES["share_level_le1__流程型"])
        and all(prints(lead, text) for lead, text in zip(leads, ("10", "0"), strict=True))
    )


def splits() -> dict[int, list[tuple[int, int, int]]]:
    """All numbers of discrete firms, with their level classes, for which all prints right."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for le1, middle, top in itertools.product(range(27), range(13), range(3)):
        discrete = le1 + middle + top
        if 0 < discrete < 40 and split_prints(discrete, (le1, middle, top)):
            found.setdefault(discrete, []).append((le1, middle, top))
    return found


def test_of_all_numbers_of_discrete_firms_that_print_right_the_nearest_is_taken() -> None:
    every = splits()
    assert every
    for expected in (1.0, 13.0, 19.6, 20.4, 39.0):
        table = levels_by_type(targets(**TYPES), LEVELS, expected, YEAR, FREE)
        assert table.sum(axis=0).tolist() == LEVELS.tolist()
        le1, second, third, top = table[0].tolist()
        assert (le1, second + third, top) in every[int(table[0].sum())]
        nearest = min(abs(n - expected) for n in every)
        assert abs(int(table[0].sum()) - expected) == nearest


def test_the_number_of_discrete_firms_stays_between_the_ends_that_the_facts_leave() -> None:
    first, last = min(splits()), max(splits())
    for ends, number in (((1.0, 39.0), first), ((first + 0.4, 99.0), first), ((1.0, first), first)):
        assert levels_by_type(targets(**TYPES), LEVELS, 1.0, YEAR, ends)[0].sum() == number
    assert levels_by_type(targets(**TYPES), LEVELS, 39.0, YEAR, (1.0, last - 0.4))[0].sum() == last
    for ends in ((last + 1, 99.0), (1.0, first - 1)):
        with pytest.raises(Infeasible, match="no split of the firms"):
            levels_by_type(targets(**TYPES), LEVELS, 5.0, YEAR, ends)


def test_large_firms_are_those_that_the_printed_shares_leave() -> None:
    size = SimpleNamespace(large_at_level={"2": 10.0, "3": 30.0, "ge4": 60.0})
    ours = SimpleNamespace(size=size)
    facts = targets(sme_share="80", sme_share_of_level_le1="90")
    levels = np.array([100, 60, 30, 10])
    found = large_by_level(facts, ours, levels, YEAR)
    # 160 of 200 firms are small, and 90 of the 100 at level 1 or below.
    assert found[0] == 10
    assert found.sum() == 40
    # 6 : 9 : 6 of 30, as far as the ten at the highest level go.
    assert found[1:].tolist() == [9, 13, 8] or found[1:].tolist() == [8, 13, 9]
    assert (found <= levels).all()


PUBLISHED = pd.DataFrame(
    [
        *[(2020, name, share) for name, share in zip(LEVEL_CLASSES, (70, 20, 6, 4), strict=True)],
        (2019, "le1", 80.0), (2019, "2", 12.0), (2019, "ge3", 8.0),
    ],
    columns=["year", "level_class", "share"],
)  # fmt: skip
ASSUMED = SimpleNamespace(
    years=SimpleNamespace(current=2021, baseline=2020, first=2019),
    assessed={2021: 100, 2020: 50, 2019: 100}, level_3_of_ge3={2019: 75.0},
)  # fmt: skip
SHARES = {
    "share_level_le1": "60", "share_level_2": "22", "share_level_3": "10", "share_level_ge4": "8",
}  # fmt: skip


def found(ge2: int, ends: tuple[float, float], **facts: str) -> list[dict[int, np.ndarray]]:
    return list(national_levels(targets(**SHARES, **facts), ASSUMED, ge2, PUBLISHED, ends))


def totals(*given: object, **facts: str) -> list[int]:
    return [int(levels[YEAR].sum()) for levels in found(*given, **facts)]


def test_numbers_of_firms_that_print_right_come_by_their_nearness_to_the_assumed_one() -> None:
    # 40 firms above of n leave (n - 40) / n at level 1 or below: 60 % from 98.8 to 101.3.
    assert totals(40, (90.0, 110.0))[0] == 100
    assert sorted(totals(40, (90.0, 110.0))) == [99, 100, 101]
    assert totals(40, (100.2, 110.0)) == [101]
    assert totals(40, (90.0, 99.9)) == [99]
    assert totals(40, (90.0, 101.0))[-1] in (99, 101)
    assert totals(40, (102.0, 110.0)) == []
    assert totals(80, (198.0, float("inf"))) == [198]


def test_both_years_print_right_and_stand_nearest_to_the_middles() -> None:
    first = found(40, (100.0, 100.0))[0]
    assert first[2021].tolist() == [60, 22, 10, 8]
    assert first[2020].tolist() == [35, 10, 3, 2]
    # Of the eight of a hundred at level 3 or above three quarters are at level 3.
    assert first[2019].tolist() == [80, 12, 6, 2]


@pytest.mark.parametrize(
    ("measure", "printed", "holds"),
    [
        ("share_level_le1_decrease", "10", True), ("share_level_le1_decrease", "13", False),
        ("share_level_le1_change", "-10", True), ("share_level_le1_change", "10", False),
        ("share_level_ge2_increase", "10", True), ("share_level_ge2_increase", "-10", False),
        ("share_level_ge3_increase", "8", True), ("share_level_ge3_increase", "11", False),
        ("share_level_2_3_increase", "6", True), ("share_level_2_3_increase", "9", False),
    ],
)  # fmt: skip
def test_the_change_between_the_years_is_the_printed_one(measure, printed, holds) -> None:
    pairs = found(40, (100.0, 100.0), **{measure: printed})
    assert bool(pairs) is holds
    for pair in pairs:
        now, then = 100 * pair[2021] / 100, 100 * pair[2020] / 50
        name, _, ending = measure.removeprefix("share_level_").rpartition("_")
        places = {"le1": [0], "ge2": [1, 2, 3], "ge3": [2, 3], "2_3": [1, 2]}[name]
        change = float(now[places].sum() - then[places].sum())
        assert prints(-change if ending == "decrease" else change, printed)


def test_classes_of_firms_say_how_many_their_division_must_and_may_have() -> None:
    numbers = {
        "firms": {"1311 稻谷加工": 100, "1312 小麦加工": 50},
        "sample_threshold": {NATION: 20},
    }
    asked = SimpleNamespace(numbers=lambda measure, year, exhibit: numbers[measure])
    ours = SimpleNamespace(years=SimpleNamespace(current=2021), divisions={"13": None, "14": None})
    classes = pd.DataFrame(
        {"division": ["13", "13", "13", "13", "14"]}, index=["1311", "1312", "1313", "1314", "1411"]
    )
    # 1.08 times the firms printed; these and 20 of each other class, 1.2 times.
    assert class_limits(asked, ours, classes) == {"13": (162, 228), "14": (0, 24)}
    numbers["sample_threshold"] = {}
    assert class_limits(asked, ours, classes) == {"13": (162, 180), "14": (0, 0)}


CITIES = pd.DataFrame(
    {"parent": ["A", "A", "A", "A", "B"], "short_zh": list("甲乙丙丁戊"),
     "kind": ["prefecture", "prefecture", "prefecture", "county_level", "prefecture"]},
    index=["a1", "a2", "a3", "a9", "b1"],
)  # fmt: skip
OF_PROVINCES = pd.Series({"A": 30, "B": 7})


def by_city(seed: int = 1, **printed: int) -> dict[str, int]:
    asked = SimpleNamespace(numbers=lambda measure, year, exhibit: dict(printed))
    return level_ge2_by_city(asked, YEAR, OF_PROVINCES, CITIES, Streams(seed)).to_dict()


@pytest.mark.parametrize("seed", range(5))
def test_cities_that_are_not_printed_share_what_their_province_has_left(seed: int) -> None:
    found = by_city(seed, 甲=14)
    assert found["a1"] == 14
    assert found["a2"] + found["a3"] == 16
    assert max(found["a2"], found["a3"]) <= 13  # below the smallest that is printed
    assert found["b1"] == 7  # the city of a municipality is the municipality
    assert set(found) == {"a1", "a2", "a3", "b1"}


def test_where_no_city_is_printed_none_is_capped_by_another() -> None:
    found = by_city()
    assert sum(found[city] for city in ("a1", "a2", "a3")) == 30
    assert len({tuple(by_city(seed).values()) for seed in range(5)}) > 1
    assert by_city(3) == by_city(3)


def test_cities_below_the_smallest_printed_one_may_be_too_small_for_their_province() -> None:
    assert by_city(甲=11)["a1"] == 11
    with pytest.raises(Infeasible):
        by_city(甲=10)
