"""Reading an export as text: CSV in UTF-8 or GB18030, or Parquet, in batches with row numbers.

A row number is that of a spreadsheet: the header is row 1. Rows that do not have as many cells as
the header are noted and left out; empty rows are passed over.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from smdi.assessments.problems import ProblemLog
from smdi.assessments.store import ROW_GROUP, open_parquet
from smdi.errors import InputErrors, Problem

BLOCK_BYTES = 8 << 20
CHUNK_BYTES = 1 << 20
PARQUET_SUFFIXES = (".parquet", ".pq")
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")


@dataclass
class Source:
    """An export: its path, encoding (`parquet` for Parquet), delimiter and columns."""

    path: Path
    encoding: str
    delimiter: str
    columns: list[str]
    _malformed: list[int] = field(default_factory=list, repr=False)

    def batches(
        self, names: Sequence[str], log: ProblemLog | None = None
    ) -> Iterator[tuple[pa.Table, NDArray[np.int64]]]:
        """Text columns `names` in batches, with the row number of each row.

        Null is empty text, blanks around a cell are dropped, and so are rows where all of `names`
        are empty. Rows of the wrong length are noted in `log`, if one is given.
        """
        raw = self._parquet(names) if self.encoding == "parquet" else self._csv(names, log)
        done = 1
        for batch in raw:
            rows = self._row_numbers(done, batch.num_rows)
            done = int(rows[-1]) if len(rows) else done
            table = _as_text(batch, names)
            blank = _blank(table)
            if blank.any():
                table, rows = table.filter(pa.array(~blank)), rows[~blank]
            yield table, rows

    def _row_numbers(self, done: int, count: int) -> NDArray[np.int64]:
        """The numbers of the next `count` rows after row `done`, malformed ones skipped."""
        skipped = [row for row in self._malformed if row > done]
        rows = np.arange(done + 1, done + 1 + count)
        for row in sorted(skipped):
            rows[rows >= row] += 1
        return rows

    def _parquet(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with open_parquet(self.path) as file:
            yield from file.iter_batches(batch_size=ROW_GROUP, columns=list(names))

    def _csv(self, names: Sequence[str], log: ProblemLog | None) -> Iterator[pa.RecordBatch]:
        self._malformed.clear()

        def malformed(row: pa_csv.InvalidRow) -> str:
            self._malformed.append(row.number)
            empty = not row.text.replace(self.delimiter, "").strip()
            if log is not None and not empty:
                expected = f"{row.expected_columns} cells, as in the header"
                log.add(row.number, None, f"{row.actual_columns} cells", expected)
            return "skip"

        reader = pa_csv.open_csv(
            self.path,
            read_options=pa_csv.ReadOptions(
                encoding=self.encoding, use_threads=False, block_size=BLOCK_BYTES
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=malformed,
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=list(names),
                column_types={name: pa.string() for name in names},
                strings_can_be_null=False,
            ),
        )
        with reader:
            yield from reader


def open_source(path: Path, encoding: str = "auto", delimiter: str = ",") -> Source:
    """Find out how a file is written and its columns; InputErrors when it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in PARQUET_SUFFIXES:
        with open_parquet(path) as file:
            return Source(path, "parquet", "", list(file.schema_arrow.names))
    if not path.is_file() or suffix not in TEXT_SUFFIXES:
        found = None if path.is_file() else "no file"
        expected = "a CSV (.csv, .txt, .tsv) or Parquet (.parquet) file; save a workbook as CSV"
        raise InputErrors([Problem(str(path), None, None, found, expected)])
    tried = ("utf-8", "gb18030") if encoding == "auto" else (encoding,)
    readable = next((name for name in tried if _decodes(path, name)), None)
    if readable is None:
        raise InputErrors([Problem(str(path), None, None, None, f"text in {' or '.join(tried)}")])
    return Source(path, readable, delimiter, _header(path, readable, delimiter))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _header(path: Path, encoding: str, delimiter: str) -> list[str]:
    marked = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=marked, newline="") as stream:
        names = next(csv.reader(stream, delimiter=delimiter), [])
    if not any(names):
        raise InputErrors([Problem(str(path), 1, None, None, "a header with the column names")])
    return names


def _as_text(batch: pa.RecordBatch, names: Sequence[str]) -> pa.Table:
    return pa.table({name: _text_of(batch.column(name)) for name in dict.fromkeys(names)})


def _text_of(column: pa.Array) -> pa.Array:
    """A column as text, null as empty; of a time the day is kept, which is all that is asked."""
    if pa.types.is_timestamp(column.type):
        column = pc.strftime(column, format="%Y-%m-%d")
    return pc.utf8_trim_whitespace(pc.fill_null(pc.cast(column, pa.string()), ""))


def _blank(table: pa.Table) -> NDArray[np.bool_]:
    """Which rows are empty throughout, as the last lines of a saved sheet often are."""
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= np.asarray(pc.equal(column, ""))
    return blank
