"""Start a facts file from a typed or pasted table, or add a table to one.

    transcribe_table.py OUTPUT --exhibit tab-regions --where "第一章 表2" \\
        --columns "firms 2022 家; firms_growth 2022 %" [TABLE]

TABLE is a text file, or what is pasted on standard input: one row a group, its name first. Nothing
is written unless every cell is a number and the whole file is a good facts file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import reports_input_errors
from smdi.files import written_whole
from smdi.published.facts import read_facts
from smdi.published.transcription import Column, as_text, rows_of


@reports_input_errors
def main(arguments: list[str] | None = None) -> None:
    """Read the table, add its rows, check the whole file, write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path, help="the facts file to start or to add to")
    parser.add_argument("table", nargs="?", type=Path, help="default: standard input")
    parser.add_argument("--exhibit", required=True, help="fig-NN, tab-name or text")
    parser.add_argument("--where", required=True, help="the place in the report")
    parser.add_argument("--columns", required=True, help='"measure year unit; …", one a column')
    given = parser.parse_args(arguments)
    text = sys.stdin.read() if given.table is None else given.table.read_text("utf-8-sig")
    columns = [Column.parse(column) for column in given.columns.split(";")]
    name = str(given.table or "standard input")
    rows = rows_of(text, given.exhibit, columns, given.where, name)
    before = given.output.read_text("utf-8-sig") if given.output.exists() else ""
    with written_whole(given.output) as path:
        path.write_text(before + as_text(rows, heads=not before), encoding="utf-8")
        total = len(read_facts(path))
    print(f"{given.output}: {len(rows)} numbers added, {total} in all")


if __name__ == "__main__":
    sys.exit(main())
