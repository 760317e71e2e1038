#!/usr/bin/env python
"""Propose a mapping for an export from its headings and values, for the editor to correct."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.assessments.importing.outputs import DEFAULT_FOLDER
from smdi.assessments.mapping.proposal import propose
from smdi.assessments.mapping.writing import mapping_yaml
from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.files import write_text


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", type=Path, nargs="+", metavar="EXPORT")
    parser.add_argument("--items", type=Path, help="long file of item scores beside the export")
    parser.add_argument(
        "--output", type=Path,
        help="file to write (default: private/<name of the export>.mapping.yaml)",
    )  # fmt: skip
    return parser.parse_args(arguments)


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Propose, write, and show what was written."""
    options = parse(arguments)
    name = f"{options.exports[0].stem}.mapping.yaml"
    output = options.output or Path(DEFAULT_FOLDER) / name
    if output.exists():
        expected = "no file here yet: a mapping that you corrected is not overwritten"
        raise InputErrors([Problem(str(output), None, None, None, expected)])
    text = mapping_yaml(propose(options.exports, options.items))
    write_text(output, text)
    print(text, end="")
    print(f"written: {output}; correct it, then import with --mapping {output}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
