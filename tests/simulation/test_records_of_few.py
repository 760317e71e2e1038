"""The record of a simulation, from a few firms whose every number is known."""

from __future__ import annotations

import math
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.simulation import comparison as compared
from smdi.simulation.calibration import claims, inferred, orders, outcomes
from smdi.simulation.comparison import comparison
from smdi.standards import NATION

YEARS = SimpleNamespace(current=2021, baseline=2020, first=2019)


def firms_of(count: int) -> pd.DataFrame:
    """Firms of rising persons, falling revenue, and levels by turns; Friday to Monday by turns."""
    rows = range(count)
    return pd.DataFrame({
        "credit_code": [f"c{n:03}" for n in rows],
        "employees": [10 + n for n in rows],
        "revenue": [1000.0 * (count - n) for n in rows],
        "level": [n % 4 for n in rows],
        "submitted_on": [date(2021, 1, 1 + n % 4) for n in rows],
        "domain_a": [float(n) for n in rows],
        "domain_b": [float(-n) for n in rows],
        "domain_c": [float(n * n) for n in rows],
    })  # fmt: skip


NOW, BEFORE = firms_of(200), firms_of(150).iloc[::-1].assign(level=lambda f: 5 - f["level"])


@pytest.fixture
def rows() -> dict[str, dict[str, object]]:
    known = {"persons_median": SimpleNamespace(value=300.0, source="a yearbook")}
    made = comparison(
        SimpleNamespace(assessed={2021: NOW, 2020: BEFORE}),
        SimpleNamespace(years=YEARS, known=known),
    )
    return {str(row["id"]): row for row in made}


def test_quantities_of_the_simulated_firms_are_told_in_four_decimals(rows) -> None:
    largest = [math.log(n / 200) for n in range(201, 210)]
    revenue = sum(range(1, 201))
    assert {name: row["value"] for name, row in rows.items()} == {
        "persons_median": 109.5,
        "persons_largest": 209,
        # Of two hundred firms the ten largest, of 200 to 209 persons.
        "persons_tail": round(1 / (sum(largest) / 9), 4),
        "revenue_top_share": round(100 * (200 + 199) / revenue, 4),
        "revenue_per_head": round(1000 * revenue / sum(range(10, 210)), 4),
        # Of Friday, Saturday, Sunday and Monday two are days off.
        "days_off": 50,
        "size_and_level": round(NOW["level"].rank().corr(NOW["employees"].rank()), 4),
        "domains_among_themselves": round(-1 / 3, 4),
        "level_between_years": -1,
    }


def test_what_is_known_of_a_quantity_stands_beside_it_with_its_source(rows) -> None:
    told = {name: (row["known"], row["source"]) for name, row in rows.items()}
    assert told.pop("persons_median") == (300.0, "a yearbook")
    assert set(told.values()) == {(None, "")}


def test_the_tail_is_a_twentieth_of_the_firms_and_the_top_a_hundredth() -> None:
    assert (compared.TAIL, compared.TOP) == (0.05, 0.01)


FACT = {"exhibit": "text", "measure": "rate", "group": NATION, "year": 2021, "printed": "7"}


@pytest.mark.parametrize(
    ("value", "contradicted", "status", "residual"),
    [
        (7.2, set(), "kept", 0), (7.2, {"a"}, "kept", 0), (8.0, set(), "missed", 1),
        (8.0, {"a"}, "contradicted", 1), (8.0, {"b"}, "missed", 1), (None, set(), "setting", None),
    ],
)  # fmt: skip
def test_a_fact_is_kept_missed_contradicted_or_a_setting(value, contradicted, status, residual):
    asked = []

    def recounted(*key: object) -> float | None:
        asked.append(key)
        return value

    targets = SimpleNamespace(facts=pd.DataFrame([FACT], index=["a"]), contradicted=contradicted)
    (found,) = outcomes(targets, SimpleNamespace(value=recounted))
    assert (found.fact, found.target, found.achieved) == ("a", "7", value)
    assert (found.status, found.residual) == (status, residual)
    assert asked == [("text", "rate", NATION, 2021)]


def of_order(found: list[str], stated: list[str], left: list[str]) -> dict[str, object]:
    """The order of the leading divisions: as found, as stated, and what printed numbers leave."""
    threshold = {NATION: 300}
    targets = SimpleNamespace(
        numbers=lambda measure, year, exhibit=None: (
            threshold if measure == "sample_threshold" else {}
        ),
        facts=pd.DataFrame({"exhibit": [], "measure": [], "group": [], "year": []}),
        rows=lambda *_: pd.DataFrame({"group": [], "value": []}),
    )
    asked: list[int] = []

    def leading(least: int) -> list[str]:
        asked.append(least)
        return found

    recount = SimpleNamespace(
        growth=lambda: pd.Series({"甲": 3.0, "乙": 2.0, "丙": 1.0}),
        leading_divisions=leading,
        participants=pd.DataFrame({"province": []}),
        province_code=lambda name: name,
    )
    ours = SimpleNamespace(
        years=YEARS,
        orders=SimpleNamespace(growth=["甲", "乙"], leading_divisions=stated),
    )
    regions = pd.DataFrame({"province": [], "participants": []})
    plan = SimpleNamespace(order=SimpleNamespace(leading=left, left_out={"X"}), regions=regions)
    rows = {str(row["order"]): row for row in orders(targets, ours, plan, recount)}
    assert asked == [300]
    assert list(rows) == ["growth", "leading_divisions", "participants"]
    assert rows["growth"]["found"] == ["甲", "乙"]
    assert rows["growth"]["kept"] is True
    return rows["leading_divisions"]


@pytest.mark.parametrize(
    ("found", "stated", "left", "shown", "kept"),
    [
        (["36", "38", "39"], ["36", "38"], ["36", "38"], ["36", "38"], True),
        (["38", "36", "39"], ["36", "38"], ["36", "38"], ["38", "36"], False),
        (["X", "36", "38"], ["36", "X", "38"], ["36", "38"], ["36", "38"], True),
        (["36"], ["36", "38"], ["36", "38"], ["36"], False),
    ],
)
def test_an_order_is_kept_where_the_first_found_are_those_that_printed_numbers_leave(
    found, stated, left, shown, kept
) -> None:
    row = of_order(found, stated, left)
    assert (row["stated"], row["expected"]) == (stated, left)
    assert (row["found"], row["kept"]) == (shown, kept)


def claimed(cities: set[str], classes: set[str], gaps: list[float]) -> dict[str, bool]:
    facts = pd.DataFrame(
        [("tab-cities", "rank", "无锡"), ("tab-cities", "rank", "苏州"),
         ("tab-cities", "firms", "某市"), ("tab-x", "rank", "别市")],
        columns=["exhibit", "measure", "group"],
    )  # fmt: skip
    numbers = {"firms": {"3670 汽车": 400, "3812 电机": 350}, "sample_threshold": {NATION: 300}}
    asked: list[object] = []

    def own(measure: str, year: int, exhibit: str) -> dict[str, int]:
        asked.append((year, exhibit))
        return numbers[measure]

    recount = SimpleNamespace(
        sme_domain_gaps=lambda year: pd.Series(gaps),
        leading_cities=lambda year, count: cities if (year, count) == (2021, 2) else set(),
        sme_classes_over=lambda year, least: classes if (year, least) == (2021, 300) else set(),
    )
    targets = SimpleNamespace(facts=facts, numbers=own)
    made = claims(targets, SimpleNamespace(years=YEARS), recount)
    assert set(asked) == {(2021, "tab-sme-classes")}
    return {str(row["claim"]): row["kept"] for row in made}


ALL_KEPT = {
    "city_table_is_complete": True,
    "class_table_is_complete": True,
    "small_firms_score_lower_in_every_domain": True,
}


@pytest.mark.parametrize(
    ("cities", "classes", "gaps", "broken"),
    [
        ({"无锡", "苏州"}, {"3670", "3812"}, [-1.0, -0.1], None),
        ({"无锡", "别市"}, {"3670", "3812"}, [-1.0], "city_table_is_complete"),
        ({"无锡", "苏州"}, {"3670"}, [-1.0], "class_table_is_complete"),
        ({"无锡", "苏州"}, {"3670", "3812", "1"}, [-1.0], "class_table_is_complete"),
        ({"无锡", "苏州"}, {"3670", "3812"}, [-1.0, 0.0],
         "small_firms_score_lower_in_every_domain"),
    ],
)  # fmt: skip
def test_each_claim_without_a_number_is_held_by_itself(cities, classes, gaps, broken) -> None:
    expected = ALL_KEPT | ({broken: False} if broken else {})
    assert claimed(cities, classes, gaps) == expected


def test_whole_numbers_behind_the_shares_are_told_by_level_class() -> None:
    table = pd.DataFrame([[1, 2, 3, 4]], index=["13"], columns=["le1", "2", "3", "ge4"])
    plan = SimpleNamespace(
        levels={2021: [4, 3, 2, 1], 2020: [8, 7, 6, 5]}, types=[[3, 2, 1, 0], [1, 1, 1, 1]],
        large=[0, 1, 1, 1], divisions={2021: table, 2020: table + 1},
    )  # fmt: skip
    divisions = {
        "13": SimpleNamespace(level_ge2=None),
        "14": SimpleNamespace(level_ge2=0),
        "15": SimpleNamespace(level_ge2=20.0),
    }
    names = ["le1", "2", "3", "ge4"]

    def told(*numbers: int) -> dict[str, int]:
        return dict(zip(names, numbers, strict=True))

    assert inferred(plan, SimpleNamespace(years=YEARS, divisions=divisions)) == {
        "levels": {"2021": told(4, 3, 2, 1), "2020": told(8, 7, 6, 5)},
        "types": {"discrete": told(3, 2, 1, 0), "process": told(1, 1, 1, 1)},
        "large": told(0, 1, 1, 1),
        "divisions": {"2021": {"13": told(1, 2, 3, 4)}, "2020": {"13": told(2, 3, 4, 5)}},
        "printed_divisions": ["13"],
    }
