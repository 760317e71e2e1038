"""All that is told of a faulty file of assessments, and nothing else."""

from __future__ import annotations

import datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.assessments import validate
from smdi.assessments.credit_codes import check_character
from smdi.errors import InputErrors

RATIO = "practice_equipment_digitalisation_rate"
REAL = "91320000000000999"
DAY = datetime.date

# One cell of the fifth row, and all that is told of the file.
CELLS = [
    ("credit_code", "SIM00000000000000x", "SIM and 15 characters of 0-9 and A-Z"),
    ("year", 2014, "a year from 2015 to 2100"),
    ("submitted_on", DAY(2023, 1, 1), "a day in the year of the assessment or the year after"),
    ("submitted_on", DAY(2020, 12, 31), "a day in the year of the assessment or the year after"),
    ("province", "990000", "the GB/T 2260 code of a province"),
    ("city", "999900", "the GB/T 2260 code of a city of the standards"),
    ("city", "320000", "the GB/T 2260 code of a city of the standards"),
    ("industry", "39", "a four-digit manufacturing class of GB/T 4754-2017"),
    ("process_type", "离散型", "discrete or process"),
    ("employees", -1, "0 persons or more, and no more than 10,000,000"),
    ("revenue", 2e9 + 1, "0 万元 or more, and no more than 2,000,000,000 万元"),
    ("revenue", -0.01, "0 万元 or more, and no more than 2,000,000,000 万元"),
    ("item_data-1-1", 9, "a score in tenths: one of 10, 8, 5, 0"),
    ("item_data-1-1", None, "a score, because the item applies to this firm"),
    (RATIO, 100.01, "a percentage from 0 to 100"),
    (RATIO, -0.01, "a percentage from 0 to 100"),
]  # fmt: skip


def told(path) -> list[tuple[object, ...]]:
    with pytest.raises(InputErrors) as caught:
        validate(path)
    assert {one.file for one in caught.value.problems} == {str(path)}
    return [(one.row, one.column, one.value, one.expected) for one in caught.value.problems]


@pytest.mark.parametrize(("column", "value", "expected"), CELLS)
def test_a_faulty_cell_is_told_in_full_and_alone(firms, stored, column, value, expected) -> None:
    frame = firms(8)
    frame.loc[4, column] = pd.NA if value is None else value
    if column == "year":
        frame.loc[4, "submitted_on"] = DAY(value, 6, 1)
    assert told(stored(frame)) == [(5, column, value, expected)]


@pytest.mark.parametrize(
    ("business", "item", "practice"),
    [("design", "item_product_design-2-1", "practice_model_based_design"),
     ("logistics", "item_logistics-1-1", None),
     ("sales", "item_sales-1-1", "practice_ecommerce_platform"),
     ("service", "item_customer_service-1-1", "practice_remote_operation")],
)  # fmt: skip
def test_nothing_is_answered_of_a_business_that_a_firm_does_not_have(
    firms, stored, business, item, practice
) -> None:
    frame = firms(30)
    without = frame.index[~frame[business]][0]
    assert item in frame
    frame.loc[without, item] = 8
    expected = [
        (without + 1, item, 8,
         "no score, because this firm has no such business or its process type no such item"),
    ]  # fmt: skip
    if practice:
        frame.loc[without, practice] = False
        words = f"no answer, because this firm has no {business} business"
        expected.append((without + 1, practice, False, words))
    assert told(stored(frame)) == expected


def test_faults_of_items_share_five_examples_whatever_their_columns(firms, stored) -> None:
    frame = firms(9)
    for row in range(4):
        frame.loc[row, ["item_data-1-1", "item_data-2-1"]] = 7
    with pytest.raises(InputErrors) as caught:
        validate(stored(frame))
    found = caught.value.problems
    assert [(one.row, one.column, one.count) for one in found] == [
        *((row, "item_data-1-1", 1) for row in (1, 2, 3, 4)),
        (1, "item_data-2-1", 4),
    ]


def test_a_city_is_held_to_the_province_of_its_row_where_both_are_known(firms, stored) -> None:
    frame = firms(6)
    frame.loc[1, ["province", "city"]] = ["320000", "330100"]
    frame.loc[2, ["province", "city"]] = ["990000", "330100"]
    frame.loc[3, ["province", "city"]] = ["320000", "999900"]
    frame.loc[4, ["province", "city"]] = ["320000", "320200"]
    assert [(row, column, value) for row, column, value, _ in told(stored(frame))] == [
        (3, "province", "990000"),
        (4, "city", "999900"),
        (2, "city", "330100"),
    ]


@pytest.mark.parametrize(
    ("code", "good"),
    [(REAL + check_character(REAL), True), (REAL + "Z", False), (REAL, False),
     ("9132000A000000000" + check_character("9132000A000000000"), False),
     ("91350100M000100Y43", True), ("91350100m000100y43", False)],
)  # fmt: skip
def test_a_real_code_is_of_its_shape_with_its_check_character(firms, stored, code, good) -> None:
    frame = firms(3, real=True)
    frame.loc[1, "credit_code"] = code
    path = stored(frame, provenance="import")
    if good:
        assert validate(path).firms == 3
        return
    words = "an 18-character credit code with a right check character (GB 32100)"
    assert told(path) == [(2, "credit_code", code, words)]


def test_a_code_has_a_check_character_only_of_seventeen_that_codes_may_have() -> None:
    for first in (REAL[:-1], REAL + "0", REAL[:-1] + "O", REAL[:-1] + "é"):
        with pytest.raises(ValueError, match="expected 17 characters of 0123456789ABC"):
            check_character(first)


@pytest.mark.parametrize(
    ("provenance", "real", "words"),
    [("import", False, "no simulated firm in a file of provenance import"),
     ("simulated", True, "simulated firms only in a file of provenance simulated")],
)  # fmt: skip
def test_firms_of_the_other_kind_are_told_and_those_of_the_kind_are_not(
    firms, stored, provenance, real, words
) -> None:
    frame = firms(3, real=not real)
    other = firms(3, real=real).loc[1, "credit_code"]
    frame.loc[1, "credit_code"] = other
    assert told(stored(frame, provenance=provenance)) == [(2, "credit_code", other, words)]


def changed(path, tmp_path, change) -> object:
    table = change(pq.read_table(path))
    pq.write_table(table, tmp_path / "changed.parquet")
    return tmp_path / "changed.parquet"


def test_a_file_that_does_not_say_where_it_comes_from_is_refused(firms, stored, tmp_path) -> None:
    path = changed(stored(firms(3)), tmp_path, lambda table: table.replace_schema_metadata({}))
    ((row, column, value, expected),) = told(path)
    assert (row, column, value) == (None, None, None)
    assert "provenance" in expected


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_text_may_be_stored_in_other_ways(firms, stored, tmp_path, kind) -> None:
    def change(table: pa.Table) -> pa.Table:
        place = table.schema.get_field_index("city")
        return table.set_column(place, "city", table.column("city").cast(kind))

    assert validate(changed(stored(firms(3)), tmp_path, change)).rows == 3


def test_columns_that_lack_or_are_others_are_told_before_the_rows(firms, stored, tmp_path) -> None:
    frame = firms(3)
    frame.loc[0, "employees"] = -1

    def change(table: pa.Table) -> pa.Table:
        table = table.drop_columns(["city"]).append_column("x", table.column("city"))
        place = table.schema.get_field_index("revenue")
        return table.set_column(place, "revenue", table.column("revenue").cast(pa.float32()))

    assert told(changed(stored(frame), tmp_path, change)) == [
        (None, "revenue", "float", "type double: yearly revenue, 万元"),
        (None, "x", None, "no such column: it is not in the schema"),
        (None, "city", None, "this column, it is missing: GB/T 2260 code of the city "
         "(a municipality's own row)"),
    ]  # fmt: skip


def test_a_file_without_rows_is_of_nobody(firms, stored) -> None:
    summary = validate(stored(firms(3).iloc[:0]))
    assert (summary.rows, summary.firms, summary.rows_by_year) == (0, 0, {})


def test_years_are_told_in_their_order(firms, stored) -> None:
    frames = [
        firms(n).assign(year=year, submitted_on=DAY(year, 5, 1))
        for n, year in ((3, 2021), (4, 2019), (2, 2020))
    ]
    summary = validate(stored(pd.concat(frames)))
    assert str(summary).endswith(
        "9 assessments of 4 firms (2019: 4, 2020: 2, 2021: 3), provenance simulated"
    )
