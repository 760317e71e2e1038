"""From a pasted table to a facts file: units, decimals and signs kept, faults told at once."""

import io
import runpy

import pytest

from smdi.errors import InputErrors
from smdi.files import project_root
from smdi.published import read_facts
from smdi.published.transcription import Column, as_text, cells, number, rows_of

SCRIPT = project_root() / "scripts" / "transcribe_table.py"
COLUMNS = [Column.parse("firms 2022 家"), Column.parse("region_share 2022 %")]


def command(*arguments):
    return runpy.run_path(str(SCRIPT))["main"]([str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("cell", "unit", "printed"),
    [
        ("1,234", "家", "1234"),
        ("53.80%", "%", "53.80"),
        ("−7.19", "百分点", "-7.19"),
        ("42家", "家", "42"),
        ("5.3 个百分点", "百分点", "5.3"),
        ("5.3个百分点", "百分点", "5.3"),
        ("7个", "个", "7"),
        ("第7位", "位", None),
        ("7位", "位", "7"),
        ("300人", "人", "300"),
        ("1,500.5万元", "万元", "1500.5"),
        ("0.50", "%", "0.50"),
        ("007", "家", "7"),
        ("53.8%", "家", None),
        ("about 5", "家", None),
        ("1.2.3", "%", None),
    ],
)
def test_a_number_keeps_its_decimals_and_loses_its_dress(cell, unit, printed):
    assert number(cell, unit) == printed


@pytest.mark.parametrize("gap", ["\t", ",", "  "])
def test_tabs_commas_and_spaces_part_the_cells(gap):
    table = "\n".join(
        gap.join(row) for row in (("地区", "家数", "占比"), ("华东", "4200", "53.8%"))
    )
    made = rows_of(table, "tab-regions", COLUMNS, "第一章 表2")
    assert [(r["measure"], r["group"], r["printed"], r["unit"]) for r in made] == [
        ("firms", "华东", "4200", "家"),
        ("region_share", "华东", "53.8", "%"),
    ]
    assert made[0]["where"] == "第一章 表2，华东"


def test_a_cell_that_prints_nothing_gives_no_fact():
    made = rows_of("华东\t—\t53.8%", "tab-regions", COLUMNS, "表2")
    assert [row["measure"] for row in made] == ["region_share"]


def test_all_faults_of_a_table_are_told_at_once():
    with pytest.raises(InputErrors) as caught:
        rows_of("华东\tmany\t5%\n华北\t12", "tab-regions", COLUMNS, "表2", "pasted.txt")
    first, second = caught.value.problems
    assert (first.file, first.row, first.column, first.value) == ("pasted.txt", 1, "firms", "many")
    assert (second.row, second.expected) == (2, "a name and 2 numbers")


def test_an_unknown_unit_of_a_column_is_refused():
    with pytest.raises(InputErrors, match="units: 家"):
        Column.parse("firms 2022 head")


def table(folder, text="华东\t4,200\t53.80%\n华北\t2,100\t26.9%\n"):
    path = folder / "table.txt"
    path.write_text(text, "utf-8")
    return path


def told(folder, exhibit="tab-regions"):
    columns = "firms 2022 家; region_share 2022 %"
    return ("--exhibit", exhibit, "--where", "第一章 表2", "--columns", columns)


def test_the_command_starts_a_file_and_adds_to_it(tmp_path, capsys):
    facts = tmp_path / "facts.csv"
    assert command(facts, table(tmp_path), *told(tmp_path)) == 0
    assert command(facts, table(tmp_path), *told(tmp_path, "tab-more")) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{facts}: 4 numbers added, 4 in all"
    assert second == f"{facts}: 4 numbers added, 8 in all"
    frame = read_facts(facts)
    assert len(frame) == 8
    assert frame.loc["tab-regions/region_share/华东/2022", "printed"] == "53.80"


def test_the_command_writes_nothing_of_a_faulty_table_or_a_fact_given_twice(tmp_path, capsys):
    facts = tmp_path / "facts.csv"
    assert command(facts, table(tmp_path, "华东\tmany\t5%\n"), *told(tmp_path)) == 2
    assert not facts.exists()
    command(facts, table(tmp_path), *told(tmp_path))
    before = facts.read_bytes()
    assert command(facts, table(tmp_path), *told(tmp_path)) == 2
    assert facts.read_bytes() == before
    assert "each fact once" in capsys.readouterr().err


def test_the_command_names_where_a_faulty_table_was_read(tmp_path, capsys, monkeypatch):
    faulty = "华东\tmany\t5%\n"
    given = table(tmp_path, faulty)
    assert command(tmp_path / "facts.csv", given, *told(tmp_path)) == 2
    assert str(given) in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(faulty))
    assert command(tmp_path / "facts.csv", *told(tmp_path)) == 2
    assert "standard input" in capsys.readouterr().err


def test_commas_part_cells_only_where_every_line_has_one():
    assert cells("华东 1,200\n华北 12") == [["华东", "1,200"], ["华北", "12"]]
    assert cells("华东, 12\n华北 ,34") == [["华东", "12"], ["华北", "34"]]
    assert cells("Ａ\t１２\n\n 乙 \t 3") == [["A", "12"], ["乙", "3"]]


def test_a_first_row_of_one_number_is_no_head():
    made = rows_of("华东\t4200\n华北\t7", "tab-regions", COLUMNS[:1], "表2")
    assert [row["group"] for row in made] == ["华东", "华北"]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("地区\t家数\n华东\tmany", 2),
        ("华东\t5\n华北\tmany", 2),
        ("地区\t家数\n华东\t5\n华北\tx", 3),
    ],
)
def test_a_fault_is_told_by_the_line_it_stands_on(table, row):
    with pytest.raises(InputErrors) as caught:
        rows_of(table, "tab-regions", COLUMNS[:1], "表2", "a.txt")
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == ("a.txt", row, "firms")


@pytest.mark.parametrize("table", ["", "\n", "地区\t家数", "地区\t家数\n华东\t—"])
def test_a_table_without_a_number_is_refused(table):
    with pytest.raises(InputErrors) as caught:
        rows_of(table, "tab-regions", COLUMNS[:1], "表2", "a.txt")
    assert [str(one) for one in caught.value.problems] == [
        "a.txt; expected a table with at least one number"
    ]


def test_lines_of_a_facts_file_end_as_its_others_do_under_heads_where_it_is_new():
    made = rows_of("华东\t007", "tab-regions", COLUMNS[:1], "表2")
    line = "tab-regions,firms,华东,2022,7,家,7,表2，华东\n"
    assert as_text(made, False) == line
    assert as_text(made, True) == f"exhibit,measure,group,year,value,unit,printed,where\n{line}"
