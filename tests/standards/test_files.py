"""A faulty cell, row or file is told with its place and with what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from smdi.errors import InputErrors, Problem
from smdi.standards import maturity_model, regions


def problems() -> tuple[Problem, ...]:
    with pytest.raises(InputErrors) as caught:
        maturity_model()
    return caught.value.problems


def report() -> list[str]:
    return [str(problem).removeprefix("data/standards/") for problem in problems()]


def cell(edit: Any, file: str, row: int, column: str, value: str) -> None:
    """Put a value into the cell of a row, counted as in the file."""

    def rule(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        rows[row - 2][column] = value
        return rows

    edit(file, rule)


ID = "an id in lower case"
TEXT = "text without blanks around it"
WHOLE = "a whole number of 0 or more"
DECIMAL = "a number with at most one decimal"
FLAG = "true or false"

CELLS = [
    ("elements.csv", "id", "Personnel", ID),
    ("elements.csv", "id", "", ID),
    ("elements.csv", "name_zh", " 人员", TEXT),
    ("elements.csv", "name_zh", "", TEXT),
    ("elements.csv", "source", "", TEXT),
    ("elements.csv", "confidence", "certain", "one of S, S2, M, assumed"),
    ("domains.csv", "tailorable", "True", FLAG),
    ("domains.csv", "tailorable", "1", FLAG),
    ("domains.csv", "parent", "", ID),
    ("subdomains.csv", "parent", "Design", ID),
    ("levels.csv", "level", "6", "a level from 0 to 5"),
    ("levels.csv", "level", "-1", "a level from 0 to 5"),
    ("levels.csv", "lower_bound", "0.85", DECIMAL),
    ("levels.csv", "lower_bound", "NaN", DECIMAL),
    ("levels.csv", "lower_bound", "-1", DECIMAL),
    ("level_classes.csv", "id", "ge5", "one of le1, 2, 3, ge4"),
    ("level_classes.csv", "highest_level", "6", "a level from 0 to 5"),
    ("item_scores.csv", "tenths", "1e1", WHOLE),
    ("weights.csv", "process_type", "离散", "one of discrete, process"),
    ("weights.csv", "kind", "item", "one of element, domain, subdomain"),
    ("weights.csv", "weight", "6.5", WHOLE),
    ("weights.csv", "weight", "６", WHOLE),
    ("weights.csv", "weight", "1_0", WHOLE),
    ("weights.csv", "weight", "", WHOLE),
    ("weights.csv", "parent", "A", f"{ID}, or empty"),
    ("items.csv", "item_id", "organization-6-1", "<sub-domain>-<level>-<number>"),
    ("items.csv", "level", "0", "a level from 1 to 5"),
    ("items.csv", "number", "0", "a whole number of 1 or more"),
    ("divisions.csv", "code", "1", "a division of two digits"),
    ("divisions.csv", "usual_type", "离散", "one of discrete, process"),
    ("divisions.csv", "sector", "other",
     "one of equipment, electronics, materials, consumer, (empty)"),
    ("classes.csv", "code", "131", "a class of four digits"),
    ("classes.csv", "division", "131", "a division of two digits"),
    ("sectors.csv", "id", "other", "one of equipment, electronics, materials, consumer"),
    ("regions.csv", "code", "032000", "a region code of six digits"),
    ("regions.csv", "kind", "city", "one of province, prefecture, county_level"),
    ("regions.csv", "parent", "32", "a region code of six digits, or empty"),
    ("regions.csv", "boundary_code", "", "a region code of six digits"),
    ("size_classes.csv", "id", "tiny", "one of large, medium, small, micro"),
    ("size_classes.csv", "min_employees", "many", WHOLE),
    ("practices.csv", "kind", "rate", "one of share, ratio"),
    ("practices.csv", "base", "production", "one of all, design, logistics, sales, service"),
    ("practices.csv", "trend", "0", "a trend from 1 to 9, or empty"),
    ("practices.csv", "trend", "10", "a trend from 1 to 9, or empty"),
    ("national_level_shares.csv", "year", "1999", "a year"),
    ("national_level_shares.csv", "level_class", "ge2", "one of le1, 2, 3, ge4, ge3"),
    ("national_level_shares.csv", "share", "6.25", DECIMAL),
    ("national_level_shares.csv", "firms_over", "many", f"{WHOLE}, or empty"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "column", "value", "expected"), CELLS)
def test_a_faulty_cell_is_told_with_row_column_value_and_expectation(
    file: str, column: str, value: str, expected: str, edit: Any
) -> None:
    cell(edit, file, 3, column, value)
    assert f"{file}, row 3, column {column}: found {value!r}; expected {expected}" in report()


def test_the_copy_alone_is_faultless(folder: Any) -> None:
    assert len(maturity_model().subdomains) == 20


def test_every_fault_of_every_file_is_told_at_once(edit: Any) -> None:
    cell(edit, "domains.csv", 3, "parent", "people")
    cell(edit, "divisions.csv", 25, "usual_type", "离散")
    cell(edit, "divisions.csv", 25, "type_ambiguous", "maybe")
    cell(edit, "size_classes.csv", 3, "min_employees", "many")
    told = {(one.file.rsplit("/")[-1], one.row, one.column, one.value) for one in problems()}
    assert {
        ("domains.csv", 3, "parent", "people"),
        ("divisions.csv", 25, "usual_type", "离散"),
        ("divisions.csv", 25, "type_ambiguous", "maybe"),
        ("size_classes.csv", 3, "min_employees", "many"),
    } <= told


def test_a_row_that_comes_twice_is_told_with_the_first(edit: Any) -> None:
    edit("sectors.csv", lambda rows: [*rows, rows[1]])
    assert report() == [
        "sectors.csv, row 6, column id: found 'electronics'; expected no second row for it"
        " (first in row 3)"
    ]


def test_a_row_may_differ_in_a_part_of_its_key(edit: Any) -> None:
    edit("weights.csv", lambda rows: [*rows, rows[0]])
    assert (
        "weights.csv, row 72, column process_type kind id: found 'discrete element personnel';"
        " expected no second row for it (first in row 2)"
    ) in report()


def test_a_row_with_a_cell_too_many_is_told(folder: Any) -> None:
    with (folder / "sectors.csv").open("a", encoding="utf-8") as file:
        file.write("other,其他,report,S,more\n")
    assert report() == [
        "sectors.csv, row 6: found 'other,其他,report,S,more'; expected 4 cells in the row"
    ]


def test_a_missing_file_is_told_without_a_flood_of_consequences(folder: Any) -> None:
    (folder / "weights.csv").unlink()
    assert report() == ["weights.csv; expected the file to exist"]


def test_wrong_columns_are_told_with_those_expected(folder: Any) -> None:
    path = folder / "sectors.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("name_zh", "name"), encoding="utf-8")
    assert report() == [
        "sectors.csv, row 1: found 'id,name,source,confidence'; expected columns"
        " id,name_zh,source,confidence"
    ]


def test_an_empty_file_is_told(folder: Any) -> None:
    (folder / "sectors.csv").write_bytes(b"")
    assert report() == [
        "sectors.csv, row 1: found ''; expected columns id,name_zh,source,confidence"
    ]


def test_a_file_in_another_encoding_is_told(folder: Any) -> None:
    path = folder / "sectors.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert report() == ["sectors.csv: found 'byte 42'; expected text in UTF-8"]


def test_a_file_saved_by_excel_is_read(folder: Any) -> None:
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        path.write_bytes(text.encode("utf-8-sig"))
    assert len(maturity_model().items) == 201


def test_a_blank_line_is_no_row_and_the_rows_after_it_keep_their_numbers(folder: Any) -> None:
    path = folder / "sectors.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    rows[0] = rows[0].replace("equipment", "other")
    path.write_text("\n".join([head, "", *rows, "", ""]), encoding="utf-8")
    told = [(one.row, one.column, one.value) for one in problems() if one.row]
    assert told == [(3, "id", "other")]


def test_every_loader_refuses_faulty_standards(edit: Any) -> None:
    cell(edit, "practices.csv", 3, "base", "production")
    with pytest.raises(InputErrors):
        regions()
