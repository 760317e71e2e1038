"""What kinds of firms there are, and who answered when, each held to its exact number."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.population.attributes import (
    ClassPlan,
    assign_businesses,
    assign_large,
    assign_types,
)
from smdi.simulation.population.firms import NOT_ASSESSED
from smdi.simulation.population.panel import make_panel
from smdi.simulation.streams import Streams
from smdi.standards import BUSINESSES, NATION

DIVISION, LEVEL = np.repeat([0, 1], 60), np.tile([0, 1, 2], 40)
YEARS = SimpleNamespace(current=2021, baseline=2020, first=2019)


def in_cells(flags: np.ndarray) -> np.ndarray:
    """Count the firms with a flag by division and level."""
    return np.array([
        [int(flags[(d == DIVISION) & (n == LEVEL)].sum()) for n in range(3)] for d in range(2)
    ])  # fmt: skip


def test_so_many_firms_of_each_level_are_discrete_and_most_where_they_are_likely() -> None:
    types = np.array([[30, 20, 10], [10, 20, 30]])
    counts = in_cells(assign_types(DIVISION, LEVEL, types, np.array([0.9, 0.2]), Streams(1)))
    assert counts.sum(axis=0).tolist() == [30, 20, 10]
    assert (counts[0] > counts[1]).all()
    alike = in_cells(assign_types(DIVISION, LEVEL, types, np.array([0.5, 0.5]), Streams(1)))
    assert alike.tolist() == [[15, 10, 5], [15, 10, 5]]


def large(odds: tuple[float, float], room: tuple[list[int], list[int]]) -> np.ndarray:
    limits = np.array(room[0]), np.array(room[1])
    flags = assign_large(DIVISION, LEVEL, np.array([4, 8, 12]), np.array(odds), limits, Streams(1))
    return in_cells(flags)


def test_so_many_firms_of_each_level_are_large_and_most_where_the_odds_are_high() -> None:
    free = [0, 0], [99, 99]
    assert large((1.0, 1.0), free).tolist() == [[2, 4, 6], [2, 4, 6]]
    counts = large((4.0, 1.0), free)
    assert counts.sum(axis=0).tolist() == [4, 8, 12]
    assert (counts[0] > counts[1]).all()


def test_odds_give_way_to_the_room_that_the_classes_have() -> None:
    # Of 60 firms of each division 48 small ones stay by even odds.
    for room in (([52, 0], [99, 99]), ([0, 0], [99, 44]), ([0, 48], [48, 99])):
        small = 60 - large((1.0, 1.0), room).sum(axis=1)
        assert (small >= room[0]).all()
        assert (small <= room[1]).all()
    with pytest.raises(Infeasible, match="no sizes of firms give each division"):
        large((1.0, 1.0), ([60, 60], [99, 99]))


CLASSES = pd.DataFrame(
    {"division": ["13", "13", "13", "14"]}, index=["1311", "1312", "1313", "1411"]
)


def class_plan(threshold: int | None = 10, printed: int = 5, seed: int = 1) -> ClassPlan:
    numbers = {"firms": {"1311 稻谷加工": printed} if printed else {},
               "sample_threshold": {} if threshold is None else {NATION: threshold}}  # fmt: skip
    targets = SimpleNamespace(numbers=lambda measure, year, exhibit: dict(numbers[measure]))
    return ClassPlan(targets, SimpleNamespace(years=YEARS), CLASSES, ["13", "14"], Streams(seed))


def test_a_division_has_room_for_its_printed_classes_and_the_threshold_of_each_other() -> None:
    few, many = class_plan().room()
    assert (few.tolist(), many.tolist()) == ([5, 0], [25, 10])
    few, many = class_plan(None).room()
    assert (few.tolist(), many.tolist()) == ([5, 0], [15, 5])
    few, many = class_plan(None, 0).room()
    assert (few.tolist(), many.tolist()) == ([0, 0], [3, 1])


@pytest.mark.parametrize("seed", range(5))
def test_printed_classes_have_their_number_and_others_less_than_the_threshold(seed: int) -> None:
    plan = class_plan(seed=seed)
    counts = plan.counts("13", 12)
    assert (counts[0], counts.sum()) == (5, 12)
    assert counts[1:].max() < 10
    assert plan.counts("13", 5).tolist() == [5, 0, 0]
    # Only where there is no other way do the others stand at it.
    assert plan.counts("13", 25).tolist() == [5, 10, 10]
    with pytest.raises(Infeasible):
        plan.counts("13", 26)
    with pytest.raises(Infeasible, match="division 13: 4 small and medium firms"):
        plan.counts("13", 4)


def test_firms_that_are_counted_fill_the_classes_exactly_and_others_go_by_chance() -> None:
    division = np.array([0] * 12 + [1] * 3 + [0] * 200)
    counted = np.array([True] * 15 + [False] * 200)
    plan = class_plan()
    codes = plan.assign(division, counted, Streams(1))
    own = pd.Series(codes[:12]).value_counts()
    assert (
        own.reindex(["1311", "1312", "1313"], fill_value=0).tolist()
        == plan.counts("13", 12).tolist()
    )
    assert codes[12:15].tolist() == ["1411"] * 3
    others = pd.Series(codes[15:]).value_counts(normalize=True)
    chance = (plan.counts("13", 12) + 0.5) / (12 + 1.5)
    assert others.reindex(["1311", "1312", "1313"]).to_numpy() == pytest.approx(chance, abs=0.12)


def test_so_many_small_firms_have_a_business_as_is_printed_and_large_ones_as_assumed() -> None:
    generator = np.random.default_rng(1)
    firms = pd.DataFrame({
        "large": [False] * 300 + [True] * 200, "capability": generator.normal(size=500),
        "assessed": [True] * 200 + [False] * 100 + [True] * 200,
    })  # fmt: skip
    asked = []

    def require(measure: str, group: str, year: int) -> SimpleNamespace:
        asked.append((measure, group, year))
        return SimpleNamespace(count=lambda base: {"coverage_sales": base}.get(measure, base // 4))

    shares = dict.fromkeys(BUSINESSES, 60.0)
    ours = SimpleNamespace(years=YEARS, businesses=SimpleNamespace(rise=2.0, large=shares))
    made = assign_businesses(firms, SimpleNamespace(require=require), ours, Streams(1))
    assert asked == [(f"coverage_{name}", "中小企业", 2021) for name in BUSINESSES]
    for name, has in made.items():
        assert has[:200].sum() == (200 if name == "sales" else 50)
        assert has[300:].sum() == 120
    # The same bar holds for small firms that did not answer; who has one is more capable.
    assert 5 < made["design"][200:300].sum() < 60
    capability = firms["capability"].to_numpy()[:200]
    assert capability[made["design"][:200]].mean() > capability[~made["design"][:200]].mean() + 0.5


def panel_of(seed: int = 1, kept: float = 0.9) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give 100 firms, of which 70 answered before, and who of them answered when."""
    level_class = np.repeat([0, 1, 2, 3, NOT_ASSESSED], [40, 16, 8, 16, 20])
    firms = pd.DataFrame({
        "level_class": level_class, "division": np.tile([0, 1], 50), "before": np.arange(100) >= 30,
        "capability": np.where(level_class == NOT_ASSESSED, 0.0, level_class / 2.0),
    })  # fmt: skip
    then = pd.DataFrame([[10, 6, 2, 2], [12, 4, 2, 2]], columns=list("abcd"))
    plan = SimpleNamespace(divisions={2020: then}, levels={2019: np.array([28, 6, 2, 4])})
    low, high = (dict.fromkeys((2021, 2020, 2019), part) for part in (25.0, 50.0))
    ours = SimpleNamespace(
        years=YEARS, panel=SimpleNamespace(persistence=kept), assessed={2019: 40},
        level_split=SimpleNamespace(level_0_of_le1=low, level_5_of_ge4=high),
    )  # fmt: skip
    return make_panel(firms, plan, ours, Streams(seed)), firms


def test_each_year_has_its_levels_as_planned_and_split_as_assumed() -> None:
    panel, _ = panel_of()
    levels = panel.groupby("year")["level"].value_counts().unstack(fill_value=0)
    assert levels.loc[2021].tolist() == [10, 30, 16, 8, 8, 8]
    assert levels.loc[2020].tolist() == [6, 16, 10, 4, 2, 2]
    assert levels.loc[2019].tolist() == [7, 21, 6, 2, 2, 2]


def test_those_answer_before_who_were_there_and_all_of_them_once() -> None:
    panel, firms = panel_of()
    when = {year: set(own["firm"]) for year, own in panel.groupby("year")}
    assert when[2021] == set(range(80))
    there = set(np.flatnonzero(firms["before"]))
    assert when[2020] <= there
    # Of each division as many as are planned.
    assert [sum(firm % 2 == d for firm in when[2020]) for d in (0, 1)] == [20, 20]
    assert when[2019] | when[2020] == there
    assert (len(when[2019]), len(when[2019] & when[2020])) == (40, 10)


def test_firms_keep_their_capability_as_far_as_assumed() -> None:
    def correlation(kept: float) -> float:
        both = [panel_of(seed, kept)[0].pivot(index="firm", columns="year", values="capability")
                for seed in range(6)]  # fmt: skip
        table = pd.concat(both)[[2020, 2021]].dropna()
        return float(table.corr().iloc[0, 1])

    assert correlation(0.99) > 0.95
    assert correlation(0.3) < 0.6
    first, again = panel_of(2)[0], panel_of(2)[0]
    assert first.equals(again)
