"""Assemble the book of an edition from its pages, executed chapters, exhibits and numbers."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.assembly import assemble


@reports_input_errors
def main() -> None:
    """Write the assembled book."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", required=True)
    options = parser.parse_args()
    assemble(read_edition(options.edition))


if __name__ == "__main__":
    sys.exit(main())
