"""What each reader of cells takes texts for, and all it says of those it refuses (cells.yaml)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from smdi.assessments.values import CellError, codes, dates, industries, numbers, regions

CELLS = yaml.safe_load(Path(__file__).with_name("cells.yaml").read_text("utf-8"))
UNITS = "元, 千元, 万元, 百万元, 千万元, 亿元"
AMOUNT = "an amount in 万元"
READERS: dict[str, tuple[Any, Any]] = {
    "province": (regions.province_of, regions),
    "city": (lambda text: regions.city_of(*text.split(" ")), regions),
    "industry": (industries.industry_of, industries),
    "day": (dates.day_of, dates),
    "year": (numbers.whole_year, numbers),
    "code": (codes.credit_code_of, codes),
}


def cells(part: str) -> list[Any]:
    return [
        pytest.param(name, str(text), said, id=f"{name} {text}")
        for name in READERS
        for text, said in CELLS[name][part].items()
    ]


@pytest.mark.parametrize(("reader", "text", "value"), cells("reads"))
def test_a_text_is_read_as_what_it_means(reader: str, text: str, value: object) -> None:
    read, _ = READERS[reader]
    assert read(text) == value


@pytest.mark.parametrize(("reader", "text", "said"), cells("refuses"))
def test_a_text_that_is_refused_is_told_what_was_expected_and_is_nearest(
    reader, text, said
) -> None:
    read, module = READERS[reader]
    expected, nearest = said
    with pytest.raises(CellError) as caught:
        read(text)
    assert caught.value.expected == getattr(module, expected, expected)
    assert caught.value.nearest == nearest


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        pytest.param(unit, str(text), value, id=f"{unit} {text}")
        for unit, amounts in CELLS["amounts"].items()
        for text, value in amounts.items()
    ],
)
def test_an_amount_counts_in_its_own_unit_or_in_that_of_its_column(unit, text, value) -> None:
    read = numbers.quantity(numbers.MONEY_UNITS, "万元", unit, Decimal(1), AMOUNT)
    if not isinstance(value, str):
        assert read(text) == (None if value is None else Decimal(str(value)))
        return
    with pytest.raises(CellError) as caught:
        read(text)
    expected = {"UNIT": f"{AMOUNT}, its unit one of {UNITS}", "AMOUNT": AMOUNT}[value]
    assert (caught.value.expected, caught.value.nearest) == (expected, None)
