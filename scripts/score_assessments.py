#!/usr/bin/env python
"""Score a Parquet file of firm-level assessments: validate it, then write levels and scores."""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.assessments import ScoringRule, score_file, validate
from smdi.assessments.progress import progress_line
from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.standards import use_standards


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assessments", type=Path, help="Parquet file of assessments")
    parser.add_argument("scores", type=Path, help="Parquet file to write")
    parser.add_argument("--edition", help="the edition whose method holds, in place of the options")
    parser.add_argument(
        "--satisfied",
        choices=("reaches", "exceeds"),
        default="reaches",
        help="a level is satisfied when its score reaches (or only when it exceeds) 0.8",
    )
    parser.add_argument(
        "--summation",
        choices=("literal", "strict"),
        default="literal",
        help="add all levels, or nothing above the first unsatisfied level",
    )
    return parser.parse_args(arguments)


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Validate and score."""
    options = parse(arguments)
    rule = ScoringRule(satisfied=options.satisfied, summation=options.summation)
    if options.edition:
        method = read_edition(options.edition).method
        use_standards(*method.source)
        rule = ScoringRule(satisfied=method.satisfied, summation=method.summation)
    print(validate(options.assessments, progress_line("validated")))
    count = score_file(options.assessments, options.scores, rule, progress_line("scored"))
    print(f"{options.scores}: scores of {count} assessments, {rule.satisfied}, {rule.summation}")


if __name__ == "__main__":
    raise SystemExit(main())
