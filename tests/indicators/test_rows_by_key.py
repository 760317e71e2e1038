"""A value of a tidy frame is found by its measure, group and year, and by nothing else."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from smdi.indicators.tidy import Row, error_of, frame, pick

ROWS = [
    Row("a", "甲", 2020, 1.0, "%", 9, (), error=0.1),
    Row("a", "甲", 2021, 2.0, "%", 9, (), error=0.2),
    Row("a", "甲", 2021, 3.0, "%", 9, (), error=0.3),
    Row("a", "乙", 2021, math.nan, "%", 9, (), withheld=True),
    Row("b", "甲", 2021, 5.0, "%", 9, (), error=0.5),
]
MADE = frame(ROWS)


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        (("a", "甲", 2020), 1.0, 0.1),
        (("a", "甲", 2021), 2.0, 0.2),
        (("b", "甲", 2021), 5.0, 0.5),
    ],
    ids=["the first row", "of two alike the first", "the last row"],
)
def test_a_value_and_its_error_are_those_of_the_first_row_of_its_key(key, value, error) -> None:
    assert pick(MADE, *key) == (value, False)
    assert error_of(MADE, *key) == error


@pytest.mark.parametrize("numbers", [range(5), range(4, -1, -1), [7] * 5, list("edcba")])
def test_rows_are_found_by_their_place_whatever_their_numbers_are(numbers) -> None:
    renumbered = MADE.set_axis(list(numbers), axis=0)
    assert pick(renumbered, "a", "甲", 2021) == (2.0, False)
    assert error_of(renumbered, "b", "甲", 2021) == 0.5
    part = renumbered[renumbered["measure"] == "b"]
    assert pick(part, "b", "甲", 2021) == (5.0, False)


@pytest.mark.parametrize(
    "key",
    [("c", "甲", 2021), ("a", "丙", 2021), ("a", "甲", 2022), ("b", "甲", 2020), ("甲", "a", 2021)],
    ids=["measure", "group", "year", "year of another measure", "turned about"],
)
def test_what_has_no_row_is_missing_not_withheld_and_without_error(key) -> None:
    value, withheld = pick(MADE, *key)
    assert math.isnan(value)
    assert withheld is False
    assert math.isnan(error_of(MADE, *key))


def test_a_withheld_row_says_so_and_has_no_value() -> None:
    value, withheld = pick(MADE, "a", "乙", 2021)
    assert math.isnan(value)
    assert withheld is True


def test_in_a_frame_of_no_rows_nothing_is_found() -> None:
    nothing: pd.DataFrame = frame([])
    value, withheld = pick(nothing, "a", "甲", 2021)
    assert math.isnan(value)
    assert withheld is False
    assert math.isnan(error_of(nothing, "a", "甲", 2021))


def test_a_frame_without_errors_has_none_of_a_row_that_is_there() -> None:
    bare = frame([Row("a", "甲", 2021, 2.0, "%", 9, ())])
    assert "error" not in bare
    assert math.isnan(error_of(bare, "a", "甲", 2021))


def test_a_year_that_a_frame_does_not_know_of_a_row_is_none_that_is_asked_for() -> None:
    lost = MADE.assign(year=MADE["year"].astype("float64").where(MADE["measure"] == "b"))
    assert math.isnan(pick(lost, "a", "甲", 2021)[0])
    assert pick(lost, "b", "甲", 2021) == (5.0, False)
