"""What of an exhibit is in print, and what is collected to be compared with it."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from smdi.indicators.tidy import Row, frame
from smdi.report.published_values import PublishedValues, no_facts

PRINTED = {"甲": "15.6", "乙": "20", "丙": "7"}
ONE = ("fig-04", "share_level_2")


def facts(printed: dict[str, str] = PRINTED) -> pd.DataFrame:
    rows = {
        f"fig-04/share_level_2/{group}/2021": {
            "exhibit": "fig-04", "measure": "share_level_2", "group": group, "year": 2021,
            "value": float(text), "unit": "%", "printed": text, "where": "图 4",
        }
        for group, text in printed.items()
    }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("fact_id")


def shown(**values: float) -> pd.DataFrame:
    rows = [Row("share_level_2", group, 2021, value, "%", 100) for group, value in values.items()]
    return frame(rows)


@pytest.fixture
def values() -> PublishedValues:
    return PublishedValues(facts(), simulated=True)


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ({"甲": 15.61, "乙": 20.3}, "none"),
        ({"甲": 15.61, "乙": 21.0}, "partly"),
        ({"甲": 15.7, "乙": 21.0}, "all"),
        ({"丁": 15.6}, "all"),
        ({"甲": 15.61, "乙": math.nan}, "none"),
        ({"甲": math.nan}, "none"),
    ],
)
def test_an_exhibit_is_simulated_as_far_as_its_values_are_not_in_print(values, rows, part) -> None:
    assert values.simulated_part("fig-04", shown(**rows)) == part


@pytest.mark.parametrize("index", [[5, 9], [1, 0], [0, 0]], ids=["others", "turned", "one"])
def test_rows_are_known_by_their_place_and_not_by_their_number(values, index: list[int]) -> None:
    rows = shown(**{"甲": 15.61, "乙": 21.0})
    rows.index = pd.Index(index)
    assert values.simulated_part("fig-04", rows) == "partly"
    rows = shown(**{"甲": 15.61, "乙": 20.0})
    rows.index = pd.Index(index)
    assert values.simulated_part("fig-04", rows) == "none"


def test_a_part_of_a_frame_is_judged_as_the_frame_itself(values) -> None:
    rows = shown(**{"丁": 1.0, "甲": 15.61, "丙": 7.0})
    assert values.simulated_part("fig-04", rows) == "partly"
    assert values.simulated_part("fig-04", rows[rows["group"] != "丁"]) == "none"
    assert values.simulated_part("fig-04", rows[rows["group"] == "丁"]) == "all"


def test_an_exhibit_without_rows_is_in_print_whole(values) -> None:
    assert values.simulated_part("fig-04", shown().iloc[:0]) == "none"


@pytest.mark.parametrize(
    ("group", "value", "digits", "status"),
    [
        ("甲", 15.64, 1, "published"),
        ("甲", 15.66, 1, "simulated"),
        ("甲", 15.64, 2, "simulated"),
        ("丁", 15.64, 1, "simulated"),
        ("甲", None, 1, "missing"),
        ("甲", math.nan, 1, "missing"),
    ],
)
def test_a_value_is_published_where_it_shows_as_it_is_printed(
    values, group: str, value: float | None, digits: int, status: str
) -> None:
    assert values.status((*ONE, group, 2021), value, digits) == status


@pytest.mark.parametrize(("simulated", "status"), [(True, "simulated"), (False, "computed")])
def test_a_value_without_a_fact_is_of_the_firms(simulated: bool, status: str) -> None:
    kept = PublishedValues(facts(), simulated=simulated)
    assert kept.status(None, 15.6, 1) == kept.status_of_amount("", "15.6%") == status
    assert kept.status(None, None, 1) == "missing"
    assert PublishedValues(facts()).evidence.otherwise == "computed"


@pytest.mark.parametrize(
    ("amount", "status"),
    [
        ("15.6%", "published"), ("-15.6 个百分点", "published"), ("15.60%", "published"),
        ("15.7%", "simulated"), ("近一半", "simulated"), ("", "simulated"),
        ("约 15.6%", "simulated"),
    ],
)  # fmt: skip
def test_an_amount_is_published_whatever_its_sign(values, amount: str, status: str) -> None:
    assert values.status_of_amount("fig-04/share_level_2/甲/2021", amount) == status


def test_thousands_of_an_amount_are_parted() -> None:
    kept = PublishedValues(facts({"甲": "12345"}), simulated=True)
    assert kept.status_of_amount("fig-04/share_level_2/甲/2021", "12,345 家") == "published"


def collected(values: PublishedValues) -> list[str]:
    return values.csv().decode().splitlines()


HEAD = "exhibit,measure,group,year,value,unit,base"


def test_what_is_computed_is_collected_each_key_and_value_once(values) -> None:
    assert collected(values) == [HEAD]
    values.add("fig-04", shown(甲=15.61))
    values.add("fig-05", shown(甲=15.61))
    values.add("fig-04", shown(甲=15.61, 乙=1.0))
    values.add("fig-04", shown(甲=15.62))
    assert collected(values) == [
        HEAD,
        "fig-04,share_level_2,甲,2021,15.61,%,100",
        "fig-05,share_level_2,甲,2021,15.61,%,100",
        "fig-04,share_level_2,乙,2021,1.0,%,100",
        "fig-04,share_level_2,甲,2021,15.62,%,100",
    ]


@pytest.mark.parametrize("suffix", ["", "_over", "_from", "_to"])
def test_a_number_is_collected_under_what_it_is_a_bound_of(values, suffix: str) -> None:
    values.add_number(("text", f"participants{suffix}", "全国", 2021), 91.0, "家")
    assert collected(values)[1:] == ["text,participants,全国,2021,91.0,家,0"]


@pytest.mark.parametrize(
    "kept",
    [PublishedValues(no_facts()), PublishedValues(facts(), known=facts())],
    ids=["no-facts", "another-scope"],
)
def test_where_facts_do_not_apply_nothing_is_collected_or_named(kept: PublishedValues) -> None:
    kept.add("fig-04", shown(甲=15.61))
    kept.add_number(("text", "participants", "全国", 2021), 91.0, "家")
    assert collected(kept) == [HEAD]
    assert kept.identify((*ONE, "甲", 2021)) is None


def test_a_fact_is_named_where_facts_apply(values) -> None:
    assert values.identify((*ONE, "甲", 2021)) == "fig-04/share_level_2/甲/2021"
    assert values.identify(None) is None
