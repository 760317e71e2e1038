"""What readers take away: tables with status and printed precision, and files that are the same."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from lxml import etree

from smdi.indicators.tidy import Row, frame
from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import File
from smdi.publishing.package.citing import Source
from smdi.publishing.package.making import archive, package
from smdi.publishing.package.numbering import in_order, own_numbers
from smdi.publishing.package.passport import passport, showing_cell
from smdi.publishing.package.release import view_of
from smdi.publishing.package.tables import COLUMNS, data_table, quantity
from smdi.report.charts.frames import records

SOURCE = Source(
    "报告", "编制单位", 2021, date(2021, 12, 31), "2021", "ab" * 32, "https://example.org"
)
DESCRIBED = {"id": "fig-01", "kind": "chart", "number": "图 1", "title": "企业数", "note": "说明。"}


def told() -> pd.DataFrame:
    rows = [
        Row("rank", "江苏省", 2021, 1.0, "位", 0),
        Row("participants", "江苏省", 2021, 4654.0, "家", 4654),
        Row("share_level_2", "江苏省", 2021, 15.648123, "%", 4654),
        Row("share_level_ge4", "江苏省", 2021, 9.04, "%", 4654),
        Row("participants", "西藏自治区", 2021, float("nan"), "家", 0, withheld=True),
    ]
    statuses = ["derived", "published", "simulated", "published", "suppressed"]
    known = ["", "4654", "", "9", ""]
    bases = ["", "published", "simulated", "simulated", ""]
    return frame(rows).assign(status=statuses, base_status=bases, known=known)


@pytest.fixture
def table():
    return data_table({**DESCRIBED, "digits": 1, "page": "participation"}, records(told()), "2021")


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_row_has_printed_precision_status_and_edition_and_no_rank_row(table) -> None:
    first, share, known, hidden = rows_of(table.csv())
    assert (first["指标"], first["对象"], first["数值"]) == ("参与自诊断企业数", "江苏省", "4654")
    assert (first["名次"], first["数据性质"], first["版次"]) == ("1", "已公布", "2021")
    assert (share["数值"], share["单位"], share["数据性质"]) == ("15.6", "%", "模拟")
    assert (known["数值"], known["数据性质"]) == ("9", "已公布")  # the report prints no 9.0
    assert (hidden["数值"], hidden["基数"], hidden["数据性质"]) == ("", "", "未公布")


def test_a_measure_made_of_another_is_named_by_it() -> None:
    assert quantity("share_level_le1_change") == "一级及以下的变化"
    assert quantity("firms_ge4") == "四级及以上企业数"
    assert quantity("unheard_of") == "unheard_of"


def test_the_same_tables_give_the_same_bytes(table) -> None:
    assert package([table], SOURCE) == package([table], SOURCE)


def test_the_descriptor_names_each_file_and_each_column_of_it(table) -> None:
    files = package([table], SOURCE)
    told = json.loads(files["datapackage.json"])
    assert set(files) == {
        "fig-01.csv", "fig-01.xlsx", "datapackage.json", "smdi-2021.xlsx", "smdi-2021.zip",
    }  # fmt: skip
    for resource in told["resources"]:
        heads = files[resource["path"]].decode("utf-8-sig").splitlines()[0].split(",")
        assert heads == [field["name"] for field in resource["schema"]["fields"]]
    assert {"code": "share_level_2", "name": "二级", "unit": "%"} in told["codebook"]


def test_the_archive_holds_the_data_under_one_date(table) -> None:
    with zipfile.ZipFile(io.BytesIO(package([table], SOURCE)["smdi-2021.zip"])) as opened:
        names = opened.namelist()
        dates = {info.date_time for info in opened.infolist()}
    assert names == ["README.txt", "datapackage.json", "fig-01.csv", "smdi-2021.xlsx"]
    assert dates == {(2021, 12, 31, 0, 0, 0)}


def test_a_workbook_opens_with_notes_and_numbers_that_are_numbers(table) -> None:
    book = io.BytesIO(package([table], SOURCE)["fig-01.xlsx"])
    sheets = pd.read_excel(book, sheet_name=None, header=None, engine="calamine")
    assert list(sheets) == ["说明", "图 1"]
    notes = dict(zip(sheets["说明"][0], sheets["说明"][1], strict=True))
    assert notes["引用"] == SOURCE.line("图 1 企业数", "participation.html#fig-01")
    assert sheets["图 1"].iloc[1, 5] == 4654 and sheets["图 1"].iloc[2, 5] == 15.6


def test_a_sheet_says_cell_by_cell_what_the_table_of_text_says(table) -> None:
    book = io.BytesIO(package([table], SOURCE)["fig-01.xlsx"])
    sheet = pd.read_excel(book, sheet_name="图 1", engine="calamine", dtype=str)
    told = [
        {head: text if isinstance(text, str) else "" for head, text in row.items()}
        for row in sheet.to_dict("records")
    ]
    assert told == rows_of(table.csv())


def test_a_workbook_wraps_its_notes_and_shows_printed_decimals(table) -> None:
    made = io.BytesIO(package([table], SOURCE)["fig-01.xlsx"])
    with zipfile.ZipFile(made) as parts:
        notes, sheet, styles = (
            etree.fromstring(parts.read(f"xl/{name}.xml"))
            for name in ("worksheets/sheet1", "worksheets/sheet2", "styles")
        )
    space = {"x": notes.nsmap[None]}
    widths = [
        (c.get("min"), c.get("max"), float(c.get("width")))
        for c in notes.iterfind(".//x:cols/x:col", space)
    ]
    assert [(low, high, int(width)) for low, high, width in widths] == [
        ("1", "1", 18), ("2", "2", 100)
    ]  # fmt: skip
    pane = sheet.find(".//x:pane", space)
    assert (pane.get("ySplit"), pane.get("xSplit"), pane.get("state")) == ("1", None, "frozen")
    assert sheet.find("x:autoFilter", space).get("ref").startswith("A1:")
    formats = {f.get("formatCode") for f in styles.iterfind(".//x:numFmt", space)}
    assert "0.0" in formats


def test_a_reference_names_edition_fingerprint_and_permalink() -> None:
    line = SOURCE.line("图 1 企业数", "participation.html#fig-01")
    assert line == (
        "编制单位. 图 1 企业数[DB/OL]//报告. (2021-12-31)[2021, abababababab]. "
        "https://example.org/participation.html#fig-01."
    )
    entry = SOURCE.bibtex("图 1 企业数", "participation.html#fig-01", "fig-01")
    assert entry.startswith("@misc{smdi-2021-fig-01,") and "version = {2021, abababababab}" in entry


def test_a_passport_says_how_and_where_it_was_computed() -> None:
    lines = dict(passport(records(told()), "participation", 3, "cd" * 32))
    assert lines["指标"] == "参与自诊断企业数、二级、四级及以上"
    assert "÷ 基数" in lines["算法"] and "GB/T 39117-2020" in lines["依据"]
    assert lines["数据性质"] == "已公布 2，模拟 1，未公布 1"
    assert lines["程序"] == "participation.ipynb 第 3 个代码单元"


@pytest.mark.parametrize(
    ("measure", "unit", "formula"),
    [
        ("share_level_le1_change", "百分点", "报告年度的数值 − 基准年度的数值"),
        ("share_level_le1_decrease", "百分点", "报告年度的数值 − 基准年度的数值"),
        ("participants_increase", "家", "报告年度的数值 − 基准年度的数值"),
        ("share_level_2_3_lead", "百分点", "所指对象的数值 − 比较对象的数值"),
        ("growth", "%", "（报告年度的企业数 − 基准年度的企业数）÷ 基准年度的企业数，以百分数表示"),
        ("participants", "家", "符合条件的企业数"),
        ("domain_data", "分", "各企业数值之和 ÷ 基数"),
        ("equipment_digitalisation_rate", "%", "各企业数值之和 ÷ 基数"),
        ("share_level_2", "%", "符合条件的企业数 ÷ 基数，以百分数表示"),
        ("domain_count", "个", "见本章正文"),
        ("threshold", "分", "见本章正文"),
    ],
)
def test_a_passport_tells_the_formula_of_each_kind_of_measure(measure, unit, formula) -> None:
    data = frame([Row(measure, "全国", 2021, 5.0, unit, 100)])
    assert dict(passport(records(data), "sme", 1, "ab"))["算法"] == formula


def test_a_passport_tells_the_base_of_each_year_or_that_there_is_none() -> None:
    years = ((2021, 90), (2021, 120), (2020, 70), (2020, 70), (2019, 0))
    data = frame([Row("share_level_2", str(n), y, 5.0, "%", b) for n, (y, b) in enumerate(years)])
    base = dict(passport(records(data), "sme", 1, "ab"))["基数"]
    assert "2020 年" in base and "70" in base and "90" in base and "120" in base
    assert base.index("70") < base.index("90") and "2019" not in base
    counts = frame([Row("participants", "全国", 2021, 5.0, "家", 5)])
    assert dict(passport(records(counts), "sme", 1, "ab"))["基数"] != base


def test_the_cell_that_shows_an_exhibit_is_found() -> None:
    sources = ["x = 1", 'chapter.show("fig-02", a)', 'chapter.show(\n    "fig-01", b)']
    assert showing_cell(sources, "fig-01") == 3
    assert showing_cell(sources, "fig-09") == 0


def test_the_gate_looks_into_archives_and_pictures() -> None:
    firm = archive({"x.txt": b"credit_code 91320000ABCDEFGH12"}, date(2021, 1, 1))
    seen = read(File("site/data/x.zip", firm))
    assert any("91320000ABCDEFGH12" in text.content for text in seen.texts)
    unknown = archive({"x.exe": b"MZ"}, date(2021, 1, 1))
    assert read(File("site/data/x.zip", unknown)).findings
    text = b"\x00\x00\x00\x03tEXtabc\x00\x00\x00\x00"
    end = b"\x00\x00\x00\x00IEND\x00\x00\x00\x00"
    picture = b"\x89PNG\r\n\x1a\n" + text + end
    assert "tEXt" in read(File("site/exhibits/x.png", picture)).findings[0].what
    assert read(File("site/exhibits/x.png", b"\x89PNG\r\n\x1a\n" + end)).findings == []
    assert read(File("site/exhibits/x.png", b"\x89PNG\r\n\x1a\n" + end + b"more")).findings


def test_exhibits_of_our_own_are_numbered_by_their_place_in_the_book_and_none_is_left_out() -> None:
    pages = ["::{exhibit} tab-a7\n:::{exhibit} fig-01", ":::{exhibit} tab-a2\n:::{exhibit} fig-a9"]
    ordered = in_order(pages)
    assert ordered == ["tab-a7", "fig-01", "tab-a2", "fig-a9"]
    assert own_numbers(ordered) == {"tab-a7": "表 A1", "tab-a2": "表 A2", "fig-a9": "图 A1"}


def test_an_exhibit_without_a_row_has_a_view_without_one(table) -> None:
    view = view_of(replace(table, rows=()))
    assert (view["rows"], view["same"]) == ([], {})
    assert len(view["heads"]) == len(view["columns"])


def test_what_a_view_says_of_all_rows_is_true_of_each_of_them(table) -> None:
    view = view_of(table)
    assert len(table.rows) == 4
    for name, value in view["same"].items():
        assert {row[COLUMNS.index(name)] for row in table.rows} == {value}
    assert view["columns"] == ["measure", "group", "value", "unit", "rank", "base", "status"]
