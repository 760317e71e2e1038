"""Everything that is wrong with a file of assessments is said in one report."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from smdi.assessments import validate, validation
from smdi.assessments.credit_codes import check_character
from smdi.errors import InputErrors, Problem


@pytest.fixture
def problems_after(firms, stored) -> Callable[..., list[Problem]]:
    """The problems of ten valid firms after a change of some cells."""

    def run(change: Callable[[pd.DataFrame], None], **options: str) -> list[Problem]:
        frame = firms(10, real=options.get("provenance") == "import")
        change(frame)
        with pytest.raises(InputErrors) as caught:
            validate(stored(frame, **options))
        return list(caught.value.problems)

    return run


def set_cell(row: int, column: str, value: object) -> Callable[[pd.DataFrame], None]:
    def change(frame: pd.DataFrame) -> None:
        frame.loc[row, column] = value

    return change


def test_a_valid_file_is_summed_up(firms, stored):
    frame = pd.concat(
        [firms(8), firms(3).assign(year=2020, submitted_on=datetime.date(2020, 5, 1))]
    )
    summary = validate(stored(frame))
    assert (summary.rows, summary.firms) == (11, 8)
    assert summary.rows_by_year == {2020: 3, 2021: 8}
    assert "11 assessments of 8 firms (2020: 3, 2021: 8), provenance simulated" in str(summary)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("credit_code", "SIM00000000000000x", "SIM and 15 characters"),
        ("year", 1921, "a year from 2015"),
        ("province", "990000", "code of a province"),
        ("city", "999900", "code of a city"),
        ("industry", "9999", "four-digit manufacturing class"),
        ("process_type", "hybrid", "discrete or process"),
        ("employees", -1, "0 persons or more"),
        ("revenue", -0.5, "0 万元 or more"),
        ("revenue", float("inf"), "0 万元 or more"),
        ("submitted_on", datetime.date(2019, 1, 1), "in the year of the assessment"),
        ("item_data-1-1", 7, "one of 10, 8, 5, 0"),
        ("item_data-1-1", pd.NA, "the item applies to this firm"),
        ("practice_equipment_digitalisation_rate", 100.5, "a percentage from 0 to 100"),
    ],
)
def test_a_faulty_cell_is_named_with_row_column_and_value(
    problems_after, column: str, value: object, expected: str
):
    found = problems_after(set_cell(4, column, value))
    fault = next(problem for problem in found if problem.column == column)
    assert fault.row == 5
    assert expected in fault.expected


@pytest.mark.parametrize(
    ("day", "sound"),
    [
        (datetime.date(2020, 12, 31), False),
        (datetime.date(2021, 1, 1), True),
        (datetime.date(2022, 12, 31), True),
        (datetime.date(2023, 1, 1), False),
    ],
)
def test_an_answer_is_submitted_in_its_year_or_the_next(firms, stored, day, sound: bool):
    frame = firms(3)
    frame.loc[1, "submitted_on"] = day
    path = stored(frame)
    if sound:
        assert validate(path).rows == 3
    else:
        with pytest.raises(InputErrors, match="the year after") as caught:
            validate(path)
        assert [problem.row for problem in caught.value.problems] == [2]


@pytest.mark.parametrize(
    ("column", "values", "sound"),
    [
        ("year", [2015, 2100], True),
        ("year", [2014, 2101], False),
        ("employees", [0, 10_000_000], True),
        ("employees", [-1, 10_000_001], False),
        ("revenue", [0.0, 2e9], True),
        ("revenue", [-0.01, 2.1e9], False),
        ("practice_equipment_digitalisation_rate", [0.0, 100.0], True),
        ("practice_equipment_digitalisation_rate", [-0.01, 100.01], False),
    ],
)
def test_a_limit_itself_is_allowed_and_what_lies_beyond_is_not(
    firms, stored, column: str, values: list, sound: bool
):
    frame = firms(2)
    frame[column] = pd.Series(values).astype(frame[column].dtype)
    if column == "year":
        frame["submitted_on"] = [datetime.date(year, 6, 1) for year in values]
    path = stored(frame)
    if sound:
        assert validate(path).rows == 2
    else:
        with pytest.raises(InputErrors) as caught:
            validate(path)
        found = [(problem.row, problem.column) for problem in caught.value.problems]
        assert found == [(1, column), (2, column)]


def test_a_ratio_that_is_no_number_is_found(firms, stored, tmp_path):
    table = pq.read_table(stored(firms(2)))
    name = "practice_equipment_digitalisation_rate"
    place = table.schema.get_field_index(name)
    nan = pa.array([float("nan"), 50.0])
    pq.write_table(table.set_column(place, name, nan), tmp_path / "nan.parquet")
    with pytest.raises(InputErrors) as caught:
        validate(tmp_path / "nan.parquet")
    assert [(p.row, p.column) for p in caught.value.problems] == [(1, name)]


def test_an_empty_cell_is_found_where_every_firm_has_a_value(firms, stored, tmp_path):
    table = pq.read_table(stored(firms(3)))
    for place, name in enumerate(table.column_names[:4]):
        emptied = pc.if_else(pa.array([True, False, True]), table.column(name), None)
        table = table.set_column(place, name, emptied)
    pq.write_table(table, tmp_path / "gaps.parquet")
    with pytest.raises(InputErrors) as caught:
        validate(tmp_path / "gaps.parquet")
    found = [(problem.row, problem.column) for problem in caught.value.problems]
    assert found == [(2, name) for name in ("credit_code", "year", "submitted_on", "province")]


def test_a_city_outside_its_province_is_found(problems_after):
    def change(frame: pd.DataFrame) -> None:
        frame.loc[2, ["province", "city"]] = ["320000", "330100"]

    (fault,) = problems_after(change)
    assert (fault.row, fault.column, fault.value) == (3, "city", "330100")


def test_a_score_in_a_business_that_does_not_exist_is_found(problems_after):
    def change(frame: pd.DataFrame) -> None:
        frame.loc[0, "logistics"] = False
        frame.loc[0, "item_logistics-1-1"] = 10

    found = problems_after(change)
    assert any(
        problem.column == "item_logistics-1-1" and "no such business" in problem.expected
        for problem in found
    )


def test_a_practice_asked_of_a_business_that_does_not_exist_is_found(problems_after):
    def change(frame: pd.DataFrame) -> None:
        frame.loc[:, "practice_ecommerce_platform"] = pd.NA
        frame.loc[frame["sales"].idxmin(), "practice_ecommerce_platform"] = True

    (fault,) = problems_after(change)
    assert "no sales business" in fault.expected


def test_an_item_that_the_process_type_lacks_must_be_empty(problems_after):
    def change(frame: pd.DataFrame) -> None:
        row = frame.index[frame["process_type"] == "process"][0]
        frame.loc[row, "item_product_design-2-1"] = 5

    (fault,) = problems_after(change)
    assert fault.column == "item_product_design-2-1"


def test_a_firm_with_two_rows_for_a_year_is_found_across_batches(firms, stored, monkeypatch):
    monkeypatch.setattr(validation, "ROW_GROUP", 4)
    frame = firms(10)
    frame.loc[9, "credit_code"] = frame.loc[0, "credit_code"]
    with pytest.raises(InputErrors) as caught:
        validate(stored(frame))
    (fault,) = caught.value.problems
    assert (fault.row, fault.column) == (10, "credit_code, year")
    assert fault.value == f"{frame.loc[0, 'credit_code']} 2021"


def test_a_real_code_needs_its_check_character(problems_after):
    def change(frame: pd.DataFrame) -> None:
        code = frame.loc[6, "credit_code"]
        frame.loc[6, "credit_code"] = code[:-1] + ("0" if code[-1] != "0" else "1")

    (fault,) = problems_after(change, provenance="import")
    assert (fault.row, fault.column) == (7, "credit_code")
    assert "GB 32100" in fault.expected


def test_the_check_character_is_that_of_a_known_code():
    # 91350100M000100Y43 is the worked example of GB 32100-2015.
    assert check_character("91350100M000100Y4") == "3"


def test_progress_is_told_after_each_batch_up_to_all(firms, stored, monkeypatch):
    monkeypatch.setattr(validation, "ROW_GROUP", 4)
    told = []
    validate(stored(firms(10)), progress=lambda *numbers: told.append(numbers))
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_simulated_firms_do_not_pass_for_real_ones(firms, stored):
    with pytest.raises(InputErrors, match="no simulated firm"):
        validate(stored(firms(3), provenance="import"))


def test_real_firms_do_not_pass_for_simulated_ones(firms, stored):
    with pytest.raises(InputErrors, match="simulated firms only"):
        validate(stored(firms(3, real=True), provenance="simulated"))


def test_faults_of_all_kinds_stand_in_one_report(problems_after):
    def change(frame: pd.DataFrame) -> None:
        frame.loc[0, "employees"] = -3
        frame.loc[1, "industry"] = "0000"
        frame.loc[2, "item_data-2-1"] = 3
        frame.loc[3, "practice_equipment_digitalisation_rate"] = -1

    columns = {problem.column for problem in problems_after(change)}
    assert {"employees", "industry", "item_data-2-1"} <= columns
    assert "practice_equipment_digitalisation_rate" in columns


def test_a_flood_of_faults_is_counted_and_does_not_hide_the_others(firms, stored):
    frame = firms(400)
    frame["industry"] = "0000"
    frame.loc[399, "employees"] = -3
    with pytest.raises(InputErrors) as caught:
        validate(stored(frame))
    listed = caught.value.problems
    assert [problem.column for problem in listed] == ["industry"] * 5 + ["employees"]
    assert [problem.count for problem in listed] == [1, 1, 1, 1, 396, 1]
    assert "(and 395 more like it)" in str(listed[4])


def test_missing_unknown_and_mistyped_columns_are_reported_with_the_faults_of_the_rest(
    firms, stored, tmp_path
):
    frame = firms(5)
    frame.loc[1, "employees"] = -1
    table = pq.read_table(stored(frame))
    table = table.drop_columns(["revenue", "year"])
    table = table.append_column("item_nonsense-1-1", table.column("item_data-1-1"))
    place = table.schema.get_field_index("submitted_on")
    table = table.set_column(place, "submitted_on", table.column("submitted_on").cast("string"))
    pq.write_table(table, tmp_path / "odd.parquet")
    with pytest.raises(InputErrors) as caught:
        validate(tmp_path / "odd.parquet")
    found = {problem.column: problem.expected for problem in caught.value.problems}
    assert "missing" in found["revenue"]
    assert "missing" in found["year"]
    assert "not in the schema" in found["item_nonsense-1-1"]
    assert "date32" in found["submitted_on"]


def test_a_file_that_is_no_parquet_is_said_to_be_none(tmp_path):
    (tmp_path / "notes.parquet").write_text("not a table")
    with pytest.raises(InputErrors, match="expected a Parquet file"):
        validate(tmp_path / "notes.parquet")
    with pytest.raises(InputErrors, match="there is none"):
        validate(tmp_path / "absent.parquet")
