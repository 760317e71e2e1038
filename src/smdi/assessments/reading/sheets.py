"""One sheet of an export as rows of text, whatever file it lies in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments.store import ROW_GROUP, open_parquet

HEAD_ROWS = 60
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Malformed:
    """A row that has not as many cells as the sheet has columns: its number and its cells."""

    row: int
    cells: list[str]


@dataclass(frozen=True)
class Place:
    """Where something stands: file, sheet (empty where the file has none), row, cell, heading."""

    file: str
    sheet: str
    row: int | None
    cell: str | None
    heading: str | None


@dataclass
class Sheet(ABC):
    """A sheet: its file, its name (empty for a text file), and its first rows as text.

    `head` holds the first rows as they stand, row 1 first; `malformed` the rows of the wrong length
    that the last full reading came upon.
    """

    path: Path
    name: str
    head: list[list[str]]
    how: str
    malformed: list[Malformed] = field(default_factory=list, repr=False)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max((len(row) for row in self.head), default=0)

    @abstractmethod
    def batches(self, columns: Sequence[int], after: int) -> Iterator[tuple[pa.Table, Rows]]:
        """Yield the columns (by place from 0) of the rows below row `after`, and their numbers.

        The columns of a table are named by their place; null is empty text.
        """

    @property
    def has_cells(self) -> bool:
        """Return whether the sheet has cell addresses, as a spreadsheet has and Parquet has not."""
        return True


@dataclass
class ParquetSheet(Sheet):
    """A Parquet file, its columns cast to text; its column names stand as row 1."""

    @property
    def has_cells(self) -> bool:
        """Return False: rows are numbered as records from 1, and there are no cells."""
        return False

    def batches(self, columns: Sequence[int], after: int) -> Iterator[tuple[pa.Table, Rows]]:
        """Yield columns in batches; rows are numbered from 2, as below a header."""
        names = [self.head[0][place] for place in columns]
        done = 1
        with open_parquet(self.path) as file:
            for batch in file.iter_batches(
                batch_size=ROW_GROUP, columns=list(dict.fromkeys(names))
            ):
                table = pa.table(
                    {str(place): as_text(batch.column(name))
                     for place, name in zip(columns, names, strict=True)}
                )  # fmt: skip
                rows = np.arange(done + 1, done + 1 + batch.num_rows)
                done += batch.num_rows
                yield table, rows


def as_text(column: pa.Array) -> pa.Array:
    """Return a column as text as it stands, null as empty; of a time its day is kept."""
    if pa.types.is_timestamp(column.type):
        column = pc.strftime(column, format="%Y-%m-%d")
    elif pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pc.fill_null(pc.cast(column, pa.string()), "")


def column_letters(place: int) -> str:
    """Return a spreadsheet's name of a column by its place from 0: A, …, Z, AA, …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
