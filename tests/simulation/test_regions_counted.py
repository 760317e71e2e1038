"""The regions' table of two or three regions, every number of it worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.counts.geography import (
    cities_of,
    level_ge2_by_province,
    levels_by_city,
    levels_by_region,
    regions_table,
)
from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.streams import Streams
from smdi.standards import LEVEL_CLASSES

YEARS = SimpleNamespace(current=2021, baseline=2020, first=2019)
REGIONS = pd.DataFrame(
    [("甲省", "甲", "province", "", False, True), ("乙省", "乙", "province", "", False, True),
     ("丙市", "丙", "prefecture", "A", True, True), ("丁市", "丁", "prefecture", "A", False, True),
     ("戊省", "戊", "province", "", False, False)],
    columns=["name_zh", "short_zh", "kind", "parent", "separately_planned", "in_scope"],
    index=["A", "B", "A1", "A2", "C"],
)  # fmt: skip


def table_of(
    assessed: int,
    regions: pd.DataFrame,
    ge2: dict[str, int],
    growth: dict[str, float],
    printed: dict[str, int],
) -> pd.DataFrame:
    assumed = SimpleNamespace(
        years=YEARS, growth=growth, assessed_per_level_ge2=1.5,
        participation=SimpleNamespace(ratio_spread=0.5, city_spread=1e-9, exceeds=1.0),
    )  # fmt: skip
    numbers = {"participants": printed, "participants_over": {}}
    targets = SimpleNamespace(numbers=lambda measure, year: dict(numbers[measure]))
    provinces = pd.Series({code: n for code, n in ge2.items() if code in "AB"})
    cities = pd.Series({code: n for code, n in ge2.items() if code not in "AB"}, dtype="int64")
    return regions_table(targets, assumed, provinces, cities, regions, assessed, Streams(1))


def two(assessed: int, ge2: dict[str, int] | None = None) -> pd.DataFrame:
    """Give provinces of 1,100 and 600 participants that grew by a tenth and a fifth."""
    growth, printed = {"甲省": 10.0, "乙省": 20.0}, {"甲省": 1100, "乙省": 600}
    regions = REGIONS[~REGIONS["separately_planned"]]
    return table_of(assessed, regions, ge2 or {"A": 50, "B": 200}, growth, printed)


def test_a_region_has_its_participants_of_now_and_of_a_year_before() -> None:
    table = two(1000)
    assert list(table.index) == ["A", "B"]
    assert table.index.name == "code"
    assert table["name"].tolist() == ["甲省", "乙省"]
    assert table["province"].tolist() == ["A", "B"]
    assert table["participants"].tolist() == [1100, 600]
    assert table["before"].tolist() == [1000, 500]
    assert table["new"].tolist() == [100, 100]
    assert table["ge2"].tolist() == [50, 200]


def test_a_common_share_comes_back_above_those_whom_the_firms_at_level_two_ask_for() -> None:
    """Of 800 the second needs 200, for the 300 of its 200 firms above, of whom 100 are new.

    600 of the 1,300 others come back, 46.15 %: of 1,000 they are 461.5, and of 500 they are 230.8,
    30.8 above the 200. As 461.5 to 30.8 the 600 are 562.5 to 37.5.
    """
    table = two(1000)
    assert table["returning"].sum() == 800
    assert table.at["A", "returning"] in (562, 563)
    assert table["not_returning"].tolist() == (table["before"] - table["returning"]).tolist()
    assert table["assessed"].tolist() == (table["new"] + table["returning"]).tolist()


@pytest.mark.parametrize(("assessed", "back"), [(400, [0, 200]), (1700, [1000, 500])])
def test_the_fewest_and_the_most_come_back_and_not_one_less_or_more(assessed, back) -> None:
    assert two(assessed)["returning"].tolist() == back
    step = 1 if assessed > 1000 else -1
    with pytest.raises(Infeasible) as refused:
        two(assessed + step)
    told = (
        f"{assessed + step} firms assessed, of whom {assessed + step - 200} would have to come back"
    )
    assert str(refused.value) == told


def test_new_firms_may_be_all_that_the_firms_at_level_two_ask_for() -> None:
    """66 firms ask for 99 assessed, whom the 100 new ones are; 67 ask for 101."""
    assert two(201, {"A": 66, "B": 66})["returning"].sum() == 1
    table = two(202, {"A": 1, "B": 67})
    assert table["returning"].tolist() == [1, 1]


def planned(city: int, **given: object) -> pd.DataFrame:
    """Give a province of 1,000 with a planned city of so many of its 100 firms at level two."""
    growth = {"甲省": 10.0, "乙省": 10.0, "丙": 20.0} | dict(given.get("growth", {}))  # type: ignore[call-overload]
    printed = {"甲省": 1000, "乙省": 600}
    return table_of(900, REGIONS, {"A": 100, "B": 20, "A1": city}, growth, printed)


def test_a_planned_city_has_its_part_of_the_province_which_is_left_the_rest() -> None:
    table = planned(30)
    assert list(table.index) == ["A", "B", "A1"]
    assert table["name"].tolist() == ["甲省", "乙省", "丙"]
    assert table["province"].tolist() == ["A", "B", "A"]
    assert table["participants"].tolist() == [700, 600, 300]
    # 1,000 / 1.1 and 300 / 1.2, which the first is less.
    assert table["before"].tolist() == [909 - 250, 545, 250]
    assert table["ge2"].tolist() == [70, 20, 30]
    assert table["assessed"].sum() == 900


def test_a_planned_city_is_no_more_than_its_growth_allows_for() -> None:
    """91 of the 1,000 are new; of a city that grows by a fifth a sixth is, so of 545 at most."""
    assert planned(60).at["A1", "participants"] == 545
    assert planned(54).at["A1", "participants"] == 540


def test_a_planned_city_leaves_the_rest_of_its_province_what_its_firms_ask_for() -> None:
    """As fast as the province it may be 95 % of it, but two firms of the rest ask for four."""
    growth = {"丙": 10.0}
    assert planned(94, growth=growth).at["A1", "participants"] == 940
    assert planned(98, growth=growth).at["A1", "participants"] == 950


def test_a_planned_city_without_a_firm_at_level_two_has_a_part_as_if_it_had_one() -> None:
    assert planned(0).at["A1", "participants"] == 10


def test_a_planned_city_and_its_rest_that_ask_for_more_than_there_are_is_refused() -> None:
    """60 firms ask for 90 and one more, here and in the rest."""
    growth = {"甲省": 10.0, "乙省": 10.0, "丙": 10.0}

    def of(participants: int) -> pd.DataFrame:
        printed = {"甲省": participants, "乙省": 600}
        return table_of(500, REGIONS, {"A": 120, "B": 20, "A1": 60}, growth, printed)

    assert of(182)["participants"].tolist() == [91, 600, 91]
    with pytest.raises(Infeasible, match=r"^a number of participants from 91 to 90$"):
        of(181)


def test_a_province_that_is_not_assessed_is_no_region() -> None:
    assert "C" not in planned(30).index


def test_levels_by_region_have_the_firms_at_level_two_and_the_nation() -> None:
    table = pd.DataFrame({"ge2": [60, 30], "assessed": [200, 100]}, index=["A", "B"])
    found = levels_by_region(table, np.array([210, 45, 30, 15]))
    assert list(found) == list(LEVEL_CLASSES)
    # Each level is divided as all firms at level two or above.
    assert found.loc["A"].tolist() == [140, 30, 20, 10]
    assert found.loc["B"].tolist() == [70, 15, 10, 5]


CITIES = pd.DataFrame(
    {"parent": ["A", "A", "A", "B"], "kind": ["prefecture", "prefecture", "county", "prefecture"]},
    index=["A1", "A2", "A9", "B1"],
)


def test_levels_by_city_are_those_of_their_region_and_city() -> None:
    table = pd.DataFrame({"province": ["A", "A", "B"]}, index=["A", "A1", "B"])
    cities = pd.concat([CITIES, pd.DataFrame({"parent": "A", "kind": "prefecture"}, index=["A3"])])
    by_region = pd.DataFrame(
        [[90, 20, 10, 0], [50, 6, 3, 1], [40, 2, 1, 1]], index=table.index,
        columns=list(LEVEL_CLASSES),
    )  # fmt: skip
    ge2 = pd.Series({"A1": 10, "A2": 30, "A3": 0, "B1": 4})
    found = levels_by_city(table, by_region, ge2, cities, Streams(1))
    assert {name: list(own.index) for name, own in found.items()} == {
        "A": ["A2", "A3"], "A1": ["A1"], "B": ["B1"],
    }  # fmt: skip
    for name, own in found.items():
        assert list(own) == list(LEVEL_CLASSES)
        assert own.sum().tolist() == by_region.loc[name].tolist()
        assert own.iloc[:, 1:].sum(axis=1).tolist() == ge2[list(own.index)].tolist()
    assert found["A"].loc["A3"].tolist()[1:] == [0, 0, 0]
    assert found["A"].at["A3", "le1"] > 0


def test_low_levels_of_cities_of_like_firms_above_are_spread_as_assumed() -> None:
    """By a lognormal law around the power of 0.8 of the firms above and two more."""
    names = [f"A{number}" for number in range(1, 401)]
    cities = pd.DataFrame({"parent": "A", "kind": "prefecture"}, index=names)
    table = pd.DataFrame({"province": ["A"]}, index=["A"])
    numbers = [98 if place % 2 else 0 for place in range(len(names))]
    high = sum(numbers)
    by_region = pd.DataFrame([[10**6, high, 0, 0]], index=["A"], columns=list(LEVEL_CLASSES))
    found = levels_by_city(table, by_region, pd.Series(numbers, index=names), cities, Streams(1))
    low = np.log(found["A"]["le1"].to_numpy())
    few, many = low[::2], low[1::2]
    error = 4 * 0.35 / np.sqrt(200)
    assert few.std() == pytest.approx(0.35, abs=error)
    assert many.std() == pytest.approx(0.35, abs=error)
    expected = 0.8 * np.log(100 / 2)
    assert many.mean() - few.mean() == pytest.approx(expected, abs=error * np.sqrt(2))


def test_the_cities_of_a_region_are_its_own_or_those_that_are_none_by_themselves() -> None:
    table = pd.DataFrame({"province": ["A", "A", "B"]}, index=["A", "A1", "B"])
    assert cities_of("A", "A", table, CITIES) == ["A2"]
    assert cities_of("A1", "A", table, CITIES) == ["A1"]
    assert cities_of("B", "B", table, CITIES) == ["B1"]


def test_printed_firms_of_provinces_are_put_in_the_order_of_their_codes() -> None:
    asked = []

    def numbers(*given: object) -> dict[str, int]:
        asked.append(given)
        return {"乙省": 3, "甲省": 5}

    provinces = REGIONS[REGIONS["kind"] == "province"]
    found = level_ge2_by_province(SimpleNamespace(numbers=numbers), 2021, provinces)
    assert list(found.items()) == [("A", 5), ("B", 3)]
    assert asked == [("firms_level_ge2", 2021, "tab-provinces")]
