#!/usr/bin/env python
"""Import an export of assessments (CSV or Parquet) into the schema, under a column mapping.

The latest answer of a firm and year is kept; the others are listed beside the output. Nothing is
written when the export has a fault: all of them are reported with their rows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.assessments import import_assessments
from smdi.assessments.progress import progress_line
from smdi.errors import reports_input_errors


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", type=Path, help="CSV (UTF-8 or GB18030) or Parquet file")
    parser.add_argument("assessments", type=Path, help="Parquet file to write")
    parser.add_argument(
        "--mapping",
        type=Path,
        required=True,
        help="YAML mapping of the columns; see data/import-mapping.example.yaml",
    )
    parser.add_argument("--items", type=Path, help="long file of item scores, one row an item")
    return parser.parse_args(arguments)


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Import."""
    options = parse(arguments)
    summary = import_assessments(
        options.export,
        options.mapping,
        options.assessments,
        options.items,
        progress_line("imported"),
    )
    print(summary)


if __name__ == "__main__":
    raise SystemExit(main())
