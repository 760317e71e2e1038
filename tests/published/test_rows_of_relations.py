"""Each kind of relation as the rows that a few facts give of it (rows_of_relations.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from smdi.published.constraints.model import Model
from smdi.published.constraints.system import Row

CASES = yaml.safe_load((Path(__file__).parent / "rows_of_relations.yaml").read_text("utf-8"))


def shown(row: Row) -> str:
    """Write a row: its ends and terms, and what it rests on."""
    terms = " ".join(
        f"{value:+.8g}·{'/'.join(str(part) for part in name if part != '')}"
        for name, value in row.terms
    )
    low, high = f"{row.low:.8g}", f"{row.high:.8g}"
    facts = " ".join(sorted(fact.removeprefix("tab-x/") for fact in row.facts))
    told = [f"{low} <= {terms} <= {high}", facts, row.reason, "soft" if row.soft else ""]
    return " | ".join(part for part in told if part)


def rows_of(model: Model) -> list[str]:
    """Write the rows that relations give, after those of the facts themselves."""
    return [shown(row) for row in model.system.rows[len(model.expressions) :]]


@pytest.mark.parametrize("case", CASES)
def test_a_relation_gives_these_rows_and_no_other(case: str, model) -> None:
    given = CASES[case]
    assert rows_of(model(given["relations"], *given["facts"])) == given.get("rows", [])
