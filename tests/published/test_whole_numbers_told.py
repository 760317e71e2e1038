"""What is said of the numbers of firms behind shares, whole; 1 of 3 firms prints 33.33 %."""

from __future__ import annotations

import pytest

from smdi.published.audit import whole_numbers

RULE = "shares_are_of_whole_numbers"
DECLARED = {"relations": [{"kind": "whole", "measures": ["a", "b"]}]}


def column(first: str, second: str, year: int = 2031) -> list[str]:
    return [f"tab-x a 全国 {year} {first} %", f"tab-x b 全国 {year} {second} %"]


def changes(first: str, second: str) -> list[str]:
    return [f"tab-x a_change 全国 2031 {first} 百分点", f"tab-x b_change 全国 2031 {second} 百分点"]


THIRDS = [*column("33.33", "66.67"), *column("50.00", "50.00", 2030), *changes("-16.67", "16.67")]
ASKED = "text sample_threshold 全国 2031 {} 家"


@pytest.fixture(autouse=True)
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search few numbers of firms, for time's sake."""
    if "found_under" in request.fixturenames:
        monkeypatch.setattr(whole_numbers, "SEARCHED", 20)


def told(found) -> tuple[str, str, dict[str, object]]:
    (finding,) = found
    assert finding.rule == RULE
    return finding.severity, finding.message_zh, dict(finding.numbers)


def test_the_least_numbers_of_both_years_are_told(found_under) -> None:
    (finding,) = found_under(RULE, DECLARED, *THIRDS)
    assert finding.severity == "notice"
    assert finding.message_zh == "全国：2031 年至少 3 家，2030 年至少 2 家。"
    assert finding.treatment_zh == "企业数以同时符合两年占比与差值者为准。"
    assert finding.numbers == {"current": 3, "baseline": 2}
    assert len(finding.fact_ids) == len(set(finding.fact_ids)) == 6


@pytest.mark.parametrize(
    ("threshold", "enough"),
    [(2, None), (3, (3, 4)), (4, (6, 4)), (6, (6, 6)), (7, (9, 8))],
)
def test_numbers_below_the_sample_are_told_with_those_that_reach_it(
    found_under, threshold: int, enough: tuple[int, int] | None
) -> None:
    found = found_under(RULE, DECLARED, *THIRDS, ASKED.format(threshold))
    least = "全国：2031 年至少 3 家，2030 年至少 2 家。"
    if enough is None:
        assert told(found) == ("notice", least, {"current": 3, "baseline": 2})
        return
    more = (
        f"低于所称 {threshold} 家的样本门槛；达到门槛的最小组合为 {enough[0]} 家与 {enough[1]} 家。"
    )
    numbers = {"current_enough": enough[0], "baseline_enough": enough[1]}
    assert told(found) == ("notice", least + more, {"current": 3, "baseline": 2} | numbers)


def test_where_no_number_searched_reaches_the_sample_none_is_told(
    found_under, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_numbers, "SEARCHED", 5)
    found = found_under(RULE, DECLARED, *THIRDS, ASKED.format(300))
    assert told(found) == (
        "notice",
        "全国：2031 年至少 3 家，2030 年至少 2 家。低于所称 300 家的样本门槛。",
        {"current": 3, "baseline": 2},
    )


@pytest.mark.parametrize(("searched", "fits"), [(3, True), (2, False)])
def test_shares_that_only_more_firms_give_than_are_searched_are_no_contradiction(
    found_under, monkeypatch: pytest.MonkeyPatch, searched: int, fits: bool
) -> None:
    monkeypatch.setattr(whole_numbers, "SEARCHED", searched)
    (finding,) = found_under(RULE, DECLARED, *THIRDS)
    assert finding.severity == "notice"
    if fits:
        assert finding.numbers == {"current": 3, "baseline": 2}
    else:
        assert finding.message_zh == "全国：2 家以内没有符合的企业数。"
        assert finding.treatment_zh == "企业数以同时符合两年占比与差值者为准。"
        assert finding.numbers == {}


def test_shares_that_no_firms_at_all_give_contradict_themselves(found_under) -> None:
    table = [*column("50.00", "50.00"), *column("50.00", "50.00", 2030), *changes("1.00", "-1.00")]
    (finding,) = found_under(RULE, DECLARED, *table)
    assert finding.severity == "contradiction"
    assert finding.message_zh == "全国：没有任何企业数能得出两年占比与差值。"
    assert finding.treatment_zh == whole_numbers.UNDECIDED
    assert finding.numbers == {}


@pytest.mark.parametrize("lacking", range(6))
def test_a_table_that_lacks_a_cell_is_not_searched(found_under, lacking: int) -> None:
    table = [fact for place, fact in enumerate(THIRDS) if place != lacking]
    assert found_under(RULE, DECLARED, *table) == []


@pytest.mark.parametrize(
    ("first", "second", "searched"),
    [(("33.3", "66.7"), ("50.0", "50.0"), True), (("33", "66.67"), ("50.00", "50.00"), False),
     (("33.33", "66.67"), ("50", "50.0"), False)],
)  # fmt: skip
def test_every_share_has_a_decimal_or_none_is_searched(found_under, first, second, searched):
    table = [*column(*first), *column(*second, 2030), *changes("-16.7", "16.7")]
    assert bool(found_under(RULE, DECLARED, *table)) is searched


def test_three_thousand_firms_are_searched_where_a_decimal_tells_something() -> None:
    assert (whole_numbers.SEARCHED, whole_numbers.TELLING_DECIMALS) == (3000, 1)
