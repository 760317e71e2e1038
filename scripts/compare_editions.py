"""Compare two editions: what is new, gone, restated, or moved beyond noise."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.publishing.comparing.editions import compare_editions, counts


@reports_input_errors
def main() -> int:
    """Compare, and say how much there is of each kind and where the page is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new")
    options = parser.parse_args()
    problems: list[Problem] = []
    read = []
    for key, name in (("A", options.old), ("B", options.new)):
        try:
            if not name:
                expected = "an edition: make compare A=2021 B=2022"
                raise InputErrors([Problem("command line", None, key, None, expected)])
            read.append(read_edition(name))
        except InputErrors as errors:
            problems += errors.problems
    if len(read) == 2 and read[0].id == read[1].id:
        problems.append(Problem("command line", None, "B", options.new, "another edition than A"))
    InputErrors.raise_if(problems)
    rows, folder = compare_editions(*read)
    for kind, number in counts(rows).items():
        print(f"  {kind.replace('_', ' '):13} {number}")
    print(f"  {folder}/site/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
