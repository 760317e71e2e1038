"""All faults of an import as a table that the operator can filter and send back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from smdi.assessments.importing.outputs import harmless, write_private
from smdi.assessments.store import PRIVATE
from smdi.errors import InputErrors, Problem
from smdi.files import written_whole

HEADINGS = ("文件", "工作表", "行", "单元格", "表头", "原值", "应为", "最接近的值")
WIDTHS = (24, 14, 8, 10, 24, 30, 60, 24)
LONGEST = 2_000
MOST_ROWS = 1_048_575
SUFFIXES = (".xlsx", ".csv")


def check_report(path: Path, others: Sequence[Path]) -> None:
    """Raise InputErrors unless a report may be written to `path`, which is none of `others`."""
    expected = None
    if path.suffix.lower() not in SUFFIXES:
        expected = f"a report of {' or '.join(SUFFIXES)}"
    elif any(path.absolute() == other.absolute() for other in others) or any(
        path.exists() and other.exists() and path.samefile(other) for other in others
    ):
        expected = "a report that is no other file of the import"
    if expected:
        raise InputErrors([Problem(str(path), None, None, None, expected)])


def write_report(path: Path, problems: Iterable[Problem]) -> None:
    """Write the faults as a workbook or CSV, for the owner alone."""
    rows = [_cells(problem) for problem in problems]
    if path.suffix.lower() == ".csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(HEADINGS)
        writer.writerows([harmless(cell) for cell in row] for row in rows)
        write_private(path, out.getvalue())
        return
    with written_whole(path) as temporary:
        temporary.touch(mode=PRIVATE)
        _write_workbook(temporary, rows)


def _cells(problem: Problem) -> list[object]:
    value = problem.value
    text = None if value is None else str(value)[:LONGEST]
    return [problem.file, problem.sheet, problem.row, problem.cell, problem.column, text,
            problem.expected, problem.nearest]  # fmt: skip


def _write_workbook(path: Path, rows: list[list[object]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("问题清单")
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF5"})
        sheet.write_row(0, 0, HEADINGS, bold)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        for line, row in enumerate(rows[:MOST_ROWS], start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell)
                elif cell is not None:
                    sheet.write_string(line, place, str(cell))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, min(len(rows), MOST_ROWS), len(HEADINGS) - 1)
