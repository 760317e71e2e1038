"""What the first of a ranking have of the whole, and what names are printed for its groups."""

import math

from smdi.indicators import industries, participation, rankings, sme


def test_the_first_regions_have_a_share_of_all_participants(firm, assessed):
    pop = assessed(
        firm(5, region="江苏省"),
        firm(3, region="山东省"),
        firm(1, region="广东省"),
        firm(1, region="北京市"),
    )
    leading = participation.top_regions(pop)
    assert participation.share_of_first(pop, leading, 2) == 80
    # 广东省 and 北京市 share the third place: with them they are all, of whom nothing is said.
    assert math.isnan(participation.share_of_first(pop, leading, 3))


def test_one_region_alone_or_a_withheld_one_has_no_share(firm, assessed):
    alone = assessed(firm(5, region="江苏省"))
    assert math.isnan(participation.share_of_first(alone, participation.top_regions(alone)))
    small = assessed(firm(9, region="江苏省"), firm(3, region="山东省"), minimum=5)
    assert math.isnan(participation.share_of_first(small, participation.top_regions(small)))
    nobody = assessed(firm(5, region="江苏省"), province="西藏自治区")
    assert math.isnan(participation.share_of_first(nobody, participation.top_regions(nobody)))


def test_the_first_provinces_have_a_share_of_all_mature_firms(firm, assessed):
    pop = assessed(
        firm(6, level=2, region="江苏省"),
        firm(3, level=3, region="山东省"),
        firm(1, level=2, region="广东省"),
        firm(9, level=1, region="北京市"),
    )
    provinces = rankings.firms_by_province(pop)
    assert rankings.total(provinces) == 10
    assert rankings.share_of_first(provinces, 2) == 90
    assert rankings.share_of_first(provinces, 30) == 100
    assert math.isnan(rankings.share_of_first(provinces, 31))


def test_a_withheld_number_leaves_the_total_and_the_share_unknown(firm, assessed):
    pop = assessed(firm(9, level=2, region="江苏省"), firm(3, level=2, region="山东省"), minimum=5)
    provinces = rankings.firms_by_province(pop)
    assert math.isnan(rankings.total(provinces))
    assert math.isnan(rankings.share_of_first(provinces))


def test_the_first_are_no_share_of_themselves_nor_of_nobody(firm, assessed):
    own = assessed(firm(9, level=2), province="江苏省")
    assert math.isnan(rankings.share_of_first(rankings.firms_by_province(own)))
    nobody = assessed(firm(9, level=1))
    assert math.isnan(rankings.share_of_first(rankings.firms_by_province(nobody)))


def test_of_a_single_mature_firm_the_first_region_has_all(firm, assessed):
    pop = assessed(firm(1, level=2, region="江苏省"), firm(9, level=1, region="山东省"))
    assert rankings.share_of_first(rankings.firms_by_province(pop), 1) == 100


def test_groups_have_short_names_for_print():
    assert industries.short_name("铁路、船舶、航空航天和其他运输设备制造业") == "铁路船舶航空"
    assert sme.class_name("4190 其他未列明制造业") == "其他未列明制造业"


def test_without_a_number_it_is_the_first_five_cities_and_the_first_three_regions(firm, assessed):
    towns = ["320100", "320200", "320300", "320400", "320500", "320600", "320700"]
    pop = assessed(*(firm(8 - n, level=2, city=code) for n, code in enumerate(towns)))
    cities = rankings.firms_by_city(pop)
    assert rankings.share_of_first(cities) == 100 * (8 + 7 + 6 + 5 + 4) / 35
    names = ("江苏省", "山东省", "广东省", "北京市")
    pop = assessed(*(firm(5 - n, region=name) for n, name in enumerate(names)))
    leading = participation.top_regions(pop)
    assert participation.share_of_first(pop, leading) == 100 * (5 + 4 + 3) / 14
