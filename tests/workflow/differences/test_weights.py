"""How large a change of a value is beside others, and how its difference reads."""

from __future__ import annotations

import pytest

from smdi.workflow.differences.values import ValueChange

PLUS, MINUS = "+", "−"


def change(unit: str, old: float | None, new: float | None, digits: int = 0) -> ValueChange:
    return ValueChange("levels.low", unit, digits, old, new, "甲", "乙")


@pytest.mark.parametrize(
    ("unit", "old", "new", "weight"),
    [
        ("%", 69.0, 66.0, 3.0),
        ("%", 66.0, 69.0, 3.0),
        ("百分点", 5.0, 7.0, 2.0),
        ("百分点", 7.0, 5.0, 2.0),
        ("‰", 5.0, 7.0, 2.0),
        # Percent of a number.
        ("家", 200.0, 210.0, 5.0),
        ("家", 200.0, 190.0, 5.0),
        ("分", -2.0, -1.0, 50.0),
        ("家", 10.0, 20.0, 100.0),
        ("家", 10.0, 50.0, 100.0),
        ("家", 0.0, 1.0, 100.0),
        ("家", 5.0, 5.0, 0.0),
        # Of one run alone, or of none.
        ("%", None, 3.0, 100.0),
        ("%", 3.0, None, 100.0),
        ("家", None, None, 100.0),
    ],
)
def test_a_change_weighs_its_points_or_its_percent_and_a_whole_at_most(
    unit: str, old: float | None, new: float | None, weight: float
) -> None:
    assert change(unit, old, new).weight == pytest.approx(weight)


@pytest.mark.parametrize(
    ("unit", "old", "new", "digits", "text"),
    [
        ("%", 69.0, 66.0, 0, f"{MINUS}3 个百分点"),
        ("%", 66.04, 69.06, 1, f"{PLUS}3.1 个百分点"),
        ("百分点", 1.0, 3.0, 0, f"{PLUS}2 个百分点"),
        ("家", 7.0, 5.0, 0, f"{MINUS}2 家"),
        ("家", 5.0, 5.4, 0, "0 家"),
        ("家", None, 5.0, 0, ""),
        ("家", 5.0, None, 0, ""),
    ],
)
def test_a_difference_is_told_as_the_values_are_printed(unit, old, new, digits, text) -> None:
    assert change(unit, old, new, digits).difference_text == text


@pytest.mark.parametrize(
    ("old", "new", "digits", "difference"),
    [(0.5, 1.49, 0, 0.0), (0.49, 1.5, 0, 2.0), (1.25, 1.35, 1, 0.1), (2.0, 1.0, 0, -1.0)],
)
def test_a_difference_is_that_of_the_rounded_values(old, new, digits, difference) -> None:
    assert change("分", old, new, digits).difference == pytest.approx(difference)


def test_a_value_belongs_to_the_chapter_that_its_key_begins_with() -> None:
    assert change("%", 1.0, 2.0).chapter == "levels"
