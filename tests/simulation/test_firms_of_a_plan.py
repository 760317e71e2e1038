"""Firms of a small plan: every number of it exactly, and the laws of all that it leaves open."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from smdi.simulation.population.attributes import LARGE_BASE
from smdi.simulation.population.firms import LARGE_LEAD, NOT_ASSESSED, make_firms
from smdi.simulation.streams import Streams

from .small_world import assumed, facts, small_plan

TIMES = 60


def made(times: int = TIMES, seed: int = 1, printed: dict[str, int] | None = None, **size):
    return make_firms(small_plan(times), facts(**(printed or {})), assumed(**size), Streams(seed))


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    return made(printed={"_1311": 77})


@pytest.fixture(scope="module")
def now(firms) -> pd.DataFrame:
    return firms[firms["level_class"] != NOT_ASSESSED]


@pytest.fixture(scope="module")
def gone(firms) -> pd.DataFrame:
    return firms[firms["level_class"] == NOT_ASSESSED]


def table(firms: pd.DataFrame, rows: str, columns: str = "level_class") -> list[list[int]]:
    return (pd.crosstab(firms[rows], firms[columns]) // TIMES).to_numpy().tolist()


def odds_ratio(firms: pd.DataFrame) -> float:
    """How many times likelier an industry is in the one region than in the other."""
    counts = pd.crosstab(firms["region"], firms["division"]).to_numpy()
    return float(counts[0, 0] * counts[1, 1] / (counts[0, 1] * counts[1, 0]))


def test_each_level_has_its_firms_by_region_and_by_industry(now) -> None:
    assert len(now) == 100 * TIMES
    assert table(now, "region") == [[40, 12, 5, 3], [20, 8, 7, 5]]
    assert table(now, "division") == [[36, 9, 3, 2], [24, 11, 9, 6]]


def test_so_many_come_back_and_do_not_by_region_and_by_industry(now, gone) -> None:
    assert table(now[now["before"]], "region", "before") == [[25], [15]]
    assert table(now[now["before"]], "division", "before") == [[22], [18]]
    assert gone["before"].all()
    assert table(gone, "region", "before") == [[30], [10]]
    assert table(gone, "division", "before") == [[24], [16]]


def test_regions_keep_to_their_industries_as_the_affinity_says(now, gone) -> None:
    """Four times as likely here and there: sixteen times, at each level and among the gone."""
    for level in range(3):
        assert odds_ratio(now[now["level_class"] == level]) == pytest.approx(16, rel=0.03)
    assert odds_ratio(gone) == pytest.approx(16, rel=0.03)


def test_those_who_come_back_are_spread_as_all_who_answer(now) -> None:
    assert odds_ratio(now[now["before"]]) == pytest.approx(odds_ratio(now), rel=0.03)


def test_each_level_has_its_firms_by_city(now) -> None:
    assert table(now, "city") == [[40, 12, 5, 3], [20, 8, 7, 4], [0, 0, 0, 1]]


def test_a_firm_is_of_the_province_of_its_region(firms) -> None:
    expected = firms["region"].map({0: "310000", 1: "440000"})
    assert firms["province"].tolist() == expected.tolist()
    assert (firms["city"].str[:2] == firms["province"].str[:2]).all()


def test_firms_that_did_not_come_back_are_spread_as_those_who_did_and_half_a_firm() -> None:
    """Of a city of 39 firms and one of one: 39.5 to 1.5 of the ten, which are 9.63 to 0.37."""
    one = made(1)
    cities = one.loc[one["level_class"] == NOT_ASSESSED, "city"]
    assert cities.value_counts().to_dict() == {"310100": 30, "440100": 10}
    many = made(TIMES)
    cities = many.loc[many["level_class"] == NOT_ASSESSED, "city"].value_counts()
    # 2340.5 to 60.5 of 600.
    assert cities.to_dict() == {"310100": 30 * TIMES, "440100": 585, "440600": 15}


def test_each_level_has_its_firms_by_type_and_its_large_firms(now) -> None:
    assert table(now, "discrete") == [[30, 10, 6, 4], [30, 10, 6, 4]]
    assert table(now[now["large"]], "large") == [[4, 6, 6, 8]]


def test_types_and_sizes_lean_to_their_industries(now) -> None:
    shares = now.groupby("division")[["discrete", "large"]].mean()
    assert (shares.loc[1] > shares.loc[0] + 0.1).all()


def test_of_firms_that_did_not_come_back_types_and_sizes_go_by_their_industry(gone) -> None:
    """Of 1440 and 960 firms; the bounds are four standard deviations."""
    shares = gone.groupby("division")[["discrete", "large"]].mean()
    assert LARGE_BASE == 0.10
    assert shares["discrete"].tolist() == [pytest.approx(0.2, abs=0.043),
                                           pytest.approx(0.9, abs=0.039)]  # fmt: skip
    assert shares["large"].tolist() == [pytest.approx(0.1, abs=0.032),
                                        pytest.approx(0.4, abs=0.064)]  # fmt: skip


def test_of_firms_that_did_not_come_back_size_tells_nothing_of_type(firms, gone) -> None:
    for _, own in gone.groupby("division"):
        among = np.corrcoef(own["discrete"], own["large"])[0, 1]
        assert abs(among) < 4 / np.sqrt(len(own))
    kinds = firms[["discrete", "large", "before", "assessed"]].dtypes
    assert [kind.kind for kind in kinds] == ["b"] * 4


def test_small_firms_that_answered_fill_a_printed_class_and_no_others(firms, now) -> None:
    own = now[now["industry"] == "1311"]
    assert (~own["large"]).sum() == 77
    assert (firms["industry"].str[:2] == firms["division"].map({0: "13", 1: "36"})).all()
    assert own["large"].any()
    assert (firms.loc[firms["level_class"] == NOT_ASSESSED, "industry"] == "1311").any()


def test_capability_fills_the_slice_of_each_level_of_the_normal_law(now) -> None:
    """60, 20, 12 and 8 of a hundred firms, each slice from its one end to the other."""
    ends = np.array([0, 60, 80, 92, 100]) / 100
    for level, (low, high) in enumerate(pairwise(ends)):
        place = ndtr(now.loc[now["level_class"] == level, "capability"])
        width = (high - low) * 20 / len(place)
        assert low <= place.min() < low + width
        assert high - width < place.max() <= high
        spread = 4 * (high - low) / np.sqrt(12 * len(place))
        assert place.mean() == pytest.approx((low + high) / 2, abs=spread)


def test_large_firms_that_did_not_answer_lead_by_what_is_assumed(gone) -> None:
    lead = gone.groupby("large")["capability"].agg(["mean", "count", "std"])
    error = 4 * np.sqrt((1 / lead["count"]).sum())
    assert LARGE_LEAD == 0.8
    assert lead["mean"][True] - lead["mean"][False] == pytest.approx(0.8, abs=error)
    # At a tenth of large firms, that leaves the mean of all at nought.
    assert lead["mean"][False] == pytest.approx(-0.08, abs=4 / np.sqrt(lead["count"][False]))
    assert lead["std"].tolist() == pytest.approx([1, 1], abs=0.15)


def test_those_below_large_are_divided_as_assumed(firms) -> None:
    small = firms.loc[~firms["large"], "size"]
    assert (firms.loc[firms["large"], "size"] == "large").all()
    counts = small.value_counts()
    expected = pd.Series({"medium": 0.3, "small": 0.5, "micro": 0.2}) * len(small)
    assert (counts - expected).abs().max() < 1


def sizes_in_order(**size) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the firms below large, from the medium to the micro ones, by what decides alone."""
    firms = made(5, **size)
    small = firms[~firms["large"]].copy()
    small["place"] = small["size"].map({"medium": 0, "small": 1, "micro": 2})
    return small, firms


def test_the_more_capable_are_the_larger() -> None:
    small, _ = sizes_in_order(rise=1e6)
    assert small.sort_values("capability", ascending=False)["place"].is_monotonic_increasing
    small, _ = sizes_in_order(rise=-1e6)
    assert small.sort_values("capability")["place"].is_monotonic_increasing


def test_firms_are_larger_where_the_odds_of_large_ones_are_higher() -> None:
    small, _ = sizes_in_order(odds_rise=1e6)
    ordered = small.sort_values(["division", "place"], ascending=[False, True])
    assert ordered["place"].is_monotonic_increasing


def test_by_the_logarithm_of_the_odds_firms_rise_as_by_their_capability() -> None:
    """Odds of one weigh nothing, and of four their logarithm against the noise of one."""
    small, _ = sizes_in_order(odds_rise=1.0)
    draws = np.random.default_rng(1).standard_normal(200_000)
    counts = small["division"].value_counts()
    parts = [draws, draws + np.log(4)]
    weight = counts.to_numpy()[counts.index.argsort()] / len(small)

    def above(bar: float) -> np.ndarray:
        return np.array([(part > bar).mean() for part in parts])

    bars = np.linspace(-3, 4, 1401)
    bar = bars[np.argmin([abs(weight @ above(b) - 0.3) for b in bars])]
    medium = small.groupby("division")["place"].agg(lambda own: (own == 0).mean())
    error = 4 * np.sqrt(0.25 / counts.min())
    assert medium.to_numpy() == pytest.approx(above(bar), abs=error)


@pytest.mark.parametrize("highest", [0, 1, 2])
def test_firms_up_to_the_highest_level_may_be_micro_and_none_above(highest: int) -> None:
    """Where the least capable are the smallest, and where the most capable are."""
    for rise in (1e6, -1e6):
        small, _ = sizes_in_order(highest_micro=highest, rise=rise)
        micro = small.loc[small["size"] == "micro", "level_class"]
        assert micro.max() <= highest
        assert len(micro) == round(0.2 * len(small))
    # The most capable of those that may be: of the highest level that does so first.
    assert (micro == highest).any()


def test_where_fewer_may_be_micro_than_are_assumed_all_of_them_are() -> None:
    below = {"medium": 5.0, "small": 5.0, "micro": 90.0}
    small, _ = sizes_in_order(highest_micro=0, below_large=below)
    may = small["level_class"] <= 0
    assert may.mean() < 0.9
    assert ((small["size"] == "micro") == may).all()
    rest = small.loc[~may, "size"].value_counts()
    assert abs(rest["medium"] - rest["small"]) <= 1


def test_a_code_is_of_its_city_and_no_other_firm_has_it(firms) -> None:
    codes = firms["credit_code"]
    assert codes.is_unique
    assert codes.str.fullmatch(r"SIM\d{15}").all()
    assert (codes.str[3:9] == firms["city"]).all()
    numbers = codes.str[9:].astype(int)
    assert numbers.max() < 10 * len(firms)
    # They tell nothing of the order of firms, nor of how many there are.
    assert numbers.mean() == pytest.approx(5 * len(firms), rel=0.03)
    assert abs(np.corrcoef(numbers, np.arange(len(firms)))[0, 1]) < 4 / np.sqrt(len(firms))


def test_businesses_are_of_the_firms_that_answered(firms, now) -> None:
    small = now[~now["large"]]
    assert firms["assessed"].equals(firms["level_class"] != NOT_ASSESSED)
    assert small["design"].sum() == len(small) // 4
