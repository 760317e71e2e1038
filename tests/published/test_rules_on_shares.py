import pytest

from smdi.published.audit import RULES

TABLE = "tab-industries"


def column(shares, year, group="纺织业"):
    names = ("le1", "2", "3", "ge4")
    return [
        f"{TABLE} share_level_{name} {group} {year} {share} %"
        for name, share in zip(names, shares, strict=True)
    ]


def changes(values, group="纺织业"):
    names = ("le1", "2", "3", "ge4")
    return [
        f"{TABLE} share_level_{name}_change {group} 2031 {value} 百分点"
        for name, value in zip(names, values, strict=True)
    ]


def test_shares_off_by_a_rounding_are_no_contradiction(findings_of):
    (found,) = findings_of(
        "shares_sum_to_the_whole", *column(("53.49", "22.58", "13.47", "10.47"), 2031)
    )
    assert found.severity == "rounding"
    assert found.numbers["sum"] == "100.01"


def test_shares_off_by_more_than_rounding_contradict_one_another(findings_of):
    (found,) = findings_of(
        "shares_sum_to_the_whole", *column(("53.49", "22.58", "13.47", "10.49"), 2031)
    )
    assert found.severity == "contradiction"
    assert len(found.fact_ids) == 4
    assert found.contradicted == ()


def test_the_finding_says_by_how_much_shares_miss_one_hundred(findings_of):
    for last, sum_, difference in (("10.47", "100.01", "0.01"), ("10.40", "99.94", "-0.06")):
        (found,) = findings_of(
            "shares_sum_to_the_whole", *column(("53.49", "22.58", "13.47", last), 2031)
        )
        assert found.numbers == {"sum": sum_, "difference": difference}


def test_shares_that_add_to_one_hundred_are_no_finding(findings_of):
    assert not findings_of("shares_sum_to_the_whole", *column(("69", "15", "7", "9"), 2031))


def test_a_table_without_all_classes_is_not_summed(findings_of):
    assert not findings_of("shares_sum_to_the_whole", *column(("69", "15", "7", "8"), 2031)[:3])


def change(printed):
    return (
        f"{TABLE} share_level_2 纺织业 2031 15.00 %",
        f"{TABLE} share_level_2 纺织业 2030 10.00 %",
        f"{TABLE} share_level_2_change 纺织业 2031 {printed} 百分点",
    )


def test_a_change_off_by_a_unit_may_be_rounding(findings_of):
    (found,) = findings_of("changes_follow_from_their_terms", *change("4.99"))
    assert (found.severity, found.contradicted) == ("rounding", ())


def test_a_change_off_by_two_units_gives_way_to_its_terms(findings_of):
    (found,) = findings_of("changes_follow_from_their_terms", *change("4.98"))
    assert found.severity == "contradiction"
    assert found.contradicted == (f"{TABLE}/share_level_2_change/纺织业/2031",)
    assert found.followed == f"{TABLE}/share_level_2/纺织业/2031"


def test_a_change_with_the_wrong_sign_is_found(findings_of):
    (found,) = findings_of("changes_follow_from_their_terms", *change("-5.00"))
    assert found.severity == "contradiction"


def test_a_change_that_is_the_difference_is_no_finding(findings_of):
    assert not findings_of("changes_follow_from_their_terms", *change("5.00"))


def types(nation, discrete="67.1", process="72.2"):
    return (
        f"fig-04 share_level_le1 全国 2031 {nation} %",
        f"fig-05 share_level_le1 离散型 2031 {discrete} %",
        f"fig-05 share_level_le1 流程型 2031 {process} %",
    )


def test_a_whole_outside_its_parts_is_found(findings_of):
    (found,) = findings_of("whole_lies_between_its_parts", *types("73"))
    assert found.severity == "contradiction"
    assert len(found.fact_ids) == 3


def test_a_whole_between_its_parts_or_within_rounding_of_one_is_not(findings_of):
    assert not findings_of("whole_lies_between_its_parts", *types("69"))
    assert not findings_of("whole_lies_between_its_parts", *types("67"))


def leads(higher, highest):
    return (
        *types("69"),
        f"fig-05 share_level_2_3_lead 离散型 2031 {higher} 百分点",
        f"fig-05 share_level_ge4_lead 离散型 2031 {highest} 百分点",
    )


def test_leads_that_miss_the_gap_by_a_rounding_may_hold(findings_of):
    (found,) = findings_of("leads_balance", *leads("2.5", "2.7"))
    assert found.severity == "rounding"


def test_leads_that_miss_the_gap_by_more_cannot_hold(findings_of):
    (found,) = findings_of("leads_balance", *leads("2.5", "3.0"))
    assert found.severity == "contradiction"


def test_leads_that_balance_are_no_finding(findings_of):
    assert not findings_of("leads_balance", *leads("2.5", "2.6"))


def test_the_smallest_numbers_of_firms_are_given_and_held_against_the_sample(findings_of):
    (found,) = findings_of(
        "shares_are_of_whole_numbers",
        "text sample_threshold 全国 2031 300 家",
        *column(("73.95", "12.17", "5.32", "8.56"), 2031),
        *column(("77.92", "10.42", "4.58", "7.08"), 2030),
        *changes(("-3.96", "1.75", "0.74", "1.47")),
    )
    assert found.severity == "notice"
    assert (found.numbers["current"], found.numbers["baseline"]) == (526, 240)
    assert (found.numbers["current_enough"], found.numbers["baseline_enough"]) == (526, 480)


@pytest.mark.parametrize(("threshold", "told"), [(239, False), (240, False), (241, True)])
def test_a_sample_as_large_as_the_threshold_is_not_below_it(findings_of, threshold, told):
    (found,) = findings_of(
        "shares_are_of_whole_numbers",
        f"text sample_threshold 全国 2031 {threshold} 家",
        *column(("73.95", "12.17", "5.32", "8.56"), 2031),
        *column(("77.92", "10.42", "4.58", "7.08"), 2030),
        *changes(("-3.96", "1.75", "0.74", "1.47")),
    )
    assert found.numbers["baseline"] == 240
    assert ("门槛" in found.message_zh) == told


def test_columns_no_number_of_firms_can_give_are_a_contradiction(findings_of):
    (found,) = findings_of(
        "shares_are_of_whole_numbers",
        *column(("50.00", "20.00", "20.00", "10.00"), 2031),
        *column(("50.00", "20.00", "20.00", "10.00"), 2030),
        *changes(("1.00", "0.00", "0.00", "-1.00")),
    )
    assert found.severity == "contradiction"


def test_shares_without_decimals_say_nothing_about_the_number_of_firms(findings_of):
    assert not findings_of(
        "shares_are_of_whole_numbers",
        *column(("50", "20", "20", "10"), 2031),
        *column(("50", "20", "20", "10"), 2030),
        *changes(("0", "0", "0", "0")),
    )


def test_every_rule_says_what_it_looks_for_and_why():
    assert len(RULES) >= 9
    for rule in RULES.values():
        assert rule.doc.splitlines()[0].endswith(".")
        assert len(rule.doc.splitlines()) > 2
        assert rule.why_zh.endswith("。")
