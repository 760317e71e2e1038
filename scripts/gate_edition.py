"""Look through what was built of an edition as an attacker would; findings are exit status 1."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.files import read_text, write_json
from smdi.publishing.gate.inspection import inspect
from smdi.publishing.release import parts_of
from smdi.workflow.chapters import SCORES

SHOWN = 30


@reports_input_errors
def main() -> int:
    """Inspect; a report is written only where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--names", default="", help="a file of firms' names, one a line")
    parser.add_argument("--report", type=Path, help="where to write what was looked through")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    names = tuple(read_text(Path(options.names)).splitlines()) if options.names else ()
    found = inspect(edition, parts_of(edition), edition.work / SCORES, names)
    if found:
        print(f"the gate found {len(found)} that must not leave:", file=sys.stderr)
        print("\n".join(f"  {finding}" for finding in found[:SHOWN]), file=sys.stderr)
        if len(found) > SHOWN:
            print(f"  … {len(found) - SHOWN} more", file=sys.stderr)
        return 1
    if options.report:
        write_json(options.report, {"edition": edition.id, "findings": []})
    print(f"The gate found nothing in the release of edition {edition.id}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
