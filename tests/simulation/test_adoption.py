"""Practices: as many adopters as printed or assumed, the most inclined, and the same next year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.population.adoption import make_practices
from smdi.simulation.simulate import read_targets
from smdi.simulation.streams import Streams
from smdi.standards import divisions, practices, sectors

from .conftest import FACTS

ASSUMPTIONS = read_assumptions()
CODES = list(ASSUMPTIONS.divisions)
FIRMS = 13000
BUSINESSES = ("design", "logistics", "sales", "service")


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    place = np.arange(FIRMS)
    own = {name: place % (3 + n) != 0 for n, name in enumerate(BUSINESSES)}
    return pd.DataFrame({"division": place % len(CODES), **own})


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    years = np.repeat([2021, 2020, 2019], FIRMS)
    return pd.DataFrame({"firm": np.tile(np.arange(FIRMS), 3), "year": years})


@pytest.fixture(scope="module")
def capability() -> np.ndarray:
    own = np.random.default_rng(5).normal(2.0, 3.0, FIRMS)
    return np.tile(own, 3)


@pytest.fixture(scope="module")
def made(panel, firms, capability) -> pd.DataFrame:
    targets = read_targets(FACTS)
    return make_practices(panel, firms, capability, targets, ASSUMPTIONS, Streams(3))


def of(made: pd.DataFrame, panel: pd.DataFrame, year: int) -> pd.DataFrame:
    return made[panel["year"] == year].reset_index(drop=True)


def test_the_columns_are_the_practices_and_the_first_year_was_not_asked(made, panel) -> None:
    assert list(made) == list(practices().index)
    assert of(made, panel, 2019).isna().all(axis=None)


@pytest.mark.parametrize("year", [2021, 2020])
def test_only_those_with_the_business_are_asked_and_all_of_them(made, panel, firms, year) -> None:
    own = of(made, panel, year)
    seen = set()
    for name, practice in practices().iterrows():
        asked = np.full(FIRMS, True) if practice["base"] == "all" else firms[practice["base"]]
        assert (own[name].notna() == asked).all(), name
        seen.add(practice["base"])
    assert len(seen) >= 4


def test_the_adopters_of_a_sector_are_those_that_its_printed_share_asks_for(made, panel, firms):
    targets, own = read_targets(FACTS), of(made, panel, 2021)
    sector = divisions().loc[[CODES[d] for d in firms["division"]], "sector"].to_numpy()
    printed = 0
    for name in practices().index[practices()["kind"] != "ratio"]:
        nation = targets.find(name, "全行业", 2021)
        assert own[name].sum() == nation.count(int(own[name].count())), name
        for code, label in sectors()["name_zh"].items():
            share = targets.find(name, label, 2021)
            if share is not None:
                members = own.loc[sector == code, name].dropna()
                assert members.sum() == share.count(len(members)), (name, label)
                printed += 1
    assert printed > 10


def test_a_share_that_is_not_printed_is_the_assumed_one(made, panel) -> None:
    own, targets = of(made, panel, 2020), read_targets(FACTS)
    assumed = {
        name: rate
        for name, rate in ASSUMPTIONS.practices.rates[2020].items()
        if targets.find(name, "全行业", 2020) is None
    }
    assert len(assumed) > 5
    for name, rate in assumed.items():
        assert own[name].sum() == round(rate * own[name].count() / 100), name


def test_a_share_that_is_neither_printed_nor_assumed_is_refused(panel, firms, capability) -> None:
    practices_ = ASSUMPTIONS.practices.model_copy(update={"rates": {}})
    none = ASSUMPTIONS.model_copy(update={"practices": practices_})
    with pytest.raises(Infeasible, match="in 2020: share neither printed nor assumed"):
        make_practices(panel, firms, capability, read_targets(FACTS), none, Streams(3))


def test_the_more_capable_adopt_and_noise_weighs_as_assumed(made, panel, capability) -> None:
    name = "private_network"  # of all firms, without printed shares of sectors
    own, noise = of(made, panel, 2020)[name], ASSUMPTIONS.practices.noise
    rate = own.mean()
    standard = (capability[:FIRMS] - capability.mean()) / capability.std()
    drawn = np.random.default_rng(1).standard_normal((2, 200_000))
    inclination = drawn[0] + noise * drawn[1]
    expected = drawn[0][inclination >= np.quantile(inclination, 1 - rate)].mean()
    assert standard[own == 1].mean() == pytest.approx(expected, abs=0.1)


def test_most_of_what_capability_does_not_explain_stays_with_the_firm(made, panel) -> None:
    before, now = (of(made, panel, year)["private_network"] for year in (2020, 2021))
    kept, noise = ASSUMPTIONS.practices.kept, ASSUMPTIONS.practices.noise
    drawn = np.random.default_rng(2).standard_normal((4, 200_000))
    own = drawn[0] + noise * np.sqrt(kept) * drawn[1]
    pair = [own + noise * np.sqrt(1 - kept) * fresh for fresh in drawn[2:]]
    bars = [np.quantile(x, 1 - y.mean()) for x, y in zip(pair, (before, now), strict=True)]
    had = pair[0] >= bars[0]
    expected = (pair[1] >= bars[1])[had].mean()
    assert now[before == 1].mean() == pytest.approx(expected, abs=0.06)


@pytest.mark.parametrize("year", [2021, 2020])
def test_a_ratio_has_its_printed_mean_and_spreads_as_assumed(made, panel, capability, year):
    (name,) = practices().index[practices()["kind"] == "ratio"]
    own = of(made, panel, year)[name]
    mean = float(read_targets(FACTS).require(name, "全行业", year).middle)
    assert own.sum() == pytest.approx(round(mean * 10 * FIRMS) / 10)
    assert (own * 10).round(6).map(float.is_integer).all()
    assert own.between(0, 100).all()
    standard = (capability[:FIRMS] - capability.mean()) / capability.std()
    inside = own.between(1, 99).to_numpy()
    assert inside.mean() > 0.9
    slope = np.polyfit(standard, own, 1)[0]
    assert slope == pytest.approx(ASSUMPTIONS.practices.ratio_slope, abs=0.9)
    rest = own - slope * standard
    assert rest.std() == pytest.approx(ASSUMPTIONS.practices.ratio_spread, abs=1.2)
