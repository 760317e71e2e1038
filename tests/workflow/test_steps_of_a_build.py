"""The steps of a build, one by one: what each needs, runs and makes, and what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import Edition, Method, read_edition
from smdi.errors import InputErrors, Problem
from smdi.workflow import chapters
from smdi.workflow.pipeline import shared_steps, steps_of
from smdi.workflow.steps import Step

EDITIONS = ("2021", "2021-320000")
Steps = dict[str, dict[str, Step]]
# Behind the chapters, of whichever edition: what a step is called, needs beside chapters, runs and
# makes. W is the folder of work, F that of the edition, E its name.
BEHIND = {
    "reproduction": (
        *("reproduction", ""),
        *("check_reproduction.py --edition E W/reproduction.csv …", "W/reproduction.csv"),
    ),
    "assemble": (
        *("book assembled", "PROSE prepare", "assemble_book.py --edition E"),
        "W/source W/numbers.json",
    ),
    "site": (
        *("site", "assemble", "build_site.py --edition E --log W/logs/site.log"),
        "W/sphinx/html",
    ),
    "pdf": (
        *("PDF", "assemble", "build_pdf.py --edition E W/report.pdf --log W/logs/pdf.log"),
        "W/report.pdf",
    ),
    "gate:values": (
        *("values looked through", "assemble"),
        *("gate_edition.py --edition E --only values --report W/gate.json", "W/gate.json"),
    ),
    "gate:book": (
        *("book looked through", "FIRMS assemble reproduction pdf"),
        *("gate_edition.py --edition E --only book --clean W/cache/clean-book.json", ""),
    ),
    "gate:site": (
        *("site looked through", "FIRMS site"),
        *("gate_edition.py --edition E --only site --clean W/cache/clean-site.json", ""),
    ),
    "publish": (
        *("released", "reproduction assemble site pdf gate:values gate:book gate:site"),
        "publish_edition.py --edition E",
        "F/site F/report.pdf F/numbers.json F/reproduction.csv F/source",
    ),
}
FIRMS = {
    "2021": {
        "simulate": (
            *("assessments, simulated", ""),
            "simulate_assessments.py W/assessments.parquet --seed 20211231"
            " --facts data/published/2021.csv --report W/simulation.json",
            "W/assessments.parquet W/simulation.json",
        ),
        "score": (
            *("scores", "simulate"),
            "score_assessments.py W/assessments.parquet W/scores.parquet --edition E",
            "W/scores.parquet",
        ),
        "prepare": (
            *("population prepared", "score"),
            *("prepare_population.py W/scores.parquet W/population.arrow", "W/population.arrow"),
        ),
        "protect": (
            *("values that may be seen", "prepare"),
            "protect_release.py W/population.arrow W/protection.json --edition E",
            "W/protection.json",
        ),
        "together": (
            *("values that narrower scopes may show", "prepare"),
            "protect_release.py W/population.arrow W/together.json --edition E --together",
            "W/together.json",
        ),
        "lint": ("prose and print", "", "lint_prose.py …", ""),
    },
    "2021-320000": {
        "prepare": (
            *("firms of the edition 2021", "", "share_firms.py --edition E"),
            "W/scores.parquet W/population.arrow W/simulation.json",
        ),
        "protect": (
            *("values that may be seen", "prepare"),
            "protect_release.py W/population.arrow W/protection.json --edition E"
            " --beside _build/2021/work/together.json",
            "W/protection.json",
        ),
    },
}
FIRST = {"2021": "score", "2021-320000": "prepare"}
# A narrower scope has the prose of the edition that it narrows.
PROSE = {"2021": "lint ", "2021-320000": ""}
ROWS = [(e, name) for e in EDITIONS for name in (*FIRMS[e], *BEHIND)]


@pytest.fixture(scope="module")
def plans() -> Steps:
    return {name: steps_of(read_edition(name)) for name in EDITIONS}


def given(**changes: object) -> Edition:
    return read_edition("2021").model_copy(update=changes)


def shown(step: Step, edition: str) -> tuple[str, ...]:
    """Write a step as the tables above do."""
    words = list(step.command)
    if step.name in ("reproduction", "lint"):
        words = [*words[: 4 if step.name == "reproduction" else 1], "…"]
    needs = [need for need in step.needs if not need.startswith(("chapter:", "profile:"))]
    folder = f"_build/{edition}"
    rows = (" ".join(row) for row in ([step.label], needs, words, step.outputs))
    label, needed, command, made = (
        row.replace(f"{folder}/work", "W").replace(folder, "F") for row in rows
    )
    command = command.removeprefix("scripts/").replace(f"--edition {edition}", "--edition E")
    return label, needed, command, made


@pytest.mark.parametrize(("edition", "name"), ROWS, ids=map("-".join, ROWS))
def test_a_step_is_called_needs_runs_and_makes(plans: Steps, edition: str, name: str) -> None:
    expected = {**FIRMS[edition], **BEHIND}[name]
    own = {"FIRMS": FIRST[edition], "PROSE ": PROSE[edition]}
    for word, name_there in own.items():
        expected = tuple(text.replace(word, name_there) for text in expected)
    assert shown(plans[edition][name], edition) == expected


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_step_stands_behind_those_that_it_needs(plans: Steps, edition: str) -> None:
    before: set[str] = set()
    for name, step in plans[edition].items():
        assert (step.name, set(step.needs) - before) == (name, set())
        before.add(name)
    of_book = {name for name in before if not name.startswith(("chapter:", "profile:"))}
    assert of_book == {*FIRMS[edition], *BEHIND}


@pytest.mark.parametrize("edition", EDITIONS)
def test_facts_of_all_chapters_but_that_of_reproduction_are_compared(plans, edition: str) -> None:
    steps = plans[edition]
    compared = [n for n in steps if n.startswith("chapter:") and n != "chapter:reproduction"]
    step = steps["reproduction"]
    assert list(step.needs) == compared
    facts = [f"{steps[name].outputs[0]}/facts.csv" for name in compared]
    assert (list(step.command[4:]), step.reads) == (facts, ("facts.csv",))
    assert step.parameters == {"pending": (), "edition": edition}
    chapters_and_profiles = {n for n in steps if n.startswith(("chapter:", "profile:"))}
    assert chapters_and_profiles <= set(steps["assemble"].needs)


@pytest.mark.parametrize(
    ("edition", "name", "needs"),
    [
        ("2021", "national-levels", ("prepare", "protect")),
        ("2021", "scoring", ()),
        ("2021", "simulation", ("simulate",)),
        ("2021", "audit", ()),
        ("2021", "confidentiality", ("protect", "together")),
        ("2021", "reproduction", ("reproduction",)),
        ("2021-320000", "national-levels", ("prepare", "protect")),
        ("2021-320000", "simulation", ("prepare",)),
        ("2021-320000", "confidentiality", ("protect",)),
    ],
)
def test_a_chapter_needs_what_makes_what_it_reads(plans, edition: str, name: str, needs) -> None:
    assert plans[edition][f"chapter:{name}"].needs == needs


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", ["national-levels", "scoring"])
def test_a_chapter_is_run_into_its_folder_with_its_parameters(plans, edition, name) -> None:
    read = read_edition(edition)
    step = plans[edition][f"chapter:{name}"]
    work = f"_build/{edition}/work"
    own = [f"edition={edition}"]
    if name == "national-levels":
        province = "江苏省" if edition == "2021-320000" else ""
        own += [f"province={province}", "city=", "size=", "type=", "sector=", "industry="]
    assert step.command[:3] == ("scripts/execute_chapter.py", name, f"{work}/chapters/{name}")
    assert sorted(step.command[3:-6]) == sorted(own)
    log = f"{work}/logs/chapter-{name}.log"
    assert step.command[-6:] == ("--products", work, "--edition", edition, "--log", log)
    assert (step.outputs, step.label) == ((f"{work}/chapters/{name}",), f"chapter {name}")
    assert set(chapters.chapter_inputs(read, name)) <= set(step.inputs)
    assert f"notebooks/{name}.md" in step.inputs
    assert step.parameters["given"] == dict(word.split("=") for word in own)


def test_a_profile_is_run_into_its_folder_with_its_scope(plans: Steps) -> None:
    work = "_build/2021/work"
    for name, province, industry in (("province-320000", "江苏省", ""), ("industry-36", "", "36")):
        step = plans["2021"][f"profile:{name}"]
        folder, log = f"{work}/chapters/{name}", f"{work}/logs/profile-{name}.log"
        assert step.command == (
            *("scripts/execute_chapter.py", "profile", folder, "edition=2021"),
            *(f"province={province}", f"industry={industry}"),
            *("--products", work, "--edition", "2021", "--log", log),
        )
        assert (step.outputs, step.label) == ((folder,), f"profile {name}")
        assert set(step.parameters) == {"edition"}


def test_each_step_follows_what_of_the_edition_it_is_about(plans: Steps) -> None:
    steps = plans["2021"]
    assert steps["simulate"].parameters == {"seed": 20211231}
    assert steps["score"].parameters == {"method": Method().model_dump(mode="json")}
    decides = {"id", "year", "baseline_year", "scope", "thresholds", "disclosure", "ranks"}
    for name in ("protect", "together"):
        assert set(steps[name].parameters) == decides
    settings = steps["pdf"].parameters
    assert {"title", "data_date", "language"} <= set(settings)
    assert not {"seed", "targets", "assessments", "limits", "profiles"} & set(settings)
    for name in ("gate:values", "gate:book", "gate:site"):
        assert steps[name].parameters == settings
    pages = {"pages": ["provinces", "industries"], "printed": False}
    assert steps["assemble"].parameters == {**settings, "profiles": pages}
    assert steps["chapter:sme"].parameters["edition"] == settings
    assert steps["profile:industry-36"].parameters == {"edition": settings}


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("simulate", {"data/published/2021.csv", "data/simulation.yaml"}),
        ("reproduction", {"data/published/2021.csv"}),
        ("gate:values", {"data/published/2021.csv", "data/language/zh.yaml"}),
        ("lint", {"book/index.md", "data/prose-allowlist.yaml", "notebooks/sme.md"}),
        ("assemble", {"_config.yml", "_toc.yml", "book/index.md", "data/language/zh.yaml"}),
        ("site", {"src/smdi/publishing/sphinx_ext/__init__.py", "data/language/zh.yaml"}),
        ("pdf", {"src/typst_book/template/theme.typ", "src/smdi/publishing/sphinx_ext/tables.py"}),
    ],
)
def test_a_step_is_made_from_these_files_among_others(plans: Steps, name: str, files) -> None:
    inputs = plans["2021"][name].inputs
    assert files <= set(inputs)
    assert list(inputs) == sorted(set(inputs))


def test_a_narrower_edition_is_made_from_what_the_wider_one_made(plans: Steps) -> None:
    steps = plans["2021-320000"]
    shared = [f"_build/2021/work/{n}" for n in ("scores.parquet", "population.arrow")]
    assert {*shared, "_build/2021/work/simulation.json"} <= set(steps["prepare"].inputs)
    assert "_build/2021/work/together.json" in steps["protect"].inputs


def test_what_narrower_editions_share_is_firms_what_these_may_show_and_prose(plans) -> None:
    found = shared_steps(read_edition("2021"))
    firms = ["simulate", "score", "prepare", "protect"]
    assert list(found) == [*firms, "together", "lint"]
    assert found == {name: plans["2021"][name] for name in found}
    protected = given(disclosure=read_edition("2021").disclosure.model_copy(
        update={"rule": "protected"}
    ))  # fmt: skip
    assert list(shared_steps(protected)) == [*firms, "lint"]


def test_given_assessments_are_an_input_of_scoring_and_nothing_is_drawn() -> None:
    steps = shared_steps(given(assessments=Path("private/a.parquet")))
    assert list(steps) == ["score", "prepare", "protect", "together", "lint"]
    assert steps["score"].needs == ()
    assert "private/a.parquet" in steps["score"].inputs
    assert steps["score"].command[1] == "private/a.parquet"


def test_firms_that_are_to_be_drawn_need_facts_or_are_given() -> None:
    with pytest.raises(InputErrors) as caught:
        shared_steps(given(targets=None, published=None))
    expected = "targets, the facts that simulated firms keep, or assessments that are given"
    assert caught.value.problems == (Problem("edition 2021", None, None, None, expected),)
