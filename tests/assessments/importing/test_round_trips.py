"""From an editor's export to assessments: the same firms, whatever the layout; repeated answers."""

from __future__ import annotations

import datetime

import pandas as pd
import pyarrow.parquet as pq
import pytest

from smdi.assessments import arrow_schema, import_assessments, read_provenance, validate
from smdi.assessments.mapping import read_mapping
from smdi.assessments.reading import delimited

KEYS = ["统一社会信用代码", "评估年度"]


def items_of(frame: pd.DataFrame) -> list[str]:
    return [name.removeprefix("item_") for name in frame.columns if name.startswith("item_")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_wide_export_comes_back_as_it_was(firms, export_of, run, same, tmp_path, encoding: str):
    frame = firms(40, real=True)
    export_of(frame).to_csv(tmp_path / "export.csv", index=False, encoding=encoding)
    summary = run("export.csv")
    same(frame)
    assert summary.kept == 40
    assert encoding.removesuffix("-sig") in summary.how
    assert "40 assessments, provenance import" in str(summary)


def test_a_parquet_export_with_its_own_types_is_read_as_well(firms, export_of, run, same, tmp_path):
    frame = firms(20, real=True)
    export = export_of(frame)
    export["评估年度"] = frame["year"].astype("int64")
    export["提交日期"] = pd.to_datetime(frame["submitted_on"])
    export["从业人数"] = frame["employees"].astype("float64")
    export["省份"] = export["省份"].astype("category")
    export.to_parquet(tmp_path / "export.parquet")
    run("export.parquet")
    same(frame)


def test_items_in_a_long_file_give_the_same_as_items_in_columns(
    firms, export_of, run, same, mapping, long_layout, tmp_path
):
    frame = firms(25, real=True)
    wide = export_of(frame)
    wide.drop(columns=items_of(frame)).to_csv(tmp_path / "export.csv", index=False)
    long = wide.melt(KEYS, items_of(frame), "题号", "得分")
    long.sample(frac=1, random_state=1).to_csv(tmp_path / "items.csv", index=False)
    run("export.csv", how=mapping(long_layout()), items=tmp_path / "items.csv")
    same(frame)


@pytest.mark.parametrize("as_items", [True, False])
def test_a_long_file_that_repeats_the_firm_on_each_row_has_no_later_answers(
    firms, export_of, run, same, mapping, long_layout, tmp_path, as_items: bool
):
    frame = firms(6, real=True)
    wide = export_of(frame)
    others = [name for name in wide.columns if name not in items_of(frame)]
    long = wide.melt(others, items_of(frame), "题号", "得分")
    long[long["得分"] != ""].to_csv(tmp_path / "export.csv", index=False)
    items = tmp_path / "export.csv" if as_items else None
    summary = run("export.csv", how=mapping(long_layout()), items=items)
    # The order of the first rows of each firm is that of the firms.
    same(frame)
    assert (summary.rows, summary.superseded) == (6, 0)
    assert summary.repeated == len(long[long["得分"] != ""]) - 6


def test_what_no_column_holds_may_be_a_constant_beside_a_long_file_too(
    firms, export_of, run, same, mapping, long_layout, tmp_path
):
    frame = firms(3, real=True)
    wide = export_of(frame).drop(columns="评估年度")
    wide.drop(columns=items_of(frame)).to_csv(tmp_path / "export.csv", index=False)
    long = wide.assign(评估年度=2021).melt(KEYS, items_of(frame), "题号", "得分")
    long.to_csv(tmp_path / "items.csv", index=False)
    how = mapping(long_layout(), year={"constant": 2021})
    run("export.csv", how=how, items=tmp_path / "items.csv")
    same(frame)


def test_rows_of_one_answer_that_tell_two_things_of_the_firm_are_faults(
    firms, export_of, faults, run, mapping, long_layout, tmp_path
):
    frame = firms(3, real=True)
    wide = export_of(frame)
    others = [name for name in wide.columns if name not in items_of(frame)]
    long = wide.melt(others, items_of(frame), "题号", "得分")
    long = long[long["得分"] != ""].reset_index(drop=True)
    long.loc[7, "从业人数"] = "17"
    long.to_csv(tmp_path / "export.csv", index=False)
    (fault,) = faults("export.csv", how=mapping(long_layout()))
    assert "the same cells of the firm on each row" in fault.expected
    summary = run("export.csv", how=mapping(long_layout()), most_rejected=1)
    assert (summary.kept, summary.rejected, summary.superseded) == (2, 1, 1)


def test_the_latest_answer_of_a_firm_and_year_is_kept_and_the_others_listed(
    firms, export_of, run, imported, tmp_path
):
    first, second = firms(3, real=True), firms(3, real=True)
    first["employees"], second["employees"] = [11, 12, 13], [21, 22, 23]
    first["submitted_on"], second["submitted_on"] = (
        datetime.date(2021, 9, 1),
        datetime.date(2021, 3, 1),
    )
    second.loc[2, "submitted_on"] = datetime.date(2021, 9, 1)
    export_of(pd.concat([first, second])).to_csv(tmp_path / "export.csv", index=False)
    summary = run("export.csv")
    assert imported()["employees"].tolist() == [11, 12, 23]
    assert (summary.rows, summary.kept, summary.superseded) == (6, 3, 3)
    listed = pd.read_csv(summary.superseded_file)
    # The header is row 1; of two answers of one day the lower one counts.
    assert listed["row"].tolist() == [4, 5, 6]
    assert listed["kept_row"].tolist() == [7, 2, 3]


def test_progress_is_told_in_the_answers_that_count(
    firms, export_of, mapping, tmp_path, monkeypatch
):
    """Of twelve answers three are superseded; they are read in batches of a few rows."""
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 12_000)
    early = firms(9, real=True).assign(submitted_on=datetime.date(2021, 1, 2))
    late = early.head(3).assign(submitted_on=datetime.date(2021, 9, 1))
    export_of(pd.concat([early, late])).to_csv(tmp_path / "export.csv", index=False)
    told: list[tuple[int, int]] = []
    import_assessments(
        tmp_path / "export.csv",
        read_mapping(mapping()),
        None,
        progress=lambda *numbers: told.append(numbers),
    )
    assert len(told) > 1
    assert {total for _, total in told} == {9}
    assert told == sorted(told)
    assert told[-1] == (9, 9)


def test_a_superseded_answer_may_be_faulty(firms, export_of, run, tmp_path):
    late, early = firms(4, real=True), firms(4, real=True).head(1)
    late["submitted_on"] = datetime.date(2021, 9, 1)
    early["submitted_on"] = datetime.date(2021, 1, 2)
    export = export_of(pd.concat([late, early], ignore_index=True))
    export.loc[4, "营业收入（元）"] = "abc"
    export.to_csv(tmp_path / "export.csv", index=False)
    assert run("export.csv").superseded == 1


def test_the_same_firm_in_another_year_is_another_assessment(firms, export_of, run, tmp_path):
    frame = pd.concat(
        [firms(3), firms(3).assign(year=2020, submitted_on=datetime.date(2020, 6, 1))]
    )
    export_of(frame).to_csv(tmp_path / "export.csv", index=False)
    assert run("export.csv").kept == 6
    assert validate(tmp_path / "out.parquet").rows_by_year == {2020: 3, 2021: 3}


def test_long_items_of_several_answers_are_told_apart_by_their_day(
    firms, export_of, run, faults, imported, mapping, long_layout, tmp_path
):
    early, late = firms(2, real=True), firms(2, real=True)
    early["submitted_on"], late["submitted_on"] = (
        datetime.date(2021, 2, 1),
        datetime.date(2021, 8, 1),
    )
    column = "item_data-1-1"
    early[column], late[column] = 0, 10
    wide = export_of(pd.concat([late, early]))
    wide.drop(columns=items_of(early)).to_csv(tmp_path / "export.csv", index=False)
    wide.melt([*KEYS, "提交日期"], items_of(early), "题号", "得分").to_csv(
        tmp_path / "items.csv", index=False
    )
    dated = mapping(long_layout(submitted_on="提交日期"))
    run("export.csv", how=dated, items=tmp_path / "items.csv")
    assert imported()[column].tolist() == [10, 10]

    undated = mapping(long_layout())
    found = faults("export.csv", how=undated, items=tmp_path / "items.csv")
    assert any("map submitted_on where firms answer again" in p.expected for p in found)


def test_long_items_of_unknown_firms_and_items_are_named_with_their_file(
    firms, export_of, faults, mapping, long_layout, tmp_path
):
    frame = firms(2)
    wide = export_of(frame)
    wide.drop(columns=items_of(frame)).to_csv(tmp_path / "export.csv", index=False)
    long = wide.melt(KEYS, items_of(frame), "题号", "得分")
    long.loc[0, "统一社会信用代码"] = "SIM999999999999999"
    long.loc[2, "题号"] = "data-9-9"
    long.loc[4, "得分"] = "七成"
    for row, name in ((6, "统一社会信用代码"), (7, "评估年度"), (8, "题号")):
        long.loc[row, name] = ""
    long.to_csv(tmp_path / "items.csv", index=False)
    found = faults("export.csv", how=mapping(long_layout()), items=tmp_path / "items.csv")
    named = {(p.cell, p.column, p.value) for p in found if p.file.endswith("items.csv")}
    assert named == {
        ("A2", "统一社会信用代码", "SIM999999999999999"),
        ("C4", "题号", "data-9-9"),
        ("D6", "得分", "七成"),
        ("A8", "统一社会信用代码", "(empty)"),
        ("B9", "评估年度", "(empty)"),
        ("C10", "题号", "(empty)"),
    }


def test_a_long_layout_without_items_anywhere_is_told_what_to_give(
    firms, export_of, faults, mapping, long_layout, tmp_path
):
    frame = firms(2)
    export_of(frame).drop(columns=items_of(frame)).to_csv(tmp_path / "export.csv", index=False)
    found = faults("export.csv", how=mapping(long_layout()))
    assert "--items" in found[0].expected


def test_empty_rows_between_and_below_do_not_count(firms, export_of, run, same, tmp_path):
    frame = firms(4, real=True)
    text = export_of(frame).to_csv(index=False)
    lines = text.splitlines()
    lines.insert(2, "," * lines[0].count(","))
    lines += ["", " ," + "," * (lines[0].count(",") - 1), ""]
    (tmp_path / "export.csv").write_text("\n".join(lines), encoding="utf-8")
    summary = run("export.csv")
    same(frame)
    assert (summary.rows, summary.kept) == (4, 4)


def test_rows_of_the_wrong_length_are_faults_and_empty_rows_are_not(
    firms, export_of, faults, tmp_path, monkeypatch
):
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 20_000)
    export = export_of(firms(30))
    export.loc[25, "从业人数"] = "无"
    lines = export.to_csv(index=False).splitlines()
    lines.insert(10, "")
    lines[20] = "一格,两格"
    (tmp_path / "export.csv").write_text("\n".join([*lines, "", ""]), encoding="utf-8")
    found = faults("export.csv")
    assert [(p.row, p.column) for p in found] == [(21, None), (28, "从业人数")]
    assert found[0].value == "2 cells"


def test_columns_that_the_mapping_does_not_use_are_said(firms, export_of, run, tmp_path):
    export_of(firms(2)).assign(备注="x").to_csv(tmp_path / "export.csv", index=False)
    assert run("export.csv").unused_columns == ("备注",)


def test_simulated_firms_stay_simulated_through_an_import(firms, export_of, run, tmp_path):
    export_of(firms(3)).to_csv(tmp_path / "export.csv", index=False)
    run("export.csv")
    assert read_provenance(tmp_path / "out.parquet") == "simulated"


def test_simulated_firms_among_real_ones_are_refused(firms, export_of, faults, tmp_path):
    both = pd.concat([firms(2, real=True), firms(1)])
    export_of(both).to_csv(tmp_path / "export.csv", index=False)
    (fault,) = faults("export.csv")
    assert (fault.cell, fault.expected) == ("A4", "no simulated firm among real ones")


def test_an_export_without_any_row_is_refused(firms, export_of, faults, tmp_path):
    export_of(firms(1)).head(0).to_csv(tmp_path / "export.csv", index=False)
    (fault,) = faults("export.csv")
    assert "at least one answer" in fault.expected


def test_yuan_become_ten_thousand_yuan_without_a_stray_digit(
    firms, export_of, run, imported, tmp_path
):
    export = export_of(firms(2))
    export["营业收入（元）"] = ["12,345,678.90", "30000"]
    export.to_csv(tmp_path / "export.csv", index=False)
    run("export.csv")
    assert imported()["revenue"].tolist() == [1234.56789, 3]


def test_the_output_has_exactly_the_columns_of_the_schema(firms, export_of, run, tmp_path):
    export_of(firms(2)).to_csv(tmp_path / "export.csv", index=False)
    run("export.csv")
    assert pq.read_schema(tmp_path / "out.parquet").equals(arrow_schema())
