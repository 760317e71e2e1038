"""Next year's edition at the bounds: what a year, a day and a title may be, and each word of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from smdi.errors import InputErrors, Problem
from smdi.workflow.editions import next_year

LAST = """{head}year: 2021
baseline_year: 2019
first_year: 2018
title: {title}
publisher: 研究组
data_date: {day}
seed: 5
disclosure:
  rule: as_printed
"""
Project = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Make a project whose one edition of a year is that of 2021."""
    (tmp_path / "data/editions").mkdir(parents=True)
    (tmp_path / "data/standards").symlink_to(Path("data/standards").absolute())
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_toc.yml").touch()
    monkeypatch.chdir(tmp_path)

    def make(title: str = "报告（2021）", day: str = "2021-12-31", head: str = "") -> Path:
        text = LAST.format(title=title, day=day, head=head)
        for name in ("2021", "2021-draft"):
            (tmp_path / f"data/editions/{name}.yaml").write_text(text, "utf-8")
        return tmp_path

    return make


def fault(ask: Callable[[], object]) -> Problem:
    with pytest.raises(InputErrors) as caught:
        ask()
    (problem,) = caught.value.problems
    return problem


def written(year: int) -> dict[str, object]:
    made = yaml.safe_load(next_year.draft(year).text)
    assert isinstance(made, dict)
    return made


@pytest.mark.parametrize("text", ["2022", " 2022 "])
def test_a_year_may_have_blanks_around_it(text: str) -> None:
    assert next_year.parse_year(text) == 2022


def test_what_is_no_year_is_told_as_it_was_given() -> None:
    expected = Problem("command line", None, "YEAR", "202", "a year, as YEAR=2022")
    assert fault(lambda: next_year.parse_year("202")) == expected


def test_a_year_may_follow_by_five_and_by_no_more(project: Project) -> None:
    project()
    assert next_year.draft(2026).last.id == "2021"
    expected = "a year after that of an edition, by 5 at most; there are: 2021"
    for year in (2027, 2021):
        told = Problem("command line", None, "YEAR", year, expected)
        assert fault(lambda year=year: next_year.draft(year)) == told


def test_a_project_without_an_edition_says_so(project: Project) -> None:
    (project() / "data/editions/2021.yaml").unlink()
    assert fault(lambda: next_year.draft(2022)).expected.endswith("there are: none")


def test_the_window_of_years_keeps_its_length_and_the_last_edition_is_the_baseline(project) -> None:
    project()
    made = written(2024)
    assert [made[key] for key in ("year", "baseline_year", "first_year")] == [2024, 2021, 2021]


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("2021-02-28", "2024-02-28"),
        ("2022-01-31", "2024-01-31"),
        ("2021-03-29", "2024-03-29"),
        # Whether the new year has a 29 February is not asked.
        ("2024-02-29", "2024-02-28"),
    ],
)
def test_the_day_is_the_same_one_and_one_that_each_year_has(project, day: str, date: str) -> None:
    project(day=day)
    assert str(written(2024)["data_date"]) == date


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("报告(2021)/a.b·c—d-e", "title: 报告(2024)/a.b·c—d-e"),
        ('"报告: 2021"', 'title: "报告: 2024"'),
        ("'报告 # 2021'", 'title: "报告 # 2024"'),
    ],
)
def test_a_title_is_quoted_where_it_would_be_read_otherwise(project, title: str, line: str) -> None:
    project(title=title)
    assert line in next_year.draft(2024).text.splitlines()


def test_what_the_last_file_lacks_is_added_unless_it_is_nothing(project: Project) -> None:
    project()
    lines = next_year.draft(2024).text.splitlines()
    assert lines[-1] == "assessments: private/assessments-2024.parquet"
    assert not [line for line in lines if line.startswith(("targets", "published"))]
    assert len([line for line in lines if line.startswith("seed:")]) == 1


def test_what_is_printed_of_one_year_is_a_rule_of_no_other(project: Project) -> None:
    project()
    assert written(2024)["disclosure"] == {"rule": "protected"}


@pytest.mark.parametrize(
    ("head", "begins"),
    [("# Of 2021, after 2020.\n# 2021\n", "# Of 2024, after 2020.\n# 2021\n"), ("", "year: 2024")],
)
def test_only_a_comment_on_the_first_line_is_brought_to_the_year(project, head, begins) -> None:
    project(head=head)
    assert next_year.draft(2024).text.startswith(begins)


def test_an_edition_that_is_there_is_told_by_its_file(project: Project) -> None:
    project()
    made = next_year.draft(2022)
    made.path.write_text("mine", "utf-8")
    told = Problem(str(made.path), None, None, None, "a year that has no edition yet")
    assert fault(lambda: next_year.write(made)) == told


def test_what_is_still_to_supply_comes_in_the_order_in_which_it_is_needed(project: Project) -> None:
    project()
    made = next_year.draft(2022, "mine.parquet")
    rest = [
        "data_date: the day to which the data reach, if it is not the one of 2021",
        "publisher, thresholds, ranks: as in 2021, if nothing is to change",
        "published: data/published/2022.csv, once the edition is in print and transcribed",
    ]
    asked = "the assessments: make import EXPORT=… MAPPING=… OUTPUT=mine.parquet"
    assert next_year.still_to_supply(made, 2022) == [asked, *rest]
    Path("mine.parquet").touch()
    assert next_year.still_to_supply(made, 2022) == rest
