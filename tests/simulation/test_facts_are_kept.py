"""The published numbers counted again by plain pandas, apart from the simulation's own recount."""

import pandas as pd
import pytest

from smdi.standards import divisions, regions, sectors

CLASSES = ["le1", "2", "3", "ge4"]


def printed(facts: pd.DataFrame, exhibit: str, measure: str) -> dict[str, str]:
    chosen = facts[(facts["exhibit"] == exhibit) & (facts["measure"] == measure)]
    return dict(zip(chosen["group"], chosen["printed"], strict=True))


def as_printed(share: float, like: str) -> str:
    return f"{share:.{len(like.partition('.')[2])}f}"


def test_level_shares_of_the_nation_print_as_published(population, facts):
    shares = 100 * population.current["level_class"].value_counts(normalize=True)
    for name in CLASSES:
        (wanted,) = printed(facts, "fig-04", f"share_level_{name}").values()
        assert as_printed(shares[name], wanted) == wanted


def test_every_province_has_its_firms_at_level_two_or_above(population, facts):
    high = population.current[population.current["level_class"] != "le1"]
    counts = high["province"].map(regions()["name_zh"]).value_counts()
    wanted = printed(facts, "tab-provinces", "firms_level_ge2")
    assert counts.to_dict() == {name: int(number) for name, number in wanted.items()}


def test_every_city_but_the_contradicted_one_has_its_firms(population, facts):
    high = population.current[population.current["level_class"] != "le1"]
    counts = high["city"].map(regions()["short_zh"]).value_counts()
    wanted = {n: int(k) for n, k in printed(facts, "tab-cities", "firms_level_ge2").items()}
    differing = {name for name, number in wanted.items() if counts[name] != number}
    assert differing == {"重庆"}
    assert counts[~counts.index.isin(list(wanted))].max() < min(wanted.values())


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_four_shares_of_the_followed_industries_print_as_published(population, facts, year):
    rows = population.scored[population.scored["year"] == year]
    names = rows["division"].map(divisions()["name_zh"])
    table = pd.crosstab(names, rows["level_class"], normalize="index") * 100
    chosen = facts[(facts["exhibit"] == "tab-industry-change") & (facts["year"] == year)]
    chosen = chosen[chosen["measure"].isin([f"share_level_{name}" for name in CLASSES])]
    assert len(chosen) == 32
    for fact in chosen.itertuples():
        value = table.at[fact.group, fact.measure.removeprefix("share_level_")]
        assert as_printed(value, fact.printed) == fact.printed


def test_process_types_differ_as_published(population, facts):
    table = pd.crosstab(
        population.current["process_type"], population.current["level_class"], normalize="index"
    )
    discrete, process = 100 * table.loc["discrete"], 100 * table.loc["process"]
    low = printed(facts, "fig-05", "share_level_le1")
    assert as_printed(discrete["le1"], low["离散型"]) == low["离散型"]
    assert as_printed(process["le1"], low["流程型"]) == low["流程型"]
    lead = discrete - process
    assert round(lead["2"] + lead["3"], 1) == 2.5
    assert round(lead["ge4"], 1) == 2.7


def test_small_firms_are_as_many_and_as_low_as_published(population):
    small = population.current["size"] != "large"
    low = population.current["level_class"] == "le1"
    assert round(100 * small.mean(), 2) == 88.64
    assert round(100 * small[low].mean(), 2) == 95.09


def test_the_table_of_small_firms_classes_holds_these_and_no_other(population, facts):
    small = population.current[population.current["size"] != "large"]
    counts = small["industry"].value_counts()
    wanted = printed(facts, "tab-sme-classes", "firms")
    assert counts[counts > 100].to_dict() == {k.split()[0]: int(n) for k, n in wanted.items()}


def test_small_firms_have_their_businesses_as_often_as_published(population, facts):
    small = population.current[population.current["size"] != "large"]
    for name in ("design", "logistics", "sales", "service"):
        (wanted,) = printed(facts, "fig-09", f"coverage_{name}").values()
        assert as_printed(100 * small[name].mean(), wanted) == wanted


def test_practice_rates_of_sectors_and_nation_print_as_published(population, facts):
    sector_of = population.scored["division"].map(divisions()["sector"])
    sector_id = {name: code for code, name in sectors()["name_zh"].items()}
    chosen = facts[facts["exhibit"].between("fig-10", "fig-23")]
    assert len(chosen) > 70
    for fact in chosen.itertuples():
        rows = population.scored["year"] == fact.year
        if fact.group != "全行业":
            rows &= sector_of == sector_id[fact.group]
        answers = population.scored.loc[rows, f"practice_{fact.measure}"].dropna().astype(float)
        ratio = fact.measure == "equipment_digitalisation_rate"
        value = answers.mean() if ratio else 100 * answers.mean()
        assert as_printed(value, fact.printed) == fact.printed, fact


def test_participants_are_as_many_as_published_and_in_the_stated_order(population):
    firms = population.scored.drop_duplicates("credit_code")
    counts = firms["province"].map(regions()["name_zh"]).value_counts()
    assert len(firms) > 20000
    assert counts[["江苏省", "山东省", "宁夏回族自治区"]].tolist() == [4654, 2753, 1108]
    named = ["江苏省", "山东省", "宁夏回族自治区", "北京市", "广东省", "湖南省"]
    named += ["安徽省", "福建省", "江西省"]
    assert counts.index[: len(named)].tolist() == named
    assert counts[named[5]] > 500
    assert counts[named[8]] > 300
    assert len(counts) == 31
    assert firms["division"].nunique() == 31


def test_the_fastest_growing_regions_stand_in_the_stated_order(population):
    first = population.scored.groupby("credit_code")[["year", "province", "city"]].min()
    table = regions()
    planned = table.index[table["separately_planned"]]
    growth = {}
    for column in ("province", "city"):
        now = first[column].value_counts()
        before = first.loc[first["year"] < 2021, column].value_counts()
        for code in now.index if column == "province" else planned:
            growth[table.at[code, "short_zh"]] = now[code] / before[code]
    best = sorted(growth, key=growth.get, reverse=True)[:5]
    assert best == ["深圳", "江苏", "福建", "山东", "北京"]


def test_the_leading_industries_stand_in_the_stated_order(population):
    groups = population.current.groupby("division")["level_class"]
    share = groups.agg(lambda names: (names != "le1").mean())[groups.size() >= 300]
    best = share.sort_values(ascending=False).index[:8].tolist()
    assert best == ["39", "36", "38", "14", "27", "35", "26", "32"]


def test_small_firms_score_lower_than_all_in_every_domain(population):
    domains = [name for name in population.current if name.startswith("domain_")]
    small = population.current[population.current["size"] != "large"]
    assert len(domains) == 12
    assert (small[domains].mean() < population.current[domains].mean()).all()


def test_the_record_calls_no_fact_missed_and_excuses_only_what_the_audit_disproves(population):
    calibration = population.simulation.calibration
    status = {row["fact"]: row["status"] for row in calibration["outcomes"]}
    assert "missed" not in status.values()
    excused = {fact for fact, name in status.items() if name == "contradicted"}
    assert len(excused) <= 8
    assert "tab-cities/firms_level_ge2/重庆/2021" in excused
    assert all(row["kept"] for row in calibration["orders"] + calibration["claims"])


def test_the_record_lists_every_fact_once(population, facts):
    assert len({row["fact"] for row in population.simulation.calibration["outcomes"]}) == len(facts)
