"""How four-digit classes differ in size, and which firms have a business."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.population.attributes import (
    ClassPlan,
    assign_businesses,
    assign_large,
    tilted,
)
from smdi.simulation.streams import Streams
from smdi.standards import BUSINESSES, NATION

YEARS = SimpleNamespace(current=2021)
MANY = [f"13{number:03d}" for number in range(800)]


def plan(threshold: int, firms: int, seed: int = 1) -> np.ndarray:
    """Divide firms over many classes of which none is printed."""
    classes = pd.DataFrame({"division": "13"}, index=MANY)
    numbers = {"firms": {}, "sample_threshold": {NATION: threshold}}
    targets = SimpleNamespace(numbers=lambda measure, year, exhibit: dict(numbers[measure]))
    made = ClassPlan(targets, SimpleNamespace(years=YEARS), classes, ["13"], Streams(seed))
    return made.counts("13", firms)


def test_classes_differ_in_size_by_a_lognormal_law() -> None:
    logs = np.log(plan(10**9, 10**6).astype(float))
    assert logs.std() == pytest.approx(0.8, abs=4 * 0.8 / np.sqrt(2 * len(MANY)))
    assert np.mean(np.abs(logs - logs.mean()) < 0.8) == pytest.approx(0.68, abs=0.07)


def test_full_classes_stand_between_a_half_and_all_but_three_hundredths_of_the_threshold() -> None:
    """Evenly spread, so that they tell nothing of the threshold."""
    counts = plan(10_000, 5_750_000)
    assert counts.max() <= 9_700
    full = counts[counts >= 5_000]
    assert len(full) > 700
    assert full.min() < 5_100
    assert full.max() > 9_600
    middle = (5_000 + 9_700) / 2
    assert full.mean() == pytest.approx(middle, abs=4 * 4_700 / np.sqrt(12 * len(full)))


def test_classes_are_filled_to_the_threshold_only_where_all_are_needed() -> None:
    assert plan(100, 80_000).tolist() == [100] * 800


@pytest.mark.parametrize("rise", [1e6, -1e6, 0.0])
def test_a_business_is_of_the_most_capable_as_far_as_capability_decides(rise: float) -> None:
    """Of a hundred small firms that answered a quarter; by their bar so many of the others."""
    capability = np.random.default_rng(1).permutation(300).astype(float)
    firms = pd.DataFrame({"capability": capability})
    firms["large"] = np.repeat([False, False, True], 100)
    firms["assessed"] = np.repeat([True, False, True], 100)
    targets = SimpleNamespace(require=lambda *_: SimpleNamespace(count=lambda base: base // 4))
    ours = SimpleNamespace(
        years=YEARS, businesses=SimpleNamespace(rise=rise, large=dict.fromkeys(BUSINESSES, 30.0))
    )
    made = assign_businesses(firms, targets, ours, Streams(1))
    own = np.sign(rise) * capability
    small, others, large = (slice(n, n + 100) for n in (0, 100, 200))
    for has in made.values():
        assert (has[small].sum(), has[large].sum()) == (25, 30)
        if rise:
            bar = np.sort(own[small])[-25]
            assert (has[small] == (own[small] >= bar)).all()
            assert (has[others] == (own[others] >= bar)).all()
            assert (has[large] == (own[large] >= np.sort(own[large])[-30])).all()
    if not rise:
        among = np.corrcoef([has.astype(float) for has in made.values()])
        assert np.abs(among[np.triu_indices(len(made), 1)]).max() < 4 / np.sqrt(300)


def test_a_chance_of_nought_and_one_weigh_as_one_in_a_million() -> None:
    """Of ten million a total of 20 is 10 by the chance of a millionth, twice as many of two."""
    sizes, chance = np.array([10**7, 2 * 10**7]), np.array([0.0, 0.0])
    assert tilted(30, sizes, chance).tolist() == [10, 20]
    assert tilted(30, sizes, np.array([0.0, 1e-6])).tolist() == [10, 20]
    assert tilted(50, sizes, np.array([0.0, 2e-6])).tolist() == [10, 40]


def test_odds_of_large_firms_are_shifted_alike_for_all_divisions_of_a_level() -> None:
    """Of 2,000 firms of each of two divisions 800 are large, where the odds are as three to one."""
    division, level = np.repeat([0, 1], 2000), np.zeros(4000, dtype=int)
    room = np.array([0, 0]), np.array([4000, 4000])
    flags = assign_large(division, level, np.array([800]), np.array([3.0, 1.0]), room, Streams(1))
    large = np.array([flags[:2000].sum(), flags[2000:].sum()])
    odds = large / (2000 - large)
    assert large.sum() == 800
    assert odds[0] / odds[1] == pytest.approx(3, rel=0.02)
