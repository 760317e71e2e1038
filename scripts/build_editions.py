"""Build an edition of each province or industry as jobs of Snakemake, and one site of all."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.processes import open_streams
from smdi.publishing.many.run import JOBS, LOG, build_many, folder_of, scopes
from smdi.publishing.outcome import failed_editions_text


@reports_input_errors
def main() -> int:
    """Build; what failed is named, the first of it with why, and the site has the rest."""
    open_streams()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--by", default="province", help="province or industry")
    parser.add_argument("--only", default="", help="some values alone, with blanks between")
    parser.add_argument("--cores", default="2")
    parser.add_argument("options", nargs="*", help="given to Snakemake, behind --")
    options = parser.parse_args()
    base = read_edition(options.edition)
    values = scopes(options.by, options.only.split())
    done, failed = build_many(base, options.by, values, options.cores, options.options)
    folder = folder_of(base, options.by)
    ids = [edition.id for edition in failed]
    if why := failed_editions_text(folder / JOBS, ids, folder / LOG):
        print(why, file=sys.stderr)
    print(f"{len(done)} of {len(values)} editions: {folder}/site/index.html")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
