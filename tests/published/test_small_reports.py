"""Five made-up reports of a page of tables each, nothing declared, and the errors planted there.

The facts are written short: exhibit measure group year printed unit. Beside each report stand the
facts that are wrong, by hand; every one must be named by a finding, and no report that is mended
may be accused of anything.
"""

import pytest

from smdi.published import audit, read_facts
from smdi.published.audit import PROVEN

REGIONS = """
tab-regions firms 华东 2022 4200 家
tab-regions firms 华东 2021 3500 家
tab-regions firms_growth 华东 2022 20.0 %
tab-regions firms 华北 2022 2100 家
tab-regions firms 华北 2021 2000 家
tab-regions firms_growth 华北 2022 5.0 %
tab-regions firms 西部 2022 1500 家
tab-regions firms 西部 2021 1200 家
tab-regions firms_growth 西部 2022 25.0 %
tab-regions firms 合计 2022 7800 家
fig-02 region_share 华东 2022 53.8 %
fig-02 region_share 华北 2022 26.9 %
fig-02 region_share 西部 2022 19.2 %
fig-05 cloud_rate 大型企业 2022 61 %
fig-05 cloud_rate 中型企业 2022 45 %
fig-05 cloud_rate 小型企业 2022 31 %
fig-05 cloud_rate 全国 2022 36 %
fig-06 erp_rate 全国 2022 62 %
fig-06 erp_rate 全国 2021 57 %
text erp_rate_increase 全国 2022 5 百分点
text firms_over 全国 2022 7500 家
text cloud_rate_increase_from 全国 2022 2 百分点
text cloud_rate_increase_to 全国 2022 4 百分点
"""
REGIONS_PLANTED = {
    "tab-regions/firms_growth/华东/2022": "30.0",  # 20 % by its counts
    "tab-regions/firms/合计/2022": "8700",  # the three make 7800
    "fig-02/region_share/西部/2022": "22.6",  # 103.3 % together
    "fig-05/cloud_rate/全国/2022": "66",  # outside its parts
    "fig-06/erp_rate/全国/2021": "47",  # a rise of 15, told as 5
    "text/firms_over/全国/2022": "9000",  # over 9000 of 7800
    "text/cloud_rate_increase_to/全国/2022": None,  # the other end of the range
    "tab-regions/firms/西部/2021": None,  # a hole in the grid
}

SCHOOLS = """
tab-types robots 汽车 2023 320 个
tab-types robots 电子 2023 280 个
tab-types robots 食品 2023 140 个
tab-types robots 纺织 2023 90 个
tab-types robots 家具 2023 40 个
tab-types rank 汽车 2023 1 位
tab-types rank 电子 2023 2 位
tab-types rank 食品 2023 3 位
tab-types rank 纺织 2023 4 位
tab-types rank 家具 2023 5 位
tab-types title_rows 全国 2023 5 个
fig-03 share_small 汽车 2023 20 %
fig-03 share_medium 汽车 2023 30 %
fig-03 share_large 汽车 2023 50 %
fig-03 share_small 电子 2023 35 %
fig-03 share_medium 电子 2023 40 %
fig-03 share_large 电子 2023 25 %
fig-03 share_small 食品 2023 61 %
fig-03 share_medium 食品 2023 29 %
fig-03 share_large 食品 2023 10 %
tab-plants plants 汽车 2023 60 个
tab-plants plants_automated 汽车 2023 25 个
tab-plants plants 电子 2023 80 个
tab-plants plants_automated 电子 2023 31 个
"""
SCHOOLS_PLANTED = {
    "tab-types/rank/食品/2023": "5",
    "tab-types/title_rows/全国/2023": "6",
    "tab-types/robots/纺织/2023": "190",  # out of order, and its rank
    "fig-03/share_medium/电子/2023": "48",  # 108 % together
    "fig-03/share_large/食品/2023": "-10",
    "tab-plants/plants_automated/电子/2023": "131",  # more than all of them
}

PROVINCES = """
tab-provinces firms_level_ge2 江苏省 2024 90 家
tab-provinces firms_level_ge2 浙江省 2024 80 家
tab-provinces firms_level_ge2 山东省 2024 70 家
tab-provinces firms_level_ge2 重庆市 2024 60 家
tab-cities firms_level_ge2 苏州 2024 50 家
tab-cities firms_level_ge2 无锡 2024 30 家
tab-cities firms_level_ge2 杭州 2024 20 家
fig-01 participants 江苏省 2024 400 家
fig-01 participants 浙江省 2024 300 家
fig-01 participants 山东省 2024 200 家
fig-04 share_level_le1 全国 2024 60.5 %
fig-04 share_level_2 全国 2024 20.0 %
fig-04 share_level_3 全国 2024 12.0 %
fig-04 share_level_ge4 全国 2024 7.5 %
fig-05 share_level_le1 离散型 2024 58.0 %
fig-05 share_level_le1 流程型 2024 64.0 %
fig-09 mes_rate 全国 2024 30.25 %
fig-09 mes_rate 全国 2023 28.10 %
fig-09 aps_rate 全国 2024 12.40 %
fig-09 aps_rate 全国 2023 11.15 %
"""
PROVINCES_PLANTED = {
    "tab-cities/firms_level_ge2/苏州/2024": "70",  # 100 firms in a province of 90
    "fig-01/participants/山东省/2024": "20",  # fewer than its firms at level 2 or above
    "fig-04/share_level_3/全国/2024": "21.0",  # 109 % together
    "fig-05/share_level_le1/流程型/2024": "59.0",  # the nation lies above both
    "fig-09/aps_rate/全国/2024": "12.4",  # a decimal lost
}

MONEY = """
tab-spend spending 东区 2023 1200 万元
tab-spend spending 西区 2023 800 万元
tab-spend spending 南区 2023 650 万元
tab-spend spending 北区 2023 350 万元
tab-spend spending 合计 2023 3000 万元
tab-spend spending_share 东区 2023 40.0 %
tab-spend spending_share 西区 2023 26.7 %
tab-spend spending_share 南区 2023 21.7 %
tab-spend spending_share 北区 2023 11.7 %
tab-spend projects 东区 2023 48 个
tab-spend projects 西区 2023 31 个
tab-spend projects 南区 2023 25 个
tab-spend projects 北区 2023 12 个
tab-spend projects 合计 2023 116 个
fig-03 erp_rate 大型企业 2023 88.3 %
fig-03 erp_rate 中型企业 2023 71.6 %
fig-03 erp_rate 全国 2023 75.9 %
text erp_rate 全国 2023 76 %
text erp_rate_lead 大型企业 2023 16.7 百分点
"""
MONEY_PLANTED = {
    "tab-spend/spending/南区/2023": "560",  # two digits changed places
    "tab-spend/spending_share/北区/2023": "117.0",  # the point moved
    "tab-spend/spending/西区/2023": None,  # a row of the column lost
    "tab-spend/projects/合计/2023": "161",  # a total that is far from its rows
    "text/erp_rate/全国/2023": "67",  # prose against the figure
}

LEVELS = """
fig-04 share_level_le1 全国 2025 58.3 %
fig-04 share_level_2 全国 2025 21.4 %
fig-04 share_level_3 全国 2025 13.0 %
fig-04 share_level_ge4 全国 2025 7.3 %
tab-levels firms 全国 2025 10000 家
tab-levels firms_level_2 全国 2025 2140 家
tab-levels firms_level_3 全国 2025 1300 家
tab-levels firms_level_ge4 全国 2025 730 家
tab-staff staff 甲厂 2025 400 人
tab-staff staff_trained 甲厂 2025 60 人
tab-staff trained_share 甲厂 2025 15.0 %
tab-staff staff 乙厂 2025 250 人
tab-staff staff_trained 乙厂 2025 35 人
tab-staff trained_share 乙厂 2025 14.0 %
tab-staff staff 丙厂 2025 180 人
tab-staff staff_trained 丙厂 2025 18 人
tab-staff trained_share 丙厂 2025 10.0 %
text share_level_ge2 全国 2025 41.7 %
text share_level_ge3_increase 全国 2025 2.1 百分点
fig-05 share_level_ge3 全国 2025 20.3 %
fig-05 share_level_ge3 全国 2024 18.2 %
"""
LEVELS_PLANTED = {
    "tab-levels/firms_level_3/全国/2025": "3100",  # 13 % by its share
    "tab-levels/firms_level_2/全国/2025": "1240",
    "tab-staff/trained_share/乙厂/2025": "41.0",  # 35 of 250
    "text/share_level_ge2/全国/2025": "47.1",  # the classes make 41.7
    "text/share_level_ge3_increase/全国/2025": "1.2",  # 20.3 less 18.2
    "fig-05/share_level_ge3/全国/2024": "12.8",
}

REPORTS = {
    "money": (MONEY, MONEY_PLANTED),
    "levels": (LEVELS, LEVELS_PLANTED),
    "regions": (REGIONS, REGIONS_PLANTED),
    "robots": (SCHOOLS, SCHOOLS_PLANTED),
    "provinces": (PROVINCES, PROVINCES_PLANTED),
}


def written(text, planted, folder):
    """The facts file with the planted errors; None drops a fact."""
    lines = ["exhibit,measure,group,year,value,unit,printed,where"]
    for fact in text.split("\n"):
        if not fact:
            continue
        exhibit, measure, group, year, printed, unit = fact.split(" ")
        printed = planted.get(f"{exhibit}/{measure}/{group}/{year}", printed)
        if printed is not None:
            lines.append(
                f"{exhibit},{measure},{group},{year},{float(printed):g},{unit},{printed},某页"
            )
    path = folder / "facts.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_facts(path)


@pytest.mark.parametrize("name", REPORTS)
def test_a_sound_report_is_accused_of_nothing(name, tmp_path):
    found = audit(written(REPORTS[name][0], {}, tmp_path))
    assert [f for f in found if f.severity in PROVEN] == []


@pytest.mark.parametrize(("name", "fact"), [(n, f) for n, (_, own) in REPORTS.items() for f in own])
def test_a_planted_error_is_named(name, fact, tmp_path):
    text, planted = REPORTS[name]
    one = {fact: planted[fact]}
    sound = {f.message_zh for f in audit(written(text, {}, tmp_path))}
    found = [f for f in audit(written(text, one, tmp_path)) if f.message_zh not in sound]
    exhibit, _, group, _ = fact.split("/")
    if planted[fact] is None:
        assert any(i.split("/")[0] == exhibit and group in i for f in found for i in f.fact_ids)
    else:
        assert any(fact in f.fact_ids for f in found)


@pytest.mark.parametrize("name", REPORTS)
def test_all_planted_errors_together_are_named_too(name, tmp_path):
    text, planted = REPORTS[name]
    named = {i for f in audit(written(text, planted, tmp_path)) for i in f.fact_ids}
    kept = {fact for fact, printed in planted.items() if printed is not None}
    assert kept <= named
