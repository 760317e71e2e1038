"""An edition that was found to fit its data is not asked again before something of it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import Edition, read_edition
from smdi.errors import Problem
from smdi.workflow import steps
from smdi.workflow.editions import readiness, ready

FAULT = Problem("2021.yaml", None, "year", 2021, "another year")


@pytest.fixture
def given(tmp_path: Path, monkeypatch) -> Edition:
    """Have an edition with assessments of its own, and a build of it in the test's folder."""
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    (tmp_path / "work/steps").mkdir(parents=True)
    (tmp_path / "given.parquet").write_text("1")
    return read_edition("2021").model_copy(update={"assessments": tmp_path / "given.parquet"})


@pytest.fixture
def ask(monkeypatch):
    """Ask afresh; give what is wrong and whether it was looked for."""

    def ask(edition: Edition, *faults: Problem) -> tuple[list[Problem], bool]:
        asked: list[Edition] = []
        monkeypatch.setattr(readiness, "faults", lambda one: asked.append(one) or [*faults])
        steps.forget_digests()
        return ready.faults(edition), bool(asked)

    return ask


def test_what_fits_is_asked_once(given, ask) -> None:
    assert ask(given) == ([], True)
    assert ask(given, FAULT) == ([], False)


def test_what_does_not_fit_is_asked_each_time(given, ask) -> None:
    assert ask(given, FAULT) == ([FAULT], True)
    assert ask(given, FAULT) == ([FAULT], True)


def test_other_data_and_other_settings_are_asked_about(given, ask, tmp_path: Path) -> None:
    ask(given)
    assert ask(given.model_copy(update={"year": 2022}), FAULT) == ([FAULT], True)
    (tmp_path / "given.parquet").write_text("2")
    assert ask(given, FAULT) == ([FAULT], True)


@pytest.mark.parametrize(
    "file",
    [
        "src/smdi/workflow/editions/readiness.py",
        "src/smdi/published/facts.py",
        "data/published/2021.csv",
        "data/standards/regions.csv",
    ],
)
def test_the_answer_rests_on_code_facts_and_standards(file: str) -> None:
    assert file in ready._asked(read_edition("2021")).inputs


def test_an_answer_that_was_cut_short_is_none(given, ask) -> None:
    ask(given)
    steps.record_path(given, "ready").write_text("{")
    assert ask(given) == ([], True)


def test_a_look_at_an_edition_that_was_never_built_leaves_nothing(given, ask, tmp_path) -> None:
    (tmp_path / "work/steps").rmdir()
    assert ask(given) == ([], True)
    assert not any((tmp_path / "work").iterdir())
