#!/usr/bin/env python
"""Write the workbook that operators fill in: drop-downs, and no mapping needed to import it."""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.assessments.mapping.template import write_template
from smdi.errors import InputErrors, Problem, reports_input_errors


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "output", type=Path, nargs="?", default=Path("_build/assessments-template.xlsx")
    )
    return parser.parse_args(arguments)


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Write the template."""
    output = parse(arguments).output
    if output.suffix.lower() != ".xlsx":
        raise InputErrors([Problem(str(output), None, None, None, "a name ending in .xlsx")])
    write_template(output)
    print(f"{output}: fill it in, then import it without a mapping")


if __name__ == "__main__":
    raise SystemExit(main())
