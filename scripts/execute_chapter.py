"""Execute one chapter of an edition with checked parameters."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.files import write_text
from smdi.workflow.chapters import Chapter
from smdi.workflow.execution import ChapterFailure, execute
from smdi.workflow.parameters import parse_assignments


@reports_input_errors
def main() -> int:
    """Run the chapter; a failing cell is shown in short, its traceback goes to the log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapter")
    parser.add_argument("output", type=Path, help="folder for the executed notebook and all else")
    parser.add_argument("parameters", nargs="*", metavar="name=value")
    parser.add_argument("--products", type=Path, required=True, help="folder with what it reads")
    parser.add_argument("--edition", default="2021", help="the edition whose limits hold")
    parser.add_argument("--log", type=Path, help="file for the traceback")
    options = parser.parse_args()
    given = parse_assignments(options.parameters)
    try:
        edition = read_edition(options.edition)
        notebook = Chapter(options.chapter, edition.language).notebook
        execute(notebook, given, options.output, options.products, edition.limits)
    except ChapterFailure as failure:
        print(failure.short, file=sys.stderr)
        if options.log:
            write_text(options.log, f"{failure.short}\n\n{failure.full}\n")
            print(f"  traceback: {options.log}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
