"""The form of indicators: what a row is made of, what may be seen of it, and rounding."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smdi.indicators import levels
from smdi.indicators.cells import Cell
from smdi.indicators.precision.rounding import cut, half_up, printed_decimals
from smdi.indicators.profiles import summary
from smdi.indicators.tidy import (
    Row,
    count,
    difference,
    error_of,
    frame,
    mean,
    pick,
    rank,
    setting,
    share,
    tidy,
)
from tests.indicators.protections import NATION, All, Hides, Nothing, hides, row


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (12.5, 0, "13"),
        (2.675, 2, "2.68"),  # the float below it rounds to 2.67 when taken at its word
        (100 * 107 / 4000, 2, "2.68"),
        (-0.5, 0, "-1"),
        (0.1 + 0.2 - 0.05, 1, "0.3"),  # 0.25 but for the noise of the sum
        (7.98, 0, "8"),
    ],
)
def test_a_tie_rounds_up_and_noise_makes_none(value, digits, printed):
    assert str(half_up(value, digits)) == printed


@pytest.mark.parametrize(
    ("off", "up"),
    [(0.0, True), (4e-12, True), (6e-12, False), (-4e-12, True), (5e-9, False)],
)
def test_what_lies_below_a_tie_by_half_of_the_eleventh_decimal_is_noise(off, up):
    assert str(half_up(0.125 - off, 2)) == ("0.13" if up else "0.12")
    assert str(half_up(-0.125 + off, 2)) == ("-0.13" if up else "-0.12")
    # Cut to one place more it keeps the tie, and else ends in neither 0 nor 5.
    assert cut(0.125 - off, 3) == (0.125 if up else 0.124)


def test_printed_decimals_are_counted_as_printed():
    assert [printed_decimals(text) for text in ("69", "14.80", "-7.1")] == [0, 2, 1]


def test_a_share_of_nobody_is_missing_and_not_withheld(firm, assessed):
    nobody = assessed(firm(3)).current.where(province="540000")
    made = tidy([share("s", "甲", 2021, nobody, nobody)], "fig-04", All).iloc[0]
    assert (math.isnan(made["value"]), made["withheld"], made["base"]) == (True, False, 0)


def test_a_mean_leaves_out_who_was_not_asked(firm, assessed):
    firms = assessed(firm(5, domain_data=1.0), firm(5), firm(5, domain_data=2.0)).current
    made = mean("m", "甲", 2021, firms, "domain_data", "分")
    assert (made.value, made.base) == (1.5, 10)


def test_a_share_is_made_of_its_part_and_its_base(firm, assessed):
    firms = assessed(firm(3, level=2), firm(1)).current
    made = share("s", "甲", 2021, firms.where(level_class="2"), firms)
    assert [cell.id for cell in made.cells] == ["assessed/2021/level_class=2", "assessed/2021"]
    assert (made.value, made.base) == (75, 4)


def test_the_names_of_cells_can_be_read_again(firm, assessed):
    firms = assessed(firm(1), province="江苏省").current.where(level_class=["3", "2"], design="yes")
    cell = firms.cell.sum_of("domain_data")
    assert cell.id == "assessed/2021/design=yes/level_class=2,3/province=320000/of:domain_data"
    assert Cell.read(cell.id) == cell


def test_conditions_meet_whatever_their_order(firm, assessed):
    pop = assessed(firm(2, design=False), firm(3, practice_data_sharing=True))
    one = pop.current.where(design="yes").where(answered="practice_data_sharing")
    other = pop.current.where(answered="practice_data_sharing", design="yes")
    assert one.cell == other.cell
    assert len(one) == len(other) == 3


def test_a_selection_by_a_mask_has_no_name_and_its_number_is_withheld(firm, assessed):
    pop = assessed(firm(9))
    some = pop.current[pop.current["level"] >= 1]
    made = tidy([count("firms", "甲", 2021, some)], "fig-01", All).iloc[0]
    assert (math.isnan(made["value"]), made["withheld"], made["base"]) == (True, True, 0)


def test_a_withheld_count_does_not_show_itself_as_its_base():
    made = tidy([row("甲", 40), row("乙", 9)], "fig-01", hides("甲"))
    assert made["withheld"].tolist() == [True, False]
    assert made["base"].tolist() == [0, 9]


def test_the_base_of_a_withheld_share_is_shown_where_it_may_be(firm, assessed):
    firms = assessed(firm(3, level=2), firm(6)).current
    part = firms.where(level_class="2")
    some = share("s", "甲", 2021, part, firms)
    hidden = tidy([some], "fig-04", Hides(frozenset([part.cell]))).iloc[0]
    assert (hidden["withheld"], hidden["base"]) == (True, 9)
    both = tidy([some], "fig-04", Hides(frozenset([part.cell, firms.cell]))).iloc[0]
    assert (both["withheld"], both["base"]) == (True, 0)


def test_each_kind_of_row_says_what_it_is_of_whom_and_what_it_is_made_of(firm, assessed):
    firms = assessed(firm(3, level=2, domain_data=1.0), firm(1)).current
    part = firms.where(level_class="2")
    asked = firms.cell.narrowed({"answered": ["domain_data"]})
    made = {
        share("s", "甲", 2021, part, firms): (75.0, "%", 4, (part.cell, firms.cell)),
        count("n", "甲", 2021, part): (3.0, "家", 3, (part.cell,)),
        mean("m", "甲", 2021, firms, "domain_data", "分"): (
            1.0, "分", 3, (asked.sum_of("domain_data"), asked),
        ),
        setting("t", "甲", 2021, 5, "分"): (5.0, "分", 0, ()),
    }  # fmt: skip
    assert [one.measure for one in made] == ["s", "n", "m", "t"]
    for one, expected in made.items():
        assert (one.group, one.year) == ("甲", 2021)
        assert (one.value, one.unit, one.base, one.cells) == expected
    masked = firms[firms["level"] >= 1]
    for one in (share("s", "甲", 2021, part, masked), mean("m", "甲", 2021, masked, "level", "级")):
        assert one.cells is None, "nobody knows what it is made of"


def test_a_difference_is_made_of_both_terms_the_subtrahend_first():
    now, before = row("甲", 40), row("乙", 30)
    assert difference("d", now, before).cells == (*before.cells, *now.cells)
    nobody = Row("firms", "丙", 2021, 3.0, "家", 3)
    for terms in ((now, nobody), (nobody, before), (nobody, nobody)):
        assert difference("d", *terms).cells is None


def test_a_threshold_tells_of_no_firm():
    made = tidy([setting("sample_threshold", "全国", 2021, 3, "家")], "text", hides("甲"))
    assert made["value"].tolist() == [3]


def test_what_tells_of_no_firm_has_no_base_and_cells_that_nothing_hides():
    threshold, place = setting("threshold", "全国", 2021, 300, "家"), rank("江苏省", 2021, 2)
    assert (threshold.base, threshold.cells) == (0, ())
    assert (place.base, place.cells, place.unit) == (0, None, "位")


def test_a_difference_goes_with_either_term():
    now, before = row("甲", 40), row("乙", 30)
    assert difference("d", now, before).value == 10
    for name in ("甲", "乙"):
        assert tidy([difference("d", now, before)], "text", hides(name))["withheld"].all()


def test_a_row_that_is_not_there_is_missing_and_not_withheld():
    value, withheld = pick(tidy([row("甲", 9)], "fig-01", All), "firms", "乙", 2021)
    assert math.isnan(value)
    assert withheld is False


def test_a_protected_value_has_no_more_decimals_than_it_keeps():
    made = tidy([row("甲", 100 / 7, unit="%")], "t", Hides(decimals=3))
    assert made["value"].tolist() == [14.286]


def test_the_error_of_a_protected_value_has_two_digits():
    """With more, the firms that answered twice could be counted."""
    made = Row("share_change", "甲", 2021, 1.23456, "百分点", 9, (NATION,), error=0.12345)
    shown = tidy([made], "t", Hides(decimals=3)).iloc[0]
    assert (shown["value"], shown["error"]) == (1.234, 0.12)
    whole = tidy([made], "t", All).iloc[0]
    assert (whole["value"], whole["error"]) == (1.23456, 0.12345)
    assert math.isnan(row("甲", 5.0).rounded(3).error)


@given(st.integers(-2000, 2000), st.integers(1, 700), st.integers(0, 2))
@example(number=46, base=219, digits=2)
def test_a_value_cut_to_three_decimals_prints_as_itself(number, base, digits):
    value = 100 * number / base
    assert half_up(cut(value, 3), digits) == half_up(value, digits)


def test_a_difference_has_the_unit_that_it_is_given_and_the_error():
    high, low = (Row("share", "甲", 2021, value, "%", 9) for value in (60.0, 45.5))
    made = difference("share_lead", high, low)
    assert (made.value, made.unit, made.measure, made.base) == (14.5, "百分点", "share_lead", 9)
    other = difference("score_lead", high, low, unit="分", error=0.5)
    assert (other.unit, other.error) == ("分", 0.5)
    assert math.isnan(made.error)


def test_a_row_that_tells_nothing_of_firms_or_is_withheld_already_is_not_judged():
    threshold = Row("minimum", "全国", 2021, 300.0, "家", 0, ())
    hidden = Row("share", "全国", 2021, math.nan, "%", 7, (NATION,), withheld=True)
    assert threshold.judged(Nothing()) is threshold
    assert hidden.judged(Nothing()) is hidden
    judged = Row("share", "全国", 2021, 5.0, "%", 7, (NATION,), error=1.0).judged(Nothing())
    assert (judged.withheld, judged.base) == (True, 0)
    assert math.isnan(judged.value)
    assert math.isnan(judged.error)
    assert Row("share", "全国", 2021, 5.0, "%", 7).judged(Nothing()).withheld


def test_a_frame_has_errors_where_one_of_its_rows_has_and_each_is_found_by_its_row():
    rows = [
        Row(measure, group, year, value, "%", 9, (), error=error)
        for measure, group, year, value, error in (
            ("a", "甲", 2021, 1.0, math.nan),
            ("a", "乙", 2021, 2.0, 0.2),
            ("a", "乙", 2020, 3.0, 0.3),
            ("b", "乙", 2021, 4.0, 0.4),
        )
    ]
    made = frame(rows)
    assert error_of(made, "a", "乙", 2021) == 0.2
    assert error_of(made, "a", "乙", 2020) == 0.3
    assert error_of(made, "b", "乙", 2021) == 0.4
    assert [pick(made, "a", "乙", year) for year in (2021, 2020)] == [(2.0, False), (3.0, False)]
    assert pick(made, "b", "乙", 2021) == (4.0, False)
    for absent in (("a", "甲", 2021), ("c", "甲", 2021), ("a", "丙", 2021), ("a", "甲", 2019)):
        assert math.isnan(error_of(made, *absent))
    bare = frame(rows[:1])
    assert "error" not in bare and "error" in made
    assert math.isnan(error_of(bare, "a", "甲", 2021))


@pytest.mark.parametrize("made", [summary.cities_of, levels.level_shares_beside_nation])
def test_the_rows_of_two_frames_in_one_are_numbered_through(made, firm, assessed):
    table = made(assessed(firm(9, level=2), firm(9), firm(9, region="山东省"), province="江苏省"))
    assert table["measure"].nunique() > 1
    assert list(table.index) == list(range(len(table)))
