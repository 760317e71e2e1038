"""Cells and selections of firms: how each is named, whom it holds, and how numbers are cut."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from smdi.indicators.cells import UNPROTECTED, Cell, shown_best
from smdi.indicators.firms import Firms
from smdi.indicators.precision.rounding import cut, half_up, printed_decimals

BASE = Cell("assessed", 2021)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (BASE, "assessed/2021"),
        (BASE.sum_of("domain_data"), "assessed/2021/of:domain_data"),
        (
            Cell("matched", 2020, (("level", ("3", "ge4")), ("size", ("large",))), "change:x=y"),
            "matched/2020/level=3,ge4/size=large/of:change:x=y",
        ),
        (Cell("participants", 2019, (("city", ("320200",)),)), "participants/2019/city=320200"),
    ],
)  # fmt: skip
def test_a_cell_is_known_by_its_name_and_the_name_by_its_cell(cell: Cell, name: str) -> None:
    assert cell.id == name
    assert Cell.read(name) == cell
    assert hash(Cell.read(name)) == hash(cell)


@pytest.mark.parametrize(
    ("before", "conditions", "where"),
    [
        ({}, {"size": ["small", "large"]}, (("size", ("large", "small")),)),
        ({}, {"size": ["x"], "city": ["b", "a", "b"]}, (("city", ("a", "b")), ("size", ("x",)))),
        ({"size": ["a", "b"]}, {"size": ["b", "c"]}, (("size", ("b",)),)),
        ({"size": ["a"]}, {"size": ["b"]}, (("size", ()),)),
        ({"answered": ["p"]}, {"answered": ["o"]}, (("answered", ("o", "p")),)),
        ({"size": ["a"]}, {"city": ["b"]}, (("city", ("b",)), ("size", ("a",)))),
        ({"size": ["a"]}, {}, (("size", ("a",)),)),
    ],
)
def test_further_conditions_leave_fewer_values_and_ask_more_answers(before, conditions, where):
    cell = BASE.sum_of("total").narrowed(before).narrowed(conditions)
    assert cell == Cell("assessed", 2021, where, "total")


def test_what_is_not_protected_may_all_be_seen_and_known() -> None:
    cells = [BASE]
    assert UNPROTECTED.ask(cells) is True
    assert UNPROTECTED.knows(cells) is True
    assert UNPROTECTED.finest([[()], [()]]) == 0
    assert UNPROTECTED.decimals is None


@pytest.mark.parametrize(
    ("ways", "best"),
    [
        ([[1, 0], [1, 1]], 1),
        ([[1, 1], [1]], 0),
        ([[0], [0, 1, 1], [1, 1, 0]], 1),
        ([[0, 0], [0]], 0),
        ([[1, 1, 1, 0], [1, 1]], 1),
    ],
)
def test_the_first_way_of_which_the_greatest_part_is_seen_is_best(ways, best: int) -> None:
    values = [[(BASE,) if seen else () for seen in way] for way in ways]
    assert shown_best(values, lambda value: value == (BASE,)) == best


TABLE = pa.table({
    "city": pa.array(["b", None, "a", "b"]).dictionary_encode(),
    "design": pa.array([True, False, None, True]),
    "practice_x": pa.array([None, True, False, True]),
    "practice_rate": pa.array([1.0, math.nan, None, 50.0]),
    "level": pa.array([1, 2, 3, 4]),
})  # fmt: skip


@pytest.mark.parametrize(
    ("conditions", "rows"),
    [
        ({}, [0, 1, 2, 3]),
        ({"city": "b"}, [0, 3]),
        ({"city": ("a", "none")}, [2]),
        ({"city": ()}, []),
        ({"design": "yes"}, [0, 3]),
        ({"design": "no"}, [1]),
        ({"design": ("no", "yes")}, [0, 1, 3]),
        ({"practice_x": "yes"}, [1, 3]),
        ({"practice_x": "no"}, [2]),
        ({"practice_rate": "yes"}, [0]),
        ({"practice_rate": "no"}, [3]),
        ({"answered": "practice_x"}, [1, 2, 3]),
        ({"answered": ("practice_x", "practice_rate")}, [3]),
        ({"answered": "practice_rate"}, [0, 3]),
        ({"city": "b", "design": "yes", "practice_x": "yes"}, [3]),
    ],
)
def test_a_selection_holds_those_that_meet_all_its_conditions(conditions, rows: list[int]) -> None:
    firms = Firms(TABLE, cell=BASE)
    found = firms.where(**conditions)
    assert found["level"].tolist() == [row + 1 for row in rows]
    assert len(found) == len(rows)
    assert np.flatnonzero(firms.meet_all(**conditions)).tolist() == rows
    assert np.flatnonzero(firms.meet(found.cell)).tolist() == rows
    # And within another selection.
    last = firms[np.array([False, True, True, True])]
    assert last.where(**conditions)["level"].tolist() == [row + 1 for row in rows if row]


def test_a_selection_by_a_mask_has_no_name_and_one_by_conditions_that_of_its_conditions() -> None:
    firms = Firms(TABLE, cell=BASE)
    assert firms[pd.Series([True, False, True, False])].cell is None
    assert Firms(TABLE).where(city="b").cell is None
    assert firms.where(city=("b", "a")).cell == Cell("assessed", 2021, (("city", ("a", "b")),))
    assert firms.named(BASE.sum_of("x")).cell == BASE.sum_of("x")
    assert "city" in firms
    assert "size" not in firms


def test_codes_are_counted_in_their_order_where_some_firm_has_them() -> None:
    firms = Firms(TABLE)
    assert firms.counts("city").to_dict() == {"a": 1, "b": 2}
    assert list(firms.counts("city").index) == ["a", "b"]
    assert firms.where(design="yes").counts("city").to_dict() == {"b": 2}
    assert firms.where(design="no").counts("city").to_dict() == {}


def test_practices_are_numbers_and_other_columns_what_they_are() -> None:
    firms = Firms(TABLE)
    assert firms["practice_x"].dtype == "float64"
    assert firms["practice_x"].tolist()[1:] == [1, 0, 1]
    assert math.isnan(firms["practice_x"][0])
    assert firms["practice_rate"].tolist()[::3] == [1, 50]
    assert firms["level"].tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (107 / 4000 * 100, 2, "2.68"), (2.675, 2, "2.68"), (-2.675, 2, "-2.68"), (0.5, 0, "1"),
        (0.49999999999, 0, "0"), (0.499999999999, 0, "1"), (1.45, 1, "1.5"), (2, 1, "2.0"),
        (1.25 - 1e-13, 1, "1.3"), (1.25 - 1e-10, 1, "1.2"), (150, -2, "2E+2"),
    ],
)  # fmt: skip
def test_a_tie_goes_away_from_nought_once_the_noise_is_gone(value, digits, rounded) -> None:
    assert half_up(value, digits) == Decimal(rounded)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1.2345, 1.234), (1.2340, 1.234), (1.2350, 1.235), (1.2351, 1.236), (1.2301, 1.231),
        (1.2300, 1.23), (-1.2351, -1.236), (1.2399, 1.239),
    ],
)  # fmt: skip
def test_decimals_are_cut_so_that_rounding_again_tells_the_same(value: float, kept: float) -> None:
    assert cut(value, 3) == kept
    assert half_up(cut(value, 3), 2) == half_up(value, 2)


@pytest.mark.parametrize(
    ("printed", "decimals"), [("14.80", 2), ("14", 0), ("-0.5", 1), ("0.000", 3), ("", 0)]
)
def test_the_decimals_of_a_number_are_those_printed(printed: str, decimals: int) -> None:
    assert printed_decimals(printed) == decimals
