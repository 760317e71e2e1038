"""Look through what was built of editions as an attacker would; findings are exit status 1."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from smdi.edition import Edition, read_edition
from smdi.errors import reports_input_errors
from smdi.files import read_text, write_json
from smdi.publishing.gate.attack.release import Data, built
from smdi.publishing.gate.attack.release import reruns as reruns_of
from smdi.publishing.gate.clean import Clean, circumstances
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.inspection import attacked, inspect
from smdi.publishing.release import parts_of
from smdi.workflow import steps
from smdi.workflow.chapters import SCORES

SHOWN = 30
# The site, which is made last, and all else that is released.
PARTS = ("book", "site")


@reports_input_errors
def main() -> int:
    """Inspect each edition, attack all together; a report is written where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021", help="one, or several that leave together")
    parser.add_argument("--reruns", action="store_true", help="the reruns of the editions too")
    parser.add_argument("--names", default="", help="a file of firms' names, one a line")
    parser.add_argument("--only", choices=("values", *PARTS), help="a part of the work alone")
    parser.add_argument("--report", type=Path, help="where to write what was looked through")
    parser.add_argument("--clean", type=Path, help="of a build: where it keeps what is clean")
    options = parser.parse_args()
    editions = [read_edition(name) for name in options.edition.split()]
    found: list[Finding] = []
    exempt: list[Finding] = []
    if options.only in (None, "values"):
        found, exempt = attacked(editions, _data(editions, reruns=options.reruns))
    if options.only != "values":
        names = tuple(read_text(Path(options.names)).splitlines()) if options.names else ()
        for edition in editions:
            scores = edition.work / SCORES
            clean = Clean(options.clean, _circumstances(edition, scores)) if options.clean else None
            found += inspect(edition, _parts(edition, options.only), scores, names, clean)
    if found:
        print(f"the gate found {len(found)} that must not leave:", file=sys.stderr)
        print(_listed(found), file=sys.stderr)
        return 1
    if options.report:
        records = [finding.record() for finding in exempt]
        write_json(options.report, {"edition": options.edition, "exempt": records})
    print(f"The gate found nothing in the {options.only or 'release'} of {options.edition}.")
    if exempt:
        told = options.report or "these"
        print(f"{len(exempt)} values of few firms are in print already, and exempt: {told}")
    if exempt and not options.report:
        print(_listed(exempt))
    return 0


def _data(editions: Sequence[Edition], *, reruns: bool) -> list[Data]:
    data = [part for edition in editions for part in built(edition)]
    if reruns:
        data += [rerun for edition in editions for rerun in reruns_of(edition)]
    return data


def _parts(edition: Edition, only: str | None) -> dict[str, Path]:
    parts = parts_of(edition)
    return {
        name: path
        for name, path in parts.items()
        if not only or (name == "site") == (only == "site")
    }


def _circumstances(edition: Edition, scores: Path) -> str:
    return circumstances(edition, steps.inputs_of(steps.read_step(edition, "gate:site")), scores)


def _listed(findings: Sequence[Finding]) -> str:
    more = [f"  … {len(findings) - SHOWN} more"] if len(findings) > SHOWN else []
    return "\n".join([*(f"  {finding}" for finding in findings[:SHOWN]), *more])


if __name__ == "__main__":
    sys.exit(main())
