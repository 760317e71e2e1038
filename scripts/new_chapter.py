"""Start a chapter: a notebook that builds as it stands, listed behind another page."""

from __future__ import annotations

import argparse
import sys

from smdi.errors import reports_input_errors
from smdi.workflow.new_chapter import new_chapter


@reports_input_errors
def main() -> None:
    """Write the chapter and say what comes next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="name of the notebook, like trend-equipment")
    parser.add_argument("--title", required=True, help="the heading, in Chinese")
    parser.add_argument("--after", default="trend-supply-chain", help="the page it stands behind")
    options = parser.parse_args()
    notebook = new_chapter(options.name, options.title, options.after)
    print(f"{notebook} is written and listed in _toc.yml behind {options.after}.")
    print("Change its cells and sentences (make lab opens it), then run `make book`.")


if __name__ == "__main__":
    sys.exit(main())
