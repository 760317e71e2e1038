from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, strategies

from smdi.published.intervals import Interval, printed_interval


@pytest.mark.parametrize(
    ("printed", "inside", "outside"),
    [
        ("69", ["68.5", "69", "69.4999"], ["68.4999", "69.5"]),
        ("14.80", ["14.795", "14.8049"], ["14.7949", "14.805"]),
        ("-3.96", ["-3.955", "-3.9649"], ["-3.9549", "-3.965"]),
        ("0.00", ["0", "0.0049", "-0.0049"], ["0.005", "-0.005"]),
    ],
)
def test_half_up_takes_the_tie_away_from_zero_and_no_further(printed, inside, outside):
    interval = printed_interval(printed)
    assert all(Decimal(value) in interval for value in inside)
    assert not any(Decimal(value) in interval for value in outside)


def test_truncation_leaves_the_whole_unit_above():
    assert Decimal("9.65") in printed_interval("9", "truncation")
    assert Decimal("9.65") not in printed_interval("9")
    assert Decimal("10") not in printed_interval("9", "truncation")


def test_upper_ends_that_are_left_out_do_not_add_to_their_sum():
    shares = [printed_interval(text) for text in ("67", "15", "7", "9")]
    total = Interval.total(shares)
    assert total.high == 100
    assert not total.meets(Interval.point(100))
    assert total.meets(Interval.point(Decimal("99.99")))


def test_a_difference_has_neither_end_of_half_open_terms():
    difference = printed_interval("15.00") - printed_interval("10.00")
    assert Decimal("4.99") not in difference
    assert Decimal("5.01") not in difference
    assert Decimal("5.0099") in difference


def test_touching_ends_meet_only_where_both_belong():
    assert Interval(Decimal(0), Decimal(1)).meets(Interval(Decimal(1), Decimal(2)))
    open_end = Interval(Decimal(0), Decimal(1), has_high=False)
    assert not open_end.meets(Interval(Decimal(1), Decimal(2)))


HUNDREDTHS = strategies.integers(-500, 500).map(lambda n: Decimal(n) / 100)
INTERVALS = strategies.builds(
    lambda ends, has_low, has_high: Interval(*sorted(ends), has_low, has_high),
    strategies.tuples(HUNDREDTHS, HUNDREDTHS),
    strategies.booleans(),
    strategies.booleans(),
)


@given(INTERVALS, INTERVALS, HUNDREDTHS)
def test_a_value_lies_in_both_when_it_lies_in_what_they_share(one, other, value):
    assert (value in one and value in other) == (value in one & other)
    assert not ((one & other).is_empty and value in one & other)


@given(INTERVALS, INTERVALS, HUNDREDTHS, HUNDREDTHS)
def test_sums_and_differences_of_values_lie_in_those_of_their_intervals(one, other, a, b):
    if a in one and b in other:
        assert a + b in one + other
        assert a - b in one - other
        assert -a in -one


@given(strategies.integers(-99999, 99999), strategies.integers(0, 3))
def test_a_number_lies_in_the_interval_of_its_own_printing_under_each_rounding(number, digits):
    printed = str(Decimal(number).scaleb(-digits))
    assume("E" not in printed)
    unit = Decimal(1).scaleb(-digits)
    near = {"half_up": ROUND_HALF_UP, "half_down": ROUND_HALF_DOWN, "truncation": ROUND_DOWN}
    for tenths in range(-21, 22):
        value = Decimal(printed) + tenths * unit / 20
        for name, rounding in near.items():
            says = value.quantize(unit, rounding=rounding) == Decimal(printed)
            inside = value in printed_interval(printed, name)
            assert says == inside or Decimal(printed) == 0, (value, name)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [((True, True), (True, True), (True, True)), ((True, False), (True, True), (True, False)),
     ((False, True), (True, True), (False, True)), ((True, False), (False, True), (False, False))],
)  # fmt: skip
def test_an_end_that_two_share_belongs_to_what_is_common_where_it_belongs_to_both(
    mine, theirs, both
):
    ends = Decimal(1), Decimal(2)
    for first, second in ((mine, theirs), (theirs, mine)):
        common = Interval(*ends, *first) & Interval(*ends, *second)
        assert common == Interval(*ends, *both)


def test_of_two_ends_the_inner_one_counts_whether_it_belongs_or_not():
    wide = Interval(Decimal(0), Decimal(3), has_low=False, has_high=False)
    for belongs in (True, False):
        narrow = Interval(Decimal(1), Decimal(2), belongs, belongs)
        assert wide & narrow == narrow & wide == narrow
