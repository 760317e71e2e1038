#!/usr/bin/env python
"""Register a release that left the house, so that later ones are protected beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.disclosure.pattern import read_pattern
from smdi.disclosure.register import register
from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.report.locations import PRODUCTS


@reports_input_errors
def main() -> None:
    """Register the release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--pattern", type=Path, help="that of a rerun, instead of the edition's")
    parser.add_argument("--name", help="name of the release; by default that of the edition")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    path = options.pattern or edition.work / PRODUCTS["protection"]
    print(f"registered: {register(options.name or edition.id, read_pattern(path))}")


if __name__ == "__main__":
    raise SystemExit(main())
