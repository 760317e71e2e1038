"""Check the prose of pages and notebooks: no typed number, no claim of direction without a value.

lint_prose.py [FILE …]    default: notebooks/*.md and book/**/*.md

Numbers fail (exit status 2); claims and unused exceptions are printed, and fail with --strict.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import InputErrors, reports_input_errors
from smdi.publishing.lint import ALLOWLIST, lint


def pages() -> list[Path]:
    """List all prose of the book."""
    return [*Path("notebooks").glob("*.md"), *Path("book").rglob("*.md")]


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Lint the files named, or all of the book."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--allowlist", type=Path, default=ALLOWLIST)
    parser.add_argument("--strict", action="store_true", help="let warnings fail too")
    options = parser.parse_args(arguments)
    report = lint(options.files or pages(), options.allowlist)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    InputErrors.raise_if([*report.problems, *(report.warnings if options.strict else ())])


if __name__ == "__main__":
    sys.exit(main())
