"""Audit the printed numbers of an edition: which cannot both hold, which only look so, and why.

    audit_published.py data/published/2021.csv [--json]

Prints the findings of every rule, each with all its places and their values. Exit status 0 whatever
is found, 2 when the file itself is faulty. The rules are in `smdi.published.audit`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from smdi.errors import reports_input_errors
from smdi.published import Finding, audit, read_facts
from smdi.published.audit import RULES, SEVERITIES

# A finding on a whole table has dozens of places; the first say enough on a terminal.
PLACES_SHOWN = 6


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Read the facts, run the rules, print what they find."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", help="a facts file, such as data/published/2021.csv")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    facts = read_facts(options.facts)
    findings = audit(facts)
    if options.json:
        print(json.dumps(as_records(findings, facts), ensure_ascii=False, indent=2))
    else:
        print("\n".join(report(options.facts, findings, facts)))


def as_records(findings: list[Finding], facts: pd.DataFrame) -> list[dict[str, object]]:
    """Findings as plain records; each place with its value and where it is printed."""
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message_zh,
            "treatment": finding.treatment_zh,
            "followed": finding.followed,
            "contradicted": list(finding.contradicted),
            "numbers": finding.numbers,
            "places": [
                {"fact_id": name} | facts.loc[name, ["printed", "unit", "where"]].to_dict()
                for name in finding.fact_ids
            ],
        }
        for finding in findings
    ]


def report(file: str, findings: list[Finding], facts: pd.DataFrame) -> Iterator[str]:
    """Lines of the report: a summary, then the findings rule by rule."""
    counts = Counter(finding.severity for finding in findings)
    by_severity = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES)
    yield f"{file}: {len(facts)} facts, {len(RULES)} rules, {len(findings)} findings"
    yield f"  {by_severity}"
    for name, found in groupby(findings, key=lambda finding: finding.rule):
        rule = RULES[name]
        yield ""
        yield f"{rule.title_zh}  [{name}]"
        yield f"  {rule.doc.splitlines()[0]}"
        for finding in found:
            yield from _lines(finding, facts)


def _lines(finding: Finding, facts: pd.DataFrame) -> Iterator[str]:
    yield ""
    yield f"  {finding.severity}: {finding.message_zh}"
    for name in finding.fact_ids[:PLACES_SHOWN]:
        mark = "=" if name == finding.followed else "x" if name in finding.contradicted else " "
        row = facts.loc[name]
        yield f"   {mark} {row['printed']:>8} {row['unit']}  {row['where']}  ({name})"
    if len(finding.fact_ids) > PLACES_SHOWN:
        yield f"     … and {len(finding.fact_ids) - PLACES_SHOWN} more places"
    yield f"     {finding.treatment_zh}"


if __name__ == "__main__":
    sys.exit(main())
