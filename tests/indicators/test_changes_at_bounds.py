"""Changes since the baseline year where nothing is borrowed, where all is, and where none is."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smdi.indicators import comparison
from smdi.indicators.comparison import Change, Outcome, matched, raw, standardised

IDS = pd.Series([1, 2, 3, 4])
NOW, BEFORE = pd.Series([100.0, 0, 100, 100]), pd.Series([0.0, 0, 100, 0])


def cells(*codes: list[int]) -> list[np.ndarray]:
    return [np.array(one, dtype=np.int64) for one in codes]


def test_a_change_borrows_nothing_and_has_no_error_unless_it_is_told() -> None:
    change = Change(1.5, 7)
    assert (change.value, change.base, change.borrowed) == (1.5, 7, 0.0)
    assert math.isnan(change.error)


def test_all_firms_are_compared_with_all_and_nothing_is_borrowed() -> None:
    change = raw(NOW, BEFORE, IDS, IDS + 10)
    assert (change.value, change.base, change.borrowed) == (50.0, 4, 0.0)


def test_the_same_firms_are_compared_with_themselves_and_nothing_is_borrowed() -> None:
    change = matched(NOW, BEFORE)
    assert (change.value, change.base, change.borrowed) == (50.0, 4, 0.0)


NONE = pd.Series([], dtype=float)
UNASKED = pd.Series([math.nan] * 4)


@pytest.mark.parametrize(
    ("now", "before", "base"),
    [(NOW, UNASKED, 4), (UNASKED, BEFORE, 0), (NONE, BEFORE, 0), (NOW, NONE, 4)],
    ids=["none-before", "none-now", "no-firm-now", "no-firm-before"],
)
def test_where_one_year_has_nobody_nothing_is_compared_and_this_year_s_base_told(
    now: pd.Series, before: pd.Series, base: int
) -> None:
    ids, ids_before = IDS[: len(now)], IDS[: len(before)]
    codes_now, codes_before = [np.zeros(len(one), dtype=np.int64) for one in (now, before)]
    for change in (
        raw(now, before, ids, ids_before),
        standardised(now, before, [codes_now] * 4, [codes_before] * 4, ids, ids_before),
    ):
        assert math.isnan(change.value)
        assert math.isnan(change.error)
        assert (change.base, change.borrowed) == (base, 0.0)
    assert matched(NONE, NONE).base == 0


FINE, WIDE, ALL = [0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("before", "borrowed", "expected"),
    [
        # Cells of this year: 0 with 50 %, 1 with 100 %.
        ([[0, 0, 1, 1], ALL, ALL, ALL], 0.0, 75.0),
        ([[0, 0, 0, 1], ALL, ALL, ALL], 0.0, 62.5),
        ([[0, 0, 1, 7], ALL, ALL, ALL], 0.25, 68.75),  # a quarter from the wider cell: 75 %
        ([[7, 7, 7, 7], ALL, ALL, ALL], 1.0, 75.0),
        ([[7, 7, 7, 0], [7, 7, 0, 0], [7, 0, 0, 0], [0, 0, 0, 0]], 0.75, 68.75),
        ([[7, 7, 7, 0], [7, 7, 7, 0], [7, 7, 7, 0], [7, 7, 7, 0]], 0.75, 68.75),  # from all
    ],
)
def test_an_empty_cell_borrows_from_the_next_wider_one_and_at_last_from_all(
    before: list[list[int]], borrowed: float, expected: float
) -> None:
    own = cells(FINE, WIDE, ALL, ALL)
    change = standardised(NOW, BEFORE, own, cells(*before))
    assert change.value == pytest.approx(expected - 25)
    assert (change.base, change.borrowed) == (4, borrowed)
    assert math.isnan(change.error)


def test_firms_that_were_not_asked_weigh_nothing_in_either_year() -> None:
    now, before = pd.Series([100.0, 0, math.nan, 100]), pd.Series([0.0, math.nan, 100, 0])
    change = standardised(now, before, cells(FINE, *[ALL] * 3), cells(FINE, *[ALL] * 3))
    # Asked this year: 50 % in cell 0, 100 % in cell 1; before one firm in 0 and two in 1.
    assert change.value == pytest.approx((50 + 100 + 100) / 3 - 100 / 3)
    assert change.base == 3


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((), "level_class"),
        (("2",), "level_class=2"),
        (("ge4", "3", "2"), "level_class=2,3,ge4"),
        (("3", "2"), "level_class=2,3"),
    ],
)
def test_an_outcome_is_named_by_its_column_and_its_values_in_order(values, told: str) -> None:
    assert Outcome("level_class", values).told == told


def test_an_outcome_is_a_hundred_nought_or_the_number_itself() -> None:
    firms = pd.DataFrame({"level_class": ["2", "3", "le1"], "ratio": [1.5, math.nan, 7]})
    firms["used"] = pd.array([True, None, False], dtype="boolean").astype("Float64")
    assert Outcome("level_class", ("2", "le1"))(firms).tolist() == [100, 0, 100]
    assert Outcome("level_class", ("3",)).asked is False
    assert Outcome("ratio")(firms).dropna().tolist() == [1.5, 7]
    assert Outcome("used", ("yes",), asked=True)(firms).dropna().tolist() == [100, 0]


@pytest.mark.parametrize(
    ("practice", "outcome"),
    [
        ("data_sharing", Outcome("practice_data_sharing", ("yes",), asked=True)),
        ("equipment_digitised", None),
    ],
)
def test_a_practice_is_compared_by_its_share_or_its_own_percentage(practice, outcome) -> None:
    if outcome is None:
        kinds = comparison.practices()["kind"]
        practice = str(kinds.index[kinds == "ratio"][0])
        outcome = Outcome(f"practice_{practice}", (), asked=True)
    assert comparison.practice_outcome(practice) == outcome


@pytest.mark.parametrize(
    ("name", "values"),
    [("2", ("2",)), ("ge2", ("2", "3", "ge4")), ("ge3", ("3", "ge4")), ("2_3", ("2", "3"))],
)
def test_a_class_of_levels_is_compared_by_its_classes(name: str, values: tuple[str, ...]) -> None:
    assert comparison.level_outcome(name) == Outcome("level_class", values)
