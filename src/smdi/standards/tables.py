"""Where the standards' CSV files are, what columns each has, and how one is read with its faults.

Only the form of a single file is checked here; what several rows or files must say together stands
in `consistency`.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from smdi.errors import Problem

PROCESS_TYPES = ("discrete", "process")
CONFIDENCE = ("S", "S2", "M", "assumed")
FOLDER = Path("data") / "standards"


@dataclass(frozen=True)
class Field:
    """One column: `pattern` must match the whole cell, `convert` makes its value."""

    pattern: str
    convert: Callable[[str], object]
    expected: str


@dataclass(frozen=True)
class Table:
    """The form of one CSV file; `key` columns together are unique."""

    name: str
    key: tuple[str, ...]
    fields: dict[str, Field]

    @property
    def file(self) -> str:
        """The file as an editor knows it, relative to the repository."""
        return (FOLDER / self.name).as_posix()


@dataclass(frozen=True)
class Row:
    """One line of a CSV file, converted; `line` counts the header as 1."""

    table: Table
    line: int
    values: dict[str, object]

    def __getitem__(self, column: str) -> object:
        return self.values[column]

    def problem(self, column: str, expected: str) -> Problem:
        """Say that this row's `column` is not what is expected."""
        return Problem(self.table.file, self.line, column, self.values[column], expected)


def _one_of(*allowed: str) -> Field:
    pattern = "|".join(re.escape(value) for value in allowed)
    return Field(pattern, str, "one of " + ", ".join(value or "(empty)" for value in allowed))


def _optional(field: Field) -> Field:
    return Field(f"(?:{field.pattern})?", lambda text: field.convert(text) if text else None,
                 f"{field.expected}, or empty")  # fmt: skip


ID = Field(r"[a-z0-9_]+", str, "an id in lower case")
TEXT = Field(r"\S(?:.*\S)?", str, "text without blanks around it")
WHOLE = Field(r"\d+", int, "a whole number of 0 or more")
LEVEL = Field(r"[0-5]", int, "a level from 0 to 5")
DECIMAL = Field(r"\d+(?:\.\d)?", Decimal, "a number with at most one decimal")
FLAG = Field(r"true|false", lambda text: text == "true", "true or false")
CODE6 = Field(r"[1-9]\d{5}", str, "a region code of six digits")
ORIGIN = {"source": TEXT, "confidence": _one_of(*CONFIDENCE)}


def _table(name: str, key: str, **fields: Field) -> Table:
    return Table(f"{name}.csv", tuple(key.split()), {**fields, **ORIGIN})


_NAMES = {"name_zh": TEXT, "name_en": TEXT}
_SECTORS = ("equipment", "electronics", "materials", "consumer")
TABLES = {
    table.name.removesuffix(".csv"): table
    for table in (
        _table("levels", "level", level=LEVEL, **_NAMES, lower_bound=DECIMAL),
        _table("level_classes", "id", id=ID, name_zh=TEXT, lowest_level=LEVEL, highest_level=LEVEL),
        _table("item_scores", "tenths", score=DECIMAL, name_zh=TEXT, tenths=WHOLE),
        _table("elements", "id", id=ID, **_NAMES),
        _table("domains", "id", id=ID, **_NAMES, parent=ID, tailorable=FLAG),
        _table("subdomains", "id", id=ID, **_NAMES, parent=ID),
        _table(
            "weights",
            "process_type kind id",
            process_type=_one_of(*PROCESS_TYPES),
            kind=_one_of("element", "domain", "subdomain"),
            id=ID,
            parent=_optional(ID),
            weight=WHOLE,
        ),
        _table(
            "items",
            "item_id",
            item_id=Field(r"[a-z_]+-[1-5]-\d+", str, "<sub-domain>-<level>-<number>"),
            subdomain=ID,
            level=Field(r"[1-5]", int, "a level from 1 to 5"),
            number=Field(r"[1-9]\d*", int, "a whole number of 1 or more"),
        ),
        _table(
            "divisions",
            "code",
            code=Field(r"\d\d", str, "a division of two digits"),
            name_zh=TEXT,
            short_zh=TEXT,
            usual_type=_one_of(*PROCESS_TYPES),
            type_ambiguous=FLAG,
            sector=_one_of(*_SECTORS, ""),
        ),
        _table(
            "classes",
            "code",
            code=Field(r"\d{4}", str, "a class of four digits"),
            name_zh=TEXT,
            division=Field(r"\d\d", str, "a division of two digits"),
        ),
        _table("sectors", "id", id=_one_of(*_SECTORS), name_zh=TEXT),
        _table(
            "regions",
            "code",
            code=CODE6,
            name_zh=TEXT,
            short_zh=TEXT,
            kind=_one_of("province", "prefecture", "county_level"),
            parent=_optional(CODE6),
            municipality=FLAG,
            separately_planned=FLAG,
            in_scope=FLAG,
            boundary_code=CODE6,
        ),
        _table("size_classes", "id", id=ID, name_zh=TEXT, min_employees=WHOLE, min_revenue=WHOLE),
        _table(
            "practices",
            "id",
            id=ID,
            name_zh=TEXT,
            label_zh=TEXT,
            kind=_one_of("share", "ratio"),
            base=_one_of("all", "design", "logistics", "sales", "service"),
            trend=_optional(Field(r"[1-9]", int, "a trend from 1 to 9")),
        ),
        _table(
            "national_level_shares",
            "year level_class",
            year=Field(r"20\d\d", int, "a year"),
            level_class=_one_of("le1", "2", "3", "ge4", "ge3"),
            share=DECIMAL,
            firms_over=_optional(WHOLE),
        ),
    )
}


def repository_root() -> Path:
    """The folder that holds `data/`: `SMDI_ROOT` if set, else the checkout this module is in."""
    override = os.environ.get("SMDI_ROOT")
    return Path(override).resolve() if override else Path(__file__).resolve().parents[3]


def standards_directory() -> Path:
    """The folder of the standards' CSV files."""
    return repository_root() / FOLDER


def read_rows(table: Table, directory: Path, problems: list[Problem]) -> list[Row] | None:
    """Read one file: its well-formed rows, or None when it is missing or has other columns.

    Every fault of form is added to `problems`.
    """
    path = directory / table.name
    if not path.is_file():
        problems.append(Problem(table.file, None, None, None, "the file to exist"))
        return None
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        if header != list(table.fields):
            columns = ",".join(table.fields)
            problems.append(Problem(table.file, 1, None, ",".join(header), f"columns {columns}"))
            return None
        rows = list(_converted(table, reader, problems))
    problems.extend(_repeated(table, rows))
    return rows


def _converted(table: Table, lines: Iterator[list[str]], problems: list[Problem]) -> Iterator[Row]:
    for line, cells in enumerate(lines, start=2):
        if len(cells) != len(table.fields):
            found = ",".join(cells)
            problems.append(
                Problem(table.file, line, None, found, f"{len(table.fields)} cells in the row")
            )
            continue
        faults = [
            Problem(table.file, line, column, cell, field.expected)
            for (column, field), cell in zip(table.fields.items(), cells, strict=True)
            if not re.fullmatch(field.pattern, cell)
        ]
        problems.extend(faults)
        if not faults:
            pairs = zip(table.fields.items(), cells, strict=True)
            yield Row(table, line, {name: field.convert(cell) for (name, field), cell in pairs})


def _repeated(table: Table, rows: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in table.key)
        if key in first:
            shown = " ".join(str(part) for part in key)
            expected = f"no second row for it (first in row {first[key]})"
            yield Problem(table.file, row.line, " ".join(table.key), shown, expected)
        first.setdefault(key, row.line)
