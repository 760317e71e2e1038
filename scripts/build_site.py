"""Build the site of an edition from its assembled book."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.publishing.jupyter_book import BuildFailure, build
from smdi.report.text.language import use_language
from smdi.workflow.chapters import source_folder
from smdi.workflow.steps import read_step


@reports_input_errors
def main() -> int:
    """Build the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", required=True)
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    edition = read_edition(options.edition)
    use_language(edition.language)
    code = read_step(edition, "site").inputs
    try:
        build(source_folder(edition), edition.work / "sphinx", "html", options.log, code=code)
    except BuildFailure as failure:
        print(f"the site is not built:\n{failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
