"""Audit the printed numbers of a report: which cannot hold together, which only look so, and why.

    audit_published.py data/published/2021.csv [--exhibits FILE] [--json] [--csv F] [--page F.html]

Prints what to check first and the findings of every rule, the weightiest first, each with its
places and their values; writes them as a table and a page where asked. What the exhibits are is
read from the file beside the facts (2021.exhibits.yaml), else inferred. Exit status 0 whatever is
found, 2 when a file is faulty. The rules are in `smdi.published.audit`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from smdi.errors import reports_input_errors
from smdi.files import written_whole
from smdi.published import Finding, audit, read_facts
from smdi.published.audit import RULES, SEVERITIES
from smdi.published.declarations import read_declarations
from smdi.published.published_report import declarations_for
from smdi.published.workbench import as_csv, as_page, by_weight, check_first

# A finding on a whole table has dozens of places; the first say enough on a terminal.
PLACES_SHOWN = 6


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Read the facts, run the rules, print and write what they find."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", help="a facts file, such as data/published/2021.csv")
    parser.add_argument("--exhibits", type=Path, help="what the exhibits are declared to be")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--csv", type=Path, help="write a table, one row a place of a finding")
    parser.add_argument("--page", type=Path, help="write a page of HTML")
    options = parser.parse_args(arguments)
    facts = read_facts(options.facts)
    given = options.exhibits
    declared = read_declarations(given) if given else declarations_for(Path(options.facts))
    findings = audit(facts, declared)
    for path, text in (
        (options.csv, as_csv(findings, facts)),
        (options.page, as_page(Path(options.facts).name, findings, facts)),
    ):
        if path is not None:
            with written_whole(path) as partial:
                partial.write_text(text, encoding="utf-8")
    if options.json:
        say(json.dumps(as_records(findings, facts), ensure_ascii=False, indent=2))
    else:
        say("\n".join(report(options.facts, findings, facts)))


def say(text: str) -> None:
    """Print; a reader that closes the pipe early (head) has read enough."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_records(findings: list[Finding], facts: pd.DataFrame) -> list[dict[str, object]]:
    """Findings as plain records; each place with its value and where it is printed."""
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message_zh,
            "unless": finding.unless_zh,
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
    """Lines of the report: a summary, what to check first, then the findings by weight."""
    counts = Counter(finding.severity for finding in findings)
    by_severity = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES)
    yield f"{file}: {len(facts)} facts, {len(RULES)} rules, {len(findings)} findings"
    yield f"  {by_severity}"
    first = check_first(findings)
    if first:
        yield ""
        yield "Check first:"
        for name, times in first:
            yield f"  {_place(name, facts)}, in {times} findings"
    for finding in by_weight(findings):
        yield ""
        yield f"{finding.severity}: {RULES[finding.rule].title_zh}  [{finding.rule}]"
        yield from _lines(finding, facts)


def _place(name: str, facts: pd.DataFrame) -> str:
    row = facts.loc[name]
    return f"{row['printed']:>8} {row['unit']}  {row['where']}  ({name})"


def _lines(finding: Finding, facts: pd.DataFrame) -> Iterator[str]:
    yield f"  {finding.message_zh}"
    if finding.unless_zh:
        yield f"  {finding.unless_zh}"
    for name in finding.fact_ids[:PLACES_SHOWN]:
        mark = "=" if name == finding.followed else "x" if name in finding.contradicted else " "
        yield f"   {mark} {_place(name, facts)}"
    if len(finding.fact_ids) > PLACES_SHOWN:
        yield f"     … and {len(finding.fact_ids) - PLACES_SHOWN} more places"
    yield f"     {finding.treatment_zh}"


if __name__ == "__main__":
    sys.exit(main())
