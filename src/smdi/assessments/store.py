"""Writing and reading of assessments and scores as Parquet, in batches.

The same rows give the same bytes: fixed compression and row groups, and no time or path in the
metadata. A file is written beside its place and moved there whole; it holds records of firms, so
that none but its owner may read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from smdi.errors import InputErrors, Problem
from smdi.files import written_whole

ROW_GROUP = 20_000
PRIVATE = 0o600
PROVENANCE_KEY = b"smdi.provenance"
Provenance = Literal["simulated", "import"]
PROVENANCES: tuple[Provenance, ...] = ("simulated", "import")
PROVENANCE_EXPECTED = f"metadata smdi.provenance of {' or '.join(PROVENANCES)}"


def write_batches(
    path: Path,
    batches: Iterable[pa.RecordBatch | pa.Table],
    schema: pa.Schema,
    provenance: Provenance,
) -> int:
    """Write batches of any size as one file of even row groups; return the number of rows.

    The columns are brought into the schema's order and types; a value that does not fit raises.
    Nothing appears at `path` unless everything was written.
    """
    schema = schema.with_metadata({PROVENANCE_KEY: provenance.encode()})
    rows = 0
    with written_whole(path) as temporary:
        temporary.touch(mode=PRIVATE)
        with pq.ParquetWriter(temporary, schema, compression="zstd", version="2.6") as writer:
            for table in _regrouped(batches, schema):
                writer.write_table(table, row_group_size=ROW_GROUP)
                rows += table.num_rows
    return rows


def write_table(path: Path, table: pa.Table, schema: pa.Schema, provenance: Provenance) -> int:
    """Write one table; see `write_batches`."""
    return write_batches(path, [table], schema, provenance)


def _regrouped(
    batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema
) -> Iterator[pa.Table]:
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


def read_provenance(path: Path) -> Provenance:
    """Return what a file of assessments or scores says its rows are: `simulated` or `import`.

    InputErrors when the file is missing, is no Parquet, or does not say it: without the tag,
    simulated firms would pass for real ones.
    """
    with open_parquet(path) as file:
        found = provenance_tag(file.schema_arrow)
    if found not in PROVENANCES:
        raise InputErrors([Problem(str(path), None, None, found, PROVENANCE_EXPECTED)])
    return found


def provenance_tag(schema: pa.Schema) -> str | None:
    """Return the text of the provenance tag in a file's metadata, None without one."""
    tag: bytes | None = (schema.metadata or {}).get(PROVENANCE_KEY)
    return None if tag is None else tag.decode(errors="replace")
