"""Build the PDF of an edition from its assembled book."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.jupyter_book import BuildFailure
from smdi.publishing.pdf import build_pdf
from smdi.workflow.steps import read_step


@reports_input_errors
def main() -> int:
    """Write the PDF; a page that cannot be printed fails with its name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--edition", required=True)
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    edition = read_edition(options.edition)
    try:
        build_pdf(edition, options.output, options.log, read_step(edition, "pdf").inputs)
    except BuildFailure as failure:
        print(f"the PDF is not built:\n{failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
