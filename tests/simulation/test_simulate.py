"""The command: its bytes, its seeds, and what it says when facts and assumptions disagree."""

import hashlib
import json
import runpy
from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.simulation.assumptions import default_path, read_assumptions
from smdi.simulation.simulate import failures, simulate

from .conftest import FACTS, SEED

SCRIPT = Path(__file__).parents[2] / "scripts" / "simulate_assessments.py"


def command(*arguments: object) -> int:
    return runpy.run_path(str(SCRIPT))["main"]([str(argument) for argument in arguments])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_seed_gives_the_same_bytes(population, tmp_path):
    again, report = tmp_path / "again.parquet", tmp_path / "report.json"
    assert command(again, "--facts", FACTS, "--seed", SEED, "--report", report) == 0
    assert digest(again) == digest(population.file)
    assert json.loads(report.read_text("utf-8")) == population.simulation.calibration


def test_another_seed_gives_other_firms_that_keep_all_facts(population):
    other = simulate(FACTS, SEED + 1)
    assert failures(other.calibration) == []
    assert other.calibration["summary"] == population.simulation.calibration["summary"]
    assert not other.table.column("revenue").equals(population.simulation.table.column("revenue"))


def test_assumptions_that_contradict_the_facts_are_refused_with_the_reason():
    assumptions = read_assumptions()
    too_many = assumptions.model_copy(update={"assessed": {2021: 20000, 2020: 12100, 2019: 6000}})
    with pytest.raises(InputErrors, match="4893 firms of 20000 at level 2 or above"):
        simulate(FACTS, SEED, too_many)


def test_a_faulty_facts_file_ends_the_command_with_status_two(tmp_path, capsys):
    facts = tmp_path / "facts.csv"
    facts.write_text("exhibit,measure\n", encoding="utf-8")
    assert command(tmp_path / "out.parquet", "--facts", facts) == 2
    assert "problem" in capsys.readouterr().err
    assert not (tmp_path / "out.parquet").exists()


def test_every_fault_of_the_assumptions_is_reported_at_once(tmp_path):
    text = default_path().read_text("utf-8")
    text = text.replace("persistence: 0.92", "persistence: 9").replace("rise: 0.25", "rise: steep")
    faulty = tmp_path / "simulation.yaml"
    faulty.write_text(text + "surplus: 1\n", encoding="utf-8")
    with pytest.raises(InputErrors) as found:
        read_assumptions(faulty)
    columns = {problem.column for problem in found.value.problems}
    assert columns == {"panel.persistence", "businesses.rise", "surplus"}


def test_a_missed_fact_is_named_with_both_numbers(population):
    calibration = json.loads(json.dumps(population.simulation.calibration))
    row = next(row for row in calibration["outcomes"] if row["status"] == "kept")
    row["status"] = "missed"
    assert failures(calibration) == [
        f"{row['fact']}: printed {row['target']}, found {row['achieved']}"
    ]
