"""The laws that firms are drawn by, each held to what data/simulation.yaml says of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies
from scipy.special import expit, logit

from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.counts.integers import Infeasible, apportion
from smdi.simulation.population.attributes import assign_by_group, choose, tilted
from smdi.simulation.population.employees_revenue import draw_employees_revenue
from smdi.simulation.streams import Streams
from smdi.standards import size_classes

ASSUMPTIONS = read_assumptions()
STAFF = ASSUMPTIONS.staff
FIRMS = 6000

WEIGHTS = strategies.lists(strategies.integers(1, 50), min_size=1, max_size=8)


@given(WEIGHTS, strategies.integers(0, 300))
def test_a_total_is_divided_whole_and_within_one_of_its_proportion(weights, total) -> None:
    parts = apportion(total, weights)
    assert parts.sum() == total
    assert np.abs(parts - total * np.array(weights) / sum(weights)).max() < 1


@given(WEIGHTS, strategies.data())
def test_no_part_of_a_total_is_above_its_cap(weights, data) -> None:
    caps = [data.draw(strategies.integers(0, 9)) for _ in weights]
    total = data.draw(strategies.integers(0, sum(caps)))
    parts = apportion(total, weights, caps)
    assert parts.sum() == total
    assert (parts <= caps).all()
    assert (parts >= 0).all()


def test_a_total_of_all_caps_fills_them_and_one_more_is_refused() -> None:
    assert apportion(7, [1, 9], [3, 4]).tolist() == [3, 4]
    with pytest.raises(Infeasible):
        apportion(8, [1, 9], [3, 4])
    with pytest.raises(Infeasible):
        apportion(-1, [1])


def test_of_equal_remainders_the_first_gets_the_unit() -> None:
    assert apportion(1, [1, 1, 1]).tolist() == [1, 0, 0]
    assert apportion(2, [1, 1, 1]).tolist() == [1, 1, 0]


def test_chances_are_shifted_by_one_log_odds_until_they_fit_the_total() -> None:
    sizes, chance = np.array([40000, 20000, 10000]), np.array([0.1, 0.3, 0.6])
    counts = tilted(35000, sizes, chance)
    assert counts.sum() == 35000
    shifts = logit(counts / sizes) - logit(chance)
    assert np.ptp(shifts) < 0.001
    assert counts == pytest.approx(sizes * expit(logit(chance) + shifts[0]), abs=1)


def test_nobody_and_everybody_need_no_chance() -> None:
    sizes = np.array([4, 2, 0])
    assert tilted(0, sizes, np.array([0.1, 0.9, 0.5])).tolist() == [0, 0, 0]
    assert tilted(6, sizes, np.array([0.1, 0.9, 0.5])).tolist() == [4, 2, 0]
    assert tilted(5, sizes, np.array([0.0, 1.0, 0.5])).tolist() == [3, 2, 0]
    # Of those who are sure some have to go without, where the total is less.
    assert tilted(1, sizes, np.array([0.0, 1.0, 0.5])).tolist() == [0, 1, 0]


@pytest.mark.parametrize(("total", "counts"), [(1, [0, 1]), (19, [9, 10])])
def test_the_first_and_the_last_of_a_total_go_by_chance(total: int, counts: list[int]) -> None:
    assert tilted(total, np.array([10, 10]), np.array([0.001, 0.999])).tolist() == counts


def test_so_many_members_of_each_group_are_chosen_and_any_may_be() -> None:
    groups = np.array([0, 1, 0, 1, 0, 2, 1])
    counts = np.array([2, 1, 0])
    often = np.zeros(len(groups))
    for seed in range(300):
        chosen = choose(groups, counts, np.random.default_rng(seed))
        assert [int(chosen[groups == g].sum()) for g in range(3)] == [2, 1, 0]
        often += chosen
    assert often / 300 == pytest.approx([2 / 3, 1 / 3, 2 / 3, 1 / 3, 2 / 3, 0, 1 / 3], abs=0.1)


def test_members_get_the_values_of_the_table_of_their_group() -> None:
    groups = np.array([0, 1, 0, 0, 1])
    table = np.array([[1, 0, 2], [0, 2, 0]])
    first = set()
    for seed in range(30):
        values = assign_by_group(groups, table, np.random.default_rng(seed))
        assert sorted(values[groups == 0].tolist()) == [0, 2, 2]
        assert values[groups == 1].tolist() == [1, 1]
        first.add(int(values[0]))
    assert first == {0, 2}


def test_a_stream_is_its_own_by_seed_and_name_and_begins_anew() -> None:
    def draws(seed: int, *name: object) -> list[float]:
        return Streams(seed)(*name).random(3).tolist()

    assert draws(1, "a", 2) == draws(1, "a", 2)
    others = [draws(1, "a", 3), draws(1, "a"), draws(2, "a", 2), draws(1, "b", 2)]
    assert draws(1, "a", 2) not in others
    streams = Streams(1)
    assert streams("a").random() == streams("a").random()


@pytest.fixture(scope="module")
def drawn() -> dict[str, pd.DataFrame]:
    """Persons, revenue and days of many firms of one industry, by size class."""
    made = {}
    for size in size_classes().index:
        firms = pd.DataFrame({"size": size, "division": 4}, index=range(FIRMS))
        panel = pd.DataFrame(
            {"firm": np.tile(np.arange(FIRMS), 3), "year": np.repeat([2021, 2020, 2019], FIRMS)}
        )
        own = draw_employees_revenue(panel, firms, ASSUMPTIONS, Streams(7))
        made[size] = pd.concat([panel, own], axis=1)
    return made


def test_every_firm_is_of_its_size_class_in_every_year(drawn) -> None:
    classes = size_classes()
    for size, own in drawn.items():
        reaches = {
            name: (own["employees"] >= row.min_employees) & (own["revenue"] >= row.min_revenue)
            for name, row in classes.iterrows()
        }
        found = pd.Series(classes.index[-1], index=own.index)
        for name in classes.index[::-1]:
            found[reaches[name]] = name
        assert (found == size).all(), size
        assert own["revenue"].min() >= 1
        assert own["employees"].min() >= 1


def test_the_smallest_firms_have_the_fewest_persons_that_are_assumed(drawn) -> None:
    assert drawn["micro"].loc[drawn["micro"]["year"] == 2021, "employees"].min() == STAFF.fewest


def test_no_firm_starts_above_the_largest_of_its_industry(drawn) -> None:
    most = 1000 * STAFF.most[list(ASSUMPTIONS.divisions)[4]]
    last = drawn["large"].loc[drawn["large"]["year"] == 2021, "employees"]
    assert 0.5 * most < last.max() <= most


def test_persons_fall_by_the_law_of_their_size(drawn) -> None:
    last = drawn["large"].loc[drawn["large"]["year"] == 2021, "employees"].to_numpy(float)

    def survival(bound: float) -> float:
        return float((last >= bound).mean())

    exponents = [
        -np.log(survival(2 * bound) / survival(bound)) / np.log(2) for bound in (1000, 2000, 3000)
    ]
    assert exponents == pytest.approx([STAFF.tail] * 3, abs=0.13)


def test_persons_and_revenue_grow_as_assumed(drawn) -> None:
    own = drawn["large"].pivot(index="firm", columns="year", values=["employees", "revenue"])
    for earlier, later in pairwise((2019, 2020, 2021)):
        persons = np.log(own["employees"][later] / own["employees"][earlier])
        head = np.log(own["revenue"][later] / own["revenue"][earlier]) - persons
        drift, spread = STAFF.growth["employees"]
        assert persons.mean() == pytest.approx(drift, abs=0.004)
        assert persons.std() == pytest.approx(spread, abs=0.004)
        drift, spread = STAFF.growth["revenue"]
        assert head.mean() == pytest.approx(drift, abs=0.008)
        assert head.std() == pytest.approx(spread * np.sqrt(2), abs=0.008)


def test_revenue_a_head_has_the_middle_of_its_industry_and_the_spread(drawn) -> None:
    own = drawn["micro"][drawn["micro"]["year"] == 2021]
    head = np.log(own["revenue"] / own["employees"])
    middle = STAFF.revenue_per_head[list(ASSUMPTIONS.divisions)[4]]
    assert np.exp(head.median()) == pytest.approx(middle, rel=0.35)
    assert head.std() == pytest.approx(STAFF.head_spread, abs=0.12)


def test_answers_come_rarely_on_days_off_and_never_at_the_turn_of_the_year(drawn) -> None:
    days = pd.DatetimeIndex(pd.concat(list(drawn.values()))["submitted_on"])
    for year in (2019, 2020, 2021):
        own = days[days.year == year]
        assert own.min() >= pd.Timestamp(year, 1, 4)
        assert own.max() < pd.Timestamp(year, 12, 28)
        calendar = pd.date_range(f"{year}-01-04", f"{year}-12-27")
        place = (np.arange(len(calendar)) + 0.5) / len(calendar)
        off = (calendar.day_of_week >= 5) | calendar.isin(pd.DatetimeIndex(STAFF.holidays))
        weight = place * (1 - place) ** 0.5 * np.where(off, STAFF.day_off, 1)
        expected = weight[off].sum() / weight.sum()
        is_off = (own.day_of_week >= 5) | own.isin(pd.DatetimeIndex(STAFF.holidays))
        assert is_off.mean() == pytest.approx(expected, abs=0.006)
        by_month = np.bincount(own.month, minlength=13)[1:] / len(own)
        wished = [weight[calendar.month == m].sum() / weight.sum() for m in range(1, 13)]
        assert by_month == pytest.approx(wished, abs=0.012)
