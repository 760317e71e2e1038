"""Each check of a batch by itself: the values at its bounds, and all that it tells of others."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from smdi.assessments import credit_codes
from smdi.assessments.checks import Batch, check_batch
from smdi.assessments.credit_codes import check_character, is_simulated, is_well_formed
from smdi.assessments.problems import ProblemLog
from smdi.assessments.schema import FIRM_COLUMNS, practice_columns

TYPES = {column.name: column.type for column in (*FIRM_COLUMNS, *practice_columns())}
RATIO, SHARE = "practice_equipment_digitalisation_rate", "practice_model_based_design"


def checked(columns: dict[str, list[Any]], **how: Any) -> list[tuple[Any, ...]]:
    """All that is told of a batch of these columns, whose rows are numbered from 11."""
    table = pa.table({name: pa.array(cells, TYPES[name]) for name, cells in columns.items()})
    log = ProblemLog("a.parquet", in_full=True)
    check_batch(Batch(table, np.arange(11, 11 + table.num_rows), log, **how))
    return [(one.row, one.column, one.value, one.expected) for one in log.problems()]


def told_of(columns: dict[str, list[Any]], column: str, expected: str, *rows: int) -> None:
    """Assert that of a batch these rows (from 0) are told, and nothing else."""
    assert checked(columns) == [(row + 11, column, columns[column][row], expected) for row in rows]


def test_years_lie_between_2015_and_2100() -> None:
    years = [2014, 2015, 2021, 2100, 2101]
    told_of({"year": years}, "year", "a year from 2015 to 2100", 0, 4)


def test_an_answer_comes_in_its_year_or_the_one_after() -> None:
    texts = ["2020-12-31", "2021-01-01", "2021-12-31", "2022-12-31", "2023-01-01"]
    days = [datetime.date.fromisoformat(text) for text in texts]
    told_of({"year": [2021] * 5, "submitted_on": days}, "submitted_on",
            "a day in the year of the assessment or the year after", 0, 4)  # fmt: skip


def test_a_firm_has_no_more_persons_and_revenue_than_any_in_the_world() -> None:
    persons = [-1, 0, 1, 10_000_000, 10_000_001]
    told_of({"employees": persons, "revenue": [0.0] * 5}, "employees",
            "0 persons or more, and no more than 10,000,000", 0, 4)  # fmt: skip
    revenue = [-0.01, 0.0, 2e9, 2e9 + 1, math.inf, -math.inf]
    told_of({"employees": [0] * 6, "revenue": revenue}, "revenue",
            "0 万元 or more, and no more than 2,000,000,000 万元", 0, 3, 4, 5)  # fmt: skip


def test_a_ratio_lies_between_nought_and_a_hundred_and_is_a_number() -> None:
    told = checked({RATIO: [-0.1, 0.0, 100.0, 100.1, None, math.nan], **businesses(6)})
    assert [row for row, *_ in told] == [11, 14, 16]
    assert {(column, expected) for _, column, _, expected in told} == {
        (RATIO, "a percentage from 0 to 100")
    }


def businesses(count: int, **given: list[bool | None]) -> dict[str, list[bool | None]]:
    usual = {name: [True] * count for name in ("design", "logistics", "sales", "service")}
    return {**usual, **given}


def test_of_a_business_that_is_absent_nothing_is_answered() -> None:
    own = businesses(5, design=[True, False, False, False, True])
    told_of({SHARE: [True, True, None, False, None], **own}, SHARE,
            "no answer, because this firm has no design business", 1, 3)  # fmt: skip


def test_each_value_that_lacks_is_told_once_with_what_the_column_means() -> None:
    columns = {
        "year": [None, 2021], "employees": [3, None], "revenue": [None, math.nan],
        "submitted_on": [None, None],
    }  # fmt: skip
    meanings = {column.name: f"a value: {column.meaning}" for column in FIRM_COLUMNS}
    told = {(row, column, expected) for row, column, _, expected in checked(columns)}
    assert told == {
        (11, "year", meanings["year"]), (12, "employees", meanings["employees"]),
        (11, "revenue", meanings["revenue"]), (12, "revenue", meanings["revenue"]),
        (11, "submitted_on", meanings["submitted_on"]),
        (12, "submitted_on", meanings["submitted_on"]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("province", "city", "column", "expected"),
    [
        ("320000", "320200", None, None),
        ("110000", "110100", None, None),
        ("370000", "320200", "city", "a city inside the province of the row"),
        ("320000", "990200", "city", "the GB/T 2260 code of a city of the standards"),
        ("990000", "320200", "province", "the GB/T 2260 code of a province"),
        ("320200", "320200", "province", "the GB/T 2260 code of a province"),
    ],
)
def test_a_city_lies_in_its_province(province, city, column, expected) -> None:
    columns = {"province": ["320000", province], "city": ["320200", city]}
    if column is None:
        assert checked(columns) == []
    else:
        told_of(columns, column, expected, 1)


def test_industries_and_process_types_are_those_of_the_standards() -> None:
    told_of({"industry": ["3670", "36", "9999", "C3670"]}, "industry",
            "a four-digit manufacturing class of GB/T 4754-2017", 1, 2, 3)  # fmt: skip
    told_of({"process_type": ["discrete", "process", "Discrete", ""]}, "process_type",
            "discrete or process", 2, 3)  # fmt: skip


REAL = "91320000000000012" + check_character("91320000000000012")
SIMULATED = "SIM000000000000012"


@pytest.mark.parametrize(
    ("code", "good"),
    [
        (REAL, True), (SIMULATED, True), ("SIM" + "AZ09" * 3 + "AZ0", True),
        (REAL[:-1], False), (REAL + "0", False), (REAL.lower() + "a", False),
        (REAL[:-1] + ("0" if REAL[-1] != "0" else "1"), False), ("", False),
        ("I" + REAL[1:], False), (SIMULATED[:-1], False), (SIMULATED + "0", False),
        ("SIM00000000000001a", False), ("SIM00000000000001 ", False), (f" {REAL}", False),
    ],
)  # fmt: skip
def test_a_code_is_real_by_its_check_character_or_visibly_fictional(code: str, good: bool) -> None:
    assert is_well_formed(pa.array([code, None])).tolist() == [good, False]
    fictional = code.startswith("SIM")
    assert is_simulated(pa.array([code, None])).tolist() == [fictional, False]
    expected = credit_codes.SIMULATED_SHAPE if fictional else credit_codes.REAL_SHAPE
    told = [] if good else [(11, "credit_code", code, expected)]
    assert checked({"credit_code": [code]}) == told


@pytest.mark.parametrize("place", range(2, 8))
def test_the_region_in_a_code_is_of_digits(place: int) -> None:
    first = "91320000000000012"
    first = first[:place] + "A" + first[place + 1 :]
    assert is_well_formed(pa.array([first + check_character(first)])).tolist() == [False]
    other = "A" + first[1:place] + "0" + first[place + 1 :]
    assert is_well_formed(pa.array([other + check_character(other)])).tolist() == [True]


def test_a_check_character_is_that_of_the_sum_of_weighted_places() -> None:
    """GB 32100: 31 less the remainder by 31 of the sum of values times 3 to the power of place."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for number in range(200):
        first = f"91320000{number * 7919:09d}"
        total = sum(alphabet.index(one) * 3**place for place, one in enumerate(first))
        assert check_character(first) == alphabet[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    "first", ["", "9" * 16, "9" * 18, "I" * 17, "9" * 16 + "中", "9" * 16 + "a"]
)
def test_what_is_no_beginning_of_a_code_has_no_check_character(first: str) -> None:
    with pytest.raises(ValueError, match="expected 17 characters of 0123456789ABC"):
        check_character(first)


def test_a_cell_that_is_faulty_already_is_not_told_again_and_others_as_they_stand() -> None:
    told = checked(
        {"year": [2014, 2014, 2021]},
        names={"year": "年度"},
        known={"year": np.array([True, False, False])},
        cells={"year": lambda index: f"cell {index}"},
    )
    assert told == [(12, "年度", "cell 1", "a year from 2015 to 2100")]
    nothing = Batch(pa.table({"year": [1]}), np.array([1]), ProblemLog("a"))
    assert (nothing.names, nothing.known, nothing.cells) == ({}, {}, {})
