"""Workbooks of data tables: a sheet of notes, then a sheet a table; the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from smdi.publishing.package.tables import COLUMNS, DataTable, heads
from smdi.report.text.language import words

WIDTHS = {"measure": 34, "code": 26, "group": 26, "status": 18, "base_status": 18}
# Columns whose cells are numbers.
NUMBERS = {"year", "value", "rank", "base"}
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def workbook(notes: Sequence[tuple[str, str]], tables: Sequence[DataTable], made: date) -> bytes:
    """Return an Excel workbook; `notes` are the lines of the first sheet, a name and a text each.

    `made` is the date that the file says it was made.
    """
    out = io.BytesIO()
    writer = _Writer(out, made)
    writer.add_notes(notes)
    for table in tables:
        writer.add_table(table)
    writer.book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, out: io.BytesIO, made: date) -> None:
        # Cells never become links or formulas, whatever they begin with.
        options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
        self.book = xlsxwriter.Workbook(out, options)
        self.book.set_properties({"created": datetime(made.year, made.month, made.day)})
        self._head = self.book.add_format({"bold": True, "bottom": 1})
        self._wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self._numbers: dict[int, Any] = {}
        self._names: set[str] = set()

    def add_notes(self, notes: Sequence[tuple[str, str]]) -> None:
        sheet = self.book.add_worksheet(words().package.notes)
        sheet.set_column(0, 0, 18, self._wrapped)
        sheet.set_column(1, 1, 100, self._wrapped)
        for line, (name, text) in enumerate(notes):
            sheet.write_string(line, 0, name)
            sheet.write_string(line, 1, text)

    def add_table(self, table: DataTable) -> None:
        name = _NOT_IN_A_NAME.sub(" ", str(table.described["number"]))[:LONGEST_NAME]
        sheet = self.book.add_worksheet(table.name if name in self._names else name)
        self._names.add(name)
        for at, (column, head) in enumerate(zip(COLUMNS, heads(), strict=True)):
            sheet.set_column(at, at, WIDTHS.get(column, 10))
            sheet.write_string(0, at, head, self._head)
        for line, row in enumerate(table.rows, start=1):
            for at, (column, cell) in enumerate(zip(COLUMNS, row, strict=True)):
                if column in NUMBERS and cell:
                    sheet.write_number(line, at, float(cell), self._number(cell))
                elif cell:
                    sheet.write_string(line, at, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(COLUMNS) - 1)

    def _number(self, text: str) -> Any:
        """Return the format that shows a number with the decimals it is written with."""
        decimals = len(text.partition(".")[2])
        if decimals not in self._numbers:
            pattern = "0." + "0" * decimals if decimals else "0"
            self._numbers[decimals] = self.book.add_format({"num_format": pattern})
        return self._numbers[decimals]
