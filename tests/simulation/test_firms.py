"""What a firm is made of, and how it comes back from year to year."""

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from smdi.assessments.validation import validate
from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.comparison import hill
from smdi.standards import national_level_shares, regions


def test_the_file_passes_the_checks_of_an_editors_export(population):
    assert validate(population.file).firms == population.scored["credit_code"].nunique()


def test_the_file_says_that_it_is_simulated(population):
    metadata = pq.read_schema(population.file).metadata
    assert metadata[b"smdi.provenance"] == b"simulated"


def test_no_code_can_be_taken_for_a_real_one(population):
    codes = population.scored["credit_code"]
    # S and I are never used in a unified social credit code (GB 32100).
    assert codes.str.fullmatch(r"SIM[0-9]{15}").all()
    assert not population.scored.duplicated(["credit_code", "year"]).any()


def test_a_firm_keeps_its_place_industry_type_and_businesses(population):
    fixed = ["province", "city", "industry", "process_type", "size"]
    fixed += ["design", "logistics", "sales", "service"]
    assert (population.scored.groupby("credit_code")[fixed].nunique() == 1).all(axis=None)


def test_a_city_lies_in_its_province(population):
    parent = population.scored["city"].map(regions()["parent"])
    assert (parent == population.scored["province"]).all()


def test_many_firms_answer_in_more_than_one_year(population):
    years = population.scored.groupby("credit_code")["year"].agg(frozenset)
    assert years.map(lambda own: {2020, 2021} <= own).sum() > 8000
    assert (years == frozenset({2019, 2020, 2021})).sum() > 2000
    assert years.map(lambda own: 2021 not in own).sum() > 4000


def test_earlier_years_have_the_level_shares_published_elsewhere(population):
    published = national_level_shares()
    for year in (2019, 2020):
        rows = population.scored.loc[population.scored["year"] == year, "level_class"]
        shares = 100 * rows.value_counts(normalize=True)
        shares["ge3"] = shares["3"] + shares["ge4"]
        for own in published[published["year"] == year].itertuples():
            assert round(shares[own.level_class]) == own.share
    assert (population.scored["year"] == 2020).sum() > 12000


def test_levels_persist_between_years(population):
    levels = population.scored.pivot(index="credit_code", columns="year", values="level")
    both = levels[[2020, 2021]].dropna()
    assert both[2020].corr(both[2021], method="spearman") > 0.6


def test_a_firm_that_had_a_practice_mostly_has_it_a_year_later(population):
    name = "practice_automatic_data_collection"
    own = population.scored.pivot(index="credit_code", columns="year", values=name)
    both = own[[2020, 2021]].dropna().astype(bool)
    assert both.loc[both[2020], 2021].mean() > 0.7
    assert both.loc[~both[2020], 2021].mean() < 0.4


def test_practices_are_asked_from_the_baseline_year_on(population):
    names = [name for name in population.scored if name.startswith("practice_")]
    first = population.scored["year"] == 2019
    assert population.scored.loc[first, names].isna().all(axis=None)
    assert population.scored.loc[~first, "practice_data_sharing"].notna().all()


def test_only_firms_with_the_business_are_asked_about_it(population):
    current = population.current
    asked = current["practice_ecommerce_platform"].notna()
    assert (asked == current["sales"]).all()


def test_process_firms_and_firms_without_a_business_skip_its_requirements(population):
    table = population.simulation.table
    names = [name for name in table.column_names if name.startswith("item_product_")]
    assert names
    process = pc.equal(table.column("process_type"), "process")
    for name in names:
        assert table.filter(process).column(name).null_count == pc.sum(process).as_py()
    without = table.filter(pc.invert(table.column("logistics")))
    for name in (n for n in table.column_names if n.startswith("item_logistics")):
        assert without.column(name).null_count == without.num_rows


def test_days_of_answers_lie_in_their_year(population):
    days = pd.to_datetime(population.scored["submitted_on"])
    assert (days.dt.year == population.scored["year"]).all()


def test_no_region_has_an_unlikely_share_of_high_levels(population):
    groups = population.current.groupby("province")["level_class"]
    share = groups.agg(lambda names: (names != "le1").mean())
    assert share.max() < 0.7
    assert np.isclose(share.median(), 0.25, atol=0.1)


def test_the_largest_firms_are_as_large_as_china_s_largest(population):
    firms = population.current
    assert firms["employees"].max() > 50_000
    assert firms["revenue"].max() > 5_000_000  # 万元: 50 bn yuan
    # One firm in a hundred is some hundred times the middle one.
    assert firms["employees"].quantile(0.99) > 80 * firms["employees"].median()


def test_no_number_of_persons_or_revenue_is_a_favourite(population):
    firms = population.current
    for column, width in (("employees", 20), ("revenue", 200)):
        for bound in (300, 1000) if column == "employees" else (2000, 40000):
            below = firms[column].between(bound - width, bound - 1).sum()
            above = firms[column].between(bound, bound + width - 1).sum()
            assert above < 3 * max(below, 20)
    large = firms.loc[firms["employees"] >= 250, "employees"]
    assert large.value_counts().max() < 25
    assert firms["revenue"].value_counts().max() < 15


def test_no_firm_outgrows_the_largest_employers_of_its_industry(population):
    largest = population.current.groupby("division")["employees"].max()
    printing, cars = 20_000, 200_000
    assert largest["23"] < 1.2 * printing < 0.2 * cars
    assert largest["36"] > printing


def test_firms_do_not_jump_in_number_at_the_bound_of_micro_firms(population):
    firms = population.current["employees"]
    below, above = firms.between(15, 19).sum(), firms.between(20, 24).sum()
    assert 0.6 < below / above < 1.6


def test_revenue_a_head_is_of_the_industry(population):
    firms = population.current
    head = firms["revenue"] / firms["employees"]
    middle = head.groupby(firms["division"], observed=True).median()
    assert middle["25"] > 3 * middle["18"]  # petroleum, clothing
    assert (head < 8).mean() < 0.01


def test_answers_come_on_working_days(population):
    days = pd.to_datetime(population.current["submitted_on"])
    weekend = days.dt.day_of_week >= 5
    assert 0.01 < weekend.mean() < 0.08
    assert not (days.dt.strftime("%m-%d") == "12-31").any()


def test_no_micro_firm_stands_at_a_high_level(population):
    firms = population.current
    micro = firms["size"] == "micro"
    assert micro.mean() > 0.1
    assert firms.loc[micro, "level"].max() <= 2


def test_tobacco_firms_are_mostly_large_or_medium(population):
    tobacco = population.current[population.current["division"] == "16"]
    assert len(tobacco) > 20
    assert (tobacco["size"].isin(["small", "micro"])).mean() < 0.3


def test_no_unprinted_class_stands_at_the_threshold_of_the_table(population):
    small = population.current[population.current["size"] != "large"]
    counts = small["industry"].value_counts()
    assert (counts == 100).sum() == 0
    assert counts[counts < 100].value_counts().loc[lambda n: n.index > 60].max() <= 6


def test_level_zero_and_level_five_are_the_assumed_part_of_their_class(population):
    split = read_assumptions().level_split
    for year in (2019, 2020, 2021):
        levels = population.scored.loc[population.scored["year"] == year, "level"]
        for part, share in (
            (levels[levels <= 1] == 0, split.level_0_of_le1[year]),
            (levels[levels >= 4] == 5, split.level_5_of_ge4[year]),
        ):
            assert abs(part.sum() - share * len(part) / 100) < 1


def test_large_firms_have_their_businesses_as_often_as_assumed(population):
    large = population.current[population.current["size"] == "large"]
    for name, share in read_assumptions().businesses.large.items():
        assert abs(100 * large[name].mean() - share) < 3


def test_a_practice_that_the_report_leaves_out_has_its_assumed_rate(population):
    rates = read_assumptions().practices.rates[2020]
    rows = population.scored[population.scored["year"] == 2020]
    for name in ("private_network", "data_sharing", "smart_supply_chain"):
        assert abs(100 * rows[f"practice_{name}"].dropna().astype(float).mean() - rates[name]) < 0.1


def test_discrete_makers_lean_to_design_and_process_makers_to_equipment(population):
    means = population.current.groupby("process_type")[["domain_design", "domain_equipment"]].mean()
    lead = means["domain_design"] - means["domain_equipment"]
    assert lead["discrete"] > lead["process"] + 0.1


def test_a_division_known_for_a_region_is_more_of_it(population):
    current = population.current
    car = current["division"] == "36"
    names = current["province"].map(regions()["name_zh"])
    assert car[names == "重庆市"].mean() > 1.5 * car.mean()


def test_two_thirds_of_an_even_tail_have_the_exponent_of_their_law():
    sizes = (1 - (np.arange(20000) + 0.5) / 20000) ** (-1 / 1.06)
    assert abs(hill(sizes, 0.05) - 1.06) < 0.02


@pytest.mark.parametrize(
    ("part", "doublings"),
    [
        (1.0, (4, 3, 2, 1)),
        (0.8, (3, 2, 1)),
        (0.79, (2, 1)),
        (0.2, (1,)),  # two sizes at least
        (0.0, (1,)),
    ],
)
def test_the_exponent_of_a_tail_is_one_over_the_mean_logarithm_above_its_last_size(
    part: float, doublings: tuple[int, ...]
):
    """Sizes that double each time: the largest is four doublings above the smallest."""
    mean = np.mean(doublings) * np.log(2)
    assert hill(np.array([2, 16, 1, 8, 4]), part) == pytest.approx(1 / mean)
