"""Build an edition: run the pipeline for what is out of date, then say what was made and where."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.build import build, stale_steps


@reports_input_errors
def main() -> int:
    """Build; the last release stays in place when anything fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--cores", default="2")
    parser.add_argument("--plan", action="store_true", help="say what would run and why, no more")
    parser.add_argument("options", nargs="*", help="given to Snakemake, behind --")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    if options.plan:
        _, stale = stale_steps(edition)
        print("\n".join(map(str, stale)) or "nothing to do")
        return 0
    return build(edition, options.cores, options.options)


if __name__ == "__main__":
    sys.exit(main())
