"""From which files each step of a build is made: its script, what that reaches, and these data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smdi.edition import read_edition
from smdi.workflow.dependencies import depends, files_under
from smdi.workflow.pipeline import steps_of
from smdi.workflow.steps import Step, jobs_of

EDITIONS = ("2021", "2021-320000")
Plans = dict[str, dict[str, Step]]
ENGINE = {"Snakefile", *depends(Path("scripts/run_step.py"))}
WORDS = {"data/language/zh.yaml"}
FACTS = {"data/published/2021.csv"}
SHARED = {f"_build/2021/work/{n}" for n in ("scores.parquet", "population.arrow")}
# What a step is made from beside its script and what runs it, where that is all.
BESIDE: dict[tuple[str, str], set[str]] = {
    ("2021", "simulate"): FACTS,
    ("2021", "score"): set(),
    ("2021", "prepare"): set(),
    ("2021", "protect"): set(),
    ("2021", "together"): set(),
    ("2021", "reproduction"): FACTS,
    ("2021", "gate:values"): FACTS | WORDS,
    ("2021", "gate:book"): FACTS | WORDS,
    ("2021", "gate:site"): FACTS | WORDS,
    ("2021", "publish"): set(),
    ("2021-320000", "prepare"): SHARED | {"_build/2021/work/simulation.json"},
    ("2021-320000", "protect"): {"_build/2021/work/together.json"},
}


@pytest.fixture(scope="module")
def plans() -> Plans:
    return {name: steps_of(read_edition(name)) for name in EDITIONS}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_step_is_made_from_its_script_and_all_that_it_reaches(plans, edition: str) -> None:
    for step in plans[edition].values():
        assert set(depends(Path(step.command[0]))) <= set(step.inputs), step.name
        assert set(step.inputs) >= ENGINE, step.name
        assert list(step.inputs) == sorted({*step.inputs}), step.name


@pytest.mark.parametrize(("edition", "name"), BESIDE, ids=map("-".join, BESIDE))
def test_a_step_is_made_from_its_script_and_these_data_alone(plans, edition, name) -> None:
    step = plans[edition][name]
    expected = {*depends(Path(step.command[0])), *ENGINE, *BESIDE[edition, name]}
    assert set(step.inputs) == expected


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_book_is_assembled_from_all_pages_and_its_settings(plans: Plans, edition: str) -> None:
    inputs = set(plans[edition]["assemble"].inputs)
    pages = {str(path) for path in Path("book").rglob("*") if path.is_file()}
    shown = {path for path in pages if not re.search(r"/(\.|__pycache__)", path)}
    assert shown | {"_config.yml", "_toc.yml"} | WORDS <= inputs
    assert set(files_under(Path("book"))) == shown


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_pdf_is_made_from_the_templates_and_the_site_is_not(plans, edition: str) -> None:
    template = {str(path) for path in Path("src/typst_book/template").rglob("*.typ")}
    assert template and template <= set(plans[edition]["pdf"].inputs)
    assert not template & set(plans[edition]["site"].inputs)
    extension = "src/smdi/publishing/sphinx_ext/exhibit.py"
    for name in ("pdf", "site"):
        assert {extension, *WORDS} <= set(plans[edition][name].inputs)
    assert "src/typst_book/builder.py" in plans[edition]["pdf"].inputs


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_prose_is_looked_through_where_it_is_an_edition_s_own(plans, edition: str) -> None:
    assert ("lint" in plans[edition]) == (edition == "2021")
    if edition == "2021":
        step = plans[edition]["lint"]
        assert set(step.command[1:]) <= set(step.inputs)
        assert "notebooks/sme.md" in step.command


def test_each_profile_is_made_from_the_notebook_of_profiles(plans: Plans) -> None:
    made = [step for name, step in plans["2021"].items() if name.startswith("profile:")]
    assert len(made) > 34
    for step in made:
        assert "notebooks/profile.md" in step.inputs
        assert step.needs == ("prepare", "together")
        assert step.reads == ()


def test_profiles_share_jobs_in_fours_and_all_else_is_a_job_of_its_own(plans: Plans) -> None:
    jobs = jobs_of(plans["2021"])
    profiles = [names for names in jobs if names[0].startswith("profile:")]
    assert [len(names) for names in profiles] == [4] * 15 + [2]
    for names in profiles:
        assert len({plans["2021"][name].needs for name in names}) == 1
    assert all(len(names) == 1 for names in jobs if names not in profiles)


def test_profiles_of_an_edition_that_shows_what_it_protects_need_its_own_decision() -> None:
    edition = read_edition("2021")
    rule = edition.disclosure.model_copy(update={"rule": "protected"})
    steps = steps_of(edition.model_copy(update={"disclosure": rule}))
    made = [step for name, step in steps.items() if name.startswith("profile:")]
    assert {step.needs for step in made} == {("prepare", "protect")}
    assert "together" not in steps


def test_facts_that_lie_elsewhere_are_inputs_of_what_compares_and_of_what_looks_through() -> None:
    given = {"published": Path("private/facts.csv"), "targets": Path("private/targets.csv")}
    steps = steps_of(read_edition("2021").model_copy(update=given))
    for path, names in (
        ("private/facts.csv", {"reproduction", "gate:values", "gate:book", "gate:site"}),
        ("private/targets.csv", {"simulate"}),
    ):
        assert {name for name, step in steps.items() if path in step.inputs} == names
    assert "private/targets.csv" in steps["simulate"].command


@pytest.mark.parametrize("edition", EDITIONS)
def test_two_steps_read_a_part_of_what_they_need(plans, edition: str) -> None:
    """What compares facts, and what attacks the data of exhibits and the named values."""
    reads = {name: step.reads for name, step in plans[edition].items() if step.reads}
    data = ("exhibits/*.csv", "exhibits/*.json", "numbers/*.json", "numbers.json")
    assert reads == {"reproduction": ("facts.csv",), "gate:values": data}


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_published_follows_nothing_but_what_was_made(plans, edition: str) -> None:
    steps = plans[edition]
    without = {name for name, step in steps.items() if not step.parameters}
    others = {"prepare", "site", "publish"} | ({"lint"} if edition == "2021" else set())
    assert without == others
