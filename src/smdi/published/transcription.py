"""From a typed or pasted table to rows of a facts file, units and decimals kept as printed.

A table has one row a group, its name in the first column; commas, tabs or runs of spaces part the
cells. What the other columns are is told once, as "measure year unit" each.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from smdi.errors import InputErrors, Problem
from smdi.published.facts import COLUMNS, PRINTED, UNITS

NOTHING = frozenset({"", "-", "—", "–", "…", "/", "N/A"})
SIGNS = str.maketrans({"−": "-", "–": "-", "－": "-", "+": None, "＋": None})


@dataclass(frozen=True)
class Column:
    """What a column of a table prints."""

    measure: str
    year: str
    unit: str

    @classmethod
    def parse(cls, text: str) -> Column:
        """Take "firms 2022 家"; InputErrors when a part is missing or the unit is unknown."""
        parts = text.split()
        if len(parts) != 3 or parts[2] not in UNITS:
            expected = "measure, year and unit, such as firms 2022 家; units: " + " ".join(UNITS)
            raise InputErrors([Problem("columns", None, None, text, expected)])
        return cls(*parts)


def cells(text: str) -> list[list[str]]:
    """Rows of a pasted table; full-width signs become plain, empty lines go."""
    lines = [unicodedata.normalize("NFKC", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if any("\t" in line for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    if all("," in line for line in lines):
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO("\n".join(lines)))]
    return [re.split(r"\s+", line) for line in lines]


def number(cell: str, unit: str) -> str | None:
    """The number as printed, without unit, percent and sign of thousands; None where it is none."""
    text = cell.translate(SIGNS).replace(",", "").replace(" ", "").removesuffix("%")
    for name in UNITS:  # 百分点 before 个, as some write 个百分点
        text = text.removesuffix(name)
    text = re.sub(r"^(-?)0+(?=\d)", r"\1", text)
    return text if PRINTED.fullmatch(text) and not (cell.endswith("%") and unit != "%") else None


def rows_of(
    table: str, exhibit: str, columns: Sequence[Column], where: str, file: str = "table"
) -> list[dict[str, str]]:
    """Rows of a facts file, one a printed number; a cell that prints nothing gives none.

    A first row whose numbers are none is taken for the table's heads. Raises InputErrors with
    every row of too few or too many cells, and every cell that is no number.
    """
    lines = cells(table)
    heads = bool(lines) and not any(number(cell, "%") for cell in lines[0][1:])
    problems: list[Problem] = []
    rows = list(_rows(lines[heads:], 1 + heads, exhibit, columns, where, file, problems))
    if not rows and not problems:
        problems.append(Problem(file, None, None, None, "a table with at least one number"))
    InputErrors.raise_if(problems)
    return rows


def _rows(
    lines: list[list[str]],
    first: int,
    exhibit: str,
    columns: Sequence[Column],
    where: str,
    file: str,
    problems: list[Problem],
) -> Iterator[dict[str, str]]:
    for place, line in enumerate(lines, first):
        if len(line) != 1 + len(columns):
            expected = f"a name and {len(columns)} numbers"
            problems.append(Problem(file, place, None, " ".join(line), expected))
            continue
        group, *values = line
        for column, value in zip(columns, values, strict=True):
            printed = number(value, column.unit)
            if value in NOTHING:
                continue
            if printed is None:
                expected = f"a number of {column.unit}, as printed"
                problems.append(Problem(file, place, column.measure, value, expected))
                continue
            own = (exhibit, column.measure, group, column.year, _plain(printed), column.unit)
            yield dict(zip(COLUMNS, (*own, printed, f"{where}，{group}"), strict=True))


def _plain(printed: str) -> str:
    """The value of a printed number, without the zeros that only its printing has."""
    return f"{Decimal(printed).normalize():f}"


def as_text(rows: Sequence[dict[str, str]], heads: bool) -> str:
    """Rows as lines of a facts file, with its heads where it is new."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    if heads:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
