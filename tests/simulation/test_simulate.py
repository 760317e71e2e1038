"""The command: its bytes, its seeds, and what it says when facts and assumptions disagree."""

import hashlib
import json
import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.errors import InputErrors
from smdi.published import read_facts
from smdi.simulation.assumptions import default_path, read_assumptions
from smdi.simulation.calibration import claims, outcomes
from smdi.simulation.counts.plan import make_plan
from smdi.simulation.simulate import failures, read_targets, simulate
from smdi.simulation.streams import Streams
from smdi.standards import NATION

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
    told = json.dumps(population.simulation.calibration, ensure_ascii=False, indent=1)
    assert report.read_text("utf-8") == told + "\n"


def test_another_seed_gives_other_firms_that_keep_all_facts(population):
    other = simulate(FACTS, SEED + 1)
    assert failures(other.calibration) == []
    assert other.calibration["summary"] == population.simulation.calibration["summary"]
    assert not other.table.column("revenue").equals(population.simulation.table.column("revenue"))


def test_an_assumption_beyond_what_the_facts_leave_is_moved_into_it():
    assumptions = read_assumptions()
    too_many = assumptions.model_copy(update={"assessed": {2021: 20000, 2020: 12100, 2019: 6000}})
    targets = read_targets(FACTS)
    plan = make_plan(targets, too_many, Streams(SEED))
    # 4893 firms are at least 30.5 % of all, so no more than 16042 were assessed.
    assert 15534 <= plan.levels[2021].sum() <= 16042


def test_assumptions_that_nothing_can_satisfy_are_refused_with_the_reason():
    assumptions = read_assumptions().model_copy(update={"assessed_per_level_ge2": 9.0})
    with pytest.raises(InputErrors, match=r"simulation.yaml: .*: from \d+ to \d+ participants"):
        simulate(FACTS, SEED, assumptions)


def with_printed(tmp_path, *changes):
    """The facts of 2021 with other printed whole numbers, as a file."""
    text = FACTS.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "facts.csv"
    path.write_text(text, encoding="utf-8")
    return path


WUXI = ("firms_level_ge2,无锡,2021,630,家,630", "firms_level_ge2,无锡,2021,830,家,830")
WHOLE = ("share_level_le1,全国,2021,69,%,69", "share_level_le1,全国,2021,64,%,64")


def test_facts_that_cannot_hold_are_told_as_minimal_sets_before_anything_runs(tmp_path):
    steps = []
    with pytest.raises(InputErrors) as caught:
        simulate(with_printed(tmp_path, WUXI, WHOLE), SEED, progress=steps.append)
    assert steps == []
    told = [str(problem) for problem in caught.value.problems]
    assert any("无锡/2021 = 830" in line and "江苏省/2021 = 1233" in line for line in told)
    assert any("share_level_le1/全国/2021 = 64" in line for line in told)
    assert all("/data/published/2021.exhibits.yaml under `yields`" in line for line in told)
    assert all(line.startswith(f"{tmp_path}/facts.csv; expected numbers") for line in told)
    order = read_facts(tmp_path / "facts.csv").index.get_indexer
    for line in told:
        places = order(re.findall(r"[:;] (\S+/\S+/\S+/\d{4}) = ", line)).tolist()
        assert len(places) > 1 and places == sorted(places) and min(places) >= 0


def test_the_command_explains_and_writes_nothing(tmp_path, capsys):
    out = tmp_path / "out.parquet"
    assert command(out, "--facts", with_printed(tmp_path, WUXI)) == 2
    assert "无锡" in capsys.readouterr().err
    assert not out.exists()


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


def test_each_fact_has_the_outcome_that_its_value_gives_it(facts):
    rows = facts[facts["exhibit"] == "fig-04"].head(4).set_index("measure", drop=False)
    rows.index = [f"fact-{n}" for n in range(4)]
    values = [float(rows["printed"].iloc[0]), 99.0, float(rows["printed"].iloc[2]), None]
    left = dict(zip(rows["measure"] + rows["year"].astype(str), values, strict=True))
    recount = SimpleNamespace(value=lambda exhibit, measure, group, year: left[f"{measure}{year}"])
    gone = frozenset({"fact-2", "fact-3"})
    for contradicted, second in ((gone, "missed"), (gone | {"fact-1"}, "contradicted")):
        targets = SimpleNamespace(facts=rows, contradicted=contradicted)
        found = outcomes(targets, recount)
        assert [one.status for one in found] == ["kept", second, "kept", "setting"]


@pytest.mark.parametrize(("gap", "kept"), [(-0.01, True), (0.0, False), (0.01, False)])
def test_small_firms_score_lower_only_where_they_do_in_every_domain(gap: float, kept: bool):
    facts = pd.DataFrame({"exhibit": ["tab-cities"], "measure": ["rank"], "group": ["苏州"]})
    targets = SimpleNamespace(facts=facts, numbers=lambda *_: {NATION: 100})
    recount = SimpleNamespace(
        sme_domain_gaps=lambda _: pd.Series({"design": -0.2, "equipment": gap}),
        leading_cities=lambda *_: {"苏州"},
        sme_classes_over=lambda *_: {NATION},
    )
    found = {row["claim"]: row["kept"] for row in claims(targets, read_assumptions(), recount)}
    assert found["small_firms_score_lower_in_every_domain"] is kept
    assert found["city_table_is_complete"]
    assert found["class_table_is_complete"]
