from decimal import Decimal

import pytest

from smdi.errors import InputErrors
from smdi.published import bounds, decimals, fact_id, read_facts

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
