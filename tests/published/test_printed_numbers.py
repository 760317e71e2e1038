"""What a printed number stands for, and what a relation is unless it is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smdi.published import intervals
from smdi.published.relations import Mixture, Total, Whole


@pytest.mark.parametrize(
    ("printed", "rounding", "low", "high", "ends"),
    [
        ("69", "half_up", "68.5", "69.5", (True, False)),
        ("69", "half_down", "68.5", "69.5", (False, True)),
        ("69", "truncation", "69", "70", (True, False)),
        ("-69", "half_up", "-69.5", "-68.5", (False, True)),
        ("-6.9", "truncation", "-7.0", "-6.9", (False, True)),
        ("0", "half_up", "-0.5", "0.5", (False, False)),
        ("0.00", "truncation", "-0.01", "0.01", (False, False)),
    ],
)
def test_a_printed_number_stands_for_these_values(printed, rounding, low, high, ends) -> None:
    found = intervals.printed_interval(printed, rounding)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
    assert (found.has_low, found.has_high) == ends


def test_a_relation_is_declared_and_not_guessed_unless_it_says_so() -> None:
    assert Whole(measures=("a", "b")).inferred is False
    total = Total(measure="a", parts=("b",), total="c")
    assert (total.complete, total.total_measure, total.exhibit) == (False, None, None)
    assert Mixture(whole=("a",), parts=("b",)).complete is True
    interval = intervals.Interval(Decimal(1), Decimal(2))
    assert (interval.has_low, interval.has_high) == (True, True)
