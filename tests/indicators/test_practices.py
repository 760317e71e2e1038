"""Practices: bases, sectors and years."""

import pandas as pd

from smdi.indicators import practices
from smdi.indicators.tidy import pick


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
