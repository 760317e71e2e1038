"""The prepared population: a scores file turned once into what every chapter reads.

An uncompressed Arrow file, to be mapped into memory, so that a chapter reads the columns it needs
and copies none that it reads whole. Rows stand by year, and within a year by credit code, one row
a firm and year: of several answers in a year the one submitted last, and of those on one day the
one that stands last in the scores file.

Columns
    those of the scores file (see `smdi.assessments`), but for items and credit code; codes and
    classes are dictionary-encoded, their categories sorted
    firm       int32  number of the firm, in the order of the credit codes
    next_year  int16  year in which the firm answered next, NEVER when it did not: the participants
                      to the end of a year are the rows up to it whose next_year is beyond it
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from smdi.assessments.store import PROVENANCE_KEY, PROVENANCES, read_provenance
from smdi.errors import InputErrors, Problem
from smdi.files import written_whole
from smdi.standards import BUSINESSES

NEVER = 9999
CATEGORIES = ("province", "city", "industry", "process_type", "size", "division", "level_class")
NEEDED = (
    *("credit_code", "year", "submitted_on", "employees", "revenue", "level"),
    *CATEGORIES,
    *BUSINESSES,
)
OPTIONAL = ("total", "practice_", "domain_", "level_score_")
_MADE = ("firm", "next_year")
_DROPPED = ("credit_code",)


def prepare(scores: Path, output: Path) -> int:
    """Write the prepared population of a scores file; return its number of rows.

    InputErrors name what is wrong with the scores file; nothing is written then.
    """
    table = read_scores(scores)
    with (
        written_whole(output) as temporary,
        pa.OSFile(str(temporary), "wb") as sink,
        pa.ipc.new_file(sink, table.schema) as writer,
    ):
        writer.write_table(table, max_chunksize=max(table.num_rows, 1))
    return int(table.num_rows)


def read_population(path: Path) -> tuple[pa.Table, str]:
    """Return a prepared population and its provenance; the file is mapped, not read.

    A scores file may take its place: it is then prepared in memory.
    """
    if not path.is_file():
        expected = "a population or scores file here; there is none"
        raise InputErrors([Problem(str(path), None, None, None, expected)])
    with path.open("rb") as stream:
        is_prepared = stream.read(6) == b"ARROW1"
    table = _open_prepared(path) if is_prepared else read_scores(path)
    return table, table.schema.metadata[PROVENANCE_KEY].decode()


def read_scores(path: Path) -> pa.Table:
    """Read a scores file and prepare it in memory; its provenance goes along as metadata."""
    provenance = read_provenance(path)
    with pq.ParquetFile(path) as file:
        names = file.schema_arrow.names
        _require(path, names, NEEDED, "a column of the scores file")
        wanted = [name for name in names if name in NEEDED or name.startswith(OPTIONAL)]
        # A column at a time, so that only one stands in memory twice.
        return prepare_columns(wanted, lambda name: file.read([name]).column(0), provenance)


def prepare_columns(
    names: Sequence[str], read: Callable[[str], pa.ChunkedArray], provenance: str
) -> pa.Table:
    """Sort, deduplicate and encode scores, of which `read` gives a column by its name.

    See the head of the module.
    """
    firm, _ = _encode(read("credit_code"))
    year = read("year").to_numpy().astype(np.int16)
    submitted = read("submitted_on").to_numpy()
    order = np.lexsort((submitted, firm, year))
    year, firm = year[order], firm[order]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (year[1:] != year[:-1]) | (firm[1:] != firm[:-1])
    year, firm, rows = year[last], firm[last], order[last]
    made: dict[str, pa.Array] = {"year": pa.array(year)}
    for name in names:
        if name in CATEGORIES:
            codes, categories = _encode(read(name))
            made[name] = pa.DictionaryArray.from_arrays(codes[rows].astype(np.int16), categories)
        elif name not in (*_DROPPED, "year"):
            made[name] = read(name).combine_chunks().take(pa.array(rows))
    made |= {"firm": pa.array(firm), "next_year": pa.array(_next_years(firm, year))}
    return pa.table(made, metadata={PROVENANCE_KEY: provenance.encode()})


def _encode(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], pa.Array]:
    """Return each row's position among the distinct values, and these, sorted."""
    encoded = column.cast(pa.string()).combine_chunks().dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    position = np.empty(len(order), dtype=np.int32)
    position[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    codes: NDArray[np.int32] = position[encoded.indices.to_numpy()]
    return codes, encoded.dictionary.take(order)


def _next_years(firm: NDArray[np.int32], year: NDArray[np.int16]) -> NDArray[np.int16]:
    by_firm = np.lexsort((year, firm))
    following = np.full(len(firm), NEVER, dtype=np.int16)
    same = firm[by_firm[1:]] == firm[by_firm[:-1]]
    following[by_firm[:-1][same]] = year[by_firm[1:][same]]
    return following


def _open_prepared(path: Path) -> pa.Table:
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (pa.ArrowInvalid, OSError) as error:
        found = str(error).splitlines()[0]
        raise InputErrors([Problem(str(path), None, None, found, "an Arrow file")]) from error
    needed = [name for name in (*NEEDED, *_MADE) if name not in _DROPPED]
    _require(path, table.column_names, needed, "a column of the prepared population")
    found = (table.schema.metadata or {}).get(PROVENANCE_KEY, b"").decode()
    if found not in PROVENANCES:
        expected = f"metadata smdi.provenance of {' or '.join(PROVENANCES)}"
        raise InputErrors([Problem(str(path), None, None, found or None, expected)])
    return table


def _require(path: Path, names: Sequence[str], needed: Sequence[str], what: str) -> None:
    InputErrors.raise_if(
        Problem(str(path), None, name, None, what) for name in needed if name not in names
    )
