"""An edition whose assessments are given has no simulation, and never reads another edition's."""

from __future__ import annotations

from pathlib import Path

from smdi.edition import Edition, read_edition
from smdi.workflow.pipeline import steps_of


def given() -> Edition:
    edition = read_edition("2021")
    return edition.model_copy(update={"id": "given", "assessments": Path("given.parquet")})


def test_it_waits_for_no_simulation_where_the_other_edition_draws_one() -> None:
    drawn, not_drawn = steps_of(read_edition("2021")), steps_of(given())
    assert "_build/2021/work/simulation.json" in drawn["simulate"].outputs
    made = [name for step in not_drawn.values() for name in step.outputs]
    assert made
    assert [name for name in made if "simulation.json" in name] == []
    assert {need for step in not_drawn.values() for need in step.needs} <= set(not_drawn)


def test_no_step_reads_or_writes_a_file_of_another_edition() -> None:
    steps = steps_of(given()).values()
    built = {
        name
        for step in steps
        for name in (*step.inputs, *step.outputs)
        if name.startswith("_build/")
    }
    assert built
    assert {name for name in built if not name.startswith("_build/given/")} == set()
