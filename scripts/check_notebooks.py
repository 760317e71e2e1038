"""Check the code of the notebooks as ruff checks the library's: its lint and its format.

check_notebooks.py [--fix] [NOTEBOOK …]    default: all of notebooks/

What is found is told with the line of the notebook and fails (exit status 2); --fix mends what ruff
can mend.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import InputErrors, reports_input_errors
from smdi.publishing.lint.notebook_code import faults, mend
from smdi.report.locations import NOTEBOOKS


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Check the notebooks named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--fix", action="store_true", help="mend what ruff can mend")
    options = parser.parse_args(arguments)
    found = []
    for notebook in options.notebooks or sorted(NOTEBOOKS.glob("*.md")):
        if options.fix:
            mend(notebook)
        found += faults(notebook)
    InputErrors.raise_if(found)


if __name__ == "__main__":
    sys.exit(main())
