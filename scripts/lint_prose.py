"""Check what a reader sees before anything runs: its prose, and whether it can be printed.

lint_prose.py [FILE …]    default: pages, notebooks, settings, words of the languages

A typed number, a claim of direction without a value and what cannot be printed fail (exit status
2); unused exceptions are shown, and fail with --strict.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import InputErrors, reports_input_errors
from smdi.publishing.lint.allowlist import ALLOWLIST
from smdi.publishing.lint.check import lint
from smdi.publishing.printing import unprintable
from smdi.workflow.chapters import prose


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Lint the files named, or all of the book."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--allowlist", type=Path, default=ALLOWLIST)
    parser.add_argument("--strict", action="store_true", help="let warnings fail too")
    options = parser.parse_args(arguments)
    files = options.files or [Path(name) for name in prose()]
    report = lint(files, options.allowlist)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    strict = report.warnings if options.strict else ()
    InputErrors.raise_if([*report.problems, *unprintable(files), *strict])


if __name__ == "__main__":
    sys.exit(main())
