"""Publish what was built of an edition: swap it in whole, or leave the last release as it is."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.release import publish
from smdi.workflow.chapters import source_folder
from smdi.workflow.pipeline import SITE


@reports_input_errors
def main() -> None:
    """Publish all parts of the edition."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", required=True)
    options = parser.parse_args()
    edition = read_edition(options.edition)
    parts = {
        "site": edition.work / SITE,
        "report.pdf": edition.work / "report.pdf",
        "numbers.json": edition.work / "numbers.json",
        "reproduction.csv": edition.work / "reproduction.csv",
        "source": source_folder(edition),
    }
    publish(edition.folder, parts)


if __name__ == "__main__":
    sys.exit(main())
