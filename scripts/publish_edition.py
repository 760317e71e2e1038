"""Publish what was built of an edition: swap it in whole, or leave the last release as it is."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.release import parts_of, publish


@reports_input_errors
def main() -> None:
    """Publish all parts of the edition."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", required=True)
    options = parser.parse_args()
    edition = read_edition(options.edition)
    publish(edition.folder, parts_of(edition))


if __name__ == "__main__":
    sys.exit(main())
