"""Text tables: CSV, TSV and their kin, streamed with Arrow once encoding and form are known."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from smdi.assessments.reading.encodings import decodes, encoding_of
from smdi.assessments.reading.kinds import refusal
from smdi.assessments.reading.sheets import HEAD_ROWS, Malformed, Rows, Sheet, as_text
from smdi.assessments.values import squeezed

BLOCK_BYTES = 8 << 20
DELIMITERS = ",\t;|"
WIDEST = 16_384
# The default of 131,072 characters a cell is less than some cells hold; a row lies in two blocks.
csv.field_size_limit(2 * BLOCK_BYTES)
LONGEST_LINE = 4 << 20
NAMES = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}


@dataclass
class DelimitedSheet(Sheet):
    """A text file of rows, read as `encoding` and parted by `delimiter`."""

    encoding: str = "utf-8"
    delimiter: str = ","

    def batches(self, columns: Sequence[int], after: int) -> Iterator[tuple[pa.Table, Rows]]:
        """Yield columns in batches, see `Sheet`; a damaged file raises InputErrors."""
        self.malformed = []
        names = [str(place) for place in range(self.width)]
        wanted = [str(place) for place in columns]
        reader = self._reader(names, wanted, after)
        done = 0
        try:
            with reader() as batches:
                for batch in batches:
                    rows = self._numbers(done, batch.num_rows)
                    done = int(rows[-1]) if len(rows) else done
                    table = pa.table({name: as_text(batch.column(name)) for name in wanted})
                    if len(rows) and rows[0] <= after:
                        keep = rows > after
                        table, rows = table.filter(pa.array(keep)), rows[keep]
                    yield table, rows
        except (pa.ArrowInvalid, UnicodeError) as error:
            found = str(error).splitlines()[0][:200]
            expected = "a whole text table; a quote or a line of it does not end"
            raise refusal(self.path, found, expected) from None

    def _numbers(self, done: int, count: int) -> Rows:
        """Return the numbers of the next `count` rows after row `done`, malformed ones skipped."""
        rows = np.arange(done + 1, done + 1 + count)
        for row in sorted(bad.row for bad in self.malformed if bad.row > done):
            rows[rows >= row] += 1
        return rows

    def _reader(self, names: list[str], wanted: list[str], after: int):  # type: ignore[no-untyped-def]
        def malformed(row: pa_csv.InvalidRow) -> str:
            cells = next(csv.reader([row.text], delimiter=self.delimiter), [])
            blank = not any(cell.strip() for cell in cells) or row.number <= after
            self.malformed.append(Malformed(row.number, [] if blank else cells))
            return "skip"

        return lambda: pa_csv.open_csv(
            self.path,
            read_options=pa_csv.ReadOptions(
                encoding=self.encoding.removesuffix("-sig"),
                use_threads=False,
                block_size=BLOCK_BYTES,
                column_names=names,
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=malformed,
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=wanted,
                column_types={name: pa.string() for name in wanted},
                strings_can_be_null=False,
            ),
        )


def open_delimited(
    path: Path, encoding: str, delimiter: str, wanted: frozenset[str]
) -> DelimitedSheet:
    """Open a text file; InputErrors when no encoding reads it or it is no table.

    `encoding` may be `auto`, `delimiter` a hint: the one that shows most of the wanted headings, or
    failing these most columns, is taken.
    """
    found = encoding_of(path, wanted) if encoding == "auto" else _checked(path, encoding)
    if found is None:
        expected = "text in utf-8, utf-16, gb18030 or big5 (the mapping's `encoding` names another)"
        raise refusal(path, "bytes of no known encoding", expected)
    hint = delimiter if delimiter != "auto" else ","
    candidates = dict.fromkeys((hint, *DELIMITERS))
    heads = {mark: _head(path, found, mark) for mark in candidates}
    best = max(candidates, key=lambda mark: (*_fit(heads[mark], wanted), mark == hint))
    head = heads[best]
    if not any(any(row) for row in head):
        raise refusal(path, "only blank rows", "a header with the column names")
    name = found.removesuffix("-sig")
    how = f"{name}, {NAMES.get(best, repr(best))}"
    return DelimitedSheet(path, "", _squared(head), how, encoding=found, delimiter=best)


def _checked(path: Path, encoding: str) -> str | None:
    if encoding == "utf-16":
        found = encoding_of(path) or ""
        return found if found.startswith(encoding) else None
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    return name if decodes(path, name) else None


def _head(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    marked = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=marked, newline="") as stream:
        # A first line without an end would be read whole: a file of one line is no table.
        if len(stream.readline(LONGEST_LINE + 1).rstrip("\r\n")) > LONGEST_LINE:
            raise refusal(path, f"a first line of over {LONGEST_LINE:,} characters", "a text table")
        stream.seek(0)
        try:
            rows = list(islice(csv.reader(stream, delimiter=delimiter), HEAD_ROWS))
        except csv.Error as error:
            raise refusal(path, str(error), "a text table") from None
    if max((len(row) for row in rows), default=0) > WIDEST:
        raise refusal(path, "too many columns", f"at most {WIDEST:,} columns")
    return rows


def _fit(head: list[list[str]], wanted: frozenset[str]) -> tuple[int, int]:
    """Return how many wanted headings a row of the head shows, and the usual number of cells."""
    hits = max((sum(squeezed(cell) in wanted for cell in row) for row in head), default=0)
    lengths = Counter(len(row) for row in head if any(row))
    return hits, max(lengths, key=lambda length: (lengths[length], length), default=0)


def _squared(head: list[list[str]]) -> list[list[str]]:
    """Cut or fill the rows of the head to the usual width, so that a title may be short."""
    lengths = Counter(len(row) for row in head if any(row))
    longest = max(lengths, key=lambda length: (lengths[length], length))
    return [(row + [""] * longest)[:longest] for row in head]
