"""What is said of a sheet that lacks columns, up to the numbers that a reader can take in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from smdi.assessments.reading.headers import joined
from smdi.assessments.reading.missing import missing_columns
from smdi.assessments.reading.sheets import Rows, Sheet
from smdi.errors import Problem


class Listed(Sheet):
    """A sheet of which nothing is read but its head."""

    def batches(self, columns: Sequence[int], after: int) -> Iterator[tuple[pa.Table, Rows]]:
        raise AssertionError("only the header is asked for")


def told(headings: list[str], *wanted: str, sheet: str = "表一") -> list[Problem]:
    head = [["标题", *[""] * (len(headings) - 1)], headings]
    return missing_columns(
        Path("a.xlsx"), [(Listed(Path("a.xlsx"), sheet, head, ""), joined(head, 1, 1))], wanted
    )


def names(word: str, count: int) -> list[str]:
    return [f"{word}{number}号" for number in range(count)]


def test_a_column_that_lacks_is_told_with_sheet_row_and_the_nearest() -> None:
    lacking, header = told(["企业名称", "城市"], "企业名", "城市")
    assert (lacking.sheet, lacking.row, lacking.column) == ("表一", 2, "企业名")
    assert lacking.nearest == "企业名称"
    assert (header.sheet, header.row, header.count) == ("表一", 2, 0)
    assert header.expected.endswith("name columns of this header: '企业名称', '城市'")


def test_a_column_that_stands_twice_is_told_with_sheet_row_and_places() -> None:
    (repeated,) = told(["城市", "企业", "城市"], "企业", "城市")
    assert (repeated.sheet, repeated.row, repeated.column) == ("表一", 2, "城市")
    assert repeated.value == "2 times (columns A, C)"


def test_a_file_without_sheets_names_none() -> None:
    assert {one.sheet for one in told(["城市", "城市"], "城市", "企业", sheet="")} == {None}


@pytest.mark.parametrize(
    ("more", "said"), [(-1, ""), (0, ""), (1, " and 1 more"), (5, " and 5 more")]
)
def test_the_headings_found_are_told_up_to_a_number(more: int, said: str) -> None:
    found = names("列", 30 + more)
    expected = told(found, "城市")[-1].expected
    last = f"'{found[min(len(found), 30) - 1]}'"
    assert expected.endswith(f"{last}{said}")


@pytest.mark.parametrize(
    ("lacking", "counted", "dots"),
    [
        (10, 0, False),
        (11, 1, False),
        (20, 10, False),
        (21, 11, True),
    ],
)
def test_of_columns_that_lack_ten_are_told_singly_and_ten_more_by_name(
    lacking: int, counted: int, dots: bool
) -> None:
    wanted = names("题", lacking)
    found = told(["城市"], *wanted)
    single = [one for one in found if one.expected.startswith("this column")]
    assert [one.column for one in single] == wanted[:10]
    rest = [one for one in found if "more columns" in one.expected]
    assert [one.count for one in rest] == [counted] * bool(counted)
    for one in rest:
        assert one.column == ", ".join(wanted[10:20]) + ", …" * dots
        assert f"these {counted} more columns" in one.expected
        assert (one.sheet, one.row) == ("表一", 2)
