from pathlib import Path

import pytest

from smdi.files import project_root
from smdi.published import audit, read_facts
from smdi.published.audit.registry import RULES
from smdi.published.constraints.model import Model
from smdi.published.declarations import Declarations
from smdi.published.fact_table import Facts
from smdi.published.inference import infer
from smdi.published.published_report import PublishedReport
from smdi.published.relations import Relation

HEADER = "exhibit,measure,group,year,value,unit,printed,where"


@pytest.fixture(scope="session")
def edition_path() -> Path:
    return project_root() / "data" / "published" / "2021.csv"


@pytest.fixture(scope="session")
def edition(edition_path):
    return read_facts(edition_path)


@pytest.fixture
def facts_file(tmp_path):
    """Write lines of a facts file and give its path."""

    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / "facts.csv"
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def findings_of(facts_file):
    """Run one rule over facts written short: exhibit measure group year printed unit."""

    def find(rule: str, *facts: str):
        found = audit(read_facts(facts_file(*map(_written, facts))))
        return [finding for finding in found if finding.rule == rule]

    return find


@pytest.fixture
def found_under(facts_file):
    """Run one rule over facts written short, of which this is declared; guessed, if nothing is."""

    def find(rule: str, declared: dict[str, object] | None, *facts: str):
        own = None if declared is None else Declarations.model_validate(declared)
        report = PublishedReport.of(read_facts(facts_file(*map(_written, facts))), own)
        return list(RULES[rule].find(report))

    return find


def _written(fact: str) -> str:
    exhibit, measure, group, year, printed, unit, *where = fact.split(" ")
    place = where[0] if where else "某处"
    return f"{exhibit},{measure},{group},{year},{printed},{unit},{printed},{place}"


@pytest.fixture
def declared(facts_file):
    """What is guessed of several exhibits; facts are exhibit measure group printed unit [year]."""

    def ask(*facts: str) -> Declarations:
        lines = []
        for fact in facts:
            exhibit, measure, group, printed, unit, *year = fact.split(" ")
            when = year[0] if year else "2031"
            lines.append(f"{exhibit},{measure},{group},{when},{printed},{unit},{printed},某处")
        return infer(Facts.of(read_facts(facts_file(*lines))))

    return ask


@pytest.fixture
def guess(declared):
    """Guess what facts of one exhibit, written short, are."""
    return lambda *facts: declared(*(f"tab-x {fact}" for fact in facts))


@pytest.fixture
def guessed(guess):
    """Guess relations of a kind, without what the standards say of any report."""

    def ask(kind: type[Relation], *facts: str) -> list[Relation]:
        return [one for one in guess(*facts).of(kind) if one.inferred]

    return ask


@pytest.fixture
def model(facts_file):
    """Compile facts (measure group year printed unit) under some relations."""

    def compiled(relations: list[dict[str, object]], *facts: str) -> Model:
        lines = []
        for fact in facts:
            measure, group, year, printed, unit = fact.split(" ")
            exhibit = "tab-x" if ":" not in measure else measure.partition(":")[0]
            measure = measure.rpartition(":")[2]
            lines.append(f"{exhibit},{measure},{group},{year},{printed},{unit},{printed},某处")
        exhibits: dict[str, object] = {"tab-x": {}}
        declared = Declarations.model_validate({"exhibits": exhibits, "relations": relations})
        return Model.of(PublishedReport.of(read_facts(facts_file(*lines)), declared))

    return compiled


@pytest.fixture
def holds_all(model):
    """Tell whether facts can hold under some relations."""

    def ask(relations: list[dict[str, object]], *facts: str) -> bool:
        return model(relations, *facts).system.is_feasible()

    return ask


@pytest.fixture
def holds(holds_all):
    """Tell whether facts can hold under one relation."""
    return lambda relation, *facts: holds_all([relation], *facts)
