#!/usr/bin/env python
"""Measure imports of made-up exports: CPU seconds and peak memory by rows and kind of file.

Usage: benchmarks/imports.py [ROWS] [csv | xlsx]

The limits: 200,000 rows of CSV in 20 s of CPU, of a workbook in 90 s and 2 GiB; a million rows of
CSV in 4 GiB. Not a test: it takes minutes, and it says nothing about right or wrong.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from smdi.assessments.credit_codes import check_character
from smdi.assessments.mapping.headings import FIRM_HEADINGS, item_ids, practice_headings
from smdi.assessments.mapping.template import NOT_APPLICABLE, score_names
from smdi.assessments.scorer import Scorer
from smdi.assessments.tailoring import BUSINESSES, pattern_codes
from smdi.standards import practices

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "import_assessments.py"


def main() -> None:
    """Make an export, import it, print what that took."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    kind = sys.argv[2] if len(sys.argv) > 2 else "csv"
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as folder:
        export = Path(folder, f"export.{kind}")
        (write_csv if kind == "csv" else write_workbook)(export, rows)
        command = [sys.executable, str(SCRIPT), str(export)]
        command += ["--output", str(Path(folder, "assessments.parquet"))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = export.stat().st_size / 1e6
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{rows:,} rows of {kind} ({size:,.0f} MB): {cpu:.1f} s of CPU, {memory:,.0f} MB at most")


def header() -> list[str]:
    """Return the headings of the template, which imports without a mapping."""
    return [*FIRM_HEADINGS.values(), *item_ids(), *practice_headings().values()]


def answers(rows: int) -> Iterator[list[str]]:
    """Yield answers of discrete firms with all businesses, scores and practices at random."""
    dice = random.Random(1)
    firm = {"process_type": ["discrete"], **{name: [True] for name in BUSINESSES}}
    applies = Scorer().applicable(pattern_codes(firm))[0]
    ratio = (practices()["kind"] == "ratio").tolist()
    for number in range(rows):
        first = f"91320000{number:09d}"
        persons = dice.randrange(20, 3000)
        yield [
            first + check_character(first), "2021", f"2021-06-{1 + number % 28:02d}", "江苏省",
            "苏州市" if number % 2 else "南京市", "3812" if number % 3 else "3670", "离散型",
            str(persons), str(persons * dice.randrange(20, 200)), *["是"] * len(BUSINESSES),
            *(dice.choice(tuple(score_names())) if on else NOT_APPLICABLE for on in applies),
            *(f"{dice.uniform(5, 99):.1f}" if one else dice.choice("是否") for one in ratio),
        ]  # fmt: skip


def write_csv(path: Path, rows: int) -> None:
    """Write the export as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header())
        writer.writerows(answers(rows))


def write_workbook(path: Path, rows: int) -> None:
    """Write the export as a workbook, row by row."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("自诊断数据")
        sheet.write_row(0, 0, header())
        for line, row in enumerate(answers(rows), start=1):
            sheet.write_row(line, 0, row)


if __name__ == "__main__":
    main()
