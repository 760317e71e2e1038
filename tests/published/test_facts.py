from decimal import Decimal

import pytest

from smdi.errors import InputErrors
from smdi.published import bounds, decimals, fact_id, read_facts
from smdi.published.fact_table import Facts

GOOD = "fig-04,share_level_2,全国,2021,15,%,15,第一章"


def problems(path):
    with pytest.raises(InputErrors) as caught:
        read_facts(path)
    return caught.value.problems


def test_a_fact_is_named_by_exhibit_measure_group_and_year(facts_file):
    assert fact_id("fig-04", "share_level_2", "全国", 2021) == "fig-04/share_level_2/全国/2021"
    assert list(read_facts(facts_file(GOOD)).index) == ["fig-04/share_level_2/全国/2021"]


def test_decimals_are_those_printed_not_those_needed():
    assert [decimals(text) for text in ("14.80", "69", "-7.2")] == [2, 0, 1]


def test_a_printed_number_stands_for_half_a_digit_either_way():
    assert bounds("14.80") == (Decimal("14.795"), Decimal("14.805"))
    assert bounds("-4.04") == (Decimal("-4.045"), Decimal("-4.035"))


def test_trailing_zeros_survive_reading(facts_file):
    line = "fig-14,automated_logistics,全行业,2020,19,%,19.00,第二章"
    assert read_facts(facts_file(line))["printed"].tolist() == ["19.00"]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("figure 4,share_level_2,全国,2021,15,%,15,第一章", "exhibit"),
        ("fig-04,Share,全国,2021,15,%,15,第一章", "measure"),
        ("fig-04,share_level_2,,2021,15,%,15,第一章", "group"),
        ("fig-04,share_level_2,全国,21,15,%,15,第一章", "year"),
        ("fig-04,share_level_2,全国,2021,15,pct,15,第一章", "unit"),
        ("fig-04,share_level_2,全国,2021,15,%,15%,第一章", "printed"),
        ("fig-04,share_level_2,全国,2021,15.1,%,15,第一章", "value"),
        ("fig-04,share_level_2,全国,2021,,%,15,第一章", "value"),
        ("fig-04,share_level_2,全国,2021,15,%,15,", "where"),
        ("fig-01,participants,江苏省,2021,4654.5,家,4654.5,第一章", "printed"),
    ],
)
def test_a_faulty_cell_is_reported_with_its_column(facts_file, line, column):
    (problem,) = problems(facts_file(line))
    assert (problem.row, problem.column) == (2, column)


def test_all_faults_are_reported_at_once(facts_file):
    bad = "fig-04,share_level_3,全国,2021,8,pct,7,第一章"
    found = problems(facts_file(GOOD, bad, GOOD))
    assert [(problem.row, problem.column) for problem in found] == [
        (3, "unit"),
        (3, "value"),
        (4, None),
    ]


def test_a_fact_given_twice_names_the_first_row(facts_file):
    (problem,) = problems(facts_file(GOOD, GOOD))
    assert "row 2" in problem.expected


def test_columns_in_another_order_are_refused(facts_file):
    (problem,) = problems(facts_file(GOOD, header="exhibit,group,measure,year"))
    assert problem.row == 1


def test_a_row_with_a_cell_too_many_is_refused(facts_file):
    (problem,) = problems(facts_file(GOOD + ",more"))
    assert problem.row == 2


def test_a_file_that_is_not_there_is_one_problem(tmp_path):
    (problem,) = problems(tmp_path / "none.csv")
    assert problem.row is None


def test_a_file_without_facts_is_refused(facts_file):
    assert len(problems(facts_file())) == 1


def test_a_file_saved_by_excel_with_its_mark_is_read(tmp_path, facts_file):
    path = facts_file(GOOD)
    marked = tmp_path / "marked.csv"
    marked.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert list(read_facts(marked).index) == list(read_facts(path).index)


@pytest.mark.parametrize(("length", "good"), [(60, True), (61, False), (0, False)])
def test_a_place_is_told_in_a_line(facts_file, length: int, good: bool) -> None:
    path = facts_file(f"fig-01,firms,东,2031,5,家,5,{'处' * length}")
    if good:
        assert len(read_facts(path)) == 1
    else:
        with pytest.raises(InputErrors, match="where"):
            read_facts(path)


def test_a_measure_has_the_unit_that_it_is_printed_in_first(facts_file):
    lines = ["fig-04,a,甲,2021,15,%,15,某处", "fig-04,a,乙,2021,15,家,15,某处",
             "fig-04,b,甲,2021,15,家,15,某处", "fig-04,a,丙,2021,15,个,15,某处"]  # fmt: skip
    assert Facts.of(read_facts(facts_file(*lines))).units == {"a": "%", "b": "家"}


@pytest.mark.parametrize(
    ("years", "current", "all_years"),
    [([2021, 2021, 2020], 2021, (2021, 2020)), ([2020, 2020, 2021], 2020, (2021, 2020)),
     ([2020, 2021], 2021, (2021, 2020))],
)  # fmt: skip
def test_facts_are_about_the_year_of_most_of_them_and_of_two_the_later(
    facts_file, years, current, all_years
):
    lines = [f"fig-04,m{at},甲,{year},15,%,15,某处" for at, year in enumerate(years)]
    facts = Facts.of(read_facts(facts_file(*lines)))
    assert (facts.current_year, facts.years) == (current, all_years)


def test_before_a_fact_comes_the_last_earlier_year_of_its_own_exhibit(facts_file):
    def line(exhibit: str, group: str, year: int) -> str:
        return f"{exhibit},a,{group},{year},15,%,15,某处"

    lines = [line("fig-04", "甲", year) for year in (2019, 2021, 2018, 2022)]
    lines += [line("fig-05", "甲", 2020), line("fig-04", "乙", 2020)]
    facts = Facts.of(read_facts(facts_file(*lines)))
    before = {fact.year: facts.before(fact) for fact in facts.select(exhibit="fig-04", group="甲")}
    assert {year: fact and fact.year for year, fact in before.items()} == {
        2018: None, 2019: 2018, 2021: 2019, 2022: 2021,
    }  # fmt: skip
    beside = facts.beside(facts.by_id["fig-04/a/甲/2019"], "a")
    assert beside is not None and beside.id == "fig-04/a/甲/2019"


@pytest.mark.parametrize(
    ("printed", "unit", "low", "high", "text"),
    [("15", "家", "15", "15", "15 家"), ("3", "个", "3", "3", "3 个"),
     ("15", "%", "14.5", "15.5", "15%"),
     ("-7.2", "百分点", "-7.25", "-7.15", "−7.2 个百分点")],
)  # fmt: skip
def test_a_count_is_exact_and_any_other_number_stands_for_what_prints_so(
    facts_file, printed, unit, low, high, text
):
    line = f"fig-04,a,甲,2021,{printed},{unit},{printed},某处"
    (fact,) = Facts.of(read_facts(facts_file(line)))
    assert (fact.interval.low, fact.interval.high) == (Decimal(low), Decimal(high))
    assert fact.text == text
