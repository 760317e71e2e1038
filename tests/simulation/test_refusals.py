"""What facts and assumptions cannot hold together is refused, with what is at odds."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.assessments.scorer import Scorer
from smdi.simulation.assumptions import Assumptions, read_assumptions
from smdi.simulation.counts import geography, integers, level_counts
from smdi.simulation.counts.division_levels import division_levels
from smdi.simulation.counts.integers import Infeasible, fill_table, proportional_fit
from smdi.simulation.counts.plan import make_plan
from smdi.simulation.counts.targets import Interval, Targets
from smdi.simulation.population.adoption import make_practices
from smdi.simulation.population.attributes import ClassPlan
from smdi.simulation.population.responses import answer
from smdi.simulation.simulate import read_targets
from smdi.simulation.streams import Streams
from smdi.standards import (
    ALL_INDUSTRIES,
    cities,
    classes,
    divisions,
    maturity_model,
    national_level_shares,
    practices,
    provinces,
    regions,
)

from .conftest import FACTS
from .test_participants import NATION, drawn, drawn_between

ASSUMPTIONS = read_assumptions()
LEVELS = {2021: [10907, 2365, 1106, 1422], 2020: [9075, 1694, 726, 605]}


@pytest.fixture(scope="module")
def targets() -> Targets:
    return read_targets(FACTS)


@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [([-1, 3], [1, 1], "-1, 1"), ([1, 1], [3, -1], "1, -1")],
)
def test_a_margin_below_nought(rows: list[int], columns: list[int], told: str) -> None:
    with pytest.raises(Infeasible, match=f"^margins below nought: {told}$"):
        proportional_fit(np.ones((2, 2)), rows, columns)


def test_a_margin_of_nought_is_none_below_it() -> None:
    assert fill_table(np.ones((2, 2)), [0, 2], [1, 1]).tolist() == [[0, 0], [1, 1]]


def test_caps_under_which_no_table_has_its_margins() -> None:
    with pytest.raises(Infeasible, match=r"^no table of \(2, 2\) has these margins: "):
        fill_table(np.ones((2, 2)), [2, 2], [2, 2], [[0, 1], [2, 2]])


@pytest.mark.parametrize("steps", [[1, 0, 0, 0], [0, 1, 0, 0]])
def test_a_table_that_the_solver_leaves_off_a_margin(monkeypatch, steps: list[int]) -> None:
    none = [0.0] * 4
    found = SimpleNamespace(success=True, x=np.array([*steps, *none], dtype=float))
    monkeypatch.setattr(integers, "linprog", lambda *_, **__: found)
    with pytest.raises(Infeasible, match=r"^the table found is not whole$"):
        fill_table(np.ones((2, 2)), [2, 2], [2, 2])


def divided(targets: Targets, levels: dict[int, list[int]], assumed: Assumptions = ASSUMPTIONS):
    counts = {year: np.array(own) for year, own in levels.items()}
    return division_levels(targets, assumed, counts, divisions(), classes())


def test_fewer_firms_than_the_divisions_need(targets: Targets) -> None:
    with pytest.raises(Infeasible, match=r"^-?\d+ firms are left for divisions that need \d+$"):
        divided(targets, LEVELS | {2021: [500, 200, 100, 100]})


def test_more_firms_at_level_two_than_the_divisions_can_have(targets: Targets) -> None:
    with pytest.raises(Infeasible, match=r"^divisions cannot stand in the printed order: "):
        divided(targets, LEVELS | {2021: [1, *LEVELS[2021][1:3], 12328]})


def test_a_division_with_no_share_printed_or_assumed(targets: Targets) -> None:
    own = dict(ASSUMPTIONS.divisions)
    own["28"] = own["28"].model_copy(update={"level_ge2": None})
    assumed = ASSUMPTIONS.model_copy(update={"divisions": own})
    with pytest.raises(Infeasible, match=r"^division 28: neither printed nor assumed at level 2 "):
        divided(targets, LEVELS, assumed)


@pytest.fixture(scope="module")
def placed(targets: Targets) -> Callable[..., pd.DataFrame]:
    """Give the maker of the regions' table, of so many firms assessed and other growths."""
    ge2 = geography.level_ge2_by_province(targets, 2021, provinces())
    city_ge2 = geography.level_ge2_by_city(targets, 2021, ge2, cities(), Streams(1))

    def make(assessed: int = 15800, **growth: float) -> pd.DataFrame:
        assumed = ASSUMPTIONS.model_copy(update={"growth": ASSUMPTIONS.growth | growth})
        return geography.regions_table(
            targets, assumed, ge2, city_ge2, regions(), assessed, Streams(1)
        )

    return make


@pytest.mark.parametrize("assessed", [200, 150_000])
def test_firms_assessed_of_whom_too_few_or_too_many_would_have_come_back(placed, assessed) -> None:
    with pytest.raises(Infeasible) as refused:
        placed(assessed)
    new = int(placed()["new"].sum())
    told = f"{assessed} firms assessed, of whom {assessed - new} would have to come back"
    assert str(refused.value) == told


def test_all_may_come_back_and_not_one_more(placed) -> None:
    table = placed()
    most = int(table["new"].sum() + table["before"].sum())
    assert placed(most)["not_returning"].sum() == 0
    with pytest.raises(Infeasible):
        placed(most + 1)


def test_so_many_come_back_as_the_firms_at_level_two_ask_for_and_not_one_fewer(placed) -> None:
    table = placed()
    asked = np.ceil(table["ge2"] * ASSUMPTIONS.assessed_per_level_ge2) - table["new"]
    new, least = int(table["new"].sum()), int(asked.clip(0, table["before"]).sum())
    assert placed(new + least)["returning"].sum() == least
    with pytest.raises(Infeasible):
        placed(new + least - 1)


def test_a_region_that_shrinks_has_fewer_participants_than_before(placed) -> None:
    with pytest.raises(Infeasible, match=r"^青海省、甘肃省: |^甘肃省、青海省: ") as refused:
        placed(青海省=-20.0, 甘肃省=-20.0)
    assert str(refused.value).endswith(": fewer participants than a part of them")


def test_a_year_of_which_no_shares_are_published(targets: Targets) -> None:
    shares = national_level_shares()
    lacking = shares[shares["year"] != 2019]
    with pytest.raises(Infeasible, match=r"^no level shares of 2019 are published elsewhere$"):
        next(level_counts.national_levels(targets, ASSUMPTIONS, 4893, lacking, (15800, 15800)))


def test_a_year_of_which_one_class_is_not_published(targets: Targets) -> None:
    shares = national_level_shares()
    lacking = shares[~((shares["year"] == 2019) & (shares["level_class"] == "le1"))]
    with pytest.raises(Infeasible, match=r"^no level shares of 2019 are published elsewhere$"):
        next(level_counts.national_levels(targets, ASSUMPTIONS, 4893, lacking, (15800, 15800)))


@pytest.mark.parametrize(("ge2", "firms"), [(4893, 7), (1, 15800)])
def test_a_number_of_firms_that_prints_no_such_shares_is_passed_over(
    targets: Targets, ge2: int, firms: int
) -> None:
    found = level_counts.national_levels(
        targets, ASSUMPTIONS, ge2, national_level_shares(), (firms, firms)
    )
    assert list(found) == []


def test_a_plan_for_a_number_of_firms_that_prints_nothing_right(targets: Targets) -> None:
    seven = SimpleNamespace(
        **{name: getattr(targets, name) for name in ("numbers", "require", "find")},
        firms={(NATION, 2021): (7.0, 9.0)},
    )
    with pytest.raises(Infeasible, match=r"^no number of firms from 7 to 9 prints the nation's"):
        make_plan(seven, ASSUMPTIONS, Streams(1))


def test_a_bound_above_the_province_before_it() -> None:
    with pytest.raises(Infeasible, match=r"^北京市: from 502 to 499 participants$"):
        drawn({"江苏省": 500}, {NATION: 3000, "北京市": 500})


def test_limits_that_cross() -> None:
    assert drawn_between((3, 3), 1.0, 0.5, 0.5) == 3
    with pytest.raises(Infeasible, match=r"^a number of participants from 3 to 2$"):
        drawn_between((3, 2), 1.0, 0.5, 0.5)


FIRMS = 6000


def practised(targets: object) -> pd.DataFrame:
    """Make the practices of some firms that have all businesses, a third each of three sectors."""
    codes = list(ASSUMPTIONS.divisions)
    businesses = dict.fromkeys(("design", "logistics", "sales", "service"), True)
    firms = pd.DataFrame({"division": np.arange(FIRMS) % len(codes), **businesses})
    panel = pd.DataFrame({"firm": [*range(FIRMS)] * 2, "year": np.repeat([2021, 2020], FIRMS)})
    capability = np.random.default_rng(5).normal(2.0, 3.0, 2 * FIRMS)
    return make_practices(panel, firms, capability, targets, ASSUMPTIONS, Streams(3))


def printing(nation: str, sector: str | None = None, mean: str = "50.0") -> object:
    """Give facts of which each practice has the same shares: the nation's, and that of sectors."""

    def find(name: str, label: str, year: int) -> Interval | None:
        share = nation if label == ALL_INDUSTRIES else sector
        return Interval.of(share) if share else None

    return SimpleNamespace(find=find, require=lambda *_: Interval.of(mean))


def test_more_adopters_in_a_sector_than_in_the_nation() -> None:
    with pytest.raises(Infeasible, match=r"^practice \w+: -\d+ adopters among \d+ firms$"):
        practised(printing(nation="1", sector="99"))


def test_a_ratio_whose_mean_no_firms_have() -> None:
    with pytest.raises(Infeasible, match=r"^a ratio cannot be brought to its mean$"):
        practised(printing(nation="50", mean="101.0"))


def test_a_division_with_fewer_small_firms_than_its_classes_print(targets: Targets) -> None:
    plan = ClassPlan(targets, ASSUMPTIONS, classes(), list(ASSUMPTIONS.divisions), Streams(1))
    code, printed = max(zip(plan.classes, plan.room()[0].tolist(), strict=True), key=lambda p: p[1])
    assert printed > 0
    assert plan.counts(code, printed).sum() == printed
    with pytest.raises(Infeasible, match=f"^division {code}: {printed - 1} small and medium firms"):
        plan.counts(code, printed - 1)


def test_a_level_that_no_answers_score() -> None:
    panel = pd.DataFrame({"firm": [0, 1], "year": 2021, "level": [2, 6]})
    firms = pd.DataFrame({"discrete": [True, False]})
    scorer = Scorer(maturity_model())
    with pytest.raises(Infeasible, match=r"^no answers of a firm score level 6$"):
        answer(panel, firms, np.array([15, 31]), scorer, ASSUMPTIONS.responses, Streams(3))


def test_a_ratio_near_its_end_stays_within_it_and_keeps_its_mean() -> None:
    made = practised(printing(nation="50", mean="99.0"))
    (ratio,) = practices().index[practices()["kind"] == "ratio"]
    assert made[ratio].max() <= 100
    assert made[ratio].sum() == pytest.approx(2 * 99 * FIRMS)
