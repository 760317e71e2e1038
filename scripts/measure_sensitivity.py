"""Score an edition under each documented reading of the standard; show what moves."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.comparing.sensitivity import run
from smdi.workflow.differences.sensitivity import rank_moves


@reports_input_errors
def main() -> int:
    """Score and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    tables, folder = run(read_edition(parser.parse_args().edition))
    for row in tables["firms"].itertuples():
        print(f"  {row.reading}: {row.higher:.1f} % of firms higher, {row.lower:.1f} % lower")
    for name in ("provinces", "industries"):
        for row in rank_moves(tables[name]).itertuples():
            print(f"  {name}, {row.reading}: {row.moved} of {row.groups} moved, by {row.farthest}")
    print(f"  {folder}/site/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
