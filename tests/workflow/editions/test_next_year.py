"""Next year's edition: what is written, what is asked for, and what does not fit its data."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors
from smdi.workflow.editions import next_year, readiness

LAST = """# The national edition of 2021.
year: 2021
baseline_year: 2020
first_year: 2019
title: 智能制造发展指数报告（2021）
publisher: 研究组  # who issues it
data_date: 2021-12-31
seed: 20211231
assessments: null
published: data/published/2021.csv
thresholds: {class_firms: 7}
"""
FIRMS = [("320000", "320500", "3670"), ("370000", "370200", "3921")]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one edition and the facts that it names."""
    data = Path("data").absolute()
    (tmp_path / "data/editions").mkdir(parents=True)
    for name in ("published", "standards"):
        (tmp_path / "data" / name).symlink_to(data / name)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_toc.yml").touch()
    (tmp_path / "data/editions/2021.yaml").write_text(LAST, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def answers(project: Path) -> Callable[..., Path]:
    """Write assessments of these years, two firms in each."""

    def write(*years: int) -> Path:
        rows = [
            {"year": year, "province": province, "city": city, "industry": industry}
            | {"process_type": "discrete"}
            for year in years
            for province, city, industry in FIRMS
        ]
        path = project / "answers.parquet"
        pq.write_table(pa.Table.from_pylist(rows), path)
        return path

    return write


def edition(**changes: object) -> Edition:
    made = {**yaml.safe_load(LAST), "id": "2021", "published": None, **changes}
    return Edition.model_validate(made)


def columns(problems: list) -> set[str]:
    return {problem.column for problem in problems}


# -- what is written -----------------------------------------------------------------------------


def test_all_that_follows_from_the_year_is_written_and_the_rest_stays(project: Path) -> None:
    made = next_year.draft(2022)
    next_year.write(made)
    content = yaml.safe_load((project / "data/editions/2022.yaml").read_text("utf-8"))
    assert content == {
        "year": 2022,
        "baseline_year": 2021,
        "first_year": 2020,
        "title": "智能制造发展指数报告（2022）",
        "publisher": "研究组",
        "data_date": datetime.date(2022, 12, 31),
        "seed": 20221231,
        "assessments": "private/assessments-2022.parquet",
        "published": None,
        "thresholds": {"class_firms": 7},
    }
    assert "# who issues it" in made.text
    assert made.text.startswith("# The national edition of 2022.")


def test_the_written_edition_is_one(project: Path, answers: Callable[..., Path]) -> None:
    next_year.write(next_year.draft(2022, str(answers(2020, 2021, 2022))))
    assert readiness.faults(read_edition("2022")) == []


def test_what_is_still_to_supply_names_the_file_and_the_command(project: Path) -> None:
    told = "\n".join(next_year.still_to_supply(next_year.draft(2022), 2022))
    assert "make import" in told
    assert "private/assessments-2022.parquet" in told
    assert "data/published/2022.csv" in told


def test_assessments_that_are_there_are_not_asked_for(project: Path, answers) -> None:
    made = next_year.draft(2022, str(answers(2022)))
    assert "make import" not in "\n".join(next_year.still_to_supply(made, 2022))


def test_an_edition_that_is_there_is_not_written_over(project: Path) -> None:
    made = next_year.draft(2022)
    next_year.write(made)
    (project / "data/editions/2022.yaml").write_text("mine", "utf-8")
    with pytest.raises(InputErrors, match="has no edition yet"):
        next_year.write(made)
    assert (project / "data/editions/2022.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("year", [2021, 2019, 2040])
def test_a_year_that_follows_no_edition_is_refused_with_those_that_there_are(
    project: Path, year: int
) -> None:
    with pytest.raises(InputErrors, match="there are: 2021"):
        next_year.draft(year)


@pytest.mark.parametrize("text", ["22", "zweitausend", "", "2022; touch X", "1999"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(InputErrors, match="YEAR=2022"):
        next_year.parse_year(text)


# -- what does not fit ---------------------------------------------------------------------------


def test_an_edition_that_fits_has_no_faults(project: Path, answers) -> None:
    assert readiness.faults(edition(assessments=answers(2019, 2020, 2021))) == []


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2019, 2020), {"year"}),
        ((2019, 2021), {"baseline_year"}),
        ((2020, 2021), {"first_year"}),
        ((2018,), {"year", "baseline_year", "first_year"}),
    ],
)
def test_a_year_without_assessments_is_told_with_those_that_have_some(
    project: Path, answers, years, expected
) -> None:
    problems = readiness.faults(edition(assessments=answers(*years)))
    assert columns(problems) == expected
    assert all(str(years[0]) in problem.expected for problem in problems)


def test_a_year_that_lacks_in_between_is_told(project: Path, answers) -> None:
    changes = {"baseline_year": 2018, "first_year": 2018, "assessments": answers(2018, 2019, 2021)}
    (problem,) = readiness.faults(edition(**changes))
    assert "of 2020 too" in problem.expected


def test_facts_of_another_year_are_refused(project: Path, answers) -> None:
    changes = {
        **{"year": 2022, "baseline_year": 2021, "first_year": 2020, "title": "报告"},
        **{"data_date": "2022-12-31", "published": "data/published/2021.csv"},
        "assessments": answers(2020, 2021, 2022),
    }
    (problem,) = readiness.faults(edition(**changes))
    assert (problem.column, "these are of 2021" in problem.expected) == ("published", True)


def test_a_title_and_a_date_of_another_year_are_refused(project: Path, answers) -> None:
    changes = {"title": "报告（2020）", "data_date": "2020-12-31"}
    problems = readiness.faults(edition(assessments=answers(2019, 2020, 2021), **changes))
    assert columns(problems) == {"title", "data_date"}


@pytest.mark.parametrize(
    ("scope", "fits"),
    [
        ({"province": "江苏省"}, True),
        ({"province": "浙江省"}, False),
        ({"city": "青岛市"}, True),
        ({"industry": "39"}, True),
        ({"industry": "13"}, False),
        ({"sector": "electronics"}, True),
        ({"type": "process"}, False),
        ({"province": "江苏省", "industry": "39"}, False),
    ],
)
def test_a_scope_without_firms_is_refused(project: Path, answers, scope, fits: bool) -> None:
    problems = readiness.faults(edition(assessments=answers(2019, 2020, 2021), scope=scope))
    assert columns(problems) == (set() if fits else {"scope"})


def test_everything_comes_in_one_report(project: Path, answers) -> None:
    changes = {"title": "报告（2020）", "scope": {"province": "浙江省"}}
    problems = readiness.faults(edition(assessments=answers(2021), **changes))
    assert columns(problems) == {"title", "scope", "baseline_year", "first_year"}


def test_firms_that_keep_no_facts_may_be_drawn_of_any_year(project: Path) -> None:
    assert readiness.years_of(edition()) == {}
    assert readiness.faults(edition()) == []


def test_firms_that_are_still_to_be_drawn_have_the_years_of_their_facts(project: Path) -> None:
    drawn = edition(published="data/published/2021.csv")
    assert readiness.faults(drawn) == []
    assert set(readiness.years_of(drawn)) == {2019, 2020, 2021}
