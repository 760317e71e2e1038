"""The table of all faults that an import is sent back with, as a workbook and as CSV."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from smdi.assessments.importing import reporting
from smdi.assessments.importing.reporting import write_report
from smdi.errors import Problem

PLACE = {"sheet": "一", "cell": "E7", "nearest": "苏州市"}
FAULT = Problem("a.xlsx", 7, "城市", "=苏洲市", "a city", **PLACE)
WHOLE = Problem("b.csv", None, None, None, "a header")
HEADINGS = ["文件", "工作表", "行", "单元格", "表头", "原值", "应为", "最接近的值"]


def table(path: Path, *problems: Problem) -> list[list[object]]:
    write_report(path, problems)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["问题清单"]
    return book.get_sheet_by_index(0).to_python()


def test_a_fault_has_its_place_its_value_and_what_was_expected_in_columns(tmp_path: Path) -> None:
    row = ["a.xlsx", "一", 7, "E7", "城市", "=苏洲市", "a city", "苏州市"]
    empty = ["b.csv", "", "", "", "", "", "a header", ""]
    assert table(tmp_path / "r.xlsx", FAULT, WHOLE) == [HEADINGS, row, empty]
    texts = [*row[:2], "7", *row[3:5], "'=苏洲市", *row[6:]]
    assert table(tmp_path / "r.csv", FAULT, WHOLE) == [HEADINGS, texts, empty]


@pytest.mark.parametrize("name", ["r.xlsx", "r.csv"])
@pytest.mark.parametrize(("length", "kept"), [(1999, 1999), (2000, 2000), (2001, 2000)])
def test_a_value_is_cut_at_two_thousand_characters(tmp_path: Path, name, length, kept) -> None:
    long = Problem("a.csv", 1, "城市", "长" * length, "a city")
    assert table(tmp_path / name, long)[1][5] == "长" * kept


def test_a_workbook_holds_as_many_faults_as_a_sheet_has_rows(tmp_path: Path, monkeypatch) -> None:
    assert reporting.MOST_ROWS == 2**20 - 1, "a sheet has 2^20, one of them for the headings"
    monkeypatch.setattr(reporting, "MOST_ROWS", 3)
    faults = [Problem("a.csv", row, None, None, "a value") for row in range(2, 7)]
    assert [row[2] for row in table(tmp_path / "r.xlsx", *faults)] == ["行", 2, 3, 4]
    assert len(table(tmp_path / "r.csv", *faults)) == 6


def test_a_workbook_of_faults_can_be_filtered_under_its_headings(tmp_path: Path) -> None:
    table(tmp_path / "r.xlsx", FAULT, WHOLE)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert sheet.find("{*}autoFilter").get("ref") == "A1:H3"
    assert sheet.find(".//{*}pane").get("topLeftCell") == "A2"
    widths = [int(float(column.get("width"))) for column in sheet.find("{*}cols")]
    assert widths == [24, 14, 8, 10, 24, 30, 60, 24]
