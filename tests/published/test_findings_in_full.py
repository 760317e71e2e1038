"""What each rule says, in full (findings.yaml): places, message, numbers, what gives way to what.

Each case is a few facts with one fault, written short, and all that its rule must tell of them;
findings_at_limits.yaml has what just holds, and what just does not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from smdi.published.audit import principles
from smdi.published.audit.registry import RULES, Finding
from smdi.published.intervals import Interval
from smdi.standards import provinces

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "findings.yaml").read_text("utf-8"))
LIMITS = yaml.safe_load((HERE / "findings_at_limits.yaml").read_text("utf-8"))
TREATMENTS = {
    **{text: name for name, text in vars(principles).items() if name.isupper()},
    **{text: f"principle {place}" for place, text in enumerate(principles.PRINCIPLES, 1)},
}


def of_every_province(entries: list[str]) -> list[str]:
    names = provinces().query("in_scope")["name_zh"]
    return [
        entry.replace("@provinces", name)
        for entry in entries
        for name in (names if "@provinces" in entry else [""])
    ]


def shown(interval: Interval) -> str:
    ends = f"{interval.low:.6g}, {interval.high:.6g}"
    return f"{'[' if interval.has_low else '('}{ends}{']' if interval.has_high else ')'}"


def in_full(found: Finding) -> dict[str, Any]:
    told = {
        "severity": found.severity,
        "places": list(found.fact_ids),
        "message": found.message_zh,
        "treatment": TREATMENTS.get(found.treatment_zh, found.treatment_zh),
        "followed": found.followed,
        "contradicted": list(found.contradicted),
        "implied": found.implied and shown(found.implied),
        "numbers": found.numbers,
        "unless": found.unless_zh,
    }
    return {key: value for key, value in told.items() if value}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_tells_all_of_a_fault_and_nothing_else(case: str, found_under) -> None:
    given = CASES[case]
    found = found_under(given["rule"], given.get("declared"), *of_every_province(given["facts"]))
    told = [{**one, "places": of_every_province(one["places"])} for one in given["told"]]
    assert [in_full(one) for one in found] == told


@pytest.mark.parametrize("case", LIMITS)
def test_a_rule_lets_pass_what_just_holds_and_finds_what_just_does_not(
    case: str, found_under
) -> None:
    given = LIMITS[case]
    found = found_under(given["rule"], given.get("declared"), *of_every_province(given["facts"]))
    told = [[severity, *of_every_province(at)] for severity, *at in given.get("told", [])]
    assert [[one.severity, *one.fact_ids] for one in found] == told


def test_every_rule_has_a_case() -> None:
    assert {given["rule"] for given in CASES.values()} == set(RULES)
