#!/usr/bin/env python
"""Decide which values of a release may be seen, once for all its tables and scopes."""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.disclosure.pattern import read_pattern, write_pattern
from smdi.disclosure.release import extended, protect_release, protect_together
from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.indicators import Population


@reports_input_errors
def main() -> None:
    """Protect the release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("population", type=Path, help="prepared population")
    parser.add_argument("pattern", type=Path, help="JSON file to write")
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--together", action="store_true", help="decide for narrower editions")
    parser.add_argument("--beside", type=Path, help="what was decided for them: extend it")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    pop = Population.open(options.population, edition.year, edition.baseline_year, edition.scope)
    if options.together:
        pattern = protect_together(pop, edition)
    elif options.beside:
        pattern = extended(read_pattern(options.beside), pop, edition)
    else:
        pattern = protect_release(pop, edition)
    write_pattern(options.pattern, pattern)
    print(f"{options.pattern}: {pattern.rule}, {len(pattern.scopes)} scopes")


if __name__ == "__main__":
    raise SystemExit(main())
