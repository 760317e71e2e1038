"""Practices: bases, sectors and years."""

import math

import pandas as pd
import pytest

from smdi.indicators import practices
from smdi.indicators.tidy import ERROR, pick


def test_the_base_of_a_practice_is_who_answered(firm, assessed):
    pop = assessed(
        firm(1, practice_model_based_design=True),
        firm(3, practice_model_based_design=False),
        firm(6, design=False, practice_model_based_design=None),
    )
    frame = practices.practice_trend(pop, ["model_based_design"], "fig-18")
    assert pick(frame, "model_based_design", "全行业", 2021)[0] == 25
    assert frame["base"].tolist() == [0, 4]


def test_a_year_without_the_question_is_missing(firm, assessed):
    pop = assessed(firm(2, practice_data_sharing=True), firm(9, year=2020))
    frame = practices.practice_trend(pop, ["data_sharing"], "fig-20")
    assert frame["year"].tolist() == [2020, 2021]
    assert frame["value"].isna().tolist() == [True, False]


def printed(*ids):
    """Published facts with these ids; only exhibit, measure and year matter here."""
    rows = [name.split("/") for name in ids]
    frame = pd.DataFrame(rows, columns=["exhibit", "measure", "group", "year"])
    return frame.astype({"year": "int64"})


def test_the_baseline_year_is_kept_where_the_published_exhibit_prints_it(firm, assessed):
    pop = assessed(firm(2), firm(2, year=2020))
    ids = ["energy_platform", "carbon_accounting"]
    facts = printed(
        "fig-22/energy_platform/全行业/2020",
        "fig-22/energy_platform/全行业/2021",
        "fig-22/carbon_accounting/全行业/2021",
        "fig-12/carbon_accounting/全行业/2020",
    )
    shown = practices.practice_trend(pop, ids, "fig-22", facts)
    assert list(zip(shown["measure"], shown["year"], strict=True)) == [
        ("energy_platform", 2020),
        ("energy_platform", 2021),
        ("carbon_accounting", 2021),
    ]


def test_an_exhibit_that_is_not_published_keeps_both_years(firm, assessed):
    pop = assessed(firm(2), firm(2, year=2020))
    facts = printed("fig-22/energy_platform/全行业/2021")
    shown = practices.practice_trend(pop, ["energy_platform"], "tab-a7", facts)
    assert shown["year"].tolist() == [2020, 2021]


def test_a_ratio_is_a_mean_of_percentages(firm, assessed):
    name = "equipment_digitalisation_rate"
    pop = assessed(
        firm(1, practice_equipment_digitalisation_rate=50.0, year=2020),
        firm(1, practice_equipment_digitalisation_rate=40.0),
        firm(1, practice_equipment_digitalisation_rate=75.0),
    )
    increase = practices.practice_increase(pop, name)
    assert pick(increase, f"{name}_increase", "全行业", 2021)[0] == 7.5


def test_a_sector_is_its_industries_beside_all_industries(firm, assessed):
    pop = assessed(
        firm(1, industry="3670", practice_private_network=True),
        firm(1, industry="3990", practice_private_network=True),
        firm(3, industry="3990", practice_private_network=False),
    )
    frame = practices.sector_practices(pop, "electronics", ["private_network"], "fig-11")
    assert frame["group"].tolist() == ["电子信息", "全行业"]
    assert frame["value"].tolist() == [25, 40]


def test_an_industry_outside_the_sector_leaves_the_sector_empty(firm, assessed):
    pop = assessed(firm(6, practice_private_network=True), industry="36")
    frame = practices.sector_practices(pop, "electronics", ["private_network"], "fig-11")
    assert frame["group"].tolist() == ["汽车制造业", "全行业"]
    assert frame["value"].isna().tolist() == [True, False]


def test_a_rate_over_few_firms_is_withheld_and_so_is_its_change(firm, assessed):
    pop = assessed(
        firm(20, practice_data_sharing=True),
        firm(20, practice_data_sharing=False),
        firm(3, practice_data_sharing=True, year=2020),
        minimum=5,
    )
    trend = practices.practice_trend(pop, ["data_sharing"], "fig-20")
    assert trend["withheld"].tolist() == [True, False]
    assert practices.practice_changes(pop, ["data_sharing"], "fig-20")["withheld"].tolist() == [
        True
    ]


def test_a_scope_has_a_sector_from_one_firm_on(firm, assessed):
    assert practices.has_sector(assessed(firm(1, industry="3670")), "equipment")
    assert not practices.has_sector(assessed(firm(1, industry="1713")), "equipment")


def standard_error(firms: dict[str, tuple[float | None, float | None]]) -> object:
    """The error of a difference of two means: each firm adds what it does to either, squared."""
    means, sizes = [], []
    for side in (0, 1):
        known = [values[side] for values in firms.values() if values[side] is not None]
        means.append(sum(known) / len(known))
        sizes.append(math.sqrt(len(known) * (len(known) - 1)))
    squares = 0.0
    for now, other in firms.values():
        own = 0.0 if now is None else (now - means[0]) / sizes[0]
        squares += (own - (0.0 if other is None else (other - means[1]) / sizes[1])) ** 2
    return pytest.approx(math.sqrt(squares))


def test_a_change_of_a_practice_has_the_error_of_firms_that_answer_in_both_years(firm, assessed):
    both, new, gone = ([f"{word}{n:03d}" for n in range(40)] for word in ("B", "N", "G"))
    yes = "practice_private_network"
    pop = assessed(
        firm(ids=both, **{yes: True}),
        firm(ids=new[:30], **{yes: False}),
        firm(ids=both[:15], year=2020, **{yes: True}),
        firm(ids=[*both[15:], *gone], year=2020, **{yes: False}),
    )
    firms = {name: (100.0, 100.0 if at < 15 else 0.0) for at, name in enumerate(both)}
    firms |= dict.fromkeys(new[:30], (0.0, None)) | dict.fromkeys(gone, (None, 0.0))
    changes = practices.practice_changes(pop, ["private_network"], "tab-a1")
    increase = practices.practice_increase(pop, "private_network")
    for frame, measure in (
        (changes, "private_network_change"),
        (increase, "private_network_increase"),
    ):
        (row,) = frame.to_dict("records")
        assert row["measure"] == measure
        assert row["value"] == pytest.approx(100 * (40 / 70 - 15 / 80))
        assert row[ERROR] == standard_error(firms)


def test_a_ratio_has_its_error_in_its_own_unit(firm, assessed):
    name = "practice_equipment_digitalisation_rate"
    now, before = [20.0, 40.0, 90.0] * 10, [10.0, 50.0] * 15
    pop = assessed(
        *(firm(1, **{name: value}) for value in now),
        *(firm(1, year=2020, **{name: value}) for value in before),
    )
    (row,) = practices.practice_changes(pop, [name.removeprefix("practice_")], "x").to_dict(
        "records"
    )
    firms = {f"n{at}": (value, None) for at, value in enumerate(now)}
    firms |= {f"b{at}": (None, value) for at, value in enumerate(before)}
    assert (row["value"], row[ERROR]) == (pytest.approx(20), standard_error(firms))


def test_a_sector_and_a_scope_lead_with_the_error_of_a_part_of_the_whole(firm, assessed):
    yes = "practice_private_network"
    groups = [
        firm(25, industry="3670", **{yes: True}),
        firm(15, industry="3670", **{yes: False}),
        firm(20, industry="1713", region="山东省", **{yes: True}),
        firm(40, industry="1713", region="山东省", **{yes: False}),
    ]
    values = [(100.0, 100.0)] * 25 + [(0.0, 0.0)] * 15 + [(None, 100.0)] * 20 + [(None, 0.0)] * 40
    error = standard_error(dict(zip(map(str, range(100)), values, strict=True)))
    led = practices.sector_leads(assessed(*groups), "equipment", ["private_network"], "x")
    (row,) = led.to_dict("records")
    assert row["measure"] == "private_network_lead"
    assert (row["value"], row[ERROR]) == (pytest.approx(62.5 - 45), error)
    scope = assessed(*groups, province="江苏省")
    beside = practices.against_nation(scope, ["private_network"], "x")
    assert beside[["measure", "group"]].values.tolist() == [
        ["private_network", "江苏省"], ["private_network", "全国"],
        ["private_network_lead", "江苏省"],
    ]  # fmt: skip
    assert beside["value"].tolist() == [62.5, 45, pytest.approx(17.5)]
    assert beside[ERROR].iloc[2] == error
    assert practices.against_nation(assessed(*groups), ["private_network"], "x").empty
