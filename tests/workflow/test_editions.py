from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors

GOOD = """\
year: 2021
baseline_year: 2020
first_year: 2019
title: 报告
publisher: 研究组
data_date: 2021-12-31
"""


def write(folder: Path, text: str) -> Path:
    (folder / "test.yaml").write_text(text, "utf-8")
    return folder


def faults(folder: Path, text: str) -> dict[str | None, str]:
    with pytest.raises(InputErrors) as caught:
        read_edition("test", write(folder, text))
    assert all(problem.file.endswith("test.yaml") for problem in caught.value.problems)
    return {problem.column: problem.expected for problem in caught.value.problems}


def test_the_default_edition_is_simulated_and_held_to_the_published_facts() -> None:
    edition = read_edition("2021")
    assert edition.simulated
    assert edition.published == Path("data/published/2021.csv")
    assert edition.thresholds.industry_firms == 300
    assert edition.thresholds.class_firms == 100


def test_a_short_file_gets_the_defaults(tmp_path: Path) -> None:
    edition = read_edition("test", write(tmp_path, GOOD))
    assert edition.ranks.cities == 50
    assert edition.scope.province == ""


def test_an_unknown_key_is_answered_with_those_that_are_known(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD + "assesments: x.parquet\nthresholds: {class_firm: 3}\n")
    assert "assessments" in found["assesments"]
    assert "class_firms" in found["thresholds.class_firm"]


def test_every_fault_of_a_file_is_reported_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("2021-12-31", "soon").replace("title: 报告\n", "") + "seed: -1\n"
    assert set(faults(tmp_path, text)) == {"data_date", "title", "seed"}


def test_years_must_stand_in_order(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD.replace("baseline_year: 2020", "baseline_year: 2021"))
    assert "first_year <= baseline_year < year" in "".join(found.values())


def test_a_file_of_assessments_must_exist(tmp_path: Path) -> None:
    assert "existing" in faults(tmp_path, GOOD + "assessments: gone.parquet\n")["assessments"]


def test_what_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as caught:
        read_edition("test", write(tmp_path, GOOD + "a: [1\n"))
    assert caught.value.problems[0].row is not None


def test_an_unknown_edition_is_answered_with_those_that_are_known() -> None:
    with pytest.raises(InputErrors, match="known: 2021"):
        read_edition("1999")


def test_an_edition_of_a_narrower_scope_needs_no_file() -> None:
    edition = read_edition("2021-320000-39")
    assert edition.scope.given == {"province": "江苏省", "industry": "39"}
    assert (edition.base, edition.published) == ("2021", None)
    assert edition.folder == Path("_build/2021-320000-39")
    assert read_edition("2021-39-320000").id == "2021-320000-39"


def test_a_narrower_scope_that_is_none_is_refused() -> None:
    with pytest.raises(InputErrors, match="codes of a scope"):
        read_edition("2021-jiangsu")


def test_the_scope_of_a_file_is_understood_and_its_faults_told_beside_others(tmp_path) -> None:
    good = write(tmp_path, GOOD + "scope: {province: 江苏, industry: 39}\n")
    assert read_edition("test", good).scope.given == {"province": "江苏省", "industry": "39"}
    found = faults(tmp_path, GOOD + "scope: {province: 江南, siz: 大}\nseed: -1\n")
    assert set(found) == {"province", "siz", "seed"}


def test_facts_of_the_nation_do_not_judge_a_scope(tmp_path: Path) -> None:
    facts = Path("data/published/2021.csv")
    found = faults(tmp_path, GOOD + f"scope: {{province: 江苏}}\npublished: {facts}\n")
    assert "the nation's" in found["published"]
    edition = read_edition("2021-320000")
    assert (edition.published, edition.facts_to_keep) == (None, facts)


def test_an_edition_makes_everything_in_its_own_folder() -> None:
    edition = read_edition("2021")
    assert edition.folder == Path("_build/2021")
    assert edition.folder in edition.work.parents


def test_a_date_that_no_calendar_has_and_a_key_given_twice_are_faults(tmp_path: Path) -> None:
    assert "valid YAML" in faults(tmp_path, GOOD.replace("2021-12-31", "2022-13-31"))[None]
    with pytest.raises(InputErrors, match="the key 'year' a second time"):
        read_edition("test", write(tmp_path, GOOD + "year: 2022\n"))
