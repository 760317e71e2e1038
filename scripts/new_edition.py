"""Write next year's edition from last year's where there is none yet, and hold it to its data."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import EDITIONS, read_edition
from smdi.errors import InputErrors, reports_input_errors
from smdi.files import in_project
from smdi.workflow.editions import next_year, readiness


@reports_input_errors
def main() -> int:
    """Write, say what is still to be supplied, and check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("year")
    parser.add_argument("--assessments", default="", help="the file with the firms' answers")
    options = parser.parse_args()
    year = next_year.parse_year(options.year)
    path = in_project(EDITIONS) / f"{year}.yaml"
    if path.exists():
        print(f"{path} is there already; it is checked as it stands")
    else:
        made = next_year.draft(year, options.assessments)
        next_year.write(made)
        print(f"{path} is written, from that of {made.last.id}. Still to supply:")
        for line in next_year.still_to_supply(made, year):
            print(f"  {line}")
        if not made.assessments.is_file():
            print(f"Then `make edition YEAR={year}` checks the edition against its data.")
            return 0
    edition = read_edition(str(year))
    InputErrors.raise_if(readiness.faults(edition))
    years = readiness.years_of(edition)
    told = ", ".join(f"{y}: {n:,}" if n else str(y) for y, n in sorted(years.items()))
    print(f"edition {edition.id} fits its data ({told}); next: make book EDITION={edition.id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
