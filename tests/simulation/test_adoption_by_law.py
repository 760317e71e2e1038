"""Who adopts where nothing is left to chance, and the law of the chance where something is."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.counts.targets import Interval
from smdi.simulation.population.adoption import make_practices
from smdi.simulation.streams import Streams
from smdi.standards import ALL_INDUSTRIES, divisions, practices, sectors

FIRMS, YEARS = 2000, SimpleNamespace(current=2021, baseline=2020, first=2019)
RATIO = practices().index[practices()["kind"] == "ratio"][0]
OF_ALL = practices().index[(practices()["kind"] != "ratio") & (practices()["base"] == "all")][0]
SECTORS = list(sectors().index)
# An industry of each of two sectors, and one of none of the four.
CODES = [divisions().index[divisions()["sector"] == name][0] for name in SECTORS[:2]]
CODES.append(divisions().index[divisions()["sector"] == ""][0])
PANEL = pd.DataFrame({"firm": [*range(FIRMS)] * 2, "year": np.repeat([2021, 2020], FIRMS)})


def firms() -> pd.DataFrame:
    businesses = dict.fromkeys(("design", "logistics", "sales", "service"), True)
    return pd.DataFrame({"division": np.arange(FIRMS) % 3, **businesses})


def printing(nation: str | None, mean: str = "50.0", **by_sector: str) -> SimpleNamespace:
    shares = {sectors().at[name, "name_zh"]: share for name, share in by_sector.items()}
    if nation is not None:
        shares[ALL_INDUSTRIES] = nation

    def find(name: str, label: str, year: int) -> Interval | None:
        return Interval.of(shares[label]) if label in shares else None

    def require(name: str, label: str, year: int) -> Interval:
        assert (name, label, year) in ((RATIO, ALL_INDUSTRIES, 2021), (RATIO, ALL_INDUSTRIES, 2020))
        return Interval.of(mean)

    return SimpleNamespace(find=find, require=require)


def made(
    capability: np.ndarray,
    targets: SimpleNamespace,
    panel: pd.DataFrame = PANEL,
    **settings: object,
) -> pd.DataFrame:
    ours = {"noise": 0.0, "kept": 0.5, "ratio_spread": 0.0, "ratio_slope": 0.0, "rates": {}}
    assumed = SimpleNamespace(
        years=YEARS, divisions=dict.fromkeys(CODES), practices=SimpleNamespace(**ours | settings)
    )
    return make_practices(panel, firms(), capability, targets, assumed, Streams(3))


def drawn(seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).normal(2.0, 3.0, len(PANEL))


def test_without_noise_the_most_capable_of_each_sector_and_of_the_rest_adopt() -> None:
    capability = drawn()
    first, second = SECTORS[:2]
    found = made(capability, printing("40", **{first: "20", second: "70"}))
    for year in (2021, 2020):
        rows = (PANEL["year"] == year).to_numpy()
        own, place = capability[rows], np.arange(FIRMS) % 3
        adopts = found.loc[rows, OF_ALL].to_numpy() == 1
        sizes = np.bincount(place)
        numbers = [round(0.2 * sizes[0]), round(0.7 * sizes[1])]
        numbers.append(round(0.4 * FIRMS) - sum(numbers))
        for group, number in enumerate(numbers):
            members = place == group
            best = np.sort(own[members])[::-1][number - 1]
            assert (adopts[members] == (own[members] >= best)).all()


def test_of_firms_of_one_capability_the_first_adopt() -> None:
    """Of every two firms the one is more capable; they are half of all."""
    capability = np.tile([1.0, 0.0], FIRMS)
    place = np.arange(FIRMS)
    for share, expected in (
        ("30", (place % 2 == 0) & (place < 0.6 * FIRMS)),
        ("60", (place % 2 == 0) | (place < 0.2 * FIRMS)),
    ):
        found = made(capability, printing(share)).loc[: FIRMS - 1, OF_ALL]
        assert (found == expected).all()


def test_noise_is_weighed_against_the_spread_of_capability_whatever_its_unit() -> None:
    capability, targets = drawn(), printing("40")
    found = made(capability, targets, noise=0.7)
    assert found.equals(made(16 * capability + 64, targets, noise=0.7))
    assert not found.equals(made(capability, targets, noise=0.1))
    assert not found.equals(made(capability, targets))


def test_of_each_practice_the_chance_is_another() -> None:
    found = made(drawn(), printing("40"), noise=1e6)
    kinds = practices()
    names = kinds.index[(kinds["kind"] != "ratio")]
    adopted = found.loc[: FIRMS - 1, names].to_numpy()
    among = np.corrcoef(adopted.T)[np.triu_indices(len(names), 1)]
    assert np.abs(among).max() < 5 / np.sqrt(FIRMS)


@pytest.mark.parametrize("kept", [0.0, 0.3, 1.0])
def test_the_noise_is_normal_and_so_much_of_it_stays_with_a_firm(kept: float) -> None:
    """Where a ratio follows nothing else, it is its mean and the noise, spread as assumed."""
    found = made(drawn(), printing("40", mean="50.0"), ratio_spread=8.0, kept=kept)[RATIO]
    now, then = found[:FIRMS].to_numpy(), found[FIRMS:].to_numpy()
    error = 4 / np.sqrt(FIRMS)
    for own in (now, then):
        assert own.mean() == pytest.approx(50)
        assert own.std() == pytest.approx(8, abs=8 * error)
        assert np.mean(np.abs(own - 50) < 8) == pytest.approx(0.6827, abs=error)
    assert np.corrcoef(now, then)[0, 1] == pytest.approx(kept, abs=error)


@pytest.mark.parametrize(("mean", "slope"), [("50.0", 9.0), ("97.0", 9.0), ("4.0", -9.0)])
def test_a_ratio_rises_with_capability_by_its_slope_within_nought_and_a_hundred(
    mean: str, slope: float
) -> None:
    """Each ratio is the line, moved until its part within the ends has the mean."""
    capability = drawn()
    found = made(capability, printing("40", mean=mean), ratio_slope=slope)[RATIO]
    for rows in (slice(0, FIRMS), slice(FIRMS, None)):
        own = capability[rows]
        line = slope * (own - own.mean()) / own.std()
        shifts = np.linspace(-100, 300, 40_001)
        low, high = 0, len(shifts) - 1
        while high - low > 1:
            middle = (low + high) // 2
            below = np.clip(line + shifts[middle], 0, 100).mean() < float(mean)
            low, high = (middle, high) if below else (low, middle)
        expected = np.clip(line + shifts[high], 0, 100)
        values = found.iloc[rows].to_numpy()
        assert np.abs(values - expected).max() < 0.17
        assert values.sum() == pytest.approx(float(mean) * FIRMS, abs=1e-6)
        ends = (expected == 0) | (expected == 100)
        assert (values[ends] == expected[ends]).all()
        assert ends.any() == (mean != "50.0")


def test_one_adopter_more_than_there_are_firms_is_refused_and_all_of_them_are_not() -> None:
    """A third of the firms are of the sector: all of it, and none or too few of the others."""
    first = SECTORS[0]
    every = (np.arange(FIRMS) % 3 == 0).sum()
    assert every == 667
    found = made(drawn(), printing("33.35", **{first: "100"}))
    assert found.loc[: FIRMS - 1, OF_ALL].sum() == every
    with pytest.raises(Infeasible) as refused:
        made(drawn(), printing("33.30", **{first: "100"}))
    assert str(refused.value) == f"practice {practices().index[0]}: -1 adopters among 1333 firms"


def test_a_practice_of_no_year_before_the_baseline_is_known() -> None:
    panel = pd.concat([PANEL, PANEL.assign(year=2019)], ignore_index=True)
    found = made(np.concatenate([drawn(), drawn()]), printing("40"), panel)
    asked = panel["year"] >= 2020
    assert found[asked].notna().all(axis=None)
    assert found[~asked].isna().all(axis=None)


def test_a_share_that_is_not_printed_is_the_assumed_one_of_its_year() -> None:
    """21.02 % of 2,000 are 420.4 firms, and 33.33 % are 666.6."""
    names = practices().index
    rates = {2021: dict.fromkeys(names, 21.02), 2020: dict.fromkeys(names, 33.33)}
    found = made(drawn(), printing(None), rates=rates)[OF_ALL]
    assert (found[:FIRMS].sum(), found[FIRMS:].sum()) == (420, 667)
    with pytest.raises(Infeasible) as refused:
        made(drawn(), printing(None), rates={2021: rates[2021]})
    told = f"practice {names[0]} in 2020: share neither printed nor assumed"
    assert str(refused.value) == told
