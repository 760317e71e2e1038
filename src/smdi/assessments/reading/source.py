"""Several sheets and files as one table: the rows of all that hold the wanted headings, in order.

A row of a source has a number of its own, `sheet << 32 | row`, so that whatever is said of it later
can be placed in the file where it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from smdi.assessments.reading.delimited import open_delimited
from smdi.assessments.reading.headers import Header, guess, locate
from smdi.assessments.reading.kinds import EXPECTED, kind_of, refusal
from smdi.assessments.reading.missing import missing_columns
from smdi.assessments.reading.sheets import (
    Malformed,
    ParquetSheet,
    Place,
    Rows,
    Sheet,
    column_letters,
)
from smdi.assessments.reading.workbooks import open_workbook
from smdi.assessments.store import open_parquet
from smdi.assessments.values import squeezed
from smdi.assessments.values.texts import nearest_of
from smdi.errors import InputErrors, Problem

SHEET_BITS = 32
LEADING = 3


@dataclass(frozen=True)
class Section:
    """A sheet of a source with its header, and the place of each wanted column in it."""

    sheet: Sheet
    header: Header
    places: dict[str, int]

    @property
    def leading(self) -> list[int]:
        """Return the first columns, where notes and totals stand."""
        return list(range(min(LEADING, self.sheet.width)))


@dataclass
class Source:
    """The rows of one or several sheets under the headings a mapping names."""

    sections: list[Section]
    unread: list[Sheet] = field(default_factory=list)

    @property
    def paths(self) -> list[Path]:
        """Return the files it is read from, each once."""
        return list(dict.fromkeys(section.sheet.path for section in self.sections))

    @property
    def file(self) -> str:
        """Return the files as the user named them."""
        return ", ".join(str(path) for path in self.paths)

    @property
    def columns(self) -> list[str]:
        """Return the headings of all sheets, each once."""
        names = (name for section in self.sections for name in section.header.names if name)
        return list(dict.fromkeys(names))

    @property
    def used(self) -> set[str]:
        """Return the headings of the wanted columns as they stand."""
        return {
            section.header.names[place]
            for section in self.sections
            for place in section.places.values()
        }

    @property
    def how(self) -> str:
        """Return how each file was read: encoding and delimiter, or kind and sheets."""
        told = []
        for section in self.sections:
            name = f" {section.sheet.name!r}" if section.sheet.name else ""
            row = "" if section.header.last == 1 else f", header in row {section.header.last}"
            told.append(f"{section.sheet.path.name}{name}: {section.sheet.how}{row}")
        return "; ".join(told)

    def batches(
        self, names: Sequence[str], *, leading: bool = False
    ) -> Iterator[tuple[pa.Table, Rows]]:
        """Yield the columns `names` as text in batches, with the number of each row.

        With `leading` the columns `#0`, `#1`, `#2` hold the first cells of the rows. Rows where all
        the columns asked for are empty are left out, and so are rows of the wrong length, which
        `malformed` tells after a full reading.
        """
        for number, section in enumerate(self.sections):
            asked = {name: section.places[name] for name in names}
            if leading:
                asked |= {f"#{place}": place for place in section.leading}
            places = list(dict.fromkeys(asked.values()))
            for raw, rows in section.sheet.batches(places, section.header.last):
                table = pa.table({name: raw.column(str(place)) for name, place in asked.items()})
                if leading:
                    for place in range(len(section.leading), LEADING):
                        table = table.append_column(f"#{place}", pa.array([""] * len(rows)))
                blank = _blank(raw)
                if blank.any():
                    table, rows = table.filter(pa.array(~blank)), rows[~blank]
                yield table, rows + (number << SHEET_BITS)

    def malformed(self) -> Iterator[tuple[int, Malformed, Section]]:
        """Yield the rows of the wrong length that are not blank, found by the last full reading."""
        for number, section in enumerate(self.sections):
            for bad in section.sheet.malformed:
                if bad.cells and bad.row > section.header.last:
                    yield bad.row + (number << SHEET_BITS), bad, section

    def whole_rows(self, wanted: Rows) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield whole rows by number, as texts by heading, in the order of the source."""
        for number, section in enumerate(self.sections):
            inside = wanted[wanted >> SHEET_BITS == number] & ((1 << SHEET_BITS) - 1)
            if not len(inside):
                continue
            shown = _unique(section.header.names)
            for raw, rows in section.sheet.batches(range(len(shown)), section.header.last):
                chosen = np.isin(rows, inside)
                texts = raw.filter(pa.array(chosen)).rename_columns(shown).to_pylist()
                for row, cells in zip(rows[chosen], texts, strict=True):
                    yield int(row) + (number << SHEET_BITS), cells
            for bad in section.sheet.malformed:
                if bad.row in inside:
                    yield (
                        bad.row + (number << SHEET_BITS),
                        dict(zip(shown, bad.cells, strict=False)),
                    )

    def row_shown(self, row: int) -> str:
        """Return a row as a spreadsheet would name it: 12, or Sheet1!12."""
        place = self.place(row, None)
        return f"{place.sheet}!{place.row}" if place.sheet else str(place.row)

    def place(self, row: int, name: str | None) -> Place:
        """Return where a row, and a wanted column of it, stands."""
        section = self.sections[row >> SHEET_BITS]
        sheet, number = section.sheet, row & ((1 << SHEET_BITS) - 1)
        column = section.places.get(name) if name is not None else None
        heading = section.header.names[column] if column is not None else name
        cell = None
        if column is not None and sheet.has_cells:
            cell = f"{column_letters(column)}{number}"
        return Place(str(sheet.path), sheet.name, number, cell, heading)


def open_source(
    paths: Sequence[Path],
    wanted: Collection[str],
    encoding: str = "auto",
    delimiter: str = "auto",
    sheets: Collection[str] = (),
) -> Source:
    """Open exports under the headings `wanted`; InputErrors when one lacks some of them.

    A sheet of a workbook that shows no more than a third of the headings is not read, unless
    `sheets` names it; `unread` tells which. Each file must hold a sheet with all of them.
    """
    keys = frozenset(squeezed(name) for name in wanted)
    sections: list[Section] = []
    unread: list[Sheet] = []
    for path in paths:
        found = open_sheets(path, encoding, delimiter, keys)
        if sheets and any(sheet.name for sheet in found):
            _require_sheets(path, found, sheets)
            unread += [sheet for sheet in found if sheet.name not in sheets]
            found = [sheet for sheet in found if sheet.name in sheets]
        headed = [(sheet, locate(sheet.head, keys)) for sheet in found]
        best = max((_hits(header, wanted) for _, header in headed), default=0)
        for sheet, header in headed:
            if header is None or (3 * _hits(header, wanted) < len(keys) and best > 0 and (
                _hits(header, wanted) < best)):  # fmt: skip
                unread.append(sheet)
                continue
            sections.append(Section(sheet, header, _placed(sheet, header, wanted)))
        if not any(section.sheet.path == path for section in sections):
            headers = [(sheet, guess(sheet.head)) for sheet in found]
            raise InputErrors(missing_columns(path, headers, wanted))
    return Source(sections, unread)


def _require_sheets(path: Path, found: Sequence[Sheet], sheets: Collection[str]) -> None:
    names = [sheet.name for sheet in found]
    InputErrors.raise_if(
        Problem(str(path), None, None, None, f"a sheet {name!r}; there are {', '.join(names)}",
                nearest=nearest_of(name, names))
        for name in sheets
        if name not in names
    )  # fmt: skip


def open_sheets(
    path: Path, encoding: str = "auto", delimiter: str = "auto", keys: frozenset[str] = frozenset()
) -> list[Sheet]:
    """Open a file as its sheets, whatever its kind; InputErrors when it cannot be read."""
    kind = kind_of(path)
    if kind == "parquet":
        return [_parquet_sheet(path)]
    if kind == "text":
        return [open_delimited(path, encoding, delimiter, keys)]
    found = [sheet for sheet in open_workbook(path, kind) if any(any(row) for row in sheet.head)]
    if not found:
        raise refusal(path, "a workbook of empty sheets", EXPECTED)
    return found


def _parquet_sheet(path: Path) -> ParquetSheet:
    with open_parquet(path) as file:
        schema = file.schema_arrow
    for column in schema:
        if pa.types.is_nested(column.type):
            expected = f"columns of single values; column {column.name} holds lists or records"
            raise refusal(path, str(column.type)[:80], expected)
    return ParquetSheet(path, "", [list(schema.names)], "parquet")


def _hits(header: Header | None, wanted: Collection[str]) -> int:
    return sum(bool(header.places_of(name)) for name in wanted) if header else 0


def _placed(sheet: Sheet, header: Header, wanted: Collection[str]) -> dict[str, int]:
    """Return the place of each wanted column; InputErrors for those missing or repeated."""
    places = {name: header.places_of(name) for name in wanted}
    faulty = {name: found for name, found in places.items() if len(found) != 1}
    if faulty:
        raise InputErrors(missing_columns(sheet.path, [(sheet, header)], wanted))
    return {name: found[0] for name, found in places.items()}


def _blank(table: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows are empty throughout, as the last lines of a saved sheet often are."""
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= np.asarray(pc.equal(pc.utf8_trim_whitespace(column), ""))
    return blank


def _unique(names: Sequence[str]) -> list[str]:
    """Return headings that are all different, blank ones by their column's letters."""
    seen: dict[str, int] = {}
    out = []
    for place, name in enumerate(names):
        shown = name or column_letters(place)
        seen[shown] = seen.get(shown, 0) + 1
        out.append(shown if seen[shown] == 1 else f"{shown} ({seen[shown]})")
    return out
