"""Numbers as people write them: groups of three digits, Chinese units, percent signs.

A number is read only when its writing is well formed; `12,5` or `1_0` could mean two things and is
refused rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from smdi.assessments.values.texts import CellError, plain

# What one unit is worth in yuan.
MONEY_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(10) ** 3,
    "万元": Decimal(10) ** 4,
    "百万元": Decimal(10) ** 6,
    "千万元": Decimal(10) ** 7,
    "亿元": Decimal(10) ** 8,
}
PERSON_UNITS = {"人": Decimal(1), "名": Decimal(1), "千人": Decimal(1000), "万人": Decimal(10000)}
_BARE_FACTORS = {"千": Decimal(1000), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)(?P<body>\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?P<fraction>\.\d+)?"
    r"(?P<exponent>[eE][-+]?\d{1,3})?(?P<point>\.?)"
)
_WITH_UNIT = re.compile(
    r"(?P<currency>人民币|RMB|CNY|[¥￥])?\s*(?P<number>.*?)\s*(?P<unit>[^\d\s.,]*)"
)
_ROUNDED = re.compile(r"[-+]?\d(?:\.\d+)?[eE][+]?\d+")
Number = Callable[[str], Decimal | None]


def decimal_of(text: str, expected: str = "a number") -> Decimal:
    """Return the number a plain text writes; CellError unless it is well formed."""
    match = _NUMBER.fullmatch(text)
    if match is None or (match["point"] and match["fraction"]):
        raise CellError(expected)
    body = match["body"].replace(",", "").replace(" ", "")
    try:
        sign = "-" if match["sign"] in ("-", "−") else ""
        return Decimal(f"{sign}{body}{match['fraction'] or ''}{match['exponent'] or ''}")
    except InvalidOperation:
        raise CellError(expected) from None


def quantity(
    units: dict[str, Decimal], into: str, unit: str | None, multiply: Decimal, expected: str
) -> Number:
    """Return a reader of amounts in the unit `into`.

    A cell's own unit counts; without one the column's `unit` does, or the factor `multiply` where
    no unit is known. A bare 万 or 亿 counts single units (yuan, persons) and is refused in a column
    whose unit is itself a multiple of ten thousand, unless it is larger than that unit.
    """

    def read(text: str) -> Decimal | None:
        text = plain(text)
        if not text:
            return None
        match = _WITH_UNIT.fullmatch(text)
        if match is None or not match["number"]:
            raise CellError(expected)
        number, own = match["number"], match["unit"]
        if not own:
            amount = decimal_of(number, expected)
            return amount * (units[unit] / units[into] if unit else multiply)
        if own in units:
            return decimal_of(number, expected) * units[own] / units[into]
        factor = _BARE_FACTORS.get(own)
        if factor is None or (unit and units[unit] >= factor):
            raise CellError(f"{expected}, its unit one of {', '.join(units)}")
        return decimal_of(number, expected) * factor / units[into]

    return read


def percentage(fraction: bool, expected: str) -> Number:
    """Return a reader of percentages; with `fraction` a bare 0.632 means 63.2 %."""

    def read(text: str) -> Decimal | None:
        text = plain(text)
        if not text:
            return None
        if text.endswith("%"):
            return decimal_of(text[:-1].rstrip(), expected)
        value = decimal_of(text, expected)
        # A spreadsheet stores 0.957 as 0.9570000000000001 at times; ten digits are enough.
        return round(value, 10) * 100 if fraction and abs(value) < 1000 else value

    return read


def whole_year(text: str) -> int | None:
    """Return a year: 2021, 2021年, 2021年度 or 2021.0."""
    text = plain(text)
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})(?:\.0+)?\s*(?:年度?)?", text)
    if match is None:
        raise CellError("a year of four digits")
    return int(match[1])


def was_rounded(text: str) -> bool:
    """Return whether a spreadsheet wrote the number in scientific notation: digits may be lost."""
    return _ROUNDED.fullmatch(plain(text)) is not None
