"""Equality at limits, order among equals, and suppression of what is derived, in every scope."""

import pytest

from smdi.indicators import comparison, industries, levels, participation, practices, rankings, sme
from smdi.indicators.comparison import MATCHED, RAW, STANDARDISED

YES, NO = {"practice_data_sharing": True}, {"practice_data_sharing": False}


def groups_of(frame, measure="rank"):
    return frame.loc[frame["measure"] == measure, "group"].tolist()


def withheld(frame, measure):
    return frame.loc[frame["measure"] == measure, "withheld"].tolist()


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


@pytest.mark.parametrize(("before", "suppressed"), [(4, True), (5, False)])
@pytest.mark.parametrize("scope", [{}, {"province": "江苏省"}, {"industry": "36"}])
def test_a_change_of_levels_goes_with_either_year(firm, assessed, before, suppressed, scope):
    pop = assessed(
        firm(10, level=1),
        firm(10, level=3),
        firm(20, level=1, year=2020),
        firm(before, level=3, year=2020),
        firm(9, level=3, year=2020, region="山东省", industry="1711"),
        minimum_cell=5,
        **(scope or {"industry": "36"}),
    )
    changes = levels.level_changes(pop)
    for measure in ("share_level_le1_decrease", "share_level_ge3_increase"):
        assert withheld(changes, measure) == [suppressed]
    change = industries.industry_change(pop, ["36"])
    assert withheld(change, "share_level_3_change") == [suppressed]
    assert withheld(industries.industry_decreases(pop, ["36"]), "share_level_le1_decrease") == [
        suppressed
    ]


@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_a_lead_goes_with_either_type(firm, assessed, few, suppressed):
    pop = assessed(
        firm(20, level=1),
        firm(few, level=4),
        firm(20, level=1, process_type="process"),
        firm(20, level=4, process_type="process"),
        minimum_cell=5,
    )
    frame = levels.level_shares_by_type(pop)
    assert withheld(frame, "share_level_ge4_lead") == [suppressed]
    assert withheld(frame, "share_level_le1_lead") == [suppressed]


@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_an_increase_of_a_practice_goes_with_either_year(firm, assessed, few, suppressed):
    pop = assessed(
        firm(20, **YES), firm(20, **NO), firm(few, year=2020, **YES), firm(20, year=2020, **NO),
        minimum_cell=5,
    )  # fmt: skip
    increase = practices.practice_increase(pop, "data_sharing")
    change = practices.practice_changes(pop, ["data_sharing"], "fig-20")
    assert increase["withheld"].tolist() == change["withheld"].tolist() == [suppressed]


def three_ways(pop):
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    return dict(zip(frame["group"], frame["withheld"], strict=True))


@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_a_comparison_goes_with_either_year_among_the_same_firms(firm, assessed, few, suppressed):
    twice = [f"T{number}" for number in range(2 * few)]
    pop = assessed(
        firm(ids=twice[:few], year=2020, **YES),
        firm(ids=twice[few:], year=2020, **NO),
        firm(20, year=2020, **YES),
        firm(20, year=2020, **NO),
        firm(ids=twice[:few], **NO),
        firm(ids=twice[few:], **YES),
        firm(20, **YES),
        firm(20, **NO),
        minimum_cell=5,
    )
    assert three_ways(pop) == {RAW: False, MATCHED: suppressed, STANDARDISED: False}


@pytest.mark.parametrize("year", [2020, 2021])
@pytest.mark.parametrize(("answers", "others"), [(YES, NO), (NO, YES)])
@pytest.mark.parametrize(("few", "suppressed"), [(4, True), (5, False)])
def test_a_comparison_goes_with_few_firms_behind_either_rate(
    firm, assessed, year, answers, others, few, suppressed
):
    pop = assessed(
        firm(few, year=year, **answers),
        firm(20, year=year, **others),
        *(firm(20, year=4041 - year, **answer) for answer in (YES, NO)),
        minimum_cell=5,
    )
    ways = three_ways(pop)
    assert (ways[RAW], ways[STANDARDISED]) == (suppressed, suppressed)


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


def test_the_four_classes_of_levels_are_parts_of_a_whole(firm, assessed):
    pop = assessed(*(firm(n, level=level) for n, level in ((60, 1), (30, 2), (8, 3), (2, 4))),
                   minimum_cell=5)  # fmt: skip
    assert levels.national_level_shares(pop)["withheld"].tolist() == [False, False, True, True]


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
