"""What a reader with pencil and paper finds in the report of 2021, against what the rules find.

The expectations were made by reading the report, not by running the audit.
"""

import pytest

from smdi.published import audit, contradictions
from smdi.published.audit import PROVEN

RAIL = "铁路、船舶、航空航天和其他运输设备制造业"
CHANGE = "tab-industry-change/share_level_{}/{}/2021"


@pytest.fixture(scope="module")
def findings(edition):
    return audit(edition)


def leading(findings, rule):
    """The most telling place of each finding of a rule."""
    return {finding.fact_ids[0] for finding in findings if finding.rule == rule}


def test_these_facts_and_no_others_give_way_to_a_partner(edition):
    table = contradictions(edition)[["fact_id", "partner_id", "rule"]]
    assert set(table.itertuples(index=False, name=None)) == {
        (
            "tab-cities/firms_level_ge2/重庆/2021",
            "tab-provinces/firms_level_ge2/重庆市/2021",
            "same_quantity_printed_twice",
        ),
        (
            "tab-provinces/rank/天津市/2021",
            "tab-provinces/rank/甘肃省/2021",
            "ranks_follow_from_numbers",
        ),
        *(
            (
                f"tab-cities/rank/{city}/2021",
                "tab-cities/rank/菏泽/2021",
                "ranks_follow_from_numbers",
            )
            for city in ("惠州", "石嘴山")
        ),
        *(
            (
                f"text/share_level_le1_{claim}/{industry}/2021",
                CHANGE.format("le1_change", industry),
                "claims_agree_with_exhibits",
            )
            for claim, industry in (
                ("decrease", "金属制品业"),
                ("decrease_to", "纺织业"),
                ("decrease_to", "通用设备制造业"),
            )
        ),
    }


def test_a_fact_that_gives_way_names_a_partner_that_does_not(edition):
    table = contradictions(edition)
    assert table["fact_id"].is_unique
    assert set(table["partner_id"]) <= set(edition.index)
    assert not set(table["partner_id"]) & set(table["fact_id"])


def test_the_columns_that_miss_one_hundred_by_a_rounding(findings):
    assert leading(findings, "shares_sum_to_the_whole") == {
        CHANGE.format("le1", "电气机械和器材制造业"),
        CHANGE.format("le1", "汽车制造业"),
        CHANGE.format("le1", "金属制品业"),
        f"tab-industry-change/share_level_le1/{RAIL}/2020",
    }


def test_the_differences_off_by_one_unit(findings):
    assert leading(findings, "changes_follow_from_their_terms") == {
        CHANGE.format("le1_change", "纺织业"),
        CHANGE.format("ge4_change", "纺织业"),
        CHANGE.format("3_change", RAIL),
    }


def test_the_leads_of_discrete_makers_are_off_by_a_tenth(findings):
    assert leading(findings, "leads_balance") == {"fig-05/share_level_2_3_lead/离散型/2021"}


def test_the_city_table_has_51_rows_by_a_tie(findings):
    (found,) = [f for f in findings if f.rule == "title_names_its_rows"]
    assert found.fact_ids == (
        "tab-cities/title_rows/全国/2021",
        "tab-cities/firms_level_ge2/大连/2021",
        "tab-cities/firms_level_ge2/南昌/2021",
    )


def test_figure_17_repeats_figure_16(findings):
    (found,) = [f for f in findings if f.rule == "exhibits_repeat_each_other"]
    assert {fact_id.split("/")[0] for fact_id in found.fact_ids} == {"fig-16", "fig-17"}


def test_the_baseline_columns_that_were_padded_with_zeros(findings):
    found = [f for f in findings if f.rule == "trailing_zeros"]
    columns = {
        (*fact_id.split("/")[::2], fact_id.split("/")[3]) for f in found for fact_id in f.fact_ids
    }
    five = (
        "电气机械和器材制造业",
        "通用设备制造业",
        "汽车制造业",
        "专用设备制造业",
        "计算机、通信和其他电子设备制造业",
    )
    assert columns == {
        *(("tab-industry-change", industry, "2020") for industry in five),
        *((f"fig-{number}", "全行业", "2020") for number in (14, 15, 16, 17)),
    }


def test_rail_loses_at_both_ends_and_expert_software_alone_falls(findings):
    assert leading(findings, "both_ends_shrink") == {CHANGE.format("le1_change", RAIL)}
    assert leading(findings, "one_falls_where_the_rest_rise") == {
        "fig-21/knowledge_software/全行业/2021"
    }


def test_4893_firms_are_not_31_percent_of_20000(findings):
    (found,) = [f for f in findings if f.rule == "counts_match_share_of_total"]
    assert found.severity == "notice"
    assert found.numbers["counted"] == 4893
    assert found.numbers["at_least"] == 6101
    # 4893 / 31.5 % and 4893 / 30.5 %
    assert (found.numbers["base_from"], found.numbers["base_to"]) == (15534, 16042)


def test_participation_bounds_cannot_be_classes(findings):
    (found,) = [f for f in findings if f.rule == "bounds_leave_room_for_the_total"]
    assert found.numbers["at_most"] == 4654 + 2753 + 1108 + 3 * 1108 + 3 * 500 + 22 * 300


def test_each_of_eight_industries_has_a_smallest_number_of_firms(findings):
    found = {
        f.fact_ids[0].split("/")[2]: (f.numbers["current"], f.numbers["baseline"])
        for f in findings
        if f.rule == "shares_are_of_whole_numbers"
    }
    assert len(found) == 8
    assert found["汽车制造业"][0] == 1032
    assert found["电气机械和器材制造业"][0] == 749
    assert found["金属制品业"][0] == 759
    assert found["纺织业"] == (526, 240)
    assert found[RAIL] == (233, 115)


def test_no_rule_finds_what_a_reader_does_not(findings):
    silent = {
        "bounds_hold",
        "cities_fit_their_province",
        "parts_fit_their_whole",
        "rows_pass_the_threshold",
        "whole_lies_between_its_parts",
    }
    assert not silent & {finding.rule for finding in findings}
    assert sum(finding.severity in PROVEN for finding in findings) == 7


def test_the_audit_follows_the_facts_and_not_the_edition(edition):
    mended = edition.copy()
    mended.loc["tab-cities/firms_level_ge2/重庆/2021", ["value", "printed"]] = [77.0, "77"]
    assert "tab-cities/firms_level_ge2/重庆/2021" not in set(contradictions(mended)["fact_id"])


def test_another_year_is_audited_alike(edition):
    later = edition.assign(year=edition["year"] + 10)
    later.index = [f"{name[:-4]}{int(name[-4:]) + 10}" for name in edition.index]
    assert [f.rule for f in audit(later)] == [f.rule for f in audit(edition)]


def test_no_finding_says_what_simulated_firms_do(findings):
    # The same findings are told of an edition whose firms come from an export.
    told = [finding.treatment_zh + finding.message_zh for finding in findings]
    assert not [text for text in told if "模拟" in text]
