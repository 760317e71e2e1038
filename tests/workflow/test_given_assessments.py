"""An edition whose assessments are given has no simulation, and never reads another edition's."""

from __future__ import annotations

from pathlib import Path

from smdi.edition import read_edition
from smdi.workflow import chapters


def given() -> object:
    edition = read_edition("2021")
    return edition.model_copy(update={"id": "given", "assessments": Path("given.parquet")})


def test_its_chapter_on_the_simulation_waits_for_no_simulation() -> None:
    drawn = chapters.chapter_inputs(read_edition("2021"), "simulation")
    assert "_build/2021/work/simulation.json" in drawn
    assert not [name for name in chapters.chapter_inputs(given(), "simulation") if "json" in name]


def test_no_chapter_depends_on_a_file_of_another_edition() -> None:
    edition = given()
    inputs = {
        name
        for chapter in chapters.chapters()
        for name in chapters.chapter_inputs(edition, chapter.name)
    }
    built = {name for name in inputs if name.startswith("_build/")}
    assert built
    assert {name for name in built if not name.startswith("_build/given/")} == set()
