#!/usr/bin/env python
"""Prepare a scores file for the chapters: sorted, typed, one row a firm and year."""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.errors import reports_input_errors
from smdi.indicators.prepared import prepare


@reports_input_errors
def main() -> None:
    """Prepare the population."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scores", type=Path, help="Parquet file of scores")
    parser.add_argument("population", type=Path, help="Arrow file to write")
    options = parser.parse_args()
    rows = prepare(options.scores, options.population)
    print(f"{options.population}: {rows} assessments")


if __name__ == "__main__":
    raise SystemExit(main())
