"""Equality at limits, order among equals, and what a scope leaves of an exhibit."""

import pytest

from smdi.indicators import (
    comparison,
    domains,
    industries,
    levels,
    participation,
    practices,
    rankings,
    sme,
)
from smdi.indicators.comparison import MATCHED, STANDARDISED
from smdi.standards import cities

YES, NO = {"practice_data_sharing": True}, {"practice_data_sharing": False}


def groups_of(frame, measure="rank"):
    return frame.loc[frame["measure"] == measure, "group"].tolist()


@pytest.mark.parametrize("last", ["320500", "320400", "320300"])
def test_tied_cities_stand_in_the_order_of_their_codes(firm, assessed, last):
    codes = sorted({"320500", "320400", "320300"} - {last}, reverse=True)
    pop = assessed(*(firm(2, level=2, city=code) for code in [*codes, last]))
    assert groups_of(rankings.firms_by_city(pop)) == ["徐州", "常州", "苏州"]


def test_tied_provinces_stand_in_the_order_of_their_codes(firm, assessed):
    pop = assessed(*(firm(2, level=2, region=name) for name in ("广东省", "江苏省", "北京市")))
    assert groups_of(rankings.firms_by_province(pop))[:3] == ["北京市", "江苏省", "广东省"]


def test_tied_regions_industries_and_classes_stand_in_the_order_of_their_codes(firm, assessed):
    pop = assessed(
        firm(2, region="山东省", industry="3990"), firm(2, region="江苏省", industry="3670")
    )
    assert groups_of(participation.top_regions(pop)) == ["江苏省", "山东省"]
    leading = industries.leading_industries(pop, 10, minimum=2)
    assert groups_of(leading) == ["汽车制造业", "计算机、通信和其他电子设备制造业"]
    assert groups_of(sme.classes_sme(pop, minimum=1)) == [
        "3670 汽车零部件及配件制造",
        "3990 其他电子设备制造",
    ]


@pytest.mark.parametrize(("level", "counted"), [(1, 0), (2, 1), (3, 1)])
def test_a_firm_counts_as_mature_from_level_two_on(firm, assessed, level, counted):
    frame = rankings.firms_by_province(assessed(firm(1, level=level)))
    assert frame.loc[frame["measure"] == "firms_level_ge2", "value"].sum() == counted


@pytest.mark.parametrize(("firms", "ranked"), [(299, False), (300, True)])
def test_an_industry_is_ranked_from_the_minimum_on(firm, assessed, firms, ranked):
    frame = industries.leading_industries(assessed(firm(firms)), 10, 300)
    assert bool(len(frame)) is ranked


@pytest.mark.parametrize(("firms", "listed"), [(100, False), (101, True)])
def test_a_class_is_listed_only_above_the_minimum(firm, assessed, firms, listed):
    assert bool(len(sme.classes_sme(assessed(firm(firms)), 100))) is listed


@pytest.mark.parametrize(("before", "ranked"), [(29, []), (30, ["江苏省"])])
def test_growth_is_told_from_the_minimum_of_firms_before_on(firm, assessed, before, ranked):
    pop = assessed(firm(before, year=2020), firm(6))
    assert groups_of(participation.fastest_growing_regions(pop)) == ranked


def test_growth_is_of_participants_of_the_year_before_in_percent(firm, assessed):
    frame = participation.fastest_growing_regions(assessed(firm(40, year=2020), firm(10)))
    assert frame["value"].tolist() == [25, 1]
    assert frame["base"].tolist() == [50, 0]


def test_a_sector_in_a_province_is_compared_with_that_province(firm, assessed):
    pop = assessed(
        firm(1, industry="3990", **YES),
        firm(1, industry="3670", **NO),
        firm(8, industry="3670", region="山东省", **NO),
        firm(8, industry="3990", region="山东省", **NO),
        province="江苏省",
    )
    frame = practices.sector_practices(pop, "electronics", ["data_sharing"], "fig-11")
    assert frame["value"].tolist() == [100, 50]
    assert frame["base"].tolist() == [1, 2]


def test_an_industry_in_a_province_is_compared_with_all_industries_there(firm, assessed):
    pop = assessed(
        firm(1, industry="3990", **YES),
        firm(3, industry="3670", **NO),
        firm(9, industry="3990", region="山东省", **NO),
        province="江苏省",
        industry="39",
    )
    frame = practices.sector_practices(pop, "electronics", ["data_sharing"], "fig-11")
    assert frame["value"].tolist() == [100, 25]


def test_changes_of_an_industry_in_scope_are_of_that_industry_alone(firm, assessed):
    pop = assessed(firm(4), firm(6, industry="3990"), industry="39")
    for frame in (industries.industry_change(pop), industries.industry_decreases(pop)):
        assert set(frame["group"]) == {"计算机、通信和其他电子设备制造业"}


def test_leads_in_a_scope_are_of_its_firms(firm, assessed):
    pop = assessed(
        firm(1, level=4),
        firm(1, level=1, process_type="process"),
        firm(9, level=4, region="山东省", process_type="process"),
        province="江苏省",
    )
    frame = levels.level_shares_by_type(pop)
    lead = frame[frame["measure"] == "share_level_ge4_lead"]
    assert lead["value"].tolist() == [100]


@pytest.mark.parametrize(("top", "kept"), [(1, 1), (2, 3), (3, 3)])
def test_industries_are_listed_up_to_the_last_rank_and_all_who_share_it(firm, assessed, top, kept):
    pop = assessed(
        firm(4, industry="3670", level=2),
        *(firm(2, industry=code, level=2) for code in ("3990", "1711")),
        *(firm(2, industry=code) for code in ("3990", "1711", "1311")),
    )
    frame = industries.leading_industries(pop, top, minimum=3)
    assert len(groups_of(frame)) == kept


@pytest.mark.parametrize("silent", [2020, 2021])
def test_a_firm_asked_in_one_year_alone_is_no_part_of_the_matched(firm, assessed, silent):
    pop = assessed(
        firm(ids=["A"], year=2020, **NO),
        firm(ids=["A"], year=2021, **YES),
        *(
            firm(ids=["B"], year=year, practice_data_sharing=None if year == silent else True)
            for year in (2020, 2021)
        ),
    )
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    matched = frame[frame["group"] == MATCHED]
    assert (matched["value"].tolist(), matched["base"].tolist()) == ([100], [1])


def test_a_leading_industry_has_its_rank_its_share_of_mature_firms_and_four_shares(firm, assessed):
    frame = industries.leading_industries(assessed(firm(1), firm(3, level=3)), 1, minimum=4)
    assert dict(zip(frame["measure"], frame["value"], strict=True)) == {
        "rank": 1,
        "share_level_ge2": 75,
        "share_level_le1": 25,
        "share_level_2": 0,
        "share_level_3": 75,
        "share_level_ge4": 0,
    }


def test_within_a_province_it_stands_alone_on_the_map(firm, assessed):
    pop = assessed(firm(3), firm(5, region="山东省"), province="江苏省")
    frame = participation.participants_by_province(pop)
    assert frame[["group", "value"]].to_numpy().tolist() == [["江苏省", 3]]


def test_a_region_with_one_participant_is_ranked(firm, assessed):
    frame = participation.top_regions(assessed(firm(2), firm(1, region="山东省")))
    assert groups_of(frame) == ["江苏省", "山东省"]


def test_cells_of_a_standardised_change_are_never_confused(firm, assessed):
    pop = assessed(
        firm(3, year=2020, industry="1711", size="small", **NO),
        firm(1, year=2020, industry="3670", size="large", **NO),
        firm(1, industry="1711", size="small", **YES),
        firm(1, industry="3670", size="large", **NO),
    )
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    assert frame.loc[frame["group"] == STANDARDISED, "value"].tolist() == [75]


def test_cities_are_listed_to_the_fiftieth_rank_unless_said_otherwise(firm, assessed):
    codes = cities().index[:51]
    pop = assessed(*(firm(n, level=2, city=code) for n, code in enumerate(codes, start=1)))
    assert len(groups_of(rankings.firms_by_city(pop))) == 50


def test_provinces_of_the_map_stand_by_their_participants(firm, assessed):
    frame = participation.participants_by_province(
        assessed(firm(1, region="北京市"), firm(2), firm(3, region="山东省"))
    )
    assert frame["group"].tolist()[:4] == ["山东省", "江苏省", "北京市", "天津市"]


def test_small_firms_are_a_share_of_all_and_of_the_lowest_levels(firm, assessed):
    pop = assessed(firm(1), firm(1, size="large"), firm(2, level=2, size="large"))
    frame = sme.sme_shares(pop)
    assert dict(zip(frame["measure"], frame["value"], strict=True)) == {
        "sme_share": 25,
        "sme_share_of_level_le1": 50,
    }


def test_domain_scores_of_small_firms_leave_out_the_large(firm, assessed):
    pop = assessed(firm(1, domain_data=1.0), firm(1, domain_data=2.0, size="large"))
    frame = domains.domain_scores_sme(pop)
    data = frame[frame["measure"] == "domain_data"]
    assert dict(zip(data["group"], data["value"], strict=True)) == {"中小企业": 1, "全国": 1.5}


def test_the_industries_followed_are_the_eight_of_the_report(firm, assessed):
    assert groups_of(
        industries.industry_decreases(assessed(firm(1))), "share_level_le1_decrease"
    ) == [
        "电气机械和器材制造业",
        "通用设备制造业",
        "纺织业",
        "汽车制造业",
        "专用设备制造业",
        "铁路、船舶、航空航天和其他运输设备制造业",
        "计算机、通信和其他电子设备制造业",
        "金属制品业",
    ]


def test_without_a_firm_that_answered_twice_nothing_is_matched(firm, assessed):
    pop = assessed(firm(2, year=2020, **YES), firm(3, **YES))
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    assert frame.loc[frame["group"] == MATCHED, "base"].tolist() == [0]
