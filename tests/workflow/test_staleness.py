"""What a change makes out of date: each kind of input once, with the steps that read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import Disclosure, Edition, Limits, Method, Ranks, Thresholds, read_edition
from smdi.errors import InputErrors, Problem
from smdi.publishing import build
from smdi.workflow import steps
from smdi.workflow.pipeline import steps_of
from smdi.workflow.steps import Step

# `chapters` stands for every chapter, `profiles` for every profile of a province or industry,
# `gates` for what looks through values, site and all else.
ALL = {
    "simulate", "score", "prepare", "protect", "together", "chapters", "profiles", "reproduction",
    "lint", "assemble", "site", "pdf", "gates", "publish",
}  # fmt: skip
# The first page leads on by a map.
MAPS = {"chapter:participation", "chapter:regions", "site", "pdf"}
READ_BY = {
    "requirements.lock": ALL,
    "Snakefile": ALL,
    "scripts/run_step.py": ALL,
    "data/standards/weights.csv": ALL,
    "data/simulation.yaml": {"simulate"},
    "src/smdi/simulation/population/firms.py": {"simulate"},
    "src/smdi/disclosure/sums.py": {"protect", "together"},
    "data/published/2021.csv": {
        "simulate",
        "chapters",
        "profiles",
        "reproduction",
        "gates",
    },
    "data/published/2021.exhibits.yaml": {
        "simulate",
        "chapters",
        "profiles",
        "reproduction",
        "gates",
    },
    "data/boundaries/provinces.geojson": MAPS,
    "src/smdi/report/maps/choropleth.py": MAPS,
    "src/smdi/indicators/sme.py": {"protect", "together", "chapter:sme"},
    "notebooks/sme.md": {"chapter:sme", "lint"},
    "_config.yml": {"lint", "assemble"},
    "_toc.yml": {"lint", "assemble"},
    "book/index.md": {"lint", "assemble"},
    "data/prose-allowlist.yaml": {"lint"},
    "src/smdi/publishing/lint/quantities.py": {"lint"},
    "data/language/zh.yaml": {
        "chapters",
        "profiles",
        "lint",
        "assemble",
        "site",
        "pdf",
        "gates",
    },
    "src/smdi/publishing/sphinx_ext/exhibit.py": {"site", "pdf"},
    "src/typst_book/template/theme.typ": {"pdf"},
    "src/typst_book/compiling.py": {"lint", "pdf"},
    "src/smdi/publishing/gate/content.py": {"gates"},
    "src/smdi/publishing/release.py": {"gates", "publish"},
    "scripts/simulate_assessments.py": {"simulate"},
    "scripts/score_assessments.py": {"score"},
    "scripts/prepare_population.py": {"prepare"},
    "scripts/protect_release.py": {"protect", "together"},
    "scripts/execute_chapter.py": {"chapters", "profiles"},
    "scripts/check_reproduction.py": {"reproduction"},
    "scripts/lint_prose.py": {"lint"},
    "scripts/assemble_book.py": {"assemble"},
    "scripts/build_site.py": {"site"},
    "scripts/build_pdf.py": {"pdf"},
    "scripts/gate_edition.py": {"gates"},
    "scripts/publish_edition.py": {"publish"},
    "src/smdi/publishing/build.py": set(),
}


def named(found: set[str], plan: dict[str, Step]) -> set[str]:
    """Return names of steps, with one name for all chapters, for all profiles and all gates."""
    for kind in ("chapter", "profile", "gate"):
        own = {name for name in plan if name.startswith(f"{kind}:")}
        found = (found - own) | {f"{kind}s"} if own and own <= found else found
    return found


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition("2021")


@pytest.fixture(scope="module")
def plan(edition: Edition) -> dict[str, Step]:
    return steps_of(edition)


@pytest.mark.parametrize("path", READ_BY)
def test_a_changed_file_makes_the_steps_stale_that_read_it(plan, path: str) -> None:
    assert Path(path).is_file()
    assert (
        named({name for name, step in plan.items() if path in step.inputs}, plan) == (READ_BY[path])
    )


@pytest.mark.parametrize("name", ["2021", "2021-320000"])
def test_each_step_stands_behind_those_it_needs(name: str) -> None:
    before: set[str] = set()
    for step in steps_of(read_edition(name)).values():
        assert before.issuperset(step.needs), step.name
        before.add(step.name)


def test_no_step_reads_what_is_made_of_the_code(plan: dict[str, Step]) -> None:
    inputs = {path for step in plan.values() for path in step.inputs}
    assert len(inputs) > 300
    assert {path for path in inputs if "__pycache__" in path or "/." in path} == set()


BOOK = {"chapters", "profiles", "assemble", "pdf", "gates"}
SAID = {
    "seed": (1, {"simulate"}),
    "targets": (Path("data/published/readings.yaml"), {"simulate"}),
    "pending_exhibits": (("fig-99",), {"reproduction"}),
    "limits": (Limits(chapter_seconds=1), set()),
    "title": ("另一标题", BOOK),
    "method": (Method(summation="strict"), {"score", *BOOK}),
    "thresholds": (Thresholds(class_firms=99), {"protect", "together", *BOOK}),
    "disclosure": (Disclosure(rule="as_printed", minimum=9), {"protect", "together", *BOOK}),
    "ranks": (Ranks(growth=9), {"protect", "together", *BOOK}),
}


@pytest.mark.parametrize("key", SAID)
def test_what_an_edition_says_is_a_parameter_of_the_steps_that_it_decides(
    edition: Edition, plan: dict[str, Step], key: str
) -> None:
    value, expected = SAID[key]
    after = steps_of(edition.model_copy(update={key: value}))
    told = {name: (step.parameters, step.command) for name, step in after.items()}
    other = {name for name, step in plan.items() if told[name] != (step.parameters, step.command)}
    assert named(other, plan) == expected


def test_narrower_editions_neither_draw_nor_score_firms_nor_look_through_the_prose() -> None:
    narrow = steps_of(read_edition("2021-320000"))
    assert not {"simulate", "score", "lint"} & {*narrow, *narrow["assemble"].needs}
    assert "_build/2021/work/scores.parquet" in narrow["prepare"].inputs


@pytest.fixture
def three(edition: Edition, monkeypatch, tmp_path: Path) -> dict[str, Step]:
    """Have three steps, each of a file of its own and of the step before, made and recorded."""
    made: dict[str, Step] = {}
    for before, name in (("", "first"), ("first", "second"), ("second", "third")):
        for kind in ("in", "out"):
            (tmp_path / f"{name}.{kind}").write_text(f"{kind} of {name}")
        files = (str(tmp_path / f"{name}.in"),), (str(tmp_path / f"{name}.out"),)
        made[name] = Step(name, files[0], (before,) * bool(before), files[1])
    steps.forget_digests()
    monkeypatch.setattr(Edition, "work", tmp_path)
    results: dict[str, dict[str, str]] = {}
    for name, step in made.items():
        state = steps.state_of(step, results)
        results[name] = state.outputs
        steps.write_record(steps.record_path(edition, name), state)
    monkeypatch.setattr(build, "steps_of", lambda _: made)
    return made


@pytest.mark.parametrize(
    ("file", "stale"),
    [
        (None, {}),
        ("third.in", {"third": ()}),
        ("second.in", {"second": (), "third": ("second",)}),
        ("first.in", {"first": (), "second": ("first",), "third": ("second",)}),
        ("second.out", {"second": (), "third": ("second",)}),
    ],
)
def test_what_follows_a_stale_step_is_stale(edition, three, tmp_path, file, stale) -> None:
    if file:
        (tmp_path / file).write_text("another")
    plan, found = build.stale_steps(edition)
    assert plan == three
    assert {step.name: step.follows for step in found} == stale
    if file:
        kind = "changed" if file.endswith("in") else "altered"
        assert found[0].reasons == (f"{tmp_path}/{file} {kind}",)


def test_a_record_that_is_set_aside_still_says_what_a_step_was_made_from(
    edition, three, tmp_path
) -> None:
    record = steps.record_path(edition, "third")
    record.rename(steps.set_aside(record))
    assert build.stale_steps(edition)[1] == []


def test_an_edition_that_departs_from_its_data_is_told_before_anything_runs(
    edition, three, monkeypatch, tmp_path
) -> None:
    fault = Problem("data/editions/2021.yaml", None, "year", 2021, "a year of the data")
    monkeypatch.setattr("smdi.workflow.editions.readiness.faults", lambda _: [fault])
    assert build.stale_steps(edition)[1] == []  # as released: it was asked then
    (tmp_path / "first.in").write_text("another")
    with pytest.raises(InputErrors, match="a year of the data"):
        build.stale_steps(edition)
