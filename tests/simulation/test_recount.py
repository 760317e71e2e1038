"""The recount of a handful of firms, each value counted by hand, and the record made of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.calibration import failures, outcomes, panel_sizes
from smdi.simulation.comparison import TAIL, comparison, participants
from smdi.simulation.recount import Recount
from smdi.standards import provinces, regions

PRACTICE, RATIO = "practice_private_network", "practice_equipment_digitalisation_rate"


@pytest.fixture(scope="module")
def recount(firm, scores) -> Recount:
    """Give ten firms of 2021, of which three answered before, beside three that did not again."""
    large = firm(4, size="large", ids=list("abcd"))
    asked = {PRACTICE: True, RATIO: 50.0}
    risen = firm(3, level=2, ids=list("efg"), **asked)
    chips = {"region": "山东省", "industry": "3911", "process_type": "process", "design": False}
    high = firm(2, level=4, ids=list("hi"), **chips, **{PRACTICE: True})
    south = firm(level=3, region="广东省", ids=["j"], **{PRACTICE: False, RATIO: 70.0})
    then = firm(3, year=2020, ids=list("efg"), **{PRACTICE: False, RATIO: 20.0})
    gone = firm(
        2, year=2020, region="北京市", industry="1311", process_type="process", ids=["k", "l"]
    )
    first = firm(2, year=2019, region="山东省", ids=["h", "m"])
    return Recount(scores(large, risen, high, south, then, gone, first), read_assumptions())


VALUES = {
    ("text", "participants_over", "全国", 2021): 13,
    ("fig-01", "participants", "江苏省", 2021): 7,
    ("fig-01", "participants", "山东省", 2021): 3,
    ("text", "industry_divisions", "全国", 2021): 3,
    ("text", "provinces", "全国", 2021): 4,
    ("tab-provinces", "firms_level_ge2", "江苏省", 2021): 3,
    ("tab-provinces", "firms_level_ge2", "北京市", 2021): 0,
    ("tab-provinces", "firms_level_ge2", "江苏省", 2020): 0,
    ("tab-provinces", "rank", "江苏省", 2021): 1,
    ("tab-provinces", "rank", "广东省", 2021): 3,
    ("tab-provinces", "rank", "北京市", 2021): 4,
    ("tab-cities", "firms_level_ge2", "无锡", 2021): 3,
    ("tab-cities", "firms_level_ge2", "北京", 2021): 0,
    ("tab-cities", "rank", "青岛", 2021): 2,
    ("tab-sme-classes", "firms", "3670 汽车零部件及配件制造", 2021): 4,
    ("tab-sme-classes", "firms", "4190 其他未列明制造业", 2021): 0,
    ("text", "sme_share", "全国", 2021): 60,
    ("text", "sme_share", "全国", 2020): 100,
    ("text", "sme_share_of_level_le1", "全国", 2021): 0,
    ("text", "coverage_design", "中小企业", 2021): 400 / 6,
    ("fig-04", "share_level_le1", "全国", 2021): 40,
    ("fig-04", "share_level_2", "全国", 2021): 30,
    ("fig-04", "share_level_ge4", "全国", 2021): 20,
    ("text", "share_level_ge2", "全国", 2021): 60,
    ("text", "share_level_ge3_over", "全国", 2021): 30,
    ("text", "share_level_2_3", "全国", 2021): 40,
    ("fig-07", "share_level_le1", "离散型", 2021): 50,
    ("fig-07", "share_level_ge4", "流程型", 2021): 100,
    ("text", "share_level_2_lead", "离散型", 2021): 37.5,
    ("text", "share_level_ge4_lead", "离散型", 2021): -100,
    ("tab-x", "share_level_le1", "汽车制造业", 2021): 50,
    ("tab-x", "share_level_le1_change", "汽车制造业", 2021): -50,
    ("text", "share_level_le1_decrease_from", "全国", 2021): 60,
    ("text", "share_level_2_increase_to", "全国", 2021): 30,
    ("fig-21", "private_network", "全行业", 2021): 500 / 6,
    ("fig-21", "private_network", "装备制造", 2021): 75,
    ("fig-21", "private_network", "电子信息", 2021): 100,
    ("fig-21", "private_network", "全行业", 2020): 0,
    ("text", "private_network_increase", "装备制造", 2021): 75,
    ("fig-14", "equipment_digitalisation_rate", "全行业", 2021): 55,
    ("text", "equipment_digitalisation_rate_increase", "全行业", 2021): 35,
    ("tab-cities", "title_rows", "全国", 2021): None,
    ("text", "sample_threshold", "全国", 2021): None,
    ("text", "sme_employees_under", "全国", 2021): None,
    ("text", "sme_revenue_under", "全国", 2021): None,
}


@pytest.mark.parametrize("fact", VALUES, ids=lambda fact: "/".join(map(str, fact)))
def test_a_fact_has_the_value_that_is_counted_by_hand(recount: Recount, fact) -> None:
    found, expected = recount.value(*fact), VALUES[fact]
    assert found is None if expected is None else found == pytest.approx(expected, abs=1e-9)


def test_a_firm_is_counted_once_where_it_stands_last(recount: Recount) -> None:
    last = recount.participants.set_index("credit_code")["year"]
    assert last.to_dict() == {
        **dict.fromkeys("abcdefghij", 2021), "k": 2020, "l": 2020, "m": 2019,
    }  # fmt: skip
    before = recount.participants_before.set_index("credit_code")["year"]
    assert before.to_dict() == {
        **dict.fromkeys("efgkl", 2020), "h": 2019, "m": 2019,
    }  # fmt: skip


def test_divisions_lead_by_share_where_they_have_enough_firms(recount: Recount) -> None:
    assert recount.leading_divisions(1) == ["39", "36"]
    assert recount.leading_divisions(2) == ["39", "36"]
    assert recount.leading_divisions(3) == ["36"]


@pytest.mark.parametrize(
    ("number", "cities"), [(1, {"无锡"}), (2, {"无锡", "青岛"}), (3, {"无锡", "青岛", "深圳"})]
)
def test_the_leading_cities_are_those_of_most_firms_above(recount, number, cities) -> None:
    assert recount.leading_cities(2021, number) == cities


def test_cities_that_tie_at_the_end_lead_too(firm, scores) -> None:
    tied = firm(2, level=2), firm(1, level=2, region="山东省"), firm(1, level=3, region="广东省")
    before = firm(year=2020), firm(year=2019)
    found = Recount(scores(*tied, *before), read_assumptions())
    assert found.leading_cities(2021, 2) == {"无锡", "青岛", "深圳"}


@pytest.mark.parametrize(("threshold", "codes"), [(1, {"3670", "3911"}), (2, {"3670"}), (4, set())])
def test_classes_are_over_a_threshold_and_not_at_it(recount, threshold, codes) -> None:
    assert recount.sme_classes_over(2021, threshold) == codes


def test_the_gap_of_small_firms_is_their_mean_less_that_of_all(firm, scores) -> None:
    firms = firm(size="large", domain_data=4.0), firm(3, domain_data=2.0)
    found = Recount(scores(*firms, firm(year=2020), firm(year=2019)), read_assumptions())
    assert found.sme_domain_gaps(2021)["domain_data"] == pytest.approx(2 - 2.5)


def test_regions_grow_by_their_participants_to_date_best_first() -> None:
    codes = [c for c in provinces().index if provinces().at[c, "in_scope"]]
    planned = regions().index[regions()["separately_planned"]]
    rows = [(f"{c}-then", 2020, c, c) for c in codes] + [
        (f"{c}-then", 2020, "320000", c) for c in planned
    ]
    rows += [("n1", 2021, "340000", "-"), ("n2", 2021, "340000", "-"), ("n3", 2021, "-", "440300")]
    frame = pd.DataFrame(rows, columns=["credit_code", "year", "province", "city"])
    growth = Recount(frame, read_assumptions()).growth()
    assert len(growth) == 31 + 5
    assert growth.head(3).to_dict() == {"安徽省": 200.0, "深圳": 100.0, "北京市": 0.0}


def test_the_panel_is_counted_by_who_answered_when() -> None:
    answered = {2021: "abcd", 2020: "bce", 2019: "cf"}
    panel = pd.DataFrame(
        [(y, firm) for y, who in answered.items() for firm in who], columns=["year", "firm"]
    )
    assert panel_sizes(panel, read_assumptions()) == {
        "participants": 6, "participants_before": 4, "assessed_current": 4, "assessed_baseline": 3,
        "assessed_first": 2, "current_and_baseline": 2, "all_three_years": 1, "new": 2, "gone": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "printed", "value", "residual"),
    [
        ("rate", "14.8", 14.849, 0), ("rate", "14.8", 14.85, 0.1), ("rate", "14.8", 14.75, 0),
        ("rate", "14.8", 14.749, -0.1), ("rate", "-14.8", -14.85, -0.1), ("firms", "7", 7.0, 0),
        ("rate", "14.8", 14.85 - 1e-12, 0.1),  # floating point, and no difference of shares
        ("firms_over", "500", 501.0, 0), ("firms_over", "500", 500.0, -1),
        ("firms_over", "500", 499.0, -2), ("rate_over", "50.0", 50.01, 0),
        ("rate_over", "50.0", 50.0, -0.1),
        ("rate_from", "7", 6.5, 0), ("rate_from", "7", 6.49, -1), ("rate_from", "7", 99.0, 0),
        ("rate_to", "7", 7.49, 0), ("rate_to", "7", 7.5, 1), ("rate_to", "7", 0.0, 0),
    ],
)  # fmt: skip
def test_a_residual_is_what_a_value_lacks_to_print_so(measure, printed, value, residual) -> None:
    row = {"exhibit": "text", "measure": measure, "group": "全国", "year": 2021, "printed": printed}
    facts = pd.DataFrame([row], index=["a"])
    targets = SimpleNamespace(facts=facts, contradicted=frozenset())
    (found,) = outcomes(targets, SimpleNamespace(value=lambda *_: value))
    assert found.residual == pytest.approx(residual, abs=1e-12)
    assert found.status == ("missed" if residual else "kept")
    assert (found.fact, found.target, found.achieved) == ("a", printed, round(value, 11))


def test_all_that_is_not_kept_is_told_and_nothing_else() -> None:
    content = {
        "outcomes": [
            {"fact": "a", "target": "1", "achieved": 2.0, "status": "missed"},
            {"fact": "b", "target": "1", "achieved": 2.0, "status": "contradicted"},
            {"fact": "c", "target": "1", "achieved": 1.0, "status": "kept"},
        ],
        "orders": [
            {"order": "growth", "stated": ["x"], "found": ["y"], "kept": False},
            {"order": "other", "stated": ["x"], "found": ["x"], "kept": True},
        ],
        "claims": [{"claim": "d", "kept": False}, {"claim": "e", "kept": True}],
    }
    assert failures(content) == [
        "a: printed 1, found 2.0",
        "order of growth: stated ['x'], found ['y']",
        "claim d does not hold",
    ]


def test_participants_of_a_province_hold_those_of_its_planned_city() -> None:
    table = pd.DataFrame(
        {"name": ["广东省", "深圳", "海南省"], "province": ["440000", "440000", "460000"],
         "participants": [10, 4, 3]},
        index=["440000", "440300", "460000"],
    )  # fmt: skip
    plan = SimpleNamespace(regions=table, levels={2020: None, 2021: None})
    asked = []

    def numbers(measure: str, year: int) -> dict[str, int]:
        asked.append((measure, year))
        return {"深圳": 4}

    assert participants(plan, SimpleNamespace(numbers=numbers)) == [
        {"name": "广东省", "participants": 14, "printed": False},
        {"name": "深圳", "participants": 4, "printed": True},
        {"name": "海南省", "participants": 3, "printed": False},
    ]
    assert asked == [("participants", 2021)]


def test_the_comparison_has_each_quantity_with_what_is_known_of_it(population) -> None:
    assumptions = read_assumptions()
    recount = Recount(population.scored, assumptions)
    rows = {row["id"]: row for row in comparison(recount, assumptions)}
    firms = population.current
    persons, revenue = (
        np.sort(firms[name].to_numpy(float))[::-1] for name in ("employees", "revenue")
    )
    tail = persons[: int(TAIL * len(firms))]
    top = revenue[: len(firms) // 100]
    days = pd.to_datetime(firms["submitted_on"]).map(lambda day: day.isoweekday() > 5)
    domains = firms.filter(like="domain_").rank().corr().to_numpy()
    both = population.scored.pivot_table(index="credit_code", columns="year", values="level")
    both = both[[2020, 2021]].dropna()
    expected = {
        "persons_median": np.median(persons),
        "persons_largest": persons[0],
        "persons_tail": 1 / np.log(tail[:-1] / tail[-1]).mean(),
        "revenue_top_share": 100 * top.sum() / revenue.sum(),
        "revenue_per_head": revenue.sum() / persons.sum(),
        "days_off": 100 * days.mean(),
        "size_and_level": firms[["employees", "level"]].rank().corr().iloc[0, 1],
        "level_between_years": both.rank().corr().iloc[0, 1],
    }
    found = {name: row["value"] for name, row in rows.items()}
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=6e-5)
    # Firms without a business have no score of its domain, so ranks differ a little by pairs.
    mean = domains[np.triu_indices(len(domains), 1)].mean()
    assert found["domains_among_themselves"] == pytest.approx(mean, abs=0.02)
    assert set(found) == {*expected, "domains_among_themselves"}
    for name, row in rows.items():
        known = assumptions.known.get(name)
        told = (known.value, known.source) if known else (None, "")
        assert (row["known"], row["source"]) == told
