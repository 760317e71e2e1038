"""Rounding as a printed report rounds: half up, on the number that was meant.

A share is one correctly rounded division, so its shortest decimal form shows an exact tie as a
tie (107/4000 -> 2.675). A difference of two shares carries the noise of a subtraction; rounding
to eleven decimals first removes that noise and nothing else: a share of up to a million firms that
is no tie lies at least 5e-9 away from one at two decimals.
"""

from __future__ import annotations

from decimal import ROUND_05UP, ROUND_HALF_UP, Decimal

NOISE_DECIMALS = 11


def half_up(value: float, digits: int) -> Decimal:
    """Round a finite value to `digits` decimals, ties away from zero (2.675 -> 2.68)."""
    exact = Decimal(repr(round(float(value), NOISE_DECIMALS)))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def cut(value: float, digits: int) -> float:
    """Cut off decimals so that rounding again to fewer gives what the value itself would give.

    A last digit of 0 or 5 stands only where nothing follows it (`ROUND_05UP` of the General Decimal
    Arithmetic Specification): elsewhere it would make a tie that is none.
    """
    exact = Decimal(repr(round(float(value), NOISE_DECIMALS)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_05UP))


def printed_decimals(printed: str) -> int:
    """Count the decimals of a number as printed ("14.80" -> 2)."""
    return len(printed.partition(".")[2])
