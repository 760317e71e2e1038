#!/usr/bin/env python
"""Import exports of assessments (workbooks, CSV, Parquet) into the schema, under a mapping.

The latest answer of a firm and year is kept; the others are listed beside the output. Nothing is
written when the export has a fault: all of them are reported, with file, sheet and cell. An import
that looks wrong as a whole stops until each doubt is confirmed by its name.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from smdi.assessments.importing import (
    Doubtful,
    Faulty,
    ImportOptions,
    ImportSummary,
    import_assessments,
)
from smdi.assessments.importing.outputs import DEFAULT_FOLDER
from smdi.assessments.importing.reporting import check_report, write_report
from smdi.assessments.mapping import read_mapping, template_mapping
from smdi.assessments.progress import progress_line
from smdi.errors import InputErrors, reports_input_errors

FAULTY, INTERRUPTED, FAILED = 2, 130, 1


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; the last of several files is the output if it ends in .parquet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="EXPORT",
        help="workbooks (.xlsx, .xls, .ods), text tables or Parquet files, stacked in this order; "
        "a last .parquet after others is the file to write, unless --output names it",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, help="Parquet file to write (default: private/…)")
    parser.add_argument(
        "--mapping", type=Path,
        help="YAML mapping of the columns, see data/import-mapping.example.yaml; "
        "not needed for a workbook made by `make template`",
    )  # fmt: skip
    parser.add_argument("--items", type=Path, help="long file of item scores, one row an item")
    parser.add_argument("--check", action="store_true", help="write nothing, print the profile")
    parser.add_argument("--report", type=Path, help="all faults as .xlsx or .csv, to send back")
    parser.add_argument(
        "--max-rejected", default="0", type=_limit, metavar="N|N%",
        help="rows with faults that may be set aside in a file of their own (default: none)",
    )  # fmt: skip
    parser.add_argument(
        "--confirm", action="append", default=[], metavar="NAME",
        help="a doubt that is none; repeat it for each",
    )  # fmt: skip
    parser.add_argument("--last", type=Path, help="last year's assessments, to compare with")
    options = parser.parse_args(arguments)
    last = options.files[-1]
    named = len(options.files) > 1 and last.suffix == ".parquet" and options.output is None
    # A check writes nothing: only a file that is not there yet can be its output.
    if named and not (options.check and last.exists()):
        options.output = options.files.pop()
    return options


def _limit(text: str) -> float:
    """Return a number of rows, or a share below 1 from a percentage."""
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: a number or a percentage") from None
    if text.endswith("%"):
        value /= 100
    if not 0 <= value < float("inf") or (not text.endswith("%") and value != int(value)):
        raise argparse.ArgumentTypeError(f"{text!r}: a whole number or a percentage")
    return min(value, 0.999999) if text.endswith("%") else value


@reports_input_errors
def main(arguments: list[str] | None = None) -> int:
    """Import, or say everything that is wrong."""
    options = parse(arguments)
    try:
        print(_run(options))
    except Doubtful as doubtful:
        print("\n".join(doubtful.profile))
        raise
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}{error.strerror or error}: nothing was written", file=sys.stderr)
        return FAILED
    return 0


def _run(options: argparse.Namespace) -> ImportSummary:
    mapping = read_mapping(options.mapping) if options.mapping else template_mapping()
    output = options.output or Path(DEFAULT_FOLDER) / f"{options.files[0].stem}.parquet"
    if options.report:
        check_report(options.report, [*options.files, output])
    choices = ImportOptions(
        most_rejected=options.max_rejected,
        confirmed=tuple(name for text in options.confirm for name in text.split(",")),
        last=options.last,
        in_full=options.report is not None,
    )
    try:
        return import_assessments(
            options.files, mapping, None if options.check else output, options.items, choices,
            progress_line("imported"),
        )  # fmt: skip
    except InputErrors as errors:
        if options.report:
            write_report(
                options.report, errors.every if isinstance(errors, Faulty) else errors.problems
            )
            print(f"all faults: {options.report}", file=sys.stderr)
        raise


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    # A polite kill ends like Ctrl-C: the temporary files go.
    signal.signal(signal.SIGTERM, _interrupt)
    raise SystemExit(main())
