"""Several sheets as one table: which rows and cells it has, and where each of them stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.assessments.reading import sheets
from smdi.assessments.reading.delimited import DelimitedSheet
from smdi.assessments.reading.sheets import as_text, column_letters
from smdi.assessments.reading.source import Source, open_sheets, open_source
from smdi.errors import InputErrors

FIRST, SECOND = "题\n\n甲,乙,丙,丙,\n1,2,3,4,5\n,,,,\n6,7\n8,,9,10,11\n", "乙,甲\n20,10\n"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Give two files of which the first has a title, a blank row, and a row that is too short."""
    (tmp_path / "a.csv").write_text(FIRST, "utf-8")
    (tmp_path / "b.csv").write_text(SECOND, "utf-8")
    return open_source([tmp_path / "a.csv", tmp_path / "b.csv"], ["甲", "乙"])


def rows_of(source: Source, names: list[str], **how: bool) -> list[tuple[str, dict[str, str]]]:
    return [
        (source.row_shown(int(row)), cells)
        for table, rows in source.batches(names, **how)
        for row, cells in zip(rows, table.to_pylist(), strict=True)
    ]


def test_rows_keep_their_numbers_and_blank_and_short_ones_are_left_out(source: Source) -> None:
    assert rows_of(source, ["甲", "乙"]) == [
        ("4", {"甲": "1", "乙": "2"}),
        ("7", {"甲": "8", "乙": ""}),
        ("2", {"甲": "10", "乙": "20"}),
    ]
    assert rows_of(source, ["乙"]) == [("4", {"乙": "2"}), ("2", {"乙": "20"})]


def test_the_first_three_cells_of_a_row_are_told_beside_it(source: Source) -> None:
    found = [cells for _, cells in rows_of(source, ["乙"], leading=True)]
    assert found == [
        {"乙": "2", "#0": "1", "#1": "2", "#2": "3"},
        {"乙": "", "#0": "8", "#1": "", "#2": "9"},
        {"乙": "20", "#0": "20", "#1": "10", "#2": ""},
    ]


def test_short_rows_are_told_after_a_full_reading(source: Source) -> None:
    list(source.batches(["甲"]))
    ((row, bad, section),) = list(source.malformed())
    assert (source.row_shown(row), bad.cells) == ("6", ["6", "7"])
    assert section is source.sections[0]


def test_whole_rows_have_all_their_cells_by_headings_that_are_all_different(source: Source) -> None:
    list(source.batches(["甲"]))
    wanted = np.array([4, 6, (1 << 32) + 2, 99])
    assert list(source.whole_rows(wanted)) == [
        (4, {"甲": "1", "乙": "2", "丙": "3", "丙 (2)": "4", "E": "5"}),
        (6, {"甲": "6", "乙": "7"}),
        ((1 << 32) + 2, {"乙": "20", "甲": "10"}),
    ]


def test_a_place_has_its_file_row_cell_and_heading(source: Source, tmp_path) -> None:
    place = source.place((1 << 32) + 2, "甲")
    assert place == type(place)(str(tmp_path / "b.csv"), "", 2, "B2", "甲")
    assert source.place(4, "x").cell is None
    assert source.place(4, "x").heading == "x"
    assert source.place(4, None).heading is None


def test_what_was_read_and_how_is_told_of_each_file_once(source: Source, tmp_path) -> None:
    assert source.paths == [tmp_path / "a.csv", tmp_path / "b.csv"]
    assert source.file == f"{tmp_path / 'a.csv'}, {tmp_path / 'b.csv'}"
    assert source.columns == ["甲", "乙", "丙"]
    assert source.used == {"甲", "乙"}
    assert source.how == "a.csv: utf-8, comma, header in row 3; b.csv: utf-8, comma"


@pytest.mark.parametrize(
    ("shown", "read"), [(3, True), (2, False), (1, False)], ids=["third", "less", "least"]
)
def test_a_sheet_of_a_third_of_the_headings_is_held_to_the_others(workbook, shown, read) -> None:
    names = [f"列{n}" for n in range(9)]
    path = workbook({"一": [names, ["1"] * 9], "二": [names[:shown], ["1"] * shown]})
    if read:
        with pytest.raises(InputErrors) as caught:
            open_source([path], names)
        assert {one.sheet for one in caught.value.problems} == {"二"}
    else:
        found = open_source([path], names)
        assert [sheet.name for sheet in found.unread] == ["二"]
        assert [section.sheet.name for section in found.sections] == ["一"]


def test_of_sheets_that_all_show_little_the_best_is_told(workbook) -> None:
    names = [f"列{n}" for n in range(9)]
    path = workbook({"一": [names[:2], ["1"] * 2], "二": [names[:1], ["1"]]})
    with pytest.raises(InputErrors) as caught:
        open_source([path], names)
    assert {one.sheet for one in caught.value.problems} == {"一"}


def test_sheets_are_named_by_the_mapping_or_told_with_the_nearest(workbook) -> None:
    path = workbook({"一月数据": [["甲"], ["1"]], "二月数据": [["甲"], ["2"]], "空": []})
    found = open_source([path], ["甲"], sheets=["二月数据"])
    assert rows_of(found, ["甲"]) == [("二月数据!2", {"甲": "2"})]
    assert [sheet.name for sheet in found.unread] == ["一月数据"]
    with pytest.raises(InputErrors) as caught:
        open_source([path], ["甲"], sheets=["二月数据", "三月数据"])
    (fault,) = caught.value.problems
    assert fault.expected == "a sheet '三月数据'; there are 一月数据, 二月数据"
    assert fault.nearest in ("一月数据", "二月数据")


def test_records_of_parquet_are_numbered_from_the_row_below_its_names(tmp_path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"甲": [1, None], "乙": ["x", "y"]}), path)
    found = open_source([path], ["甲", "乙"])
    assert rows_of(found, ["甲", "乙"]) == [
        ("2", {"甲": "1", "乙": "x"}), ("3", {"甲": "", "乙": "y"}),
    ]  # fmt: skip
    assert found.place(2, "甲").cell is None
    assert found.how == "a.parquet: parquet"


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([1.5, None]), ["1.5", ""]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array([0, 86_400_000_000], pa.timestamp("us")), ["1970-01-01", "1970-01-02"]),
        (pa.array([0, 1], pa.date32()), ["1970-01-01", "1970-01-02"]),
        (pa.array(["a", None]).dictionary_encode(), ["a", ""]),
    ],
)
def test_columns_of_any_type_are_texts(column: pa.Array, texts: list[str]) -> None:
    assert as_text(column).to_pylist() == texts


def text_of(rows: int) -> str:
    return "".join(f"{n},x\n" for n in range(rows))


@pytest.mark.parametrize(("rows", "shown"), [(59, 59), (60, 60), (61, 60)])
def test_the_head_of_a_text_file_is_its_first_sixty_rows(tmp_path, rows, shown) -> None:
    (tmp_path / "a.csv").write_text(text_of(rows), "utf-8")
    (sheet,) = open_sheets(tmp_path / "a.csv")
    assert sheet.head == [[str(n), "x"] for n in range(shown)]
    assert (sheet.width, sheet.has_cells) == (2, True)


def test_the_head_of_a_sheet_is_its_first_sixty_rows_below_the_blank_ones(workbook) -> None:
    """Blank rows above the first are filled in, to the row before six hundred."""
    rows = [[f"{n}"] for n in range(61)]
    path = workbook({"一": rows, "二": [*[[]] * 4, *rows], "三": [*[[]] * 600, *rows]})
    heads = [sheet.head for sheet in open_sheets(path)]
    assert heads == [rows[:60], [[""]] * 4 + rows[:60], [[""]] * 599 + rows[:60]]


def test_a_sheet_without_a_row_has_no_column(tmp_path: Path) -> None:
    assert DelimitedSheet(tmp_path, "", [], "").width == 0
    assert DelimitedSheet(tmp_path, "", [["a"], ["b", "c", "d"], []], "").width == 3


def test_a_parquet_file_is_read_in_batches_of_a_row_group(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "ROW_GROUP", 2)
    pq.write_table(pa.table({"甲": list("abcde"), "乙": list("fghij")}), tmp_path / "a.parquet")
    (sheet,) = open_sheets(tmp_path / "a.parquet")
    found = [(table.to_pydict(), rows.tolist()) for table, rows in sheet.batches([1, 0], 1)]
    assert found == [
        ({"1": ["f", "g"], "0": ["a", "b"]}, [2, 3]),
        ({"1": ["h", "i"], "0": ["c", "d"]}, [4, 5]),
        ({"1": ["j"], "0": ["e"]}, [6]),
    ]
    assert (sheet.head, sheet.has_cells) == ([["甲", "乙"]], False)


@pytest.mark.parametrize(
    ("place", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_named_as_in_a_spreadsheet(place: int, letters: str) -> None:
    assert column_letters(place) == letters
