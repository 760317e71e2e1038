"""In what an edition departs from its data: each fault whole, and the next that is none."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.edition import Edition, Scope
from smdi.errors import Problem
from smdi.workflow.editions.readiness import faults, years_of

FILE = "data/editions/2021.yaml"
PRINTED = Path("data/published/2021.csv")
FACTS = "exhibit,measure,group,year,value,unit,printed,where\n"
GIVEN = {
    **{
        "id": "2021",
        "year": 2021,
        "baseline_year": 2020,
        "first_year": 2019,
        "publisher": "研究组",
    },
    **{"title": "报告（2021）", "publisher": "研究组", "data_date": "2021-12-31"},
}


def edition(**changes: object) -> Edition:
    return Edition.model_validate({**GIVEN, **changes})


def assessed(folder: Path, *years: int, firms: Sequence[tuple[str, ...]] = ()) -> Path:
    """Write assessments: a firm of Suzhou a year, and others by city, class and type in 2021."""
    rows = [(year, "320000", "320500", "3670", "discrete") for year in years]
    rows += [(2021, *firm) for firm in firms]
    names = ["year", "province", "city", "industry", "process_type"]
    path = folder / "answers.parquet"
    pq.write_table(
        pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), path
    )
    return path


def facts_of(folder: Path, year: int) -> Path:
    """Write the one fact of a report of a year."""
    path = folder / f"{year}.csv"
    path.write_text(f"{FACTS}text,provinces,全国,{year},31,个,31,前言\n", "utf-8")
    return path


def told(column: str, value: object, expected: str) -> Problem:
    return Problem(FILE, None, column, value, expected)


def test_the_years_of_assessments_come_with_how_many_there_are(tmp_path: Path) -> None:
    given = edition(assessments=assessed(tmp_path, 2019, 2020, 2020, 2021, 2021, 2021))
    assert years_of(given) == {2019: 1, 2020: 2, 2021: 3}


def test_the_years_of_facts_are_theirs_and_those_before_and_come_without_a_number(tmp_path) -> None:
    assert years_of(edition(published=PRINTED)) == {2019: 0, 2020: 0, 2021: 0}
    assert years_of(edition(targets=facts_of(tmp_path, 2020))) == {2019: 0, 2020: 0}


@pytest.mark.parametrize("title", ["报告", "报告（2021）", "2020—2021 年报告", "报告（1999）"])
def test_a_title_may_name_no_year_or_others_beside_its_own(title: str) -> None:
    assert faults(edition(title=title)) == []


def test_a_title_of_another_year_is_told(tmp_path: Path) -> None:
    expected = "a title that names the year of the edition, 2021"
    assert faults(edition(title="2020 报告")) == [told("title", "2020 报告", expected)]


@pytest.mark.parametrize("day", ["2021-01-01", "2021-12-31", "2022-01-01"])
def test_data_may_reach_to_any_day_of_the_year_and_later(day: str) -> None:
    assert faults(edition(data_date=datetime.date.fromisoformat(day))) == []


def test_data_that_end_before_the_year_are_told() -> None:
    expected = "a day in 2021 or later, to which the data reach"
    found = faults(edition(data_date="2020-12-31"))
    assert found == [told("data_date", "2020-12-31", expected)]


@pytest.mark.parametrize("key", ["targets", "published"])
@pytest.mark.parametrize("year", [2020, 2022])
def test_facts_of_the_year_before_and_after_are_told(tmp_path: Path, key: str, year: int) -> None:
    path = facts_of(tmp_path, year)
    found = [one for one in faults(edition(**{key: path})) if one.column == key]
    expected = f"facts of the report of 2021; these are of {year}"
    assert found == [told(key, str(path), expected)]


def test_the_facts_of_a_simulation_are_none_of_given_assessments(tmp_path: Path) -> None:
    answers = assessed(tmp_path, 2019, 2020, 2021)
    assert faults(edition(assessments=answers, targets=facts_of(tmp_path, 2020))) == []


@pytest.mark.parametrize(
    ("years", "lacking"),
    [
        ((2019, 2020), ("year", 2021, "the year of the report")),
        ((2019, 2021), ("baseline_year", 2020, "the year that it is compared with")),
        ((2021, 2020), ("first_year", 2019, "the first year that it shows")),
    ],
)
def test_a_year_without_assessments_is_told_with_those_there_are(tmp_path, years, lacking) -> None:
    column, year, meaning = lacking
    expected = f"{meaning}, of which there are assessments: {min(years)}, {max(years)}"
    found = faults(edition(assessments=assessed(tmp_path, *years)))
    assert found == [told(column, year, expected)]


def test_a_year_without_facts_is_told_as_such(tmp_path: Path) -> None:
    given = edition(targets=PRINTED, first_year=2018)
    expected = "the first year that it shows, of which there are facts to draw firms from: "
    assert faults(given) == [told("first_year", 2018, expected + "2019, 2020, 2021")]


def test_each_year_that_lacks_in_between_is_told_in_its_order(tmp_path: Path) -> None:
    answers = assessed(tmp_path, 2021, 2020, 2016, 2022)
    found = faults(edition(assessments=answers, first_year=2016))
    expected = (
        "assessments of {} too, as of each year from first_year on; "
        "there are 2016, 2020, 2021, 2022"
    )
    assert found == [told("first_year", 2016, expected.format(y)) for y in (2017, 2018, 2019)]


FIRMS = [("370000", "370200", "3921", "discrete"), ("110000", "110100", "1311", "process")]


@pytest.mark.parametrize(
    ("scope", "fits"),
    [
        ({"city": "苏州市"}, True),
        ({"city": "深圳市"}, False),
        ({"type": "process"}, True),
        ({"size": "large"}, True),
        ({"sector": "electronics"}, True),
        ({"sector": "materials"}, False),
        ({"industry": "13"}, True),
        ({"industry": "21"}, False),
        # Each part has firms, and no firm has both.
        ({"province": "山东省", "industry": "13"}, False),
        ({"province": "江苏省", "type": "process"}, False),
        ({"sector": "electronics", "type": "process"}, False),
    ],
)
def test_a_scope_has_a_firm_that_fits_all_of_it(tmp_path: Path, scope: dict, fits: bool) -> None:
    answers = assessed(tmp_path, 2019, 2020, 2021, firms=FIRMS)
    found = faults(edition(assessments=answers, scope=Scope.of(**scope)))
    assert [one.column for one in found] == ["scope"] * (not fits)


def test_firms_of_other_years_are_none_of_the_scope_and_it_is_told_by_its_name(tmp_path) -> None:
    answers = assessed(tmp_path, 2019, 2020, firms=FIRMS)
    expected = "a scope with firms in the assessments of 2021"
    found = faults(edition(assessments=answers, scope=Scope.of(province="江苏省")))
    assert found == [told("scope", "江苏省", expected)]


def test_a_narrower_edition_is_told_of_by_the_file_that_it_narrows() -> None:
    (found,) = faults(edition(id="2021-320000", base="2021", data_date="2020-01-01"))
    assert found.file == FILE
