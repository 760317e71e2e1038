"""Compare the chapters' computed values with the published facts; fail when one differs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.indicators.reproduction import COLUMNS, COMPUTED_COLUMNS, STATUSES, reproduce
from smdi.published import contradictions, read_facts
from smdi.published.constraints.binding import BINDINGS, bindings
from smdi.published.published_report import PublishedReport, declarations_for


def read_computed(paths: list[Path]) -> pd.DataFrame:
    """Read the computed rows (facts.csv) of chapters, one under the other."""
    frames = []
    for path in paths:
        frame = pd.read_csv(path, dtype={"group": "str"})
        if list(frame.columns) != COMPUTED_COLUMNS:
            found, expected = ",".join(frame.columns), ",".join(COMPUTED_COLUMNS)
            raise InputErrors([Problem(str(path), 1, None, found, f"columns {expected}")])
        frames.append(frame.astype({"year": "int64", "value": "float64"}))
    return (
        pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COMPUTED_COLUMNS)
    )


def listing(reproduction: pd.DataFrame) -> str:
    """List what differs, one fact a line: id, printed, computed."""
    lines = [
        f"  {identifier}: printed {row.printed}, computed {row.computed or 'nothing'}"
        for identifier, row in reproduction.iterrows()
        if row.status == "differs"
    ]
    return "\n".join([f"{len(lines)} published facts differ from what is computed:", *lines])


@reports_input_errors
def main() -> int:
    """Write reproduction.csv; return 1 when a fact differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", required=True, help="name of a file in data/editions")
    parser.add_argument("output", type=Path, help="the reproduction.csv to write")
    parser.add_argument("facts", nargs="*", type=Path, help="facts.csv of every chapter")
    given = parser.parse_args()
    edition = read_edition(given.edition)
    if edition.published is None:
        pd.DataFrame(columns=COLUMNS).to_csv(given.output, index=False, lineterminator="\n")
        print("no published edition to compare with")
        return 0
    facts = read_facts(edition.published)
    declared = declarations_for(Path(edition.published))
    contradicted = contradictions(facts, declared)
    report = PublishedReport.of(facts, declared)
    held = bindings(report, contradicted["fact_id"])
    result = reproduce(
        facts,
        read_computed(given.facts),
        contradicted,
        edition.pending_exhibits,
        {name: binding.kind for name, binding in held.items()},
    )
    result.to_csv(given.output, index=False, lineterminator="\n")
    counts = result["status"].value_counts()
    print(", ".join(f"{counts.get(status, 0)} {status}" for status in STATUSES))
    kinds = result.loc[result["status"] == "reproduced", "binding"].value_counts()
    print("of the reproduced: " + ", ".join(f"{kinds.get(kind, 0)} {kind}" for kind in BINDINGS))
    if counts.get("differs", 0):
        print(listing(result), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
