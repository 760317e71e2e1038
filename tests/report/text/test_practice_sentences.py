"""What is said of practices is true of the numbers, however these lie."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.indicators import comparison
from smdi.indicators.tidy import Row, frame
from smdi.report.published_values import PublishedValues
from smdi.report.text import parts as phrase_parts
from smdi.report.text.filters import FILTERS
from smdi.report.text.language import words
from smdi.report.text.practice import comparing, headings, sentences
from smdi.report.text.practice.sources import change_sources
from smdi.report.text.practice.words import denominator_note, name, span, subject
from smdi.report.text.quoting import Exhibit
from smdi.report.values import plain
from smdi.standards import ALL_INDUSTRIES, practices

HIDDEN = "hidden"
SECTOR = "原材料"
THREE = ("energy_platform", "carbon_accounting", "predictive_maintenance")


def row(measure: str, group: str, year: int, value: float | str, base: int, unit: str) -> Row:
    known = math.nan if value == HIDDEN else float(value)
    return Row(measure, group, year, known, unit, base, withheld=value == HIDDEN)


def sector(**rates: tuple[float | str, float | str]) -> pd.DataFrame:
    """A sector's rates beside those of all industries."""
    return frame(
        [
            row(practice, group, 2021, value, base, "%")
            for practice, pair in rates.items()
            for group, value, base in zip((SECTOR, ALL_INDUSTRIES), pair, (200, 900), strict=True)
        ]
    )


def trend(bases: tuple[int, int] = (100, 200), **rates: tuple[float | str, float | str]):
    """Rates of 2020 and 2021."""
    return frame(
        [
            row(practice, ALL_INDUSTRIES, year, value, base, "%")
            for practice, pair in rates.items()
            for year, value, base in zip((2020, 2021), pair, bases, strict=True)
        ]
    )


def ways(base: int = 60, **changes: tuple[float | str, float | str, float | str]) -> pd.DataFrame:
    """Changes of all firms, of the same firms, and at the mix of 2020."""
    groups = (comparison.RAW, comparison.MATCHED, comparison.STANDARDISED)
    return frame(
        [
            row(f"{practice}_change", group, 2021, value, number, "百分点")
            for practice, three in changes.items()
            for group, value, number in zip(groups, three, (200, base, 200), strict=True)
        ]
    )


def read(text: str) -> str:
    """A marked text as a page prints it."""
    found = phrase_parts.parse(text, "chapter", lambda *_: "computed")
    return str(phrase_parts.phrase_record(found, {})["text"])


def beside(table: pd.DataFrame, **options: str) -> str:
    return read(comparing.against_all_industries(table, "fig-12", 2021, **options))


def over_years(table: pd.DataFrame, digits: int = 2) -> str:
    return read(sentences.over_two_years(table, "fig-22", 2021, 2020, digits, "全国参评企业"))


def moves(table: pd.DataFrame, digits: int = 2) -> str:
    return read(sentences.movement(table, 2021, 2020, digits))


def sources(table: pd.DataFrame) -> str:
    return read(change_sources(table, 2021, 2020))


# -- a sector beside all industries ----------------------------------------------------------


def test_each_rate_is_compared_as_it_is_printed() -> None:
    said = beside(
        sector(
            energy_platform=(25, 26), carbon_accounting=(23.4, 22.6), predictive_maintenance=(13, 9)
        )
    )
    assert said == (
        "2021 年，原材料企业应用能源管理平台的比例为 25%，低于全行业的 26%；"
        "开展碳排放统计的比例为 23%，与全行业持平；"
        "开展设备预测性维护的比例为 13%，高于全行业的 9%。"
    )


def test_within_a_province_all_industries_are_those_of_the_province() -> None:
    said = beside(sector(energy_platform=(25, 26)), region="江苏省")
    assert said.startswith("2021 年，江苏省原材料企业")
    assert said.endswith("低于本地区全行业的 26%。")


def test_what_is_withheld_is_named_and_nothing_is_claimed_of_it() -> None:
    said = beside(
        sector(
            energy_platform=(25, 26),
            carbon_accounting=(HIDDEN, 20),
            predictive_maintenance=(math.nan, 9),
        )
    )
    assert said.endswith("；碳排放统计的数值未予公布；设备预测性维护的数值缺失。")


@pytest.mark.parametrize(("value", "mark"), [(math.nan, "⟦?missing⟧"), (HIDDEN, "⟦?withheld⟧")])
def test_a_sector_of_nobody_says_nothing(value, mark) -> None:
    table = sector(energy_platform=(value, 26))
    assert comparing.against_all_industries(table, "fig-12", 2021) == mark
    assert comparing.standing(table, 2021) == mark


def test_a_sector_of_nobody_is_missing_though_the_nation_is_withheld() -> None:
    assert comparing.standing(sector(energy_platform=(math.nan, HIDDEN)), 2021) == "⟦?missing⟧"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ((30, 29, 12), "原材料企业的三项关键指标均高于全行业"),
        ((20, 19, 2), "原材料企业的三项关键指标均低于全行业"),
        ((26, 23, 9), "原材料企业的三项关键指标均与全行业持平"),
    ],
)
def test_one_standing_of_all_is_said_of_all(rates, said) -> None:
    table = sector(**dict(zip(THREE, zip(rates, (26, 23, 9), strict=True), strict=True)))
    assert read(comparing.standing(table, 2021)).startswith(said)


def test_standings_that_differ_are_told_apart_and_the_widest_gap_is_named() -> None:
    table = sector(
        energy_platform=(30, 26), carbon_accounting=(23, 23), predictive_maintenance=(8, 9)
    )
    assert read(comparing.standing(table, 2021)) == (
        "原材料企业的三项关键指标中，能源管理平台高于全行业，碳排放统计与全行业持平，"
        "设备预测性维护低于全行业，与全行业差距最大的是能源管理平台。"
    )


def test_a_standing_that_is_not_clear_is_no_higher_or_lower_one() -> None:
    table = sector(energy_platform=(30, 26), carbon_accounting=(20, 23))
    said = read(comparing.standing(table, 2021, clear=lambda name: name == "carbon_accounting"))
    assert "碳排放统计低于全行业" in said
    assert "高于" not in said
    assert "高于" in read(comparing.standing(table, 2021))


def test_the_sector_is_the_group_that_is_not_all_industries() -> None:
    assert comparing.sector_name(sector(energy_platform=(30, 26))) == SECTOR
    assert comparing.sector_name(trend(energy_platform=(20, 26))) == ""


def test_no_gap_is_called_the_widest_when_all_are_as_wide() -> None:
    assert "差距最大" not in comparing.standing(sector(**dict.fromkeys(THREE, (30, 26))), 2021)
    assert "差距最大" not in comparing.standing(sector(energy_platform=(30, 26)), 2021)


def test_a_single_rate_that_can_be_compared_is_named() -> None:
    table = sector(energy_platform=(30, 26), carbon_accounting=(HIDDEN, 23))
    assert read(comparing.standing(table, 2021)) == "原材料企业应用能源管理平台的比例高于全行业。"


# -- two years -------------------------------------------------------------------------------


def test_the_baseline_year_is_named_once_and_each_change_has_its_word() -> None:
    table = trend(
        energy_platform=(20, 26), carbon_accounting=(23, 21), predictive_maintenance=(9, 9)
    )
    assert over_years(table) == (
        "2021 年，全国参评企业应用能源管理平台的比例由 2020 年的 20.00% 提高至 26.00%；"
        "开展碳排放统计的比例由 23.00% 降低至 21.00%；"
        "开展设备预测性维护的比例为 9.00%，与 2020 年持平。"
    )


def test_rates_that_print_alike_but_differ_are_only_about_level() -> None:
    assert "12%，与 2020 年基本持平" in over_years(trend(energy_platform=(11.6, 12.4)), 0)


def test_rates_that_print_differently_are_not_called_level() -> None:
    assert "由 2020 年的 12% 提高至 13%" in over_years(trend(energy_platform=(12.4, 12.6)), 0)


def test_a_rate_without_a_baseline_is_only_told() -> None:
    said = over_years(trend(energy_platform=(math.nan, 26), carbon_accounting=(HIDDEN, 23)), 0)
    assert said == "2021 年，全国参评企业应用能源管理平台的比例为 26%；开展碳排放统计的比例为 23%。"


def test_a_ratio_is_linked_to_whose_it_is() -> None:
    said = over_years(trend(equipment_digitalisation_rate=(50, 57.98)))
    assert said == "2021 年，全国参评企业的设备数字化率由 2020 年的 50.00% 提高至 57.98%。"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (((1, 4), (1, 2), (1, 2)), "三项指标均有所提高，其中能源管理平台提高幅度最大"),
        (((4, 1), (4, 2), (4, 3)), "三项指标均有所降低，其中能源管理平台降低幅度最大"),
        (((1, 2), (2, 3), (3, 4)), "三项指标均有所提高"),
        (((1, 1), (2, 2), (3, 3)), "三项指标均基本持平"),
        (
            ((1, 2), (2, 1), (3, 3)),
            "能源管理平台有所提高，碳排放统计有所降低，设备预测性维护基本持平",
        ),
    ],
)
def test_changes_are_summed_up_without_a_word_too_many(rates, said) -> None:
    assert moves(trend(**dict(zip(THREE, rates, strict=True)))) == f"与 2020 年相比，{said}。"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (
            ((1, 4), (1, 2), (1, 2)),
            "三项指标均有所提高，其中应用能源管理平台的比例提高 3 个百分点",
        ),
        (
            ((4, 1), (4, 2), (4, 3)),
            "三项指标均有所降低，其中应用能源管理平台的比例降低 3 个百分点",
        ),
        (((1, 1), (2, 2), (3, 4)), "开展设备预测性维护的比例提高 1 个百分点"),
        (((1, 1), (2, 2), (3, 3.2)), "开展设备预测性维护的比例提高 0.2 个百分点"),
        (
            ((1, 3), (2, 4.6), (3, 3)),
            "能源管理平台和碳排放统计有所提高，其中开展碳排放统计的比例提高 3 个百分点",
        ),
        (
            ((1, 2), (4, 2), (3, 3)),
            "三项指标有升有降，其中应用能源管理平台的比例提高 1 个百分点，"
            "开展碳排放统计的比例降低 2 个百分点",
        ),
        (((1, 1), (2, 2), (3, 3)), "三项指标未见明显变化"),
        (((HIDDEN, 40), (HIDDEN, 9), (HIDDEN, 1)), "三项指标中能源管理平台居首，为 40.0%"),
        (((HIDDEN, 40), (HIDDEN, 39), (HIDDEN, 1)), "应用情况"),
        (((HIDDEN, 3), (HIDDEN, 3), (HIDDEN, 3)), "应用情况"),
        (((HIDDEN, HIDDEN),) * 3, "应用情况"),
    ],
)
def test_a_heading_says_what_the_rates_have_done(rates, said) -> None:
    table = trend(**dict(zip(THREE, rates, strict=True)))
    assert plain(headings.headline(table, "fig-22", 2021, 2020, 1)) == said


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (
            ((1, 4), (1, 2)),
            "两项指标均有所提高，其中应用能源管理平台的比例提高 3 个百分点",
        ),
        (((HIDDEN, 40), (HIDDEN, 9)), "两项指标中能源管理平台居首，为 40.0%"),
        (((HIDDEN, 40),), "应用情况"),
    ],
)
def test_a_heading_of_two_rates_compares_them_and_one_of_one_has_none_to_compare(
    rates, said: str
) -> None:
    table = trend(**dict(zip(THREE, rates, strict=False)))
    assert plain(headings.headline(table, "fig-22", 2021, 2020, 1)) == said


@pytest.mark.parametrize(
    ("base", "said"), [(29, "应用情况"), (30, "两项指标中能源管理平台居首，为 90.0%")]
)
def test_a_heading_names_no_highest_among_too_few_firms(base: int, said: str) -> None:
    table = trend((100, base), energy_platform=(HIDDEN, 90), carbon_accounting=(HIDDEN, 1))
    assert plain(headings.headline(table, "fig-22", 2021, 2020, 1)) == said


def test_an_amount_in_a_heading_answers_to_the_change_that_may_be_printed() -> None:
    rose = headings.headline(trend(energy_platform=(1, 2)), "fig-22", 2021, 2020, 1)
    fell = headings.headline(trend(energy_platform=(2, 1)), "fig-22", 2021, 2020, 1)
    assert "|fig-22/energy_platform_increase/全行业/2021⟧" in rose
    assert "|fig-22/energy_platform_decrease/全行业/2021⟧" in fell


def test_a_heading_claims_no_change_inside_its_noise() -> None:
    table = trend(energy_platform=(1, 2), carbon_accounting=(1, 3))
    years = "fig-22", 2021, 2020, 1
    said = headings.headline(table, *years, lambda practice: practice != "energy_platform")
    assert plain(said) == "开展碳排放统计的比例提高 2 个百分点"
    assert headings.headline(table, *years, lambda _: False) == "两项指标未见明显变化"


def test_of_many_comparisons_those_are_said_that_differ_most() -> None:
    table = sector(
        energy_platform=(25, 26), carbon_accounting=(30, 23), predictive_maintenance=(5, 9)
    )
    said = comparing.against_all_industries(table, "fig-12", 2021, most=2)
    assert "碳排放统计" in said and "预测性维护" in said
    assert "能源管理平台" not in said


def test_a_sum_of_changes_counts_no_change_that_is_not_known() -> None:
    table = trend(
        energy_platform=(1, 2), carbon_accounting=(1, 3), predictive_maintenance=(HIDDEN, 9)
    )
    assert moves(table).startswith("与 2020 年相比，能源管理平台和碳排放统计均有所提高")


def test_a_tie_at_the_top_names_both() -> None:
    table = trend(
        energy_platform=(1, 26.2), carbon_accounting=(1, 25.9), predictive_maintenance=(1, 9)
    )
    assert sentences.extremes(table, 2021, 0) == (
        "三项指标中，应用能源管理平台的比例和开展碳排放统计的比例并列最高，"
        "开展设备预测性维护的比例最低。"
    )
    assert sentences.extremes(trend(**dict.fromkeys(THREE, (1, 2))), 2021, 0) == "三项指标持平。"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        # The error is at most 3.2 points where 11 % and 9 % of 200 firms answer, and 4.0 at 30 %.
        ((40.0, 9.0, 11.0), "三项指标中，应用能源管理平台的比例最高。"),
        ((40.0, 38.0, 9.0), "三项指标中，开展设备预测性维护的比例最低。"),
        ((20.0, 18.0, 16.0), ""),
        (
            (40.0, 20.0, 5.0),
            "三项指标中，应用能源管理平台的比例最高，开展设备预测性维护的比例最低。",
        ),
    ],
)
def test_a_rate_is_named_the_highest_or_lowest_where_it_is_clearly_apart(
    rates: tuple[float, ...], said: str
) -> None:
    table = trend(**{practice: (1, value) for practice, value in zip(THREE, rates, strict=True)})
    assert sentences.extremes(table, 2021, 0) == said


def test_one_rate_is_neither_highest_nor_lowest() -> None:
    assert sentences.extremes(trend(energy_platform=(1, 2)), 2021, 0) == "⟦?missing⟧"


# -- denominators ----------------------------------------------------------------------------


def test_bases_that_differ_are_told_each() -> None:
    table = frame(
        [
            row("ecommerce_platform", SECTOR, 2021, 11, 150, "%"),
            row("ecommerce_platform", ALL_INDUSTRIES, 2021, 12, 700, "%"),
            row("quality_traceability", SECTOR, 2021, 14, 200, "%"),
        ]
    )
    assert read(sentences.denominators(table, 2021)) == (
        "电子商务平台以 150 家具有销售业务的原材料企业为基数，"
        "全流程质量追溯以 200 家原材料参评企业为基数。"
    )


def test_a_base_that_all_share_is_told_once() -> None:
    table = trend(modelling_simulation=(1, 2), model_based_design=(1, 2))
    said = read(sentences.denominators(table, 2021))
    assert said == "上述各项指标均以 200 家具有设计业务的企业为基数。"


def test_a_rate_that_is_withheld_has_no_base_to_be_told() -> None:
    table = trend(modelling_simulation=(1, 2), model_based_design=(1, 2))
    hidden = table["measure"] == "modelling_simulation"
    table.loc[hidden, "value"] = math.nan
    table.loc[hidden, "withheld"] = True
    said = read(sentences.denominators(table, 2021))
    assert said == "基于三维模型的数字化设计以 200 家具有设计业务的企业为基数。"
    table["value"], table["withheld"] = math.nan, True
    assert sentences.denominators(table, 2021) == "⟦?withheld⟧"


def test_what_is_withheld_bears_no_mark_of_what_is_simulated() -> None:
    table = trend((100, 200), big_data_platform=(20, 20), energy_platform=(20, 15))
    hidden = table["measure"] == "energy_platform"
    table.loc[hidden, "value"] = math.nan
    table.loc[hidden, "withheld"] = True
    said = sentences.adopter_growth(table, 2021, 2020, statuses=["simulated"])
    assert said.endswith("；能源管理平台的数值未予公布。")


def test_a_note_names_only_bases_that_are_not_all_firms() -> None:
    assert denominator_note(["energy_platform"]) == ""
    assert denominator_note(["modelling_simulation"]) == "各项指标仅适用于具有设计业务的企业"
    assert denominator_note(["energy_platform", "remote_operation"]) == (
        "远程运维服务仅适用于具有服务业务的企业"
    )


# -- where a change comes from ---------------------------------------------------------------


def test_a_rise_of_all_firms_is_looked_for_among_the_same_firms() -> None:
    said = sources(ways(energy_platform=(4, 3.2, 3.9)))
    assert said == (
        "两年均参评的 60 家企业中，应用能源管理平台的比例提高 3.2 个百分点；"
        "这一提高与全部参评企业一致；按 2020 年的企业构成标准化后，变化方向不变。"
    )


@pytest.mark.parametrize(
    ("same", "said"),
    [
        (-3, "在同一批企业中反而降低，这一提高与参评企业的更替有关"),
        (0.04, "在同一批企业中未见明显变化"),
    ],
)
def test_a_rise_the_same_firms_do_not_share_is_not_called_theirs(same, said) -> None:
    text = sources(ways(energy_platform=(4, same, -1)))
    assert said in text and "与全部参评企业一致" not in text
    assert "能源管理平台的变化方向与全部参评企业不同" in text


def test_a_fall_is_told_as_a_fall() -> None:
    text = sources(ways(big_data_platform=(-1, -1.2, -1.1), model_based_analysis=(-1, -0.9, -0.9)))
    assert "两项指标的降低与全部参评企业一致" in text
    assert "提高" not in text


def test_rises_and_falls_that_both_ways_agree_on_are_told_together() -> None:
    text = sources(ways(big_data_platform=(1, 1.2, 1.1), model_based_analysis=(-1, -0.9, -0.9)))
    assert "两项指标在同一批企业中的变化方向均与全部参评企业一致" in text


def test_no_change_is_no_direction() -> None:
    text = sources(ways(energy_platform=(0.01, -0.01, 0), carbon_accounting=(0, 2, 0)))
    assert "能源管理平台在全部参评企业和同一批企业中均未见明显变化" in text
    assert "碳排放统计在全部参评企业中未见明显变化，在同一批企业中则有所提高" in text


def test_changes_that_are_withheld_are_left_out() -> None:
    text = sources(ways(energy_platform=(1, 2, 1), carbon_accounting=(1, HIDDEN, 1)))
    assert "碳排放" not in text and "能源管理平台的提高与全部参评企业一致" in text
    hidden = change_sources(ways(energy_platform=(1, HIDDEN, 1)), 2021, 2020)
    missing = change_sources(ways(energy_platform=(1, math.nan, 1)), 2021, 2020)
    assert (hidden, missing) == ("⟦?withheld⟧", "⟦?missing⟧")


@pytest.mark.parametrize(
    ("borrowed", "said"),
    [
        ((0.4, 1.44), "构成加权，1.4% 的基期企业所在单元本期没有企业，改用上一层单元的均值"),
        ((0.0, 0.0), "构成加权"),
        ((0.02, 0.049), "构成加权"),
        ((0.0, 0.05), "构成加权，0.1% 的基期企业所在单元本期没有企业，改用上一层单元的均值"),
    ],
)
def test_the_note_tells_the_largest_part_that_a_wider_cell_stands_for(
    monkeypatch, borrowed, said
) -> None:
    shares = iter(borrowed)
    monkeypatch.setattr(comparison, "borrowed_share", lambda *_: next(shares))
    changes = ways(energy_platform=(1, 2, 1), remote_operation=(1, 2, 1))
    exhibit = Exhibit("tab-a3", changes, 2021, 2020, "全国")
    note = FILTERS["comparison_note"](exhibit, SimpleNamespace(baseline_year=2020))
    assert note.startswith("远程运维服务仅适用于具有服务业务的企业。两年均参评企业以")
    assert note.endswith(f"标准化以 2020 年的行业、规模和地区{said}")


@pytest.mark.parametrize(
    ("bases", "rates", "said"),
    [
        ((100, 200), (20, 15), "增加 50.0%，增长慢于参评企业，比例相应降低"),
        ((100, 200), (20, 30), "增加 200.0%，增长快于参评企业，比例相应提高"),
        ((100, 200), (20, 20), "增加 100.0%，与参评企业增长持平，比例基本不变"),
        ((200, 100), (20, 10), "减少 75.0%，降幅大于参评企业，比例相应降低"),
    ],
)
def test_a_rate_falls_when_those_who_have_it_grow_more_slowly(bases, rates, said) -> None:
    text = sentences.adopter_growth(trend(bases, big_data_platform=rates), 2021, 2020)
    assert said in read(text)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (50.02, "增加 100.1%，增长快于参评企业，比例相应提高"),
        (50.01, "增加 100.0%，与参评企业增长持平，比例基本不变"),
        (49.98, "增加 99.9%，增长慢于参评企业，比例相应降低"),
    ],
)
def test_growths_are_compared_as_they_print_to_a_tenth(rate: float, said: str) -> None:
    table = trend((10_000, 20_000), big_data_platform=(50, rate))
    assert said in read(sentences.adopter_growth(table, 2021, 2020))


def test_the_growth_of_all_firms_is_said_once_and_first() -> None:
    table = trend((100, 200), big_data_platform=(20, 30), energy_platform=(20, 15))
    text = read(sentences.adopter_growth(table, 2021, 2020))
    assert text.startswith("与 2020 年相比，参评企业数增加 100.0%")
    assert text.count("参评企业数") == text.count("与 2020 年相比") == 1
    assert "增加 200.0%" in text and "增加 50.0%" in text


def test_growth_from_nobody_is_not_told() -> None:
    table = trend(big_data_platform=(0, 10))
    assert sentences.adopter_growth(table, 2021, 2020) == "⟦?missing⟧"


# -- what is in print ------------------------------------------------------------------------


def facts(*ids: str) -> pd.DataFrame:
    rows = [(*i.split("/")[:3], int(i.split("/")[3]), 16.97, "%", "16.97", "") for i in ids]
    columns = ["exhibit", "measure", "group", "year", "value", "unit", "printed", "where"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(ids, name="fact_id"))


def test_an_amount_is_published_whichever_exhibit_prints_it() -> None:
    printed = PublishedValues(facts("fig-15/quality_traceability/全行业/2021"))
    fact = "fig-13/quality_traceability/{}/2021"
    assert printed.status_of_amount(fact.format("全行业"), "17%") == "published"
    assert printed.status_of_amount(fact.format("全行业"), "16%") != "published"
    assert printed.status_of_amount(fact.format("消费品"), "17%") != "published"


# -- words -----------------------------------------------------------------------------------


def test_every_practice_of_the_standard_can_be_spoken_of() -> None:
    shares = practices().index[practices()["kind"] == "share"]
    assert set(words().practices.predicates) == set(shares)
    assert subject("equipment_digitalisation_rate") == "设备数字化率"


def test_a_name_that_reads_as_two_is_put_in_quotes() -> None:
    assert name("innovation_management") == "“技术创新和管理创新”"
    assert name("data_sharing") == "部门内数据共享"


def test_a_title_names_the_years_of_its_frame() -> None:
    assert (span([2021, 2020]), span([2021])) == ("2020 年与 2021 年", "2021 年")
