"""Days in the forms that people and spreadsheets write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from smdi.assessments.values.texts import CellError, plain

# Excel counts days from 1900 with a 29 February 1900 that never was, hence this first day.
SERIAL_ORIGIN = date(1899, 12, 30)
# 2010-01-01 to 2100-01-01: no other five-digit number is taken for a day.
SERIALS = range(40179, 73051)
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}[:时点].*)?"
)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
EXPECTED = "a day as year, month, day (2021-03-05, 2021/3/5, 2021年3月5日)"


def day_of(text: str, formats: Sequence[str] = ()) -> date | None:
    """Return the day a text writes, None for an empty one.

    `formats` of the mapping come first; then year-month-day with any usual separator, with or
    without a time, eight digits, and Excel's day numbers. Orders that could be read in two ways are
    refused.
    """
    text = plain(text)
    if not text:
        return None
    for form in formats:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
        if (serial := _SERIAL.fullmatch(text)) and int(serial[1]) in SERIALS:
            return SERIAL_ORIGIN + timedelta(days=int(serial[1]))
    except ValueError:
        pass
    raise CellError(EXPECTED)
