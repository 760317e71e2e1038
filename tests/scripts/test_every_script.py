"""Each script is a command: it says how it is used, and refuses what it does not know."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SCRIPTS = sorted(Path("scripts").glob("*.py"))
# They take no words: what they do is tested below.
WITHOUT_WORDS = {"export_environment", "export_schemas", "lock_dependencies", "run_step"}
WITH_WORDS = [path.stem for path in SCRIPTS if path.stem not in WITHOUT_WORDS]


def test_there_are_scripts() -> None:
    assert len(WITH_WORDS) > 25


@pytest.mark.parametrize("name", WITH_WORDS)
def test_help_says_what_the_script_is_for(command, name: str) -> None:
    told = command(name, "--help")
    purpose = ast.get_docstring(ast.parse(Path(f"scripts/{name}.py").read_text("utf-8")))
    assert told.status == 0
    assert told.out.startswith(f"usage: {name}.py")
    said = "".join(told.out.split())
    assert "".join(purpose.splitlines()[0].split()) in said


@pytest.mark.parametrize("name", WITH_WORDS)
def test_an_option_that_there_is_not_is_refused(command, name: str) -> None:
    told = command(name, "--no-such-option")
    assert told.status == 2
    assert "usage:" in told.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assemble_book", []),
        ("build_pdf", ["--edition", "2021"]),
        ("build_pdf", ["report.pdf", "--edition", "2021"]),
        ("build_site", ["--log", "site.log"]),
        ("build_site", ["--edition", "2021"]),
        ("check_reproduction", ["reproduction.csv"]),
        ("compare_editions", ["2021"]),
        ("execute_chapter", ["sme", "folder"]),
        ("new_chapter", ["trend-robots"]),
        ("new_edition", []),
        ("prepare_population", ["scores.parquet"]),
        ("protect_release", ["population.arrow"]),
        ("publish_edition", []),
        ("score_assessments", ["assessments.parquet"]),
        ("share_firms", []),
        ("simulate_assessments", []),
        ("transcribe_table", ["facts.csv", "--exhibit", "tab-a", "--columns", "firms 2022 家"]),
        ("transcribe_table", ["facts.csv", "--where", "表1", "--columns", "firms 2022 家"]),
        ("transcribe_table", ["facts.csv", "--where", "表1", "--exhibit", "tab-a"]),
    ],
)
def test_a_word_that_lacks_is_told(command, name: str, words: list[str]) -> None:
    told = command(name, *words)
    assert told.status == 2
    assert "the following arguments are required" in told.err


# Those that read an edition, with the words that they need besides.
OF_AN_EDITION = {
    "assemble_book": [],
    "build_edition": ["--plan"],
    "build_editions": [],
    "build_pdf": ["out.pdf", "--log", "x.log"],
    "build_site": ["--log", "x.log"],
    "check_reproduction": ["out.csv"],
    "execute_chapter": ["sme", "folder", "--products", "."],
    "gate_edition": [],
    "measure_disclosure": [],
    "measure_sensitivity": [],
    "protect_release": ["population", "pattern"],
    "publish_edition": [],
    "register_release": [],
    "rerun_chapter": ["sme"],
    "score_assessments": ["a.parquet", "b.parquet"],
    "serve": [],
    "share_firms": [],
}


@pytest.mark.parametrize("name", OF_AN_EDITION)
def test_an_edition_that_there_is_not_ends_in_a_report(command, name: str) -> None:
    told = command(name, *OF_AN_EDITION[name], "--edition", "1999")
    assert told.status == 2
    assert "1 problem in the input:\n  data/editions/1999.yaml" in told.err
    assert "known: 2021" in told.err
    assert told.out == ""
