"""An edition whose assessments are given has no simulation, and never reads another edition's."""

from __future__ import annotations

from pathlib import Path

from smdi.edition import read_edition
from smdi.report.tables import method as method_tables
from smdi.standards import level_classes
from smdi.workflow import chapters


def given() -> object:
    edition = read_edition("2021")
    return edition.model_copy(update={"id": "given", "assessments": Path("given.parquet")})


def test_its_chapter_on_the_simulation_is_told_that_there_is_no_account() -> None:
    assert chapters.chapter_parameters(given(), "simulation")["simulation"] == ""


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


def test_the_simulation_s_tables_say_that_there_was_none() -> None:
    names = level_classes()["name_zh"].to_dict()
    for table, frame in (
        method_tables.panel_table(None, 2021),
        method_tables.inferred_table(None, names),
    ):
        assert [row[0] for row in table.rows] == ["本版未使用模拟程序"]
        assert frame.empty
    assert "未经模拟程序校准" in method_tables.calibration(None)
