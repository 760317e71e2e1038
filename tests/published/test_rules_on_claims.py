import pytest

TABLE = "tab-industries share_level_le1"


def table(change, group="纺织业"):
    return f"{TABLE}_change {group} 2031 {change} 百分点"


def claim(kind, number, group="纺织业"):
    return f"text share_level_le1_{kind} {group} 2031 {number} 百分点"


def test_a_claim_the_table_denies_gives_way_to_it(findings_of):
    (found,) = findings_of("claims_agree_with_exhibits", table("-0.35"), claim("decrease", "1.41"))
    assert found.severity == "claim"
    assert found.contradicted == ("text/share_level_le1_decrease/纺织业/2031",)
    assert found.followed == "tab-industries/share_level_le1_change/纺织业/2031"


def test_a_claim_copied_from_another_line_is_recognised(findings_of):
    (found,) = findings_of(
        "claims_agree_with_exhibits",
        table("-0.35"),
        table("-1.41", "汽车制造业"),
        claim("decrease", "1.41"),
    )
    assert "汽车制造业" in found.message_zh
    assert found.fact_ids[-1] == "tab-industries/share_level_le1_change/汽车制造业/2031"


def test_a_claim_of_the_wrong_direction_is_found(findings_of):
    assert findings_of("claims_agree_with_exhibits", table("1.41"), claim("decrease", "1.41"))


@pytest.mark.parametrize("change", ["-1.41", "-1.414", "-1.4"])
def test_a_claim_the_table_bears_out_is_no_finding(findings_of, change):
    found = findings_of("claims_agree_with_exhibits", table(change), claim("decrease", "1.41"))
    assert not found


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("-9.65", ["decrease_to"]),
        ("-9.50", []),
        ("-7.10", []),
        ("-6.50", []),
        ("-6.40", ["decrease_from"]),
    ],
)
def test_a_range_is_read_at_its_own_precision(findings_of, change, broken):
    found = findings_of(
        "claims_agree_with_exhibits",
        table(change),
        claim("decrease_from", "7"),
        claim("decrease_to", "9"),
    )
    assert [finding.contradicted for finding in found] == [
        (f"text/share_level_le1_{kind}/纺织业/2031",) for kind in broken
    ]


def rise(claimed):
    return (
        "fig-14 equipment_digitalisation_rate 全行业 2030 50.00 %",
        "fig-14 equipment_digitalisation_rate 全行业 2031 57.98 %",
        f"text equipment_digitalisation_rate_increase 全行业 2031 {claimed} 百分点",
    )


def test_without_a_printed_change_the_two_years_are_compared(findings_of):
    assert not findings_of("claims_agree_with_exhibits", *rise("8"))
    (found,) = findings_of("claims_agree_with_exhibits", *rise("9"))
    assert found.numbers == {"claimed": "9", "shown": "7.98"}


def over(bound, value):
    return (
        f"text participants_over 江苏省 2031 {bound} 家",
        f"fig-01 participants 江苏省 2031 {value} 家",
    )


def test_a_number_that_does_not_exceed_its_bound_is_found(findings_of):
    (found,) = findings_of("bounds_hold", *over(500, 500))
    assert found.contradicted == ("text/participants_over/江苏省/2031",)


def test_a_number_over_its_bound_is_not(findings_of):
    assert not findings_of("bounds_hold", *over(500, 501))


def ends(lowest, highest):
    return (
        f"tab-industries share_level_le1_change 纺织业 2031 {lowest} 百分点",
        f"tab-industries share_level_ge4_change 纺织业 2031 {highest} 百分点",
    )


def test_a_group_that_loses_at_both_ends_is_noticed(findings_of):
    (found,) = findings_of("both_ends_shrink", *ends("-2.07", "-4.04"))
    assert found.severity == "notice"
    assert "同时下降" in found.message_zh


def test_a_group_that_moves_up_is_not(findings_of):
    assert not findings_of("both_ends_shrink", *ends("-2.07", "4.04"))
    assert not findings_of("both_ends_shrink", *ends("-2.07", "0.00"))


def rates(*pairs):
    return [
        f"fig-21 practice_{place} 全行业 {year} {value} %"
        for place, pair in enumerate(pairs)
        for year, value in zip((2030, 2031), pair, strict=True)
    ]


def test_the_one_rate_that_falls_is_noticed(findings_of):
    (found,) = findings_of("one_falls_where_the_rest_rise", *rates((29, 31), (12, 14), (12, 11)))
    assert found.fact_ids == ("fig-21/practice_2/全行业/2031", "fig-21/practice_2/全行业/2030")


def test_rates_that_all_rise_or_fall_in_numbers_are_not(findings_of):
    assert not findings_of("one_falls_where_the_rest_rise", *rates((29, 31), (12, 14)))
    assert not findings_of("one_falls_where_the_rest_rise", *rates((29, 28), (12, 11), (1, 2)))
