"""Faulty standards (faulty_standards.yaml), and all that must be told of each.

Each is changed in one respect, and its whole report is held, so that a check that falls away, and
one that says too much, are both noticed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from smdi.errors import InputErrors
from smdi.standards import maturity_model

FAULTS = yaml.safe_load(Path(__file__).with_name("faulty_standards.yaml").read_text("utf-8"))

Rows = list[dict[str, str]]


def changed(rows: Rows, change: dict[str, Any]) -> Rows:
    """Apply one change; a change that meets no row is a mistake of the test."""
    if "swap" in change:
        first, second = (row - 2 for row in change["rows"])
        rows[first], rows[second] = rows[second], rows[first]
        return rows
    where = change.get("where") or change["like"]
    found = [row for row in rows if where.items() <= row.items()]
    assert found, change
    if "add" in change:
        return [*rows, {**found[0], **change["cells"]}]
    if "drop" in change:
        return [row for row in rows if row not in found]
    for row in found:
        row.update(change["cells"])
    return rows


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_standard_is_told_in_full_and_nothing_else(fault: str, edit: Any) -> None:
    for change in FAULTS[fault]["changes"]:
        edit(next(iter(change.values())), lambda rows, change=change: changed(rows, change))
    with pytest.raises(InputErrors) as caught:
        maturity_model()
    told = [str(problem).removeprefix("data/standards/") for problem in caught.value.problems]
    assert sorted(told) == sorted(FAULTS[fault]["told"])


def test_every_fault_is_one_that_some_rule_tells() -> None:
    assert len(FAULTS) > 50
    assert all(fault["told"] for fault in FAULTS.values())
