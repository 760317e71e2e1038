"""The audit: named rules over the facts of any edition, and what they find.

Importing this package enters every rule; each module of it holds the rules of one kind.
"""

from __future__ import annotations

import pandas as pd

from smdi.published.audit import (  # noqa: F401 - importing a module enters its rules
    claims,
    counts,
    rankings,
    repeats,
    shares,
    whole_numbers,
)
from smdi.published.audit.model import Fact, Facts
from smdi.published.audit.registry import (
    PROVEN,
    RULES,
    SEVERITIES,
    SEVERITY_NAMES,
    Finding,
    Rule,
)

__all__ = [
    "PROVEN",
    "RULES",
    "SEVERITIES",
    "SEVERITY_NAMES",
    "Fact",
    "Facts",
    "Finding",
    "Rule",
    "audit",
    "contradictions",
]


def audit(facts: pd.DataFrame) -> list[Finding]:
    """Run every rule over the frame of `read_facts`; findings by rule, in the order of the file."""
    edition = Facts.of(facts)
    return [finding for rule in RULES.values() for finding in rule.find(edition)]


def contradictions(facts: pd.DataFrame) -> pd.DataFrame:
    """List the facts that a rule proves cannot hold beside a partner, and the partner that does.

    Columns: fact_id (what the simulation does not follow), partner_id, rule; one row a fact, in
    the order of the file. Findings that leave open which place is wrong are not in it.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for finding in audit(facts):
        for yields in finding.contradicted:
            found.setdefault(yields, (yields, str(finding.followed), finding.rule))
    rows = [found[name] for name in facts.index if name in found]
    return pd.DataFrame(rows, columns=["fact_id", "partner_id", "rule"], dtype="str")
