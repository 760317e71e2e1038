"""The values behind a printed number: exact intervals, half-open where rounding makes them so.

A number printed as 69 under half-up rounding stands for 68.5 (included) to 69.5 (left out). Which
ends belong matters: 67, 15, 7 and 9 would need every upper end to make 100, and none is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from smdi.published.facts import decimals

UNBOUNDED = Decimal("Infinity")


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`; each end belongs to it or not."""

    low: Decimal
    high: Decimal
    has_low: bool = True
    has_high: bool = True

    @classmethod
    def point(cls, value: Decimal | int) -> Interval:
        """The interval of one value."""
        return cls(Decimal(value), Decimal(value))

    @classmethod
    def total(cls, intervals: Iterable[Interval]) -> Interval:
        """The interval of a sum."""
        return sum(intervals, start=cls.point(0))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.has_low and other.has_low,
            self.has_high and other.has_high,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.has_high, self.has_low)

    def __and__(self, other: Interval) -> Interval:
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(
            low,
            high,
            all(i.has_low for i in (self, other) if i.low == low),
            all(i.has_high for i in (self, other) if i.high == high),
        )

    def __contains__(self, value: Decimal | int) -> bool:
        above = value > self.low or (value == self.low and self.has_low)
        return above and (value < self.high or (value == self.high and self.has_high))

    @property
    def is_empty(self) -> bool:
        """Whether no value lies in it."""
        return self.low > self.high or (
            self.low == self.high and not (self.has_low and self.has_high)
        )

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not (self & other).is_empty


# Ways to shorten a number to its printed digits, and whether each end of the interval belongs,
# for a positive number; `half_up` is what the reproduction and Excel do.
ROUNDINGS: dict[str, tuple[Decimal, Decimal, bool, bool]] = {
    "half_up": (Decimal("-0.5"), Decimal("0.5"), True, False),
    "half_down": (Decimal("-0.5"), Decimal("0.5"), False, True),
    "truncation": (Decimal(0), Decimal(1), True, False),
}


def printed_interval(printed: str, rounding: str = "half_up") -> Interval:
    """Values that print so: shortened away from or towards zero alike, whatever the sign."""
    low, high, has_low, has_high = ROUNDINGS[rounding]
    value, unit = Decimal(printed), Decimal(1).scaleb(-decimals(printed))
    if value == 0:
        reach = max(-low, high) * unit
        return Interval(-reach, reach, False, False)
    if value < 0:
        return -Interval(-value + low * unit, -value + high * unit, has_low, has_high)
    return Interval(value + low * unit, value + high * unit, has_low, has_high)
