"""Every slip said: cell, heading, what stands there, what was expected; and doubts."""

from __future__ import annotations

import csv
import datetime

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from smdi.assessments.importing import Doubtful, Faulty
from smdi.assessments.importing.reporting import HEADINGS, check_report, write_report
from smdi.errors import InputErrors, Problem


@pytest.fixture
def broken(firms, export_of, tmp_path):
    """Write an export of real firms after a change; return its frame of texts."""

    def write(change, count: int = 12, frame: pd.DataFrame | None = None) -> pd.DataFrame:
        export = export_of(firms(count, real=True) if frame is None else frame)
        change(export)
        export.to_csv(tmp_path / "export.csv", index=False)
        return export

    return write


@pytest.fixture
def doubts(run):
    """The doubts by name that an import ends with."""

    def go(**options) -> dict[str, str]:
        with pytest.raises(Doubtful) as caught:
            run("export.csv", **options)
        return {doubt.name: doubt.found for doubt in caught.value.doubts}

    return go


def test_all_faults_of_an_export_stand_in_one_report_with_cell_heading_and_text(broken, faults):
    def change(export: pd.DataFrame) -> None:
        export.loc[0, "省份"] = "江南省"
        export.loc[1, "从业人数"] = "许多"
        export.loc[2, "data-1-1"] = "也许"
        export.loc[3, "data-1-1"] = ""
        export.loc[4, "行业代码"] = "C9999"
        export.loc[5, "提交日期"] = "2021-02-30"
        export.loc[6, "统一社会信用代码"] = "91320000000000000X"
        export.loc[7, "评估年度"] = ""
        export.loc[8, "做法 equipment_digitalisation_rate"] = "120%"
        export.loc[9, "营业收入（元）"] = "-5"
        export.loc[10, "城市"] = "苏州市"
        export.loc[10, "省份"] = "浙江省"
        export.loc[11, "设计"] = "也许"

    export = broken(change)
    letters = {"data-1-1": None, "做法 equipment_digitalisation_rate": None}
    found = faults("export.csv")
    places = {(p.row, p.column, p.value) for p in found if p.row != 12 or p.column == "城市"}
    assert {entry for entry in places if entry[1] not in letters} == {
        (2, "省份", "江南省"),
        (3, "从业人数", "许多"),
        (6, "行业代码", "C9999"),
        (7, "提交日期", "2021-02-30"),
        (8, "统一社会信用代码", "91320000000000000X"),
        (9, "评估年度", "(empty)"),
        (11, "营业收入（元）", "-5"),
        (12, "城市", "苏州市"),
        (13, "设计", "也许"),
    }
    assert {entry for entry in places if entry[1] in letters} == {
        (4, "data-1-1", "也许"),
        (5, "data-1-1", "(empty)"),
        (10, "做法 equipment_digitalisation_rate", "120%"),
    }
    by_row = {p.row: p for p in found}
    assert by_row[4].expected == "an item score, written as 不满足, 全部满足, 大部分满足, 部分满足"
    assert by_row[3].cell == f"{'ABCDEFGHIJ'[list(export.columns).index('从业人数')]}3"
    assert "inside the province" in by_row[12].expected


def test_the_number_of_faults_is_that_of_the_cells_and_not_of_the_lines(broken, faults):
    def change(export: pd.DataFrame) -> None:
        export.loc[:8, "从业人数"] = "许多"
        export.loc[9:, "行业代码"] = "C9999"

    broken(change)
    found = faults("export.csv")
    assert sum(p.count for p in found) == 12
    assert len(found) == 8
    assert [str(p).endswith("(and 4 more like it)") for p in found if p.column == "从业人数"] == [
        *[False] * 4, True]  # fmt: skip


def test_a_value_is_shown_on_one_line_and_no_longer_than_a_reader_needs(broken, faults):
    def change(export: pd.DataFrame) -> None:
        export.loc[0, "生产类型"] = "<script>alert(1)</script>{num}`x`\x1b[31m\n"
        export.loc[1, "生产类型"] = "长" * 200_000

    broken(change)
    texts = [str(p) for p in faults("export.csv")]
    assert all("\x1b" not in text and "\n" not in text for text in texts)
    assert max(map(len, texts)) < 500
    assert "200,000 characters" in texts[1]


@pytest.mark.parametrize("text", ["3000000000", "2147483648", "1e30"])
def test_more_persons_than_any_number_holds_are_a_fault_with_its_cell(broken, faults, text: str):
    def change(export: pd.DataFrame) -> None:
        export.loc[0, "从业人数"] = text

    broken(change)
    (fault,) = faults("export.csv")
    assert (fault.cell, fault.value) == ("H2", text)


def test_a_share_that_is_no_number_in_parquet_is_a_fault(firms, export_of, faults, tmp_path):
    export = export_of(firms(3, real=True))
    export["做法 equipment_digitalisation_rate"] = [50.0, float("nan"), float("inf")]
    export.to_parquet(tmp_path / "export.parquet")
    # Parquet of pandas stores NaN as null, which is a question that was not asked.
    (fault,) = faults("export.parquet")
    assert fault.value == "inf"


def test_ways_to_write_a_value_are_told_and_the_empty_cell_by_its_name(broken, faults, mapping):
    def change(export: pd.DataFrame) -> None:
        export["设计"] = export["设计"].replace("否", "")
        export.loc[0, "设计"] = "也许"

    broken(change, count=3)
    how = mapping(design={"column": "设计", "values": {"是": True, "": False}})
    (fault,) = faults("export.csv", how=how)
    assert fault.expected == "yes or no, written as (empty), 是"


def test_a_constant_at_fault_is_told_by_the_name_of_its_column(broken, faults, mapping):
    broken(lambda export: None, count=3)
    found = faults("export.csv", how=mapping(industry={"constant": "9999"}))
    assert {(p.column, p.value) for p in found} == {("industry", "9999")}


@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        (
            lambda e: e.update(e["营业收入（元）"].astype(float).div(1e4).astype(str)),
            "revenue-unit",
            "'营业收入（元）' may be another",
        ),
        (
            lambda e: e.update(e["营业收入（元）"].astype(float).div(1e8).astype(str)),
            "revenue-unit",
            "'营业收入（元）' may be another",
        ),
        (
            lambda e: e.update(pd.Series(["0"] * 8, name="从业人数")),
            "no-persons",
            "67% of the firms have 0 persons",
        ),
        (
            lambda e: e.update(pd.Series(["50"] * 12, name="从业人数")),
            "same-employees",
            "every firm has 50 in '从业人数'",
        ),
        (
            lambda e: e.update(pd.Series(["1.2E+07", "1.3E+07", "1.2E+07"], name="营业收入（元）")),
            "rounded-numbers",
            "3 cells of '营业收入（元）' are in scientific notation",
        ),
    ],
)
def test_an_import_that_looks_wrong_stops_until_the_editor_confirms_it(
    broken, doubts, run, tmp_path, change, name: str, said: str
):
    broken(change)
    found = doubts()
    assert set(found) == {name}
    assert said in found[name]
    assert not (tmp_path / "out.parquet").exists()
    assert run("export.csv", confirmed=(name,)).confirmed == (name,)


def test_exchanged_persons_and_revenue_are_said(broken, doubts):
    def change(export: pd.DataFrame) -> None:
        persons = export["从业人数"].copy()
        export["从业人数"] = (export["营业收入（元）"].astype(int) // 1000).astype(str)
        export["营业收入（元）"] = persons

    broken(change)
    assert "may be exchanged" in doubts()["revenue-unit"]


def test_a_unit_in_the_heading_that_the_mapping_does_not_say_is_a_doubt(broken, doubts, mapping):
    broken(lambda export: None)
    found = doubts(how=mapping(revenue={"column": "营业收入（元）"}))
    assert "says 元, the mapping multiply: 1" in found["revenue-unit"]
    assert "unit: 元" in found["revenue-unit"]


def test_a_year_to_come_is_a_doubt(firms, broken, doubts, run):
    late = datetime.date(2031, 5, 1)
    frame = firms(12, real=True).assign(year=2031, submitted_on=late)
    broken(lambda export: None, frame=frame)
    today = datetime.date(2030, 12, 31)
    assert set(doubts(today=today)) == {"future-year"}
    assert run("export.csv", today=datetime.date(2031, 1, 1)).kept == 12


def test_answers_that_collapse_to_few_firms_are_a_doubt(firms, broken, doubts, mapping):
    both = [
        firms(6, real=True).assign(year=year, submitted_on=datetime.date(2021, 5, 1))
        for year in (2020, 2021)
    ]
    broken(lambda export: None, frame=pd.concat(both, ignore_index=True))
    assert "only 6" in doubts(how=mapping(year={"constant": 2021}))["collapse"]


def test_a_firm_replaced_by_another_of_the_same_code_is_a_doubt(broken, doubts):
    def change(export: pd.DataFrame) -> None:
        export.loc[7, "统一社会信用代码"] = export.loc[2, "统一社会信用代码"]
        export.loc[7, "提交日期"] = export.loc[2, "提交日期"]

    export = broken(change)
    assert f"row 4 ({export.loc[2, '统一社会信用代码']})" in doubts()["replaced-firms"]


def test_a_firm_whose_province_is_written_in_another_way_is_the_same_firm(broken, run):
    def change(export: pd.DataFrame) -> None:
        again = export.loc[2].copy()
        again["省份"], again["行业代码"] = again["省份"][:2], again["行业代码"].lower()
        export.loc[12] = again

    broken(change)
    assert run("export.csv").superseded == 1


@pytest.mark.parametrize(("shown", "name"), [(12, "fractions"), (6, "mixed"), (2, "mixed")])
def test_fractions_where_percentages_are_expected_are_a_doubt(
    broken, doubts, run, imported, mapping, shown: int, name: str
):
    column = "做法 equipment_digitalisation_rate"

    def change(export: pd.DataFrame) -> None:
        export[column] = ["63.2"] * 12
        export.loc[: shown - 1, column] = "0.632"

    broken(change)
    assert set(doubts()) == {f"{name}-equipment_digitalisation_rate"}
    if name == "fractions":
        practices = {"columns": {"equipment_digitalisation_rate": column}, "ratio_unit": "fraction"}
        run("export.csv", how=mapping(top={"practices": practices}))
        assert set(imported()["practice_equipment_digitalisation_rate"]) == {63.2}


def test_a_check_writes_nothing_and_prints_the_profile(broken, run, tmp_path):
    broken(lambda export: None)
    before = sorted(path.name for path in tmp_path.iterdir())
    text = str(run("export.csv", check=True))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({*before, "mapping.yaml"})
    assert "nothing written (--check): 12 assessments" in text
    assert "rows by year: 2021 12 (100%)" in text
    assert "provinces unseen:" in text


def test_a_profile_tells_quantiles_that_a_reader_can_recount(broken, run):
    def change(export: pd.DataFrame) -> None:
        export["从业人数"] = [str(n) for n in (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)]

    broken(change)
    lines = run("export.csv", check=True).profile
    assert any("employees (persons), 5 · 25 · 50 · 75 · 95 %: 15.5 · 37.5 · 65 · 92.5" in line
               for line in lines)  # fmt: skip


def test_last_year_stands_beside_this_and_a_leap_is_a_doubt(firms, stored, broken, doubts, run):
    last = firms(30, seed=5).assign(year=2020, submitted_on=datetime.date(2020, 5, 1))
    last["employees"] = 100
    path = stored(last, name="last.parquet")

    def change(export: pd.DataFrame) -> None:
        export["从业人数"] = [str(5_000 + n) for n in range(12)]

    broken(change)
    found = doubts(last=path)
    assert set(found) >= {"fewer-firms", "changed-employees"}
    told = "\n".join(run("export.csv", last=path, confirmed=tuple(found)).profile)
    assert "[median 100]" in told


def test_a_report_lists_every_fault_and_runs_no_formula(broken, run, tmp_path):
    def change(export: pd.DataFrame) -> None:
        export["从业人数"] = "=1+1"

    broken(change)
    with pytest.raises(Faulty) as caught:
        run("export.csv", in_full=True)
    assert len(caught.value.every) == 12
    for name in ("report.xlsx", "report.csv"):
        write_report(tmp_path / name, caught.value.every)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    rows = CalamineWorkbook.from_path(tmp_path / "report.xlsx").get_sheet_by_index(0).to_python()
    assert (rows[0], len(rows)) == (list(HEADINGS), 13)
    assert rows[12][3:6] == ["H13", "从业人数", "=1+1"]
    with (tmp_path / "report.csv").open(encoding="utf-8-sig") as stream:
        assert list(csv.reader(stream))[12][5] == "'=1+1"


def test_a_report_goes_to_no_file_of_the_import(tmp_path):
    with pytest.raises(InputErrors, match="no other file"):
        check_report(tmp_path / "a.csv", [tmp_path / "a.csv"])
    with pytest.raises(InputErrors, match=r"\.xlsx or \.csv"):
        check_report(tmp_path / "a.pdf", [])


def test_a_problem_says_its_sheet_its_cell_and_the_nearest_value():
    place = {"sheet": "一", "cell": "E7", "nearest": "苏州市"}
    assert str(Problem("a.xlsx", 7, "城市", "苏洲市", "a city", **place)) == (
        "a.xlsx, sheet 一, cell E7, column 城市: found '苏洲市'; "
        "expected a city; nearest is '苏州市'"
    )
