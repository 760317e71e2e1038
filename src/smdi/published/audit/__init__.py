"""The audit: named rules over the facts of any report, and what they find.

Importing this package registers every rule; each module of it holds the rules of one kind.
"""

from __future__ import annotations

import pandas as pd

from smdi.published.audit import (  # noqa: F401 - importing a module registers its rules
    claims,
    counts,
    joint,
    names,
    outside,
    rankings,
    repeats,
    shape,
    shares,
    totals,
    whole_numbers,
)
from smdi.published.audit.decisions import decided
from smdi.published.audit.registry import (
    PROVEN,
    RULES,
    SEVERITIES,
    SEVERITY_NAMES,
    Finding,
    Rule,
)
from smdi.published.declarations import Declarations
from smdi.published.published_report import PublishedReport

__all__ = [
    "PROVEN",
    "RULES",
    "SEVERITIES",
    "SEVERITY_NAMES",
    "Finding",
    "Rule",
    "audit",
    "contradictions",
]

TOGETHER = joint.all_facts_together.__name__
CONTRADICTION_COLUMNS = ("fact_id", "partner_id", "rule", "severity", "implied_low", "implied_high")


def audit(facts: pd.DataFrame, declared: Declarations | None = None) -> list[Finding]:
    """Run every rule over the frame of `read_facts`; findings by rule, in the order of the file.

    Without `declared`, the declarations of data/published that fit the facts are taken, or what
    can be inferred. Where the editor has declared which fact `yields`, findings say so.
    """
    report = PublishedReport.of(facts, declared)
    found = [f for name, own in RULES.items() if name != TOGETHER for f in own.find(report)]
    proven = [finding for finding in found if finding.severity in PROVEN]
    return decided([*found, *joint.joint(report, proven)], report)


def contradictions(facts: pd.DataFrame, declared: Declarations | None = None) -> pd.DataFrame:
    """List the facts that a rule proves cannot hold beside a partner, and the partner that does.

    Columns: fact_id (what the simulation does not follow), partner_id, rule, severity, and the
    values that the partner implies, implied_low to implied_high in the fact's unit (empty where
    nothing is implied); one row a fact, in the order of the file. Findings that leave open which
    place is wrong are not in it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for finding in audit(facts, declared):
        implied = finding.implied
        low, high = ("", "") if implied is None else (str(implied.low), str(implied.high))
        for gives_way in finding.contradicted:
            row = (gives_way, str(finding.followed), finding.rule, finding.severity, low, high)
            found.setdefault(gives_way, row)
    rows = [found[name] for name in facts.index if name in found]
    return pd.DataFrame(rows, columns=list(CONTRADICTION_COLUMNS), dtype="str")
