"""Where a header is, what it calls its columns, and what is said when columns are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.reading.headers import Header, locate
from smdi.assessments.reading.missing import missing_columns
from smdi.assessments.reading.sheets import ParquetSheet, Sheet, column_letters
from smdi.assessments.reading.workbooks import WorkbookSheet
from smdi.assessments.values import squeezed

WANTED = ["甲", "乙", "丙"]
ROW = ["1", "2", "3"]


def located(*rows: list[str], wanted: list[str] = WANTED) -> tuple[int, int, list[str]] | None:
    header = locate([list(row) for row in rows], [squeezed(name) for name in wanted])
    return header and (header.first, header.last, header.names)


@pytest.mark.parametrize(
    ("place", "deepest", "found"), [(0, 1, 1), (39, 1, 40), (40, 1, None), (2, 3, 3)]
)
def test_a_header_is_looked_for_in_the_first_forty_rows(place, deepest, found) -> None:
    rows = [[""] * 3] * place + [WANTED] + [ROW] * 3
    told = located(*rows)
    assert told == (found and (found, found, WANTED))


def test_a_header_has_three_rows_at_most_and_no_row_more_than_it_needs() -> None:
    three = [["甲", "", ""], ["", "乙", ""], ["", "", "丙"]]
    assert located(*three, ROW) == (1, 3, ["甲", "乙", "甲／乙／丙"])
    four = [["甲", "", ""], ["", "乙", ""], ["x", "", ""], ["", "", "丙"]]
    assert located(*four) == (1, 2, ["甲", "甲／乙", ""])
    assert located(["题", "", ""], WANTED, ROW) == (2, 2, WANTED)
    assert located(WANTED, WANTED) == (1, 1, WANTED)
    assert located(["甲", "乙", "x"], ROW, WANTED) == (3, 3, WANTED)
    assert located(["", "", ""], ["甲", "x", "y"]) == (2, 2, ["甲", "x", "y"])
    assert located(ROW, ROW) is None


def test_a_column_is_known_by_its_lowest_heading_and_by_all_joined() -> None:
    header = locate([["组一", "", "组二"], ["名", "值", "值"]], ["名", "组一／值", "组二／值"])
    assert header is not None
    assert header.names == ["组一／名", "组一／值", "组二／值"]
    assert header.lowest == ["名", "值", "值"]
    assert [header.places_of(name) for name in ("名", "值", "组一／值", "组二值", "组一", "")] == [
        [0], [1, 2], [1], [2], [], [],
    ]  # fmt: skip


def test_a_heading_as_it_stands_comes_before_one_that_only_compares_alike() -> None:
    header = Header(1, 1, ["甲", " 甲", "Ａ", "a"], ["甲", " 甲", "Ａ", "a"])
    assert header.places_of("甲 ") == [0]
    assert header.places_of("a") == [3]
    assert header.places_of("A") == [2, 3]


@pytest.mark.parametrize(
    ("place", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_have_the_letters_of_a_spreadsheet(place: int, letters: str) -> None:
    assert column_letters(place) == letters


def told(names: list[str], wanted: list[str], sheet: Sheet | None = None) -> list[str]:
    own = sheet or WorkbookSheet(Path("a.xlsx"), "表", [names], "xlsx")
    return [
        str(one) for one in missing_columns(own.path, [(own, Header(2, 2, names, names))], wanted)
    ]


def test_each_missing_and_repeated_column_is_told_and_then_the_header() -> None:
    assert told(["甲方", "乙", "", "乙", "丙"], ["甲", "乙", "丁"]) == [
        "a.xlsx, sheet 表, row 2, column 乙: found '2 times (columns B, D)'; "
        "expected the column once",
        "a.xlsx, sheet 表, row 2, column 甲; expected this column, which the mapping names; "
        "nearest is '甲方'",
        "a.xlsx, sheet 表, row 2, column 丁; expected this column, which the mapping names",
        "a.xlsx, sheet 表, row 2; expected the mapping to name columns of this header: "
        "'甲方', '乙', '乙', '丙'",
    ]


def test_without_a_header_or_cells_the_place_is_told_as_far_as_there_is_one() -> None:
    parquet = ParquetSheet(Path("a.parquet"), "", [["甲"]], "parquet")
    assert told(["甲"], ["乙"], parquet)[0] == (
        "a.parquet, column 乙; expected this column, which the mapping names"
    )
    assert [str(one) for one in missing_columns(Path("a.csv"), [(parquet, None)], ["乙"])] == [
        "a.csv; expected a row with the column names that the mapping gives"
    ]
