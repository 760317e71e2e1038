"""How firms stand from year to year: by law, on many firms of a small plan."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.population.firms import NOT_ASSESSED
from smdi.simulation.population.panel import make_panel
from smdi.simulation.streams import Streams

YEARS = SimpleNamespace(current=2021, baseline=2020, first=2019)
FIRMS = 20_000


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    """Half of them at the lowest class, half at the highest, all of one law of capability."""
    draws = np.random.default_rng(1).standard_normal(FIRMS)
    return pd.DataFrame({
        "level_class": np.repeat([0, 3], FIRMS // 2), "division": 0, "before": True,
        "capability": draws,
    })  # fmt: skip


def panel_of(firms: pd.DataFrame, kept: float = 0.6) -> pd.DataFrame:
    then = pd.DataFrame([[FIRMS // 4, 0, 0, FIRMS // 4]], columns=list("abcd"))
    plan = SimpleNamespace(
        divisions={2020: then}, levels={2019: np.array([FIRMS // 2, 0, 0, FIRMS // 4])}
    )
    part = dict.fromkeys((2021, 2020, 2019), 50.0)
    assumed = SimpleNamespace(
        years=YEARS, panel=SimpleNamespace(persistence=kept), assessed={2019: 3 * FIRMS // 4},
        level_split=SimpleNamespace(level_0_of_le1=part, level_5_of_ge4=part),
    )  # fmt: skip
    return make_panel(firms, plan, assumed, Streams(2))


def test_within_a_class_levels_follow_capability_loosely(firms) -> None:
    """Of those below the middle of capability and a half of noise, the mean is known."""
    now = panel_of(firms).query("year == 2021")
    expected = np.sqrt(2 / np.pi) / np.sqrt(1 + 0.5**2)
    means = now.groupby("level")["capability"].mean()
    assert list(means.index) == [0, 1, 4, 5]
    assert means.tolist() == pytest.approx([-expected, expected, -expected, expected], abs=0.05)


def test_capability_of_a_year_follows_that_of_the_next(firms) -> None:
    """The first year is two steps away from the current one."""
    table = panel_of(firms).pivot(index="firm", columns="year", values="capability")
    among = table.corr()
    assert among.at[2020, 2021] == pytest.approx(0.6, abs=0.03)
    assert among.at[2019, 2020] == pytest.approx(0.6, abs=0.03)
    assert among.at[2019, 2021] == pytest.approx(0.36, abs=0.03)
    assert table.std().tolist() == pytest.approx([1, 1, 1], abs=0.03)


def test_the_more_capable_of_a_year_stand_higher_then(firms) -> None:
    panel = panel_of(firms)
    for year in (2020, 2019):
        own = panel[panel["year"] == year]
        high = own["level"] >= 4
        assert own.loc[high, "capability"].min() >= own.loc[~high, "capability"].max()


def test_years_stand_one_after_the_other_with_each_firm_once(firms) -> None:
    panel = panel_of(firms)
    assert panel["year"].drop_duplicates().tolist() == [2021, 2020, 2019]
    assert list(panel) == ["firm", "year", "level", "capability"]
    assert not panel.duplicated(["firm", "year"]).any()
    assert panel.index.tolist() == list(range(len(panel)))
    for _, own in panel.groupby("year"):
        assert own["firm"].is_monotonic_increasing


def test_who_answers_again_is_drawn_among_all_that_were_there(firms) -> None:
    """Half answered a year before; the first year takes the other half and some of these."""
    panel = panel_of(firms)
    then = set(panel.loc[panel["year"] == 2020, "firm"])
    first = set(panel.loc[panel["year"] == 2019, "firm"])
    assert len(then) == FIRMS // 2
    assert first - then == set(range(FIRMS)) - then
    for own in (then, first & then):
        assert np.mean(sorted(own)) == pytest.approx(FIRMS / 2, rel=0.03)


def test_a_firm_that_was_not_there_before_answers_now_alone() -> None:
    firms = pd.DataFrame({
        "level_class": [0, 3, NOT_ASSESSED, 3], "division": 0, "capability": 0.5,
        "before": [True, True, True, False],
    })  # fmt: skip
    plan = SimpleNamespace(
        divisions={2020: pd.DataFrame([[1, 1]])}, levels={2019: np.array([1, 1])}
    )
    part = dict.fromkeys((2021, 2020, 2019), 0.0)
    assumed = SimpleNamespace(
        years=YEARS, panel=SimpleNamespace(persistence=1.0), assessed={2019: 2},
        level_split=SimpleNamespace(level_0_of_le1=part, level_5_of_ge4=part),
    )  # fmt: skip
    panel = make_panel(firms, plan, assumed, Streams(2))
    assert panel.loc[panel["year"] == 2021, "firm"].tolist() == [0, 1, 3]
    assert set(panel.loc[panel["year"] != 2021, "firm"]) == {0, 1, 2}
