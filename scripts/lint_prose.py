"""Check all prose that a reader sees: no typed number, no claim of direction without a value.

lint_prose.py [FILE …]    default: pages, notebooks, settings, words of the languages

What is found fails (exit status 2); unused exceptions are printed, and fail with --strict.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import InputErrors, reports_input_errors
from smdi.publishing.lint.allowlist import ALLOWLIST
from smdi.publishing.lint.check import lint
from smdi.workflow.chapters import prose


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Lint the files named, or all of the book."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--allowlist", type=Path, default=ALLOWLIST)
    parser.add_argument("--strict", action="store_true", help="let warnings fail too")
    options = parser.parse_args(arguments)
    report = lint(options.files or map(Path, prose()), options.allowlist)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    InputErrors.raise_if([*report.problems, *(report.warnings if options.strict else ())])


if __name__ == "__main__":
    sys.exit(main())
