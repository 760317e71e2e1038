from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from smdi.simulation.counts.integers import Infeasible, apportion, fill_table, proportional_fit


def test_a_total_is_divided_by_largest_remainders():
    assert apportion(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert apportion(100, [50.4, 30.4, 19.2]).tolist() == [51, 30, 19]


def test_what_a_cap_refuses_goes_to_the_others():
    assert apportion(10, [8, 1, 1], [4, 10, 10]).tolist() == [4, 3, 3]


def test_a_place_without_weight_gets_nothing():
    assert apportion(5, [0, 1, 1]).tolist() == [0, 3, 2]


def test_more_than_all_caps_together_is_refused():
    with pytest.raises(Infeasible, match="12 to divide over places for 9"):
        apportion(12, [1, 1, 1], [3, 3, 3])


@pytest.mark.parametrize("seed", range(8))
def test_a_table_keeps_both_margins_and_stays_within_its_caps(seed):
    generator = np.random.default_rng(seed)
    hidden = generator.integers(0, 9, (12, 7))
    cap = hidden + generator.integers(0, 2, hidden.shape)
    table = fill_table(generator.random(hidden.shape), hidden.sum(axis=1), hidden.sum(axis=0), cap)
    assert table.sum(axis=1).tolist() == hidden.sum(axis=1).tolist()
    assert table.sum(axis=0).tolist() == hidden.sum(axis=0).tolist()
    assert ((table >= 0) & (table <= cap)).all()


def test_a_table_without_caps_stays_within_one_of_the_proportional_one():
    generator = np.random.default_rng(5)
    hidden = generator.integers(0, 40, (9, 6))
    rows, columns = hidden.sum(axis=1), hidden.sum(axis=0)
    preferred = proportional_fit(np.ones(hidden.shape), rows, columns)
    assert np.abs(fill_table(np.ones(hidden.shape), rows, columns) - preferred).max() < 1.01


def every_table(rows: list[int], columns: list[int]) -> Iterator[list[list[int]]]:
    """Every table of whole numbers from nought that has these margins."""
    if not rows:
        yield from [[]] * (not any(columns))
        return
    for first in product(*(range(min(rows[0], most) + 1) for most in columns)):
        if sum(first) == rows[0]:
            left = [most - one for most, one in zip(columns, first, strict=True)]
            yield from ([list(first), *rest] for rest in every_table(rows[1:], left))


@pytest.mark.parametrize("seed", [0, 2, 4, 183])
def test_of_all_tables_the_one_nearest_to_the_pattern_is_taken_large_cells_bending_first(seed):
    """Differences are held against the root of the cell and a quarter; a step costs a trifle."""
    generator = np.random.default_rng(seed)
    hidden, pattern = generator.integers(0, 4, (2, 4)), generator.random((2, 4)) ** 3
    rows, columns = hidden.sum(axis=1), hidden.sum(axis=0)
    wished = proportional_fit(pattern, rows, columns)

    def distance(table: object) -> float:
        return float((np.abs(np.array(table) - wished) / np.sqrt(wished + 0.25)).sum())

    every = list(every_table(rows.tolist(), columns.tolist()))
    assert len(every) > 3
    found = distance(fill_table(pattern, rows, columns))
    assert found == pytest.approx(min(map(distance, every)), abs=0.05)


def test_margins_of_different_sums_are_refused():
    with pytest.raises(Infeasible, match="rows sum to 3, columns to 4"):
        fill_table(np.ones((2, 2)), [1, 2], [2, 2])


@pytest.mark.parametrize("places", [3, 17, 100, 1000])
def test_of_places_that_are_alike_the_first_get_what_is_left(places: int):
    more = places // 3
    found = apportion(places + more, np.ones(places))
    assert found.tolist() == [2] * more + [1] * (places - more)
    assert found.dtype == np.int64


def test_caps_that_are_no_whole_numbers_are_cut_to_whole_ones():
    found = apportion(10, [8, 1, 1], np.array([4.0, 10.0, 10.0]))
    assert found.tolist() == [4, 3, 3]
    assert found.dtype == np.int64


@pytest.mark.parametrize(
    ("total", "cap", "told"),
    [(-1, [3, 3], "-1 to divide over places for -2"), (7, [3, 3], "7 to divide over places for 6")],
)
def test_a_total_below_nought_or_above_the_caps_is_refused(total, cap, told):
    with pytest.raises(Infeasible, match=f"^{told}$"):
        apportion(total, [1, 1], cap)


def test_a_total_of_nought_and_one_as_large_as_the_caps_are_divided():
    assert apportion(0, [1, 1]).tolist() == [0, 0]
    assert apportion(6, [9, 1], [3, 3]).tolist() == [3, 3]


@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [
        ([-1, 2], [0, 1], "margins below nought: -1, 0"),
        ([0, 1], [2, -1], "margins below nought: 0, -1"),
        ([1, 1], [1, 2], "rows sum to 2, columns to 3"),
    ],
)
def test_margins_that_no_table_has_are_refused(rows, columns, told):
    with pytest.raises(Infeasible, match=f"^{told}$"):
        fill_table(np.ones((2, 2)), rows, columns)


def test_margins_of_nought_have_a_table_of_nought():
    assert fill_table(np.ones((2, 2)), [0, 0], [0, 0]).tolist() == [[0, 0], [0, 0]]
    assert fill_table(np.ones((2, 2)), [0, 3], [0, 3]).tolist() == [[0, 0], [0, 3]]


def test_a_pattern_of_noughts_takes_what_the_margins_ask():
    table = fill_table([[0, 0], [0, 0]], [4, 4], [4, 4])
    assert table.tolist() == [[2, 2], [2, 2]]
