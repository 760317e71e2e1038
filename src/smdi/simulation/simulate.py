"""The simulation from end to end: facts and assumptions in, assessments out.

plan        whole numbers of firms in every table that the report prints
firms       participants with the attributes that stay with them
panel       who answered in which year, and at what level
responses   answers from which the scoring rule finds that level
practices   who does what
recount     the finished file, scored and counted again
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from smdi.assessments.schema import arrow_schema, columns
from smdi.assessments.scorer import Scorer
from smdi.assessments.scoring import score_table
from smdi.assessments.store import write_table
from smdi.assessments.tailoring import pattern_codes
from smdi.errors import InputErrors, Problem
from smdi.published import contradictions, read_facts
from smdi.published.constraints.model import Model
from smdi.published.declarations import SUFFIX
from smdi.published.published_report import PublishedReport, declarations_for
from smdi.published.vocabulary import lists_of_names
from smdi.simulation.assumptions import Assumptions, default_path, read_assumptions
from smdi.simulation.calibration import calibration_record, failures
from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.counts.plan import make_plan
from smdi.simulation.counts.targets import Targets
from smdi.simulation.population.adoption import make_practices
from smdi.simulation.population.assembling import assemble
from smdi.simulation.population.employees_revenue import draw_employees_revenue
from smdi.simulation.population.firms import make_firms
from smdi.simulation.population.panel import make_panel
from smdi.simulation.population.responses import answer, process_type_names
from smdi.simulation.recount import Recount
from smdi.simulation.streams import Streams
from smdi.standards import maturity_model

Progress = Callable[[str], None]
CONFLICTS_TOLD = 3  # minimal sets named for each part of the report that cannot hold


@dataclass(frozen=True)
class Simulation:
    """The assessments, and the record of what they keep."""

    table: pa.Table
    calibration: dict[str, Any]


def read_targets(facts: Path) -> Targets:
    """Read the facts, and which of them the audit proves contradicted.

    Raises InputErrors with every minimal set of facts that cannot hold together and of which it
    is open which gives way: nothing is simulated then.
    """
    frame = read_facts(facts)
    declared = declarations_for(facts)
    report = PublishedReport.of(frame, declared)
    given_way = contradictions(frame, report.declared)["fact_id"]
    InputErrors.raise_if(_explained(facts, report, frozenset(given_way)))
    InputErrors.raise_if(_misnamed(facts, frame))
    return Targets(frame, given_way, facts, report.declared)


def _misnamed(file: Path, facts: pd.DataFrame) -> Iterator[Problem]:
    """Rows of the two ranked tables that are no region's, and provinces that have no row."""
    counts = facts[facts["measure"] == "firms_level_ge2"]
    for exhibit, names in (
        ("tab-provinces", lists_of_names()["provinces"]),
        ("tab-cities", lists_of_names()["cities"]),
    ):
        own = counts.loc[counts["exhibit"] == exhibit, "group"].tolist()
        for name in (group for group in own if group not in names):
            near = next(iter(get_close_matches(name, names, n=1)), None)
            yield Problem(str(file), None, "group", name, f"a region of {exhibit}", nearest=near)
        if exhibit == "tab-provinces" and (lacking := [name for name in names if name not in own]):
            told = "、".join(lacking) if own else "every province"
            expected = f"facts {exhibit}/firms_level_ge2 of {told}: firms are placed by them"
            yield Problem(str(file), None, "group", None, expected)


def _explained(file: Path, report: PublishedReport, given_way: frozenset[str]) -> Iterator[Problem]:
    source = report.declared.source or f"{file.stem}{SUFFIX}"
    for conflict in Model.of(report).conflicts(given_way, limit=CONFLICTS_TOLD):
        facts = sorted(conflict.facts, key=lambda name: report.facts.by_id[name].position)
        told = [report.facts.by_id[name] for name in facts]
        numbers = "; ".join(f"{fact.id} = {fact.printed} ({fact.where})" for fact in told)
        reasons = "; ".join(conflict.reasons) or "whole numbers of firms"
        expected = (
            f"numbers that can hold together, which these cannot ({reasons}): {numbers}; correct "
            f"one, or name in {source} under `yields` the fact that gives way, and why"
        )
        # As what is expected and not as a value, of which a report shows the beginning alone.
        yield Problem(str(file), None, None, None, expected)


def simulate(
    facts: Path,
    seed: int | None = None,
    assumptions: Assumptions | None = None,
    progress: Progress = lambda message: None,
) -> Simulation:
    """Simulate firms that keep all facts; InputErrors when our assumptions do not allow it."""
    assumptions = assumptions or read_assumptions()
    seed = assumptions.seed if seed is None else seed
    targets = read_targets(facts)
    try:
        return _simulate(targets, assumptions, seed, progress)
    except Infeasible as error:
        expected = f"assumptions that agree with {facts}"
        raise InputErrors(
            [Problem(str(default_path()), None, None, str(error), expected)]
        ) from None


def _simulate(
    targets: Targets, assumptions: Assumptions, seed: int, progress: Progress
) -> Simulation:
    streams = Streams(seed)
    plan = make_plan(targets, assumptions, streams)
    progress("whole numbers behind the printed shares found")
    firms = make_firms(plan, targets, assumptions, streams)
    firms["process_type"] = process_type_names(firms["discrete"].to_numpy())
    panel = make_panel(firms, plan, assumptions, streams)
    progress(f"{len(firms)} firms, {len(panel)} assessments in {len(plan.levels)} years")
    scorer = Scorer(maturity_model())
    attributes = {str(name): column for name, column in firms.items()}
    pattern = pattern_codes(attributes)[panel["firm"].to_numpy()]
    answers = answer(panel, firms, pattern, scorer, assumptions.responses, streams)
    progress(f"{answers.items.shape[1]} requirements answered, levels found by the scoring rule")
    adopted = make_practices(panel, firms, answers.capability, targets, assumptions, streams)
    employees_revenue = draw_employees_revenue(panel, firms, assumptions, streams)
    table = assemble(panel, firms, employees_revenue, answers.items, adopted, scorer)
    progress("practices, persons and revenue drawn")
    recount = Recount(_scored(table, scorer), assumptions)
    return Simulation(table, calibration_record(targets, assumptions, plan, panel, recount, seed))


def _scored(table: pa.Table, scorer: Scorer) -> pd.DataFrame:
    """Score the finished table, as the pipeline will."""
    scored: pd.DataFrame = score_table(table, scorer).to_pandas()
    return scored


def write(simulation: Simulation, output: Path, report: Path | None = None) -> None:
    """Write the assessments, marked as simulated, and the calibration record."""
    write_table(output, simulation.table, arrow_schema(columns()), "simulated")
    if report is not None:
        text = json.dumps(simulation.calibration, ensure_ascii=False, indent=1)
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(text + "\n", encoding="utf-8")


def stopwatch(write_line: Progress) -> Progress:
    """Return a progress that puts the seconds since now before each message."""
    start = time.monotonic()
    return lambda message: write_line(f"{time.monotonic() - start:5.1f} s  {message}")


__all__ = ["Simulation", "failures", "read_targets", "simulate", "stopwatch", "write"]
