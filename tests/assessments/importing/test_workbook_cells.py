"""Cells of workbooks as texts: all digits of a number, the day of a date, and where rows stand."""

from __future__ import annotations

import datetime

import pytest
import xlsxwriter

from smdi.assessments.reading.sheets import Sheet
from smdi.assessments.reading.workbooks import open_workbook

CELLS = [
    (1.0, "1"), (1.5, "1.5"), (-3.0, "-3"), (1 / 3, "0.3333333333333333"),
    (999_999_999_999_999.0, "999999999999999"), (1e15, "1000000000000000.0"), (1e-7, "1e-07"),
    (True, "TRUE"), (False, "FALSE"), ("007", "007"), (" 甲 ", " 甲 "),
    (datetime.datetime(2021, 3, 5), "2021-03-05"),
    (datetime.datetime(2021, 3, 5, 14, 30), "2021-03-05 14:30:00"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> list[Sheet]:
    """Give a book of values, one of which stands far down, and an empty sheet between."""
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("值")
        for line, (value, _) in enumerate(CELLS):
            if isinstance(value, datetime.datetime):
                sheet.write_datetime(line + 2, 1, value, days)
            else:
                sheet.write(line + 2, 1, value)
        sheet.write(999, 3, "末")
        book.add_worksheet("空")
        book.add_worksheet("后").write(0, 0, "甲")
    return open_workbook(path, "xlsx")


def texts(sheet: Sheet, place: int, after: int = 0) -> dict[int, str]:
    return {
        int(row): text
        for table, rows in sheet.batches([place], after)
        for row, text in zip(rows, table.column(str(place)).to_pylist(), strict=True)
        if text
    }


def test_a_cell_has_all_that_it_stores_as_text(sheets: list[Sheet]) -> None:
    assert texts(sheets[0], 1) == {line + 3: text for line, (_, text) in enumerate(CELLS)}


def test_rows_and_columns_keep_their_places_and_those_above_may_be_left_out(sheets) -> None:
    assert sheets[0].width == 4
    assert texts(sheets[0], 3) == {1000: "末"}
    assert texts(sheets[0], 0) == {}
    last = len(CELLS) + 2
    assert texts(sheets[0], 1, after=last - 1) == {last: CELLS[-1][1]}
    assert texts(sheets[0], 1, after=last) == {}


def test_the_first_rows_are_there_as_they_stand(sheets: list[Sheet]) -> None:
    head = sheets[0].head
    assert head[:3] == [[""] * 4, [""] * 4, ["", "1", "", ""]]
    assert [sheet.name for sheet in sheets] == ["值", "空", "后"]
    assert [sheet.how for sheet in sheets] == ["xlsx"] * 3
    assert sheets[1].head == []
    assert sheets[2].head == [["甲"]]
    assert sheets[2].has_cells
