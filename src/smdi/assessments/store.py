"""Writing and reading of assessments and scores as Parquet, in batches.

The same rows give the same bytes: fixed compression and row groups, and no time or path in the
metadata. A file is written beside its place and moved there whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from smdi.errors import InputErrors, Problem

ROW_GROUP = 20_000
PROVENANCE_KEY = b"smdi.provenance"
Provenance = Literal["simulated", "import"]
PROVENANCES: tuple[Provenance, ...] = ("simulated", "import")


def write_batches(
    path: Path,
    batches: Iterable[pa.RecordBatch | pa.Table],
    schema: pa.Schema,
    provenance: str,
) -> int:
    """Write batches of any size as one file of even row groups; return the number of rows.

    The columns are brought into the schema's order and types; a value that does not fit raises.
    Nothing appears at `path` unless everything was written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = schema.with_metadata({PROVENANCE_KEY: provenance.encode()})
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    rows = 0
    try:
        with pq.ParquetWriter(temporary, schema, compression="zstd", version="2.6") as writer:
            for table in _even(batches, schema):
                writer.write_table(table, row_group_size=ROW_GROUP)
                rows += table.num_rows
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return rows


def write_table(path: Path, table: pa.Table, schema: pa.Schema, provenance: str) -> int:
    """Write one table; see `write_batches`."""
    return write_batches(path, [table], schema, provenance)


def _even(batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Regroup batches into tables of a row group each, so that bytes do not depend on batching."""
    held: list[pa.Table] = []
    count = 0
    for batch in batches:
        table = pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else batch
        table = table.select(schema.names).cast(schema)
        held.append(table)
        count += table.num_rows
        if count < ROW_GROUP:
            continue
        whole = pa.concat_tables(held)
        full = count - count % ROW_GROUP
        for start in range(0, full, ROW_GROUP):
            yield whole.slice(start, ROW_GROUP).combine_chunks()
        held, count = [whole.slice(full)], count - full
    if count:
        yield pa.concat_tables(held).combine_chunks()


def open_parquet(path: Path) -> pq.ParquetFile:
    """Open a Parquet file; InputErrors when it is missing or is none."""
    try:
        return pq.ParquetFile(path)
    except FileNotFoundError:
        problem = Problem(str(path), None, None, None, "a Parquet file here; there is none")
    except (pa.ArrowInvalid, OSError) as error:
        problem = Problem(str(path), None, None, str(error).splitlines()[0], "a Parquet file")
    raise InputErrors([problem])


def iter_batches(
    path: Path, names: Sequence[str] | None = None, size: int = ROW_GROUP
) -> Iterator[pa.RecordBatch]:
    """Read a file (or some of its columns) in batches of at most `size` rows."""
    with open_parquet(path) as file:
        yield from file.iter_batches(batch_size=size, columns=names)


def read_provenance(path: Path) -> str:
    """What the file says its rows are: `simulated` or `import`; InputErrors otherwise."""
    with open_parquet(path) as file:
        metadata = file.schema_arrow.metadata or {}
    found = metadata.get(PROVENANCE_KEY, b"").decode()
    if found not in PROVENANCES:
        expected = f"metadata smdi.provenance of {' or '.join(PROVENANCES)}"
        raise InputErrors([Problem(str(path), None, None, found or None, expected)])
    return found
