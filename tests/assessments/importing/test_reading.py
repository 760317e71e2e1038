"""Any honest spreadsheet: kinds of files, encodings, delimiters, headers, sheets, notes."""

from __future__ import annotations

import datetime
import shutil

import pandas as pd
import pytest

from smdi.assessments.reading import delimited
from smdi.assessments.reading.encodings import encoding_of
from smdi.assessments.reading.headers import guess, locate
from smdi.assessments.values import squeezed
from smdi.errors import InputErrors


def csv_of(frame: pd.DataFrame, **options: object) -> str:
    return frame.to_csv(index=False, **options)


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_whatever_the_mapping_says(
    firms, export_of, run, same, mapping, tmp_path, mark: str
):
    frame = firms(8, real=True)
    (tmp_path / "export.csv").write_text(csv_of(export_of(frame), sep=mark), encoding="utf-8")
    run("export.csv", how=mapping(top={"delimiter": ","}))
    same(frame)


@pytest.mark.parametrize(
    ("rows", "wanted", "mark"),
    [
        # One row is full of commas, and most have three cells between semicolons.
        (["甲;乙;丙", "1,2,3,4,5,6;7;8", "1;2;3"], (), ";"),
        # Of as many rows of each width the wider counts: two of one cell, two of three.
        (["题", "一", "甲\t乙\t丙", "1\t2\t3"], (), "\t"),
        # Headings that are looked for count before the number of columns.
        (["甲|乙", "1,2,3|4,5,6", "1,2,3|4,5,6"], ("甲", "乙"), "|"),
        (["甲", "乙"], (), ","),  # where none parts anything, the hint
    ],
)
def test_the_delimiter_is_that_of_most_headings_or_else_of_most_columns_of_most_rows(
    tmp_path, rows: list[str], wanted: tuple[str, ...], mark: str
):
    (tmp_path / "export.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    sheet = delimited.open_delimited(tmp_path / "export.csv", "auto", "auto", frozenset(wanted))
    assert sheet.delimiter == mark


def test_rows_are_cut_and_filled_to_the_width_of_most(tmp_path):
    rows = ["题", "甲,乙,丙", "1,2,3", "4,5", "6,7,8,9,10", "11,12,13"]
    (tmp_path / "export.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    sheet = delimited.open_delimited(tmp_path / "export.csv", "auto", "auto", frozenset())
    assert sheet.width == 3
    texts = [["题", "", ""], ["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", ""], ["6", "7", "8"]]
    assert sheet.head == [*texts, ["11", "12", "13"]]


def test_text_of_unicode_as_excel_saves_it_is_read(firms, export_of, run, same, tmp_path):
    frame = firms(8, real=True)
    (tmp_path / "export.txt").write_text(csv_of(export_of(frame), sep="\t"), encoding="utf-16")
    summary = run("export.txt")
    same(frame)
    assert "utf-16, tab" in str(summary)


def test_utf_16_without_a_mark_is_read(firms, export_of, run, same, tmp_path):
    frame = firms(8, real=True)
    (tmp_path / "export.csv").write_text(csv_of(export_of(frame)), encoding="utf-16-le")
    run("export.csv")
    same(frame)


@pytest.mark.parametrize("how", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_that_the_mapping_names_is_read_in_either_order_with_a_mark_or_without(
    tmp_path, how: str
):
    (tmp_path / "export.csv").write_text("企业,城市\n甲,无锡\n", encoding=how)
    sheet = delimited.open_delimited(tmp_path / "export.csv", "utf-16", ",", frozenset())
    assert sheet.head == [["企业", "城市"], ["甲", "无锡"]]
    assert sheet.how == f"{how}, comma"
    (tmp_path / "export.csv").write_text("企业,城", encoding="utf-8")
    with pytest.raises(InputErrors, match="bytes of no known encoding"):
        delimited.open_delimited(tmp_path / "export.csv", "utf-16", ",", frozenset())


def test_big5_is_told_from_gb18030_by_the_headings_it_shows(tmp_path):
    text = "統一社會信用代碼,評估年度,營業收入\n" + "示例有限公司,二零二一,一百萬\n" * 20
    (tmp_path / "export.csv").write_text(text, encoding="big5")
    wanted = frozenset({"統一社會信用代碼", "評估年度"})
    assert encoding_of(tmp_path / "export.csv", wanted) == "big5"
    assert encoding_of(tmp_path / "export.csv") in ("big5", "cp950")


def test_an_encoding_that_the_mapping_names_is_taken_or_refused(
    firms, export_of, run, faults, same, mapping, tmp_path
):
    frame = firms(5, real=True)
    (tmp_path / "export.csv").write_text(csv_of(export_of(frame)), encoding="gb18030")
    run("export.csv", how=mapping(top={"encoding": "gb18030"}))
    same(frame)
    (fault,) = faults("export.csv", how=mapping(top={"encoding": "utf-8"}))
    assert "encoding" in fault.expected


@pytest.mark.parametrize(
    "above",
    [
        ["2021年度自诊断数据导出表"],
        ["", ""],
        ["2021年度自诊断数据导出表", "", "导出时间：2021-12-31,,单位：某省工信厅"],
    ],
)
def test_titles_and_blank_rows_above_the_header_are_passed_over(
    firms, export_of, run, faults, same, tmp_path, above: list[str]
):
    frame = firms(6, real=True)
    export = export_of(frame)
    text = "\n".join([*above, csv_of(export)])
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    run("export.csv")
    same(frame)
    export.loc[2, "从业人数"] = "许多"
    (tmp_path / "export.csv").write_text("\n".join([*above, csv_of(export)]), encoding="utf-8")
    (fault,) = faults("export.csv")
    assert fault.cell == f"H{len(above) + 4}"


@pytest.mark.parametrize(
    "heading", [" 从业人数 ", "从业人数\u3000", "从业\n人数", "\ufeff从业人数", "从业人数\xa0"]
)
def test_blanks_and_breaks_in_a_heading_do_not_matter(
    firms, export_of, run, same, tmp_path, heading: str
):
    frame = firms(4, real=True)
    export = export_of(frame).rename(columns={"从业人数": heading})
    (tmp_path / "export.csv").write_text(csv_of(export), encoding="utf-8")
    run("export.csv")
    same(frame)


def test_brackets_of_either_width_are_the_same_heading(firms, export_of, run, same, tmp_path):
    frame = firms(4, real=True)
    export = export_of(frame).rename(columns={"营业收入（元）": "营业收入(元)"})
    (tmp_path / "export.csv").write_text(csv_of(export), encoding="utf-8")
    run("export.csv")
    same(frame)


def test_notes_totals_and_a_header_printed_again_are_set_aside_and_said(
    firms, export_of, run, same, tmp_path
):
    frame = firms(5, real=True)
    lines = csv_of(export_of(frame)).splitlines()
    width = lines[0].count(",")
    lines.insert(4, lines[0])
    lines += [
        "," * width,
        "注：1. 数据截至2021年12月31日" + "," * width,
        "合计,5" + "," * (width - 1),
    ]
    (tmp_path / "export.csv").write_text("\n".join(lines), encoding="utf-8")
    summary = run("export.csv")
    same(frame)
    assert summary.set_aside == {"header": ["5"], "note": ["9"], "total": ["10"]}
    assert "set aside as total: row 10" in str(summary)


@pytest.mark.parametrize(
    "cells",
    [
        ["以上数据真实有效"],
        ["填表人：张三", "", "", "审核人：李四"],
        ["", "1、数据来自平台"],
        ["（人）", "（元）"],
        ["", "", "", "", "", "", "", "（人）", "（元）"],
    ],
)
def test_a_row_of_which_no_cell_can_be_read_is_a_note(
    firms, export_of, run, same, tmp_path, cells: list[str]
):
    frame = firms(5, real=True)
    lines = csv_of(export_of(frame)).splitlines()
    lines.append(",".join([*cells, *[""] * (lines[0].count(",") + 1 - len(cells))]))
    (tmp_path / "export.csv").write_text("\n".join(lines), encoding="utf-8")
    assert run("export.csv").set_aside == {"note": ["7"]}
    same(frame)


def test_a_row_that_has_items_and_no_firm_is_a_fault(firms, export_of, faults, run, tmp_path):
    export = export_of(firms(5, real=True))
    export.iloc[4, :13] = ""
    (tmp_path / "export.csv").write_text(csv_of(export), encoding="utf-8")
    (fault,) = faults("export.csv")
    assert (fault.cell, "in a row that has other cells" in fault.expected) == ("A6", True)
    summary = run("export.csv", most_rejected=1)
    assert (summary.rows, summary.kept, summary.rejected) == (5, 4, 1)


def test_a_faulty_row_that_looks_like_no_note_is_no_note(firms, export_of, faults, tmp_path):
    export = export_of(firms(5, real=True))
    export.loc[4, "统一社会信用代码"] = ""
    (tmp_path / "export.csv").write_text(csv_of(export), encoding="utf-8")
    (fault,) = faults("export.csv")
    assert (fault.cell, fault.column) == ("A6", "统一社会信用代码")


def test_a_file_cut_in_the_middle_of_a_row_is_refused(firms, export_of, faults, tmp_path):
    text = csv_of(export_of(firms(5, real=True)))
    (tmp_path / "export.csv").write_text(text[: int(len(text) * 0.9)], encoding="utf-8")
    (fault,) = faults("export.csv")
    assert "cells, as in the header" in fault.expected


def test_a_quote_that_never_ends_is_refused(firms, export_of, faults, tmp_path):
    text = csv_of(export_of(firms(5, real=True))).replace("离散型", '"离散型', 1)
    text = text if '"' in text else text.replace("流程型", '"流程型', 1)
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    assert faults("export.csv")


def test_a_quote_beyond_what_is_read_at_once_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 64)
    (tmp_path / "a.csv").write_text('a,b\n1,2\n"' + "3,4\n" * 100, encoding="utf-8")
    sheet = delimited.open_delimited(tmp_path / "a.csv", "utf-8", ",", frozenset())
    with pytest.raises(InputErrors) as caught:
        list(sheet.batches([0, 1], 1))
    (fault,) = caught.value.problems
    assert "straddling object" in fault.value
    assert "a quote or a line of it does not end" in fault.expected


def test_missing_and_repeated_columns_are_told_with_what_is_there(
    firms, export_of, faults, tmp_path
):
    export = export_of(firms(2)).drop(columns=["省份", "data-1-1"])
    export = export.rename(columns={"从业人数": "从业人员数"})
    text = csv_of(export).replace("做法 private_network", "城市", 1)
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    found = faults("export.csv")
    named = {p.column: p.value for p in found if p.column}
    assert set(named) == {"省份", "data-1-1", "从业人数", "城市", "做法 private_network"}
    assert named["城市"].startswith("2 times (columns D, ")
    nearest = {p.column: p.nearest for p in found}
    assert nearest["从业人数"] == "从业人员数"
    assert "'统一社会信用代码', '评估年度'" in found[-1].expected


def test_of_many_missing_columns_the_first_are_told_and_the_others_counted(
    firms, export_of, faults, tmp_path
):
    export = export_of(firms(2)).iloc[:, :40]
    (tmp_path / "export.csv").write_text(csv_of(export), encoding="utf-8")
    found = faults("export.csv")
    assert len(found) == 12
    assert sum(p.count for p in found) == len(export_of(firms(2)).columns) - 40


def test_a_workbook_of_numbers_and_dates_is_read_as_they_stand(
    firms, export_of, run, same, workbook, rows_of
):
    frame = firms(6, real=True)
    export = export_of(frame).astype(object)
    export["评估年度"] = frame["year"].astype(int)
    export["提交日期"] = frame["submitted_on"]
    export["从业人数"] = frame["employees"].astype(int)
    export["营业收入（元）"] = (frame["revenue"] * 10_000).round(2)
    export["行业代码"] = frame["industry"].astype(int)
    ratio = "做法 equipment_digitalisation_rate"
    rates = frame["practice_equipment_digitalisation_rate"]
    export[ratio] = [None if pd.isna(rate) else float(rate) for rate in rates]
    workbook({"导出": rows_of(export)})
    summary = run("export.xlsx")
    same(frame)
    assert "'导出': xlsx" in summary.how


def test_dates_of_a_workbook_that_counts_from_1904_are_the_same_days(
    firms, export_of, run, same, workbook, rows_of
):
    frame = firms(4, real=True)
    export = export_of(frame).astype(object)
    export["提交日期"] = [
        datetime.datetime.combine(day, datetime.time(15, 30)) for day in frame["submitted_on"]
    ]
    workbook({"导出": rows_of(export)}, date_1904=True)
    run("export.xlsx")
    same(frame)


def test_titles_and_merged_headings_of_two_rows_are_joined(
    firms, export_of, run, same, workbook, rows_of
):
    frame = firms(4, real=True)
    header, *rows = rows_of(export_of(frame))
    groups = ["企业信息", *[""] * 12, "能力项", *[""] * (len(header) - 14)]
    sheet = [["2021年度导出"], [], groups, header, *rows]
    workbook({"导出": sheet}, merged=[(0, 0, 0, 7, "2021年度导出"), (2, 0, 2, 12, "企业信息")])
    assert "header in row 4" in run("export.xlsx").how
    same(frame)


def test_a_heading_merged_over_two_rows_belongs_to_the_header(
    firms, export_of, run, same, workbook, rows_of
):
    frame = firms(4, real=True)
    header, *rows = rows_of(export_of(frame))
    upper = [name if place < 9 else "" for place, name in enumerate(header)]
    lower = ["" if place < 9 else name for place, name in enumerate(header)]
    upper[9] = "有哪些业务"
    workbook({"导出": [upper, lower, *rows]})
    run("export.xlsx")
    same(frame)


def test_sheets_and_files_of_one_layout_are_stacked_and_others_left_out(
    firms, export_of, run, same, workbook, rows_of, tmp_path
):
    frame = firms(9, real=True)
    parts = [export_of(frame).iloc[start : start + 3] for start in (0, 3, 6)]
    # The order of columns may differ from sheet to sheet.
    turned = parts[1][[*parts[1].columns[::-1]]]
    workbook({"一": rows_of(parts[0]), "说明": [["填报说明"]], "二": rows_of(turned)})
    (tmp_path / "more.csv").write_text(csv_of(parts[2]), encoding="utf-8")
    summary = run("export.xlsx", "more.csv")
    same(frame)
    assert summary.unread_sheets == ("'说明'",)


def test_the_mapping_may_name_the_sheets_to_read(
    firms, export_of, run, faults, same, mapping, workbook, rows_of
):
    frame = firms(6, real=True)
    export = export_of(frame)
    workbook({"旧": rows_of(export.iloc[:2]), "新": rows_of(export)})
    run("export.xlsx", how=mapping(top={"sheets": ["新"]}))
    same(frame)
    workbook({"旧": rows_of(export.iloc[:0]), "新": rows_of(export), "又": rows_of(export)})
    assert run("export.xlsx", how=mapping(top={"sheets": ["新"]})).unread_sheets == ("'旧'", "'又'")
    same(frame)
    (fault,) = faults("export.xlsx", how=mapping(top={"sheets": ["最新"]}))
    assert fault.expected == "a sheet '最新'; there are 旧, 新, 又"


def test_a_fault_in_a_workbook_is_told_by_sheet_and_cell(
    firms, export_of, faults, workbook, rows_of
):
    export = export_of(firms(4, real=True))
    broken = export.copy()
    broken.loc[1, "行业代码"] = "C9999"
    workbook({"一": rows_of(export.iloc[:2]), "二": [[], *rows_of(broken.iloc[1:])]})
    found = faults("export.xlsx", confirmed=("replaced-firms",))
    assert [(p.sheet, p.cell, p.value) for p in found] == [("二", "F3", "C9999")]


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(
    firms, export_of, run, same, workbook, rows_of, tmp_path
):
    frame = firms(4, real=True)
    shutil.move(workbook({"导出": rows_of(export_of(frame))}), tmp_path / "export.csv")
    run("export.csv")
    same(frame)


def test_an_open_document_is_read(firms, export_of, run, same, ods, rows_of):
    frame = firms(4, real=True)
    ods(rows_of(export_of(frame)))
    assert "ods" in run("export.ods").how
    same(frame)


def test_a_long_sheet_is_read_in_pieces_with_its_own_row_numbers(
    firms, export_of, faults, run, same, workbook, rows_of, monkeypatch, tmp_path
):
    frame = firms(300, real=True)
    export = export_of(frame)
    workbook({"导出": rows_of(export)})
    # The worker is a process of its own; the size of its pieces comes by the environment.
    monkeypatch.setenv("SMDI_WORKBOOK_PIECE", str(1 << 16))
    run("export.xlsx")
    same(frame)
    export.loc[280, "从业人数"] = "许多"
    workbook({"导出": rows_of(export)})
    (fault,) = faults("export.xlsx")
    assert fault.cell == "H282"


def test_a_header_is_the_row_that_shows_most_headings():
    head = [["表一", "", ""], ["甲", "乙", "丙"], ["1", "2", "3"], ["甲", "x", "y"]]
    header = locate(head, {squeezed(name) for name in ("甲", "乙", "丙")})
    assert (header.first, header.last, header.names) == (2, 2, ["甲", "乙", "丙"])
    assert locate(head, {"丁"}) is None


def test_a_header_is_guessed_by_its_texts_where_no_heading_is_known():
    head = [["导出表", "", ""], ["甲", "", "乙"], ["一", "二", "三"], ["1", "2", "3"]]
    header = guess(head)
    assert (header.first, header.last) == (2, 3)
    assert header.lowest == ["一", "二", "三"]
    assert header.names == ["甲／一", "甲／二", "乙／三"]
    assert guess([["1", "2"], ["3", "4"]]) is None
