"""Part one of the report on tiny populations, against numbers worked out by hand."""

import math
from dataclasses import replace

import pytest

from smdi.indicators import domains, industries, levels, participation, rankings, sme
from smdi.indicators.cells import Unprotected, shown_best
from smdi.indicators.tidy import error_of, pick


def by_group(frame, measure):
    return frame[frame["measure"] == measure].set_index("group")["value"].to_dict()


def test_level_shares_are_given_for_every_year_and_sum_to_the_whole(firm, assessed):
    pop = assessed(
        firm(69, level=0), firm(15, level=2), firm(7, level=3), firm(9, level=5), firm(4, year=2019)
    )
    frame = levels.national_level_shares(pop)
    now = frame[frame["year"] == 2021]
    assert now["measure"].tolist() == list(levels.SHARES)
    assert now["value"].tolist() == [69, 15, 7, 9]
    assert frame["year"].unique().tolist() == [2019, 2021]
    assert (now["base"] == 100).all()


def test_level_changes_are_taken_before_rounding(firm, assessed):
    pop = assessed(
        firm(2, level=1), firm(1, level=3), firm(1, level=2), firm(3, level=1, year=2020)
    )
    frame = levels.level_changes(pop)
    assert pick(frame, "share_level_le1_decrease", "全国", 2021)[0] == 50
    assert pick(frame, "share_level_ge3_increase", "全国", 2021)[0] == 25
    assert pick(frame, "share_level_le1_change", "全国", 2021)[0] == -50


def test_without_a_year_before_a_change_is_missing(firm, assessed):
    frame = levels.level_changes(assessed(firm(10)))
    assert frame["value"].isna().all()
    assert not frame["withheld"].any()


def test_leads_are_discrete_minus_process(firm, assessed):
    pop = assessed(
        firm(6, level=1),
        firm(3, level=2),
        firm(1, level=4),
        firm(16, level=1, process_type="process"),
        firm(4, level=3, process_type="process"),
    )
    frame = levels.level_shares_by_type(pop)
    assert pick(frame, "share_level_le1", "流程型", 2021)[0] == 80
    assert pick(frame, "share_level_2_3_lead", "离散型", 2021)[0] == 10
    assert pick(frame, "share_level_ge4_lead", "离散型", 2021)[0] == 10
    assert pick(frame, "share_level_le1_lead", "离散型", 2021)[0] == -20


def test_every_province_is_there_though_nobody_takes_part(firm, assessed):
    frame = participation.participants_by_province(assessed(firm(7, region="山东省")))
    assert len(frame) == 31
    assert by_group(frame, "participants")["山东省"] == 7
    assert by_group(frame, "participants")["上海市"] == 0


def test_a_tie_at_the_end_lengthens_the_list_of_regions(firm, assessed):
    pop = assessed(
        firm(3, region="江苏省"), firm(2, region="山东省"), firm(2, region="广东省"), firm(1)
    )
    frame = participation.top_regions(pop, 2)
    assert by_group(frame, "rank") == {"江苏省": 1, "山东省": 2, "广东省": 2}


def test_growth_is_of_participants_to_date_and_knows_the_planned_cities(firm, assessed):
    pop = assessed(
        firm(40, region="广东省", year=2020),
        firm(50, region="江苏省", year=2020),
        firm(60, region="广东省"),
        firm(25, region="江苏省"),
    )
    frame = participation.fastest_growing_regions(pop, 2)
    assert by_group(frame, "growth") == {"广东省": 150, "深圳": 150}
    assert set(by_group(frame, "rank").values()) == {1}


def test_regions_without_participants_before_have_no_growth(firm, assessed):
    assert participation.fastest_growing_regions(assessed(firm(100)), 5).empty


def test_regions_that_did_not_grow_do_not_lead(firm, assessed):
    pop = assessed(
        firm(40, region="江苏省", year=2020),
        firm(40, region="山东省", year=2020),
        firm(10, region="江苏省"),
    )
    assert by_group(participation.fastest_growing_regions(pop, 5), "growth") == {"江苏省": 25}


def test_within_a_province_its_cities_are_ranked(firm, assessed):
    pop = assessed(firm(3), firm(5, region="山东省"), province="江苏省")
    assert by_group(participation.top_regions(pop), "participants") == {"无锡": 3}


def test_provinces_are_ranked_by_mature_firms_with_ties(firm, assessed):
    pop = assessed(
        firm(4, level=2, region="山东省"),
        firm(4, level=3, region="江苏省"),
        firm(2, level=5, region="广东省"),
        firm(9, level=1, region="广东省"),
    )
    frame = rankings.firms_by_province(pop)
    ranks = by_group(frame, "rank")
    assert (ranks["江苏省"], ranks["山东省"], ranks["广东省"]) == (1, 1, 3)
    assert len(ranks) == 3
    assert len(by_group(frame, "firms_level_ge2")) == 31
    assert by_group(frame, "firms_level_ge2")["广东省"] == 2


def test_a_province_alone_keeps_its_rank_in_the_nation(firm, assessed):
    pop = assessed(firm(4, level=2, region="山东省"), firm(3, level=3), province="江苏省")
    assert by_group(rankings.firms_by_province(pop), "rank") == {"江苏省": 2}


def test_cities_beyond_the_last_rank_are_left_out(firm, assessed):
    pop = assessed(
        firm(3, level=2), firm(2, level=2, region="山东省"), firm(2, level=2, region="北京市")
    )
    assert by_group(rankings.firms_by_city(pop, 1), "rank") == {"无锡": 1}
    assert by_group(rankings.firms_by_city(pop, 2), "rank") == {"无锡": 1, "北京": 2, "青岛": 2}


def test_leading_industries_need_enough_firms_and_are_ranked_unrounded(firm, assessed):
    pop = assessed(
        firm(2, industry="3670", level=2),
        firm(1, industry="3670"),
        firm(5, industry="3990", level=3),
        firm(3, industry="3990"),
        firm(1, industry="1711", level=5),
    )
    frame = industries.leading_industries(pop, 10, minimum=3)
    assert by_group(frame, "rank") == {"汽车制造业": 1, "计算机、通信和其他电子设备制造业": 2}


def test_an_industry_alone_is_shown_whatever_its_rank(firm, assessed):
    groups = [firm(4, industry="3670", level=2), firm(4, industry="1711")]
    frame = industries.leading_industries(assessed(*groups, industry="17"), 1, minimum=3)
    assert by_group(frame, "rank") == {"纺织业": 2}


def test_no_industry_may_have_enough_firms(firm, assessed):
    assert industries.leading_industries(assessed(firm(4)), 10, minimum=300).empty


def test_industry_change_holds_both_years_and_their_unrounded_difference(firm, assessed):
    pop = assessed(firm(1), firm(2, level=2), firm(2, year=2020), firm(4, level=2, year=2020))
    frame = industries.industry_change(pop, ["36"])
    assert pick(frame, "share_level_le1", "汽车制造业", 2021)[0] == 100 / 3
    assert pick(frame, "share_level_le1", "汽车制造业", 2020)[0] == 100 / 3
    assert pick(frame, "share_level_le1_change", "汽车制造业", 2021)[0] == 0
    assert len(frame) == 12


def test_the_error_of_a_change_in_an_industry_is_that_of_two_samples(firm, assessed):
    sides = ((2021, 30, 10), (2020, 60, 5))
    pop = assessed(
        *(firm(n - high, year=year) for year, n, high in sides),
        *(firm(high, level=2, year=year) for year, _, high in sides),
    )
    frame = industries.industry_change(pop, ["36"])
    parts = [(high / n) * (1 - high / n) / (n - 1) for _, n, high in sides]
    found = error_of(frame, "share_level_2_change", "汽车制造业", 2021)
    assert found == pytest.approx(100 * sum(parts) ** 0.5, rel=0.05)


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ((), ["le1", "2", "3", "ge4"]),
        (("ge4",), ["le1", "2", "ge3"]),
        (("2", "ge4"), ["le1", "ge2"]),
        (("le1", "2", "3", "ge4", "ge3", "ge2"), ["le1", "2", "3", "ge4"]),
    ],
)
def test_levels_that_cannot_be_told_apart_are_told_together(hidden, told, firm, assessed):
    """As finely as all can be seen; where nothing can, the classes stay, each withheld."""
    levels_hidden = {levels.level_classes_in(name) for name in hidden}

    class Hides(Unprotected):
        def ask(self, cells):
            return not any(dict(cell.where).get("level_class") in levels_hidden for cell in cells)

        def finest(self, ways):
            return shown_best(ways, self.ask)

    pop = assessed(*(firm(9, level=level, year=y) for level in (1, 2, 3, 4) for y in (2020, 2021)))
    frame = industries.industry_change(replace(pop, protection=Hides()), ["36"])
    shares = frame[(frame["unit"] == "%") & (frame["year"] == 2021)]
    assert shares["measure"].tolist() == [f"share_level_{name}" for name in told]
    assert shares["withheld"].any() == (len(hidden) > 2)


def test_an_empty_industry_is_missing_and_divides_nothing_by_zero(firm, assessed):
    frame = industries.industry_change(assessed(firm(9)), ["16"])
    assert frame["value"].isna().all()
    assert not frame["withheld"].any()


def test_small_firms_are_all_that_are_not_large(firm, assessed):
    pop = assessed(
        firm(6, size="small"), firm(1, size="micro"), firm(1, size="medium"), firm(2, size="large")
    )
    frame = sme.sme_shares(pop)
    assert pick(frame, "sme_share", "全国", 2021)[0] == 80
    assert sme.small_firms(pop)["size"].nunique() == 3


def test_the_bounds_of_size_are_those_of_the_standard(firm, assessed):
    frame = sme.size_bounds(assessed(firm()))
    assert by_group(frame, "sme_employees_under") == {"全国": 1000}
    assert by_group(frame, "sme_revenue_under") == {"全国": 40000}


def test_coverage_is_over_small_firms_alone(firm, assessed):
    pop = assessed(firm(3), firm(1, design=False), firm(5, size="large", design=False))
    assert pick(sme.coverage_sme(pop), "coverage_design", "中小企业", 2021)[0] == 75


def test_classes_must_exceed_the_threshold(firm, assessed):
    pop = assessed(firm(4, industry="3670"), firm(3, industry="4190"), firm(3, size="large"))
    frame = sme.classes_sme(pop, minimum=3)
    assert by_group(frame, "firms") == {"3670 汽车零部件及配件制造": 4}


def test_domain_means_leave_out_firms_without_the_business(firm, assessed):
    pop = assessed(
        firm(1, domain_design=1.0),
        firm(1, domain_design=2.0),
        firm(1, domain_design=math.nan, design=False),
    )
    frame = domains.domain_scores_sme(pop)
    assert pick(frame, "domain_design", "中小企业", 2021)[0] == pytest.approx(1.5)
    assert frame.loc[frame["measure"] == "domain_design", "base"].tolist() == [2, 2]
    assert frame.loc[frame["measure"] == "domain_sales", "value"].isna().all()


def test_one_firm_more_changes_counts_ranks_and_shares(firm, assessed):
    groups = [firm(2, level=2, region="江苏省"), firm(2, level=2, region="山东省")]
    before, after = assessed(*groups), assessed(*groups, firm(1, level=2, region="山东省"))
    assert by_group(rankings.firms_by_province(before), "rank")["江苏省"] == 1
    assert by_group(rankings.firms_by_province(after), "rank")["江苏省"] == 2
