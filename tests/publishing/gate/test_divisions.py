"""How public conditions divide groups of firms, against the tables of the standards."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from smdi.publishing.gate.attack.cells import (
    cell,
    domain_condition,
    name_of,
    partitions,
    parts_of,
    year_of,
)

STANDARDS = Path(__file__).parents[3] / "data/standards"


def table(name: str) -> list[dict[str, str]]:
    with (STANDARDS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def parts(condition: str) -> dict[str, list[set[str]]]:
    """The sets into which each whole is divided; no part twice."""
    found: dict[str, list[set[str]]] = {}
    for whole, inner in partitions(condition):
        assert len(inner) == len(set(inner))
        found.setdefault(whole, []).append(set(inner))
    return found


def test_the_nation_is_its_provinces_and_a_province_its_cities() -> None:
    rows = [row for row in table("regions") if row["in_scope"] == "true"]
    provinces = {row["code"]: row["name_zh"] for row in rows if row["kind"] == "province"}
    cities: dict[str, set[str]] = {}
    for row in rows:
        # A municipality is its own one city.
        if row["kind"] != "province" and row["municipality"] == "false":
            cities.setdefault(provinces[row["parent"]], set()).add(row["code"])
    assert len(cities) == len(provinces) - 4
    expected = {name: [members] for name, members in cities.items()}
    assert parts("region") == {"": [set(provinces.values())], **expected}


def test_industry_is_its_divisions_and_sectors_and_these_their_divisions_and_classes() -> None:
    divisions = {row["code"]: row["sector"] or "rest" for row in table("divisions")}
    sectors = set(divisions.values())
    found = parts("industry")
    assert found.pop("") == [set(divisions), sectors]
    for sector in sectors:
        assert found.pop(sector) == [{code for code, own in divisions.items() if own == sector}]
    classes = {row["code"] for row in table("classes")}
    assert found == {code: [{c for c in classes if c[:2] == code}] for code in divisions}


@pytest.mark.parametrize(
    ("condition", "divided"),
    [
        ("panel", {"": [{"both", "one"}]}),
        ("type", {"": [{"discrete", "process"}]}),
        ("size", {"": [{"large", "sme"}], "sme": [{"medium", "small", "micro"}]}),
        (
            "level",
            {
                "": [{"le1", "ge2"}],
                "ge2": [{"2", "3", "ge4"}, {"2", "ge3"}, {"2_3", "ge4"}],
                "ge3": [{"3", "ge4"}],
                "2_3": [{"2", "3"}],
            },
        ),
        ("has:sales", {"": [{"yes", "no"}]}),
        ("uses:x", {"": [{"yes", "no"}]}),
        ("asked:x", {"": [{"yes", "no"}]}),
        ("count", {}),
        ("firms", {}),
    ],
)
def test_the_values_of_a_condition_divide_their_wholes(condition: str, divided: dict) -> None:
    assert parts(condition) == divided


def wholes(*conditions: tuple[str, str]) -> set[str]:
    return {
        f"{name_of(whole)} = {' + '.join(sorted(map(name_of, inner)))}"
        for whole, _, inner in parts_of(cell(*conditions))
    }


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ([("type", "process")], {"all firms = type=discrete + type=process"}),
        (
            [("asked:x", "yes"), ("type", "process")],
            {
                "asked:x=yes = asked:x=yes, type=discrete + asked:x=yes, type=process",
                "type=process = asked:x=no, type=process + asked:x=yes, type=process",
            },
        ),
        # Only who was asked can have answered.
        (
            [("asked:x", "yes"), ("uses:x", "no")],
            {"asked:x=yes = asked:x=yes, uses:x=no + asked:x=yes, uses:x=yes"},
        ),
        ([("firms", "until 2021")], set()),
        (
            [("size", "micro")],
            {"size=sme = size=medium + size=micro + size=small"},
        ),
    ],
)
def test_a_group_is_a_part_of_each_whole_that_it_divides(group, expected: set[str]) -> None:
    assert wholes(*group) == expected


@pytest.mark.parametrize(
    ("group", "year"),
    [
        (cell(("firms", "assessed 2021"), ("level", "2")), 2021),
        (cell(("firms", "until 2020")), 2020),
        (cell(("level", "2")), 0),
        (cell(), 0),
    ],
)
def test_a_group_has_the_year_of_its_firms(group, year: int) -> None:
    assert year_of(group) == year


def test_a_business_is_scored_where_a_firm_has_it_and_every_other_domain_everywhere() -> None:
    tailorable = {row["id"] for row in table("domains") if row["tailorable"] == "true"}
    for row in table("domains"):
        expected = f"has:{row['id']}" if row["id"] in tailorable else ""
        assert domain_condition(row["id"]) == expected
