"""What a workbook stores in a cell, as the text that it is converted to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from smdi.assessments.reading import workbook_worker


@pytest.fixture
def converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Convert a row of values, from the second row and column on; give texts and table."""

    def run(*values: object) -> tuple[list[str], dict[str, list]]:
        grid = 1, 1, [list(values)]
        monkeypatch.setattr(workbook_worker, "_limit_memory", lambda: None)
        monkeypatch.setattr(workbook_worker, "_whole", lambda *_: iter([("甲", iter([grid]))]))
        assert workbook_worker.main(["book", "xls", str(tmp_path)]) == 0
        table = pq.read_table(tmp_path / "0.parquet").to_pydict()
        return [table[str(place)][0] for place in range(1, 1 + len(values))], table

    return run


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (-0.5, "-0.5"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1000000000000000.0"),
        (-1e15, "-1000000000000000.0"),
        (-1e20, "-1e+20"),
        (5, "5"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("甲", "甲"),
        (date(2021, 6, 1), "2021-06-01"),
        (datetime(2021, 6, 1), "2021-06-01"),
        (datetime(2021, 6, 1, 12, 30, 5), "2021-06-01 12:30:05"),
        (time(8, 5), "08:05:00"),
        (timedelta(days=1, hours=2), "1 day, 2:00:00"),
    ],
)
def test_a_cell_is_told_with_all_that_it_stores(converted, value: object, text: str) -> None:
    assert converted(value)[0] == [text]


def test_rows_keep_their_number_and_columns_their_place(converted) -> None:
    texts, table = converted("甲", 5.0)
    assert texts == ["甲", "5"]
    assert table == {"row": [2], "0": [""], "1": ["甲"], "2": ["5"]}


def test_a_sheet_wider_than_any_may_be_is_cut(converted, monkeypatch) -> None:
    monkeypatch.setattr(workbook_worker, "WIDEST", 3)
    _, table = converted("甲", "乙")
    assert list(table) == ["row", "0", "1", "2"]
    monkeypatch.setattr(workbook_worker, "WIDEST", 2)
    assert list(converted("甲")[1]) == ["row", "0", "1"]


def test_an_empty_sheet_has_rows_of_nothing(tmp_path: Path, monkeypatch) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        book.add_worksheet("空")
        book.add_worksheet("有").write_row(2, 1, ["甲", 5])
    monkeypatch.setattr(workbook_worker, "_limit_memory", lambda: None)
    out = tmp_path / "out"
    out.mkdir()
    assert workbook_worker.main([str(tmp_path / "book.xlsx"), "xlsx", str(out)]) == 0
    assert (out / "sheets.json").read_text("utf-8") == '["\\u7a7a", "\\u6709"]'
    assert pq.read_table(out / "0.parquet").to_pydict() == {"row": []}
    assert pq.read_table(out / "1.parquet").to_pydict() == {
        **{"row": [3], "0": [""], "1": ["甲"], "2": ["5"]}
    }
