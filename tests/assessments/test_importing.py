"""From an editor's export to assessments: round trips, repeated answers, faults."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml

from smdi.assessments import arrow_schema, import_assessments, read_provenance, sources, validate
from smdi.errors import InputErrors, Problem
from smdi.standards import practices, regions

NAMES = {
    "credit_code": "统一社会信用代码",
    "year": "评估年度",
    "submitted_on": "提交日期",
    "province": "省份",
    "city": "城市",
    "industry": "行业代码",
    "process_type": "生产类型",
    "employees": "从业人数",
    "revenue": "营业收入（元）",
    "design": "设计",
    "logistics": "物流",
    "sales": "销售",
    "service": "服务",
}
SCORES = {10: "全部满足", 8: "大部分满足", 5: "部分满足", 0: "不满足"}
Edit = Callable[[pd.DataFrame], None]


@pytest.fixture
def mapping(tmp_path: Path) -> Callable[..., Path]:
    """Write the mapping of the test exports, changed by `items` and `columns`."""

    def write(items: dict | None = None, **columns: dict) -> Path:
        how = {name: {"column": shown} for name, shown in NAMES.items()}
        how["province"]["by"] = how["city"]["by"] = "name"
        how["process_type"]["values"] = {"离散型": "discrete", "流程型": "process"}
        how["revenue"]["multiply"] = 0.0001
        for business in ("design", "logistics", "sales", "service"):
            how[business]["values"] = {"是": True, "否": False}
        content = {
            "columns": how | columns,
            "items": {"values": {text: score for score, text in SCORES.items()}} | (items or {}),
            "practices": {"columns": {name: f"做法 {name}" for name in practices().index}},
        }
        path = tmp_path / "mapping.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return path

    return write


def export_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as an editor would have it: texts, Chinese names, yuan."""
    names = regions()["name_zh"]
    out = pd.DataFrame({shown: frame[name].astype(str) for name, shown in NAMES.items()})
    out["省份"], out["城市"] = frame["province"].map(names), frame["city"].map(names)
    out["行业代码"] = "C" + frame["industry"]
    out["生产类型"] = frame["process_type"].map({"discrete": "离散型", "process": "流程型"})
    out["营业收入（元）"] = (frame["revenue"] * 10_000).round().astype("int64").astype(str)
    for business in ("设计", "物流", "销售", "服务"):
        out[business] = out[business].map({"True": "是", "False": "否"})
    extra = {}
    for name in frame.columns:
        if name.startswith("item_"):
            extra[name.removeprefix("item_")] = frame[name].map(SCORES).fillna("")
        elif name.startswith("practice_"):
            texts = frame[name].astype(object).map({True: "是", False: "否"})
            if frame[name].dtype == "Float64":
                texts = frame[name].astype(object).map(str, na_action="ignore")
            extra[f"做法 {name.removeprefix('practice_')}"] = texts.fillna("")
    return pd.concat([out, pd.DataFrame(extra)], axis="columns")


def problems_of(*arguments: Path) -> list[Problem]:
    with pytest.raises(InputErrors) as caught:
        import_assessments(*arguments)
    return list(caught.value.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_wide_export_comes_back_as_it_was(firms, stored, mapping, tmp_path, encoding: str):
    frame = firms(40, real=True)
    export_of(frame).to_csv(tmp_path / "export.csv", index=False, encoding=encoding)
    output = tmp_path / "imported.parquet"
    summary = import_assessments(tmp_path / "export.csv", mapping(), output)
    assert output.read_bytes() == stored(frame, provenance="import").read_bytes()
    assert summary.kept == 40
    assert summary.encoding == encoding.removesuffix("-sig")
    assert "40 assessments, provenance import" in str(summary)


def test_a_parquet_export_with_its_own_types_is_read_as_well(firms, stored, mapping, tmp_path):
    frame = firms(20, real=True)
    export = export_of(frame)
    export["评估年度"] = frame["year"].astype("int64")
    export["提交日期"] = pd.to_datetime(frame["submitted_on"])
    export["从业人数"] = frame["employees"].astype("float64")
    export.to_parquet(tmp_path / "export.parquet")
    output = tmp_path / "imported.parquet"
    import_assessments(tmp_path / "export.parquet", mapping(), output)
    assert output.read_bytes() == stored(frame, provenance="import").read_bytes()


def test_items_in_a_long_file_give_the_same_as_items_in_columns(firms, stored, mapping, tmp_path):
    frame = firms(25, real=True)
    wide = export_of(frame)
    items = [name.removeprefix("item_") for name in frame.columns if name.startswith("item_")]
    wide.drop(columns=items).to_csv(tmp_path / "export.csv", index=False)
    long = wide.melt(["统一社会信用代码", "评估年度"], items, "题号", "得分")
    long.sample(frac=1, random_state=1).to_csv(tmp_path / "items.csv", index=False)
    output = tmp_path / "imported.parquet"
    layout = mapping(long_layout())
    import_assessments(tmp_path / "export.csv", layout, output, tmp_path / "items.csv")
    assert output.read_bytes() == stored(frame, provenance="import").read_bytes()


def test_the_latest_answer_of_a_firm_and_year_is_kept_and_the_others_listed(
    firms, mapping, tmp_path
):
    first, second = firms(3, real=True), firms(3, seed=2, real=True)
    first["submitted_on"], second["submitted_on"] = (
        datetime.date(2021, 9, 1),
        datetime.date(2021, 3, 1),
    )
    second.loc[2, "submitted_on"] = datetime.date(2021, 9, 1)
    export_of(pd.concat([first, second])).to_csv(tmp_path / "export.csv", index=False)
    output = tmp_path / "imported.parquet"
    summary = import_assessments(tmp_path / "export.csv", mapping(), output)
    kept = pq.read_table(output).to_pandas()
    assert kept["employees"].tolist() == [*first["employees"][:2], second["employees"][2]]
    assert (summary.rows, summary.kept, summary.superseded) == (6, 3, 3)
    listed = pd.read_csv(summary.superseded_file)
    # The header is row 1; of two answers of one day the lower one counts.
    assert listed["row"].tolist() == [4, 5, 6]
    assert listed["kept_row"].tolist() == [7, 2, 3]


def test_the_same_firm_in_another_year_is_another_assessment(firms, mapping, tmp_path):
    frame = pd.concat(
        [firms(3), firms(3).assign(year=2020, submitted_on=datetime.date(2020, 6, 1))]
    )
    export_of(frame).to_csv(tmp_path / "export.csv", index=False)
    summary = import_assessments(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert summary.kept == 6
    assert validate(summary.output).rows_by_year == {2020: 3, 2021: 3}


def test_long_items_of_several_answers_are_told_apart_by_their_day(firms, mapping, tmp_path):
    early, late = firms(2, real=True), firms(2, real=True)
    early["submitted_on"], late["submitted_on"] = (
        datetime.date(2021, 2, 1),
        datetime.date(2021, 8, 1),
    )
    column = "item_data-1-1"
    early[column], late[column] = 0, 10
    wide = export_of(pd.concat([late, early]))
    items = [name.removeprefix("item_") for name in early.columns if name.startswith("item_")]
    wide.drop(columns=items).to_csv(tmp_path / "export.csv", index=False)
    keys = ["统一社会信用代码", "评估年度", "提交日期"]
    wide.melt(keys, items, "题号", "得分").to_csv(tmp_path / "items.csv", index=False)
    files = tmp_path / "export.csv", tmp_path / "items.csv"
    dated = mapping(long_layout(submitted_on="提交日期"))
    import_assessments(files[0], dated, tmp_path / "out.parquet", files[1])
    assert pq.read_table(tmp_path / "out.parquet").column(column).to_pylist() == [10, 10]

    undated = mapping(long_layout())
    found = problems_of(files[0], undated, tmp_path / "other.parquet", files[1])
    assert any("map submitted_on where firms answer again" in p.expected for p in found)


def test_all_faults_of_an_export_stand_in_one_report_with_its_own_rows_and_columns(
    firms, mapping, tmp_path
):
    export = export_of(firms(12, real=True))
    export.loc[0, "省份"] = "江南省"
    export.loc[1, "从业人数"] = "许多"
    export.loc[2, "data-1-1"] = "也许"
    export.loc[3, "data-1-1"] = ""
    export.loc[4, "行业代码"] = "C9999"
    export.loc[5, "提交日期"] = "2021-02-30"
    export.loc[6, "统一社会信用代码"] = "91320000000000000X"
    export.loc[7, "评估年度"] = ""
    export.loc[8, "做法 equipment_digitalisation_rate"] = "120"
    export.to_csv(tmp_path / "export.csv", index=False)
    found = problems_of(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    places = {(problem.row, problem.column, problem.value) for problem in found}
    assert places == {
        (2, "省份", "江南省"),
        (3, "从业人数", "许多"),
        (4, "data-1-1", "也许"),
        (5, "data-1-1", None),
        (6, "行业代码", "9999"),
        (7, "提交日期", "2021-02-30"),
        (8, "统一社会信用代码", "91320000000000000X"),
        (9, "评估年度", None),
        (10, "做法 equipment_digitalisation_rate", 120.0),
    }
    by_row = {problem.row: problem.expected for problem in found}
    assert by_row[4] == "an item score, written as 不满足, 全部满足, 大部分满足, 部分满足"
    assert "name of a province" in by_row[2]


def test_nothing_is_written_when_a_fault_is_found(firms, mapping, tmp_path):
    output = tmp_path / "out.parquet"
    output.write_bytes(b"the old file")
    export = export_of(firms(5))
    export.loc[4, "从业人数"] = "-1"
    export.to_csv(tmp_path / "export.csv", index=False)
    problems_of(tmp_path / "export.csv", mapping(), output)
    assert output.read_bytes() == b"the old file"
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"out.parquet", "export.csv", "mapping.yaml"}


def test_rows_of_the_wrong_length_are_faults_and_empty_rows_are_not(
    firms, mapping, tmp_path, monkeypatch
):
    monkeypatch.setattr(sources, "BLOCK_BYTES", 20_000)
    export = export_of(firms(30))
    export.loc[25, "从业人数"] = "无"
    lines = export.to_csv(index=False).splitlines()
    lines.insert(10, "")
    lines[20] = "一格,两格"
    (tmp_path / "export.csv").write_text("\n".join([*lines, "", ""]), encoding="utf-8")
    found = problems_of(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert [(problem.row, problem.column) for problem in found] == [(21, None), (28, "从业人数")]
    assert found[0].value == "2 cells"


def test_empty_rows_at_the_end_do_not_count(firms, mapping, tmp_path):
    text = export_of(firms(4)).to_csv(index=False)
    columns = text.splitlines()[0].count(",")
    (tmp_path / "export.csv").write_text(text + "\n\n" + "," * columns + "\n", encoding="utf-8")
    summary = import_assessments(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert (summary.rows, summary.kept) == (4, 4)


def test_missing_and_repeated_columns_are_all_named(firms, mapping, tmp_path):
    export = export_of(firms(2)).drop(columns=["省份", "data-1-1"])
    text = export.to_csv(index=False).replace("做法 private_network", "城市", 1)
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    found = problems_of(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert {(problem.column, problem.value) for problem in found} == {
        ("省份", None),
        ("data-1-1", None),
        ("城市", "2 times"),
        ("做法 private_network", None),
    }


def test_columns_that_the_mapping_does_not_use_are_said(firms, mapping, tmp_path):
    export_of(firms(2)).assign(备注="x").to_csv(tmp_path / "export.csv", index=False)
    summary = import_assessments(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert summary.unused_columns == ("备注",)


def test_simulated_firms_stay_simulated_through_an_import(firms, mapping, tmp_path):
    export_of(firms(3)).to_csv(tmp_path / "export.csv", index=False)
    import_assessments(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert read_provenance(tmp_path / "out.parquet") == "simulated"


def test_simulated_firms_among_real_ones_are_refused(firms, mapping, tmp_path):
    both = pd.concat([firms(2, real=True), firms(1)])
    export_of(both).to_csv(tmp_path / "export.csv", index=False)
    (fault,) = problems_of(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert (fault.row, fault.expected) == (4, "no simulated firm among real ones")


def test_long_items_of_unknown_firms_and_items_are_named_with_their_file(firms, mapping, tmp_path):
    frame = firms(2)
    wide = export_of(frame)
    items = [name.removeprefix("item_") for name in frame.columns if name.startswith("item_")]
    wide.drop(columns=items).to_csv(tmp_path / "export.csv", index=False)
    long = wide.melt(["统一社会信用代码", "评估年度"], items, "题号", "得分")
    long.loc[0, "统一社会信用代码"] = "SIM999999999999999"
    long.loc[2, "题号"] = "data-9-9"
    long.loc[4, "得分"] = "七成"
    long.to_csv(tmp_path / "items.csv", index=False)
    files = tmp_path / "export.csv", mapping(long_layout()), tmp_path / "out.parquet"
    found = problems_of(*files, tmp_path / "items.csv")
    named = {(p.row, p.column) for p in found if p.file.endswith("items.csv")}
    assert named == {(2, "统一社会信用代码"), (4, "题号"), (6, "得分")}


def test_an_export_without_any_row_is_refused(firms, mapping, tmp_path):
    export_of(firms(1)).head(0).to_csv(tmp_path / "export.csv", index=False)
    (fault,) = problems_of(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert "at least one answer" in fault.expected


def test_a_workbook_is_refused_with_what_to_do(mapping, tmp_path):
    (tmp_path / "export.xlsx").write_bytes(b"PK")
    (fault,) = problems_of(tmp_path / "export.xlsx", mapping(), tmp_path / "out.parquet")
    assert "save a workbook as CSV" in fault.expected


def test_text_in_no_known_encoding_is_refused(mapping, tmp_path):
    (tmp_path / "export.csv").write_bytes(b"\xff\xff\xff,\x80\n")
    (fault,) = problems_of(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert "utf-8 or gb18030" in fault.expected


def test_yuan_become_ten_thousand_yuan_without_a_stray_digit(firms, mapping, tmp_path):
    export = export_of(firms(2))
    export["营业收入（元）"] = ["12,345,678.90", "3e4"]
    export.to_csv(tmp_path / "export.csv", index=False)
    import_assessments(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").column("revenue").to_pylist() == [1234.56789, 3]


def test_the_output_has_exactly_the_columns_of_the_schema(firms, mapping, tmp_path):
    export_of(firms(2)).to_csv(tmp_path / "export.csv", index=False)
    import_assessments(tmp_path / "export.csv", mapping(), tmp_path / "out.parquet")
    assert pq.read_schema(tmp_path / "out.parquet").equals(arrow_schema())


def long_layout(**extra: str) -> dict:
    columns = {"credit_code": "统一社会信用代码", "year": "评估年度"}
    columns |= {"item_id": "题号", "score": "得分"} | extra
    return {"layout": "long", "long_columns": columns}
